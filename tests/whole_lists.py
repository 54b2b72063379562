"""Lists of three kinds in any style and any kind of file: offers, a registry's projects, its units."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import openpyxl
import polars as pl

from offsetcheck.intake.ledgers.read import read_ledger
from offsetcheck.intake.ledgers.refuse import LedgerError
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import Problem

Row = tuple[Decimal, Decimal, date, date]
"""Two numbers and two days, the first of which comes first."""


@dataclass(frozen=True)
class Kind:
    """A kind of list: what its cells that are the same in every row say, and which columns are drawn.

    `numbers` and `days` name the columns of the drawn cells, each with the field that it states.
    """

    id: str
    same: Mapping[str, str]
    numbers: Mapping[str, str]
    days: Mapping[str, str]

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.id, *self.same, *self.numbers, *self.days)

    def record(self, at: int, texts: Sequence[str]) -> dict[str, str]:
        """Return a row by its headings; `texts` are its numbers and days."""
        drawn = dict(zip((*self.numbers, *self.days), texts, strict=True))
        return {self.id: str(900 + at), **self.same, **drawn}

    def expected(self, row: Row) -> dict[str, Value]:
        numbers = zip(self.numbers.values(), map(float, row[:2]), strict=False)
        days = zip(self.days.values(), row[2:], strict=False)
        return {**dict(numbers), **dict(days)}


KINDS = {
    "bid sheet": Kind(
        "VCS ID",
        {"Programme": "VCS"},
        {"tonnes": "tonnes", "price": "price"},
        {"crediting_start": "crediting_start", "crediting_end": "crediting_end"},
    ),
    "registry": Kind(
        "ID",
        {"Name": "Trial Farm", "Proponent": "Nobody", "Project Type": "Energy demand"}
        | {"AFOLU Activities": "", "Methodology": "VM0042", "Status": "Registered"}
        | {"Country/Area": "Kenya", "Region": "Africa"},
        {"Estimated Annual Emission Reductions": "estimated_annual"},
        {
            "Crediting Period Start Date": "crediting_start",
            "Crediting Period End Date": "crediting_end",
        },
    ),
    "ledger": Kind(
        "ID",
        {"Name": "Trial Farm", "Country/Area": "Kenya", "Project Type": "Energy demand"}
        | {"Methodology": "VM0042", "Issuance Date": "", "Total Vintage Quantity": ""}
        | {"Serial Number": "", "Additional Certifications": "", "Retirement Beneficiary": ""}
        | {"Retirement/Cancellation Date": "", "Retirement Reason": "", "Retirement Details": ""},
        {"Quantity Issued": "lot_tonnes"},
        {"Vintage Start": "vintage_start", "Vintage End": "vintage_end"},
    ),
}


@dataclass(frozen=True)
class Found:
    """What was read of a list: the values of each row by its id, in their order, and the problems."""

    rows: Mapping[str, Mapping[str, Value | None]]
    problems: Sequence[Problem]


def read(data: bytes, name: str, kind: Kind, dictionary: Dictionary) -> Found:
    """Read a file as offers, a registry's list or a ledger, whichever it is taken for."""
    try:
        table, lots = offers_of_bytes(data, name, dictionary), ()
    except LedgerError as refused:
        ledger = read_ledger(refused.sheet, refused.found, dictionary)
        table, lots = ledger.table, ledger.lots
    fields = (*kind.numbers.values(), *kind.days.values())

    def value(name: str, row: int) -> Value | None:
        if name == "lot_tonnes":
            return lots[row].tonnes if lots else None
        return table.columns[name].values[row] if name in table.columns else None

    rows = {id_: {name: value(name, row) for name in fields} for row, id_ in enumerate(table.ids)}
    return Found(rows, table.problems)


def as_text(
    headers: Sequence[str], records: Sequence[Mapping[str, str]], separator: str = ","
) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held, delimiter=separator, lineterminator="\n")
    writer.writerows([headers, *([record[header] for header in headers] for record in records)])
    return held.getvalue().encode()


def _workbook(records: Sequence[Mapping[str, str]]) -> bytes:
    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in [list(records[0]), *(list(record.values()) for record in records)]:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def _parquet(records: Sequence[Mapping[str, str]]) -> bytes:
    held = io.BytesIO()
    pl.DataFrame(records).write_parquet(held)
    return held.getvalue()


def _yaml(records: Sequence[Mapping[str, str]]) -> bytes:
    said = (
        "- " + "\n  ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in one.items())
        for one in records
    )
    return "\n".join(said).encode()


def in_every_kind_of_file(records: Sequence[Mapping[str, str]]) -> dict[str, bytes]:
    """Return a list in each kind of file that is read, by its suffix."""
    return {
        "csv": as_text(list(records[0]), records),
        "json": json.dumps(records, indent=1).encode(),
        "jsonl": "\n".join(map(json.dumps, records)).encode(),
        "yaml": _yaml(records),
        "xlsx": _workbook(records),
        "parquet": _parquet(records),
    }
