"""A public list saved anew as people save lists, and what of it is read otherwise than before."""

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import openpyxl

from offsetcheck.intake.asked import NOTHING_ASKED
from offsetcheck.intake.ledgers.fields import of_ledgers
from offsetcheck.intake.ledgers.model import Ledger
from offsetcheck.intake.normalise.years import CALENDAR_YEAR
from offsetcheck.intake.offers import list_in
from offsetcheck.intake.registry.record import record_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.table import CandidateTable, Column

NUMBERS = {FieldType.NUMBER, FieldType.INTEGER}
DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%Y %I:%M:%S %p", "%d %b %Y")


@dataclass(frozen=True)
class Cells:
    """The first cells of a list as text, by row, and which of its columns are numbers or days.

    `read` is the whole list as it is read from its own file.
    """

    read: CandidateTable
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: frozenset[int]
    days: frozenset[int]

    def each(self, columns: frozenset[int], written: Callable[[str], Any]) -> "Cells":
        """Return the cells with those of some columns written otherwise."""
        rows = [
            tuple(written(cell) if at in columns else cell for at, cell in enumerate(row))
            for row in self.rows
        ]
        return replace(self, rows=rows)


@dataclass
class Compared:
    """How many cells were read as before, not at all, and as another value, with some of these."""

    same: int = 0
    lost: int = 0
    wrong: int = 0
    rows: int = 0
    errors: int = 0
    shown: tuple[str, ...] = ()


def cells_of(data: bytes, name: str, dictionary: Dictionary, most: int | None = None) -> Cells:
    """Return the first rows of a list as text, its columns as the package takes them."""
    sheet = list_in(data, name, dictionary, NOTHING_ASKED).written
    fields = of_ledgers(dictionary).candidate
    read = _table(data, name, dictionary)
    assert read.reading is not None
    used = {column.header: fields.get(column.field or "") for column in read.reading.columns}
    kinds = [used.get(" ".join(header.split())) for header in sheet.headers]
    numbers = [
        at for at, f in enumerate(kinds) if f and f.type in NUMBERS and f.unit != CALENDAR_YEAR
    ]
    days = [at for at, f in enumerate(kinds) if f and f.type is FieldType.DATE]
    rows = list(zip(*(column[:most] for column in sheet.columns), strict=True))
    return Cells(read, tuple(sheet.headers), rows, frozenset(numbers), frozenset(days))


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return None


def _day(cell: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(cell.strip(), form).date()
        except ValueError:
            continue
    return None


def _grouped(cell: str) -> str:
    number = _number(cell)
    if number is None:
        return cell
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


def _day_first(cell: str) -> str:
    day = _day(cell)
    return cell if day is None else f"{day.day}/{day.month}/{day.year}"


def _separated(cells: Cells, separator: str = ",", encoding: str = "utf-8") -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=separator).writerows([cells.headers, *cells.rows])
    return held.getvalue().encode(encoding)


def _comma(cells: Cells) -> bytes:
    return _separated(cells.each(cells.numbers, _grouped), ";")


def _days_first(cells: Cells) -> bytes:
    return _separated(cells.each(cells.days, _day_first), ";")


def _workbook(cells: Cells) -> bytes:
    """Return a workbook whose numbers and days are typed."""
    typed = cells.each(cells.numbers, lambda c: c if _number(c) is None else _number(c))
    typed = typed.each(cells.days, lambda c: c if _day(c) is None else _day(c))
    book, held = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in [typed.headers, *typed.rows]:
        sheet.append([_printable(cell) for cell in row])
    book.save(held)
    return held.getvalue()


def _printable(cell: Any) -> Any:
    """Return a cell without the control characters that no workbook holds."""
    if not isinstance(cell, str):
        return cell
    return "".join(sign for sign in cell if sign >= " " or sign in "\n\t")[:32_000]


def _cp1252(cells: Cells) -> bytes:
    text = {
        ord(sign): None for row in cells.rows for cell in row for sign in cell if _strange(sign)
    }
    every = frozenset(range(len(cells.headers)))
    return _separated(cells.each(every, lambda cell: cell.translate(text)), ";", "cp1252")


def _strange(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


def _shuffled(cells: Cells) -> bytes:
    order = list(range(len(cells.headers)))
    random.Random(7).shuffle(order)
    headers = tuple(cells.headers[at] for at in order)
    rows = [tuple(row[at] for at in order) for row in cells.rows]
    return _separated(replace(cells, headers=headers, rows=rows))


def _lower(cells: Cells) -> bytes:
    headers = tuple("_".join(header.split()).lower() for header in cells.headers)
    return _separated(replace(cells, headers=headers))


WAYS: Mapping[str, tuple[str, Callable[[Cells], bytes]]] = {
    "as it is": (".csv", _separated),
    "decimal commas and ;": (".csv", _comma),
    "day first and ;": (".csv", _days_first),
    "workbook": (".xlsx", _workbook),
    "cp1252": (".csv", _cp1252),
    "UTF-16 and tabs": (".txt", lambda cells: _separated(cells, "\t", "utf-16")),
    "shuffled columns": (".csv", _shuffled),
    "lower_case_headings": (".csv", _lower),
}
"""Ways in which a list is saved anew, each with the suffix of its file."""

UNTOLD = {"cp1252": frozenset({"name", "developer", "location", "subdivision", "description"})}
"""Fields that a way cannot keep: signs that its encoding lacks are gone."""


def compare(cells: Cells, way: str, stem: str, dictionary: Dictionary) -> Compared:
    """Read a list that is saved anew, and compare each field of each row with its own reading."""
    before = cells.read
    suffix, saved = WAYS[way]
    after = _table(saved(cells), f"{stem}{suffix}", dictionary)
    assert after.layout == before.layout
    assert len(after) == len(cells.rows)
    found = Compared(rows=len(after), errors=len(after.problems))
    for name in before.columns:
        if name not in UNTOLD.get(way, ()):
            _compare(found, name, before, after)
    return found


def _compare(found: Compared, name: str, before: CandidateTable, after: CandidateTable) -> None:
    for row in range(len(after)):
        was = _value(before, name, row)
        now = _value(after, name, row)
        found.same += now == was
        found.lost += now != was and now in {None, ()}
        if now != was and now not in {None, ()}:
            found.wrong += 1
            found.shown = (*found.shown, f"{name}, row {row}: {was} -> {now}")[:8]


def _value(table: CandidateTable, name: str, row: int) -> Any:
    if name not in table.columns:
        return None
    fact = table.fact(name, row)
    value = fact.value if fact.value is not None else tuple(sorted(map(str, fact.possible))) or None
    return " ".join(value.split()) if isinstance(value, str) else value


def _table(data: bytes, name: str, dictionary: Dictionary) -> CandidateTable:
    """Return a list of projects, or a ledger with the tonnes and days of its lots beside the facts."""
    record = record_of_bytes(data, name, dictionary)
    if not isinstance(record, Ledger):
        return record
    own = {
        "lot_tonnes": [lot.tonnes for lot in record.lots],
        "gone_on": [lot.gone_on for lot in record.lots],
        "blocks": [
            tuple((block.start, block.end) for block in lot.blocks) or None for lot in record.lots
        ],
    }
    columns = {name: Column(values, EvidenceGrade.E1) for name, values in own.items()}
    return replace(record.table, columns={**record.table.columns, **columns})
