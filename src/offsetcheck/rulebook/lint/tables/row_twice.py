from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import Row
from offsetcheck.vocabulary.problem import Place, Problem, Severity


def rows_stand_once(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rows of a table that are equal in every cell to one above, capitals and all or not."""
    for table in rulebook.tables.values():
        for file, content in table.files.items():
            first: dict[str, Row] = {}
            for row in content.rows:
                other = first.setdefault("\0".join(row.cells.values()).casefold(), row)
                if other is not row:
                    yield _twice(file, row, other)


def _twice(file: str, row: Row, other: Row) -> Problem:
    """Return the problem of a row that one above equals, at the first cell that differs."""
    differing = (name for name, cell in row.cells.items() if cell != other.cells.get(name))
    column = next(differing, None)
    but = "" if column is None else ", but for capitals"
    message = f"this row stands in line {other.line} already{but}"
    return Problem(message, Place(file, row.line, field=column), "leave one of the two out")


CHECK = Check(
    id="tables.row_twice",
    severity=Severity.WARNING,
    title="A row stands twice in a table",
    finds="Rows of a table that are equal to one above in every cell, whatever their capitals.",
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
