"""A workbook of results: sheets with a heading that stays, a filter, and cells of their own kind.

Texts are always texts: no cell that a stranger wrote is a formula or a link. A table longer than a
sheet goes on in a further one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any

from offsetcheck.report.cleaning import shorten_and_escape

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576  # of a sheet, its heading among them
MOST_COLUMNS = 16_384
MOST_NAME = 31  # characters of a sheet's name
NOT_IN_NAMES = "[]:*?/\\'"
FIRST_DAY = date(1900, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Cell = str | int | float | bool | date | None


class Kind(StrEnum):
    """How a column's cells are shown."""

    TEXT = "text"
    WRAPPED = "wrapped"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    PRICE = "price"
    SCORE = "score"
    SHARE = "share"
    YEAR = "year"
    DAY = "day"


SHOWN: Mapping[Kind, Mapping[str, object]] = {
    Kind.TEXT: {},
    Kind.WRAPPED: {"text_wrap": True},
    Kind.COUNT: {"num_format": "#,##0"},
    Kind.NUMBER: {"num_format": "#,##0.###"},
    Kind.MONEY: {"num_format": "#,##0.00"},
    Kind.PRICE: {},  # as many decimals as it has: of yen none, of a small price several
    Kind.SCORE: {"num_format": "0.0"},
    Kind.SHARE: {"num_format": "0 %"},
    Kind.YEAR: {"num_format": "0"},
    Kind.DAY: {"num_format": "yyyy-mm-dd"},
}
HEADING = {"bold": True, "bg_color": "#E8E8E8", "bottom": 1, "text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how its cells are shown, and its width in characters."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its columns, how many rows it has, and the rows."""

    name: str
    columns: Sequence[Column]
    height: int
    rows: Iterable[Sequence[Cell]]

    def parts(self) -> list[tuple[str, int]]:
        """Return the names of the sheets that it takes, at least one, each with its rows."""
        most = MOST_ROWS - 1
        many = max(1, -(-self.height // most))
        heights = [min(most, self.height - most * number) for number in range(many)]
        names = [self.name if n == 0 else f"{self.name} {n + 1}" for n in range(many)]
        return list(zip(names, heights, strict=True))


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet: its name, its title, and lines of what a name is and says."""

    name: str
    title: str
    lines: Sequence[tuple[str, Cell]]
    sheets_title: str
    rows_title: str


def write_book(cover: Cover, tables: Sequence[Table], day: date | None, language: str) -> bytes:
    """Return a workbook of the day as its bytes, the same for the same content."""
    from xlsxwriter import Workbook

    file = BytesIO()
    book = Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    created = datetime.combine(day, datetime.min.time(), UTC) if day else EPOCH
    book.set_properties({"title": cover.title, "created": created, "comments": language})
    look = _Looks(book)
    _write_cover(book, look, cover, tables)
    for table in tables:
        _write_table(book, look, table)
    book.close()
    return file.getvalue()


class _Looks:
    """The looks of cells in one workbook."""

    def __init__(self, book: "Workbook") -> None:
        self.heading = book.add_format(HEADING)
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.name = book.add_format({"bold": True, "valign": "top"})
        self.of = {
            kind: book.add_format({"valign": "top", **shown}) for kind, shown in SHOWN.items()
        }


def _write_cover(book: "Workbook", look: _Looks, cover: Cover, tables: Sequence[Table]) -> None:
    sheet = book.add_worksheet(_sheet_name(cover.name))
    sheet.set_column(0, 0, 30, look.name)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, shorten_and_escape(cover.title), look.title)
    row = 2
    for name, value in cover.lines:
        sheet.write_string(row, 0, shorten_and_escape(name), look.name)
        kind = Kind.WRAPPED if isinstance(value, str) else Kind.COUNT
        _write_cell(sheet, row, 1, value, look.of[kind])
        row += 1
    row += 1
    sheet.write_string(row, 0, cover.sheets_title, look.heading)
    sheet.write_string(row, 1, cover.rows_title, look.heading)
    for name, height in (part for table in tables for part in table.parts()):
        row += 1
        sheet.write_string(row, 0, name, look.name)
        _write_cell(sheet, row, 1, height, look.of[Kind.COUNT])


def _write_table(book: "Workbook", look: _Looks, table: Table) -> None:
    rows = iter(table.rows)
    columns = table.columns[:MOST_COLUMNS]
    for name, height in table.parts():
        sheet = book.add_worksheet(_sheet_name(name))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, look.of[column.kind])
            sheet.write_string(0, place, shorten_and_escape(column.heading), look.heading)
        sheet.autofilter(0, 0, max(height, 1), len(columns) - 1)
        shown = [look.of[column.kind] for column in columns]
        _write_rows(sheet, islice(rows, height), shown)


def _write_rows(
    sheet: "Worksheet", rows: Iterator[Sequence[Cell]], shown: "Sequence[Format]"
) -> None:
    for number, row in enumerate(rows, 1):
        for place, (value, look) in enumerate(zip(row, shown, strict=False)):
            _write_cell(sheet, number, place, value, look)


def _write_cell(sheet: "Worksheet", row: int, column: int, value: Any, look: "Format") -> None:
    """Write one cell as what it is; nothing where there is no value."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float):
        if isfinite(value):
            sheet.write_number(row, column, value, look)
    elif isinstance(value, date):
        _write_day(sheet, row, column, value, look)
    else:
        sheet.write_string(row, column, shorten_and_escape(str(value)), look)


def _write_day(sheet: "Worksheet", row: int, column: int, day: date, look: "Format") -> None:
    """Write a day; one before 1900, of which a spreadsheet knows none, as text."""
    if day < FIRST_DAY:
        sheet.write_string(row, column, day.isoformat(), look)
        return
    sheet.write_datetime(row, column, datetime.combine(day, datetime.min.time()), look)


def _sheet_name(name: str) -> str:
    return "".join(sign for sign in name if sign not in NOT_IN_NAMES)[:MOST_NAME]
