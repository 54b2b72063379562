"""The cells of a bid sheet's columns to values, in the units that headings and cells name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.intake.columns.conversions import conversion
from offsetcheck.intake.columns.values import ColumnValues, read_cells, unread_cells
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.quantities import Conversion
from offsetcheck.intake.normalise.readers import Styles, reader_for
from offsetcheck.intake.normalise.text import OneOf, Read, Reader, shown
from offsetcheck.intake.normalise.years import first_and_last, year_of
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import Fact, Value
from offsetcheck.vocabulary.problem import UnreadableError
from offsetcheck.vocabulary.table import Column

TONNES, VINTAGE = "tonnes", "vintage"
ENDS = {"vintage_start": (1, 1), "vintage_end": (12, 31)}
"""The day and month on which the first of several vintages begins, and the last one ends."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What was read of a column, and what its heading's unit did to each number."""

    read: ColumnValues
    converted: str | None = None


def read_fields(sheet: Sheet, fields: Mapping[int, Field], styles: Styles) -> dict[int, Cells]:
    """Return what the cells of each column say of its field; `fields` by column.

    The price of a whole lot is divided by the tonnes of its row.
    """
    found: dict[int, Cells] = {}
    for_lots: list[int] = []
    for index, field in fields.items():
        try:
            heading = conversion(sheet.headers[index], field)
        except UnreadableError as why:
            found[index] = Cells(unread_cells(sheet.columns[index], why))
            continue
        found[index] = _cells(sheet, index, field, styles, heading)
        for_lots += [index] if heading.whole else []
    tonnes = next((found[at].read for at, field in fields.items() if field.name == TONNES), None)
    for index in for_lots:
        found[index] = replace(found[index], read=_by_tonnes(sheet, index, found[index], tonnes))
    return found


def with_days_of_years(columns: Mapping[str, Column], dictionary: Dictionary) -> dict[str, Column]:
    """Return columns with the first and last day of lots of several vintages, if none states it."""
    filled = dict(columns)
    vintage = columns.get(VINTAGE)
    spans = {} if vintage is None else _spans(vintage)
    for name, (month, day) in ENDS.items():
        if spans and name not in columns and name in dictionary.candidate:
            filled[name] = _ends(vintage, spans, name, month, day)
    return filled


def _cells(sheet: Sheet, index: int, field: Field, styles: Styles, heading: Conversion) -> Cells:
    reader = reader_for(field, styles, heading)
    if field.name in ENDS:
        reader = _or_year(reader, *ENDS[field.name])
    read = read_cells(sheet.columns[index], reader, sheet.spoilt_in(index))
    return Cells(read, heading.said)


def _or_year(reader: Reader, month: int, day: int) -> Reader:
    """Return a reader of days that takes a bare year for its first or its last day."""

    def read(text: str) -> Read:
        year = year_of(text)
        return reader(text) if year is None else date(year, month, day)

    return read


def _by_tonnes(sheet: Sheet, index: int, cells: Cells, tonnes: ColumnValues | None) -> ColumnValues:
    """Return prices of lots as prices of a tonne; without tonnes they cannot be read."""
    values: list[Value | None] = list(cells.read.values)
    failures = dict(cells.read.failures)
    for row, price in enumerate(values):
        if not isinstance(price, (int, float)):
            continue
        volume = None if tonnes is None else tonnes.values[row]
        if isinstance(volume, (int, float)) and volume > 0:
            values[row] = float(f"{price / volume:.14g}")
            continue
        values[row] = None
        failures[row] = UnreadableError(
            f"{shown(sheet.columns[index][row])} is the price of a lot whose tonnes are not stated",
            "state the tonnes, or the price of a tonne",
            "prices are of lots whose tonnes are not stated",
        )
    return replace(cells.read, values=values, failures=failures)


def _spans(vintage: Column) -> dict[int, tuple[int, int]]:
    spans = {row: first_and_last(OneOf(fact.possible)) for row, fact in vintage.full.items()}
    return {row: span for row, span in spans.items() if span is not None}


def _ends(
    vintage: Column | None, spans: Mapping[int, tuple[int, int]], name: str, month: int, day: int
) -> Column:
    """Return the day of each lot of several vintages, its raw cell that of the vintage."""
    assert vintage is not None  # noqa: S101 - there are spans
    rows = range(len(vintage.values))
    last = name == "vintage_end"
    values: list[Value | None] = [
        date(spans[row][last], month, day) if row in spans else None for row in rows
    ]
    facts: dict[int, Fact] = {
        row: replace(vintage.full[row], value=values[row], possible=(), cause=None) for row in spans
    }
    return Column(values, vintage.grades, None, vintage.raw, vintage.header, facts)
