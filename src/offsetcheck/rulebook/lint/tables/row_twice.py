from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity


def rows_stand_once(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rows of a table that are equal in every cell to one above."""
    for table in rulebook.tables.values():
        for file, content in table.files.items():
            first: dict[tuple[str, ...], int | None] = {}
            for row in content.rows:
                cells = tuple(row.cells.values())
                if cells in first:
                    message = f"this row stands in line {first[cells]} already"
                    yield Problem(message, Place(file, row.line), "leave one of the two out")
                first.setdefault(cells, row.line)


CHECK = Check(
    id="tables.row_twice",
    severity=Severity.WARNING,
    title="A row stands twice in a table",
    finds="Rows of a table that are equal to one above in every cell.",
    why="The second says nothing: it may have been copied to be changed.",
    wrong="""\
wind,CN,china
wind,CN,china
""",
    right="""\
wind,CN,china
""",
    step="Leave one of the two out, or change the copy.",
    look=rows_stand_once,
)
