from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import STANDING
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import Place, Problem, Severity


def rows_say_how_they_are_known(rulebook: Rulebook) -> Iterator[Problem]:
    """Find cells that should say how a row is known and hold another word."""
    for table in rulebook.tables.values():
        named = set(table.entry.standings.values()) or {STANDING}
        for path, file in table.files.items():
            for row in file.rows:
                for column in sorted(named & row.cells.keys()):
                    cell = row.cells[column]
                    if cell and cell not in set(Standing):
                        place = Place(path, row.line, field=column)
                        hint = f"write {', '.join(Standing)}"
                        yield Problem(f"`{cell[:40]}` is no standing", place, hint)


CHECK = Check(
    id="tables.standing_unknown",
    severity=Severity.ERROR,
    title="A cell that says how a row is known holds another word",
    finds="Cells of a column of standings with a word that is no standing.",
    why="A report says of each row how it is known; of this one it could not.",
    wrong="""\
id,standing
VCS902,reed
""",
    right="""\
id,standing
VCS902,read
""",
    step="Write one of the standings.",
    look=rows_say_how_they_are_known,
)
