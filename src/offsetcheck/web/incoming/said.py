"""What a form says otherwise of the columns and rows of a list."""

from collections.abc import Iterator, Sequence

from offsetcheck.api.columns import Column, ColumnsChange
from offsetcheck.web.incoming.looks import ColumnSeenLine
from offsetcheck.web.visit import Visit

AS_READ = "="
WHOLE = ("numbers", "dates", "sheet", "header_row")
ROWS = ("leave_out", "keep", "as_read")
OF_COLUMNS = ("field-", "unit-")
LONGEST_LINE = 7  # digits of a line's number


def change_said(visit: Visit, columns: Sequence[ColumnSeenLine]) -> ColumnsChange:
    """Return what a filled form says otherwise of a list with these columns."""
    fields: dict[Column, str | None] = {}
    units: dict[Column, str] = {}
    for at, column in enumerate(columns):
        key = (column.heading, column.nth)
        field, unit = visit.filled(f"field-{at}", AS_READ), visit.filled(f"unit-{at}")
        if field != AS_READ:
            fields[key] = field or None
        if unit:
            units[key] = unit
    whole = {name: visit.filled(name) for name in WHOLE if visit.filled(name)}
    return ColumnsChange(
        fields=fields,
        units=units,
        leave_out=_lines(visit, "leave_out"),
        keep=_lines(visit, "keep"),
        as_read=_lines(visit, "as_read"),
        whole={name: "" if said == AS_READ else said for name, said in whole.items()},
    )


def said_again(visit: Visit) -> Iterator[tuple[str, str]]:
    """Yield what a form says, field by field, so that a preview can say it once more."""
    for name, value in visit.form:
        if name in {*WHOLE, *ROWS} or name.startswith(OF_COLUMNS):
            yield name, value


def _lines(visit: Visit, name: str) -> frozenset[int]:
    return frozenset(
        int(text)
        for text in visit.filled_all(name)
        if text.isdecimal() and len(text) <= LONGEST_LINE
    )
