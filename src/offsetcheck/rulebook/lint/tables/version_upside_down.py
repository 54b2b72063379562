from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.versions import DASH, LIST, version_matches
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.problem import Place, Problem, Severity

ENDS = 2


def ranges_of_versions_run_upwards(rulebook: Rulebook) -> Iterator[Problem]:
    """Find ranges of versions whose end lies before their beginning."""
    for table, column in sorted(_range_columns(rulebook)):
        for file, content in rulebook.tables[table].files.items():
            for row in content.rows:
                for part in LIST.split(row.cells.get(column, "").strip()):
                    ends = DASH.split(part)
                    if len(ends) == ENDS and not version_matches(part, ends[0]):
                        place = Place(file, row.line, field=column)
                        hint = f"write {ends[1]}-{ends[0]}"
                        yield Problem(f"no version lies in `{part}`", place, hint)


def _range_columns(rulebook: Rulebook) -> set[tuple[str, str]]:
    return {
        (field.lookup.table, column)
        for subject in Subject
        for field in rulebook.dictionary.of(subject).values()
        if field.lookup is not None and field.lookup.table in rulebook.tables
        for column in field.lookup.match
    }


CHECK = Check(
    id="tables.version_upside_down",
    severity=Severity.ERROR,
    title="A range of versions ends before it begins",
    finds="Ranges of versions in tables in which no version lies.",
    why="The row is never found, and the methodology counts as one without a decision.",
    wrong="""\
methodology,version,status
vm0047,2.0-1.0,approved
""",
    right="""\
methodology,version,status
vm0047,1.0-2.0,approved
""",
    step="Write the lower version first.",
    look=ranges_of_versions_run_upwards,
)
