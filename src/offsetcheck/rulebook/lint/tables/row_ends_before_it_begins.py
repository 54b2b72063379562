from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity

BEGINS, ENDS = "known_from", "until"


def rows_end_after_they_begin(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rows that end on or before the day from which they are known: days are ISO texts."""
    for table in rulebook.tables.values():
        for file, content in table.files.items():
            for row in content.rows:
                begins, ends = row.cells.get(BEGINS), row.cells.get(ENDS)
                if begins and ends and ends <= begins:
                    message = f"the row ends on {ends}, before it is known from {begins}"
                    place = Place(file, row.line, field=ENDS)
                    yield Problem(message, place, "look whether the two are swapped")


CHECK = Check(
    id="tables.row_ends_before_it_begins",
    severity=Severity.ERROR,
    title="A row of a table ends before it begins",
    finds="Rows whose `until` is no later than their `known_from`.",
    why="The row holds on no day.",
    wrong="""\
id,known_from,until
VCS902,2024-05-01,2023-05-01
""",
    right="""\
id,known_from,until
VCS902,2023-05-01,2024-05-01
""",
    step="Write the days in their order.",
    look=rows_end_after_they_begin,
)
