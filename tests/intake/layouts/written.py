"""Hand-written lists, one per edition of a layout, and what comes of reading them, as plain words."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

FIXTURES = Path(__file__).parent
EXPECTED = FIXTURES / "expected"
BOOK = ".book.yaml"
"""A workbook, written as the rows of each sheet by the sheet's name."""

DAY = "2026-08-14"
"""The day of every list, which stands in the name of its file."""


def written() -> dict[str, Path]:
    """Return every hand-written list by its name: the layout's id, and the edition behind a `-`."""
    lists = {path.name.split(".")[0]: path for path in sorted(FIXTURES.glob("*.*"))}
    return {path.stem: lists[path.stem] for path in sorted(EXPECTED.glob("*.yaml"))}


def expected(name: str) -> Mapping[str, Any]:
    """Return what a list must be read as."""
    return yaml.safe_load((EXPECTED / f"{name}.yaml").read_text("utf-8"))


def read(path: Path, dictionary: Dictionary) -> CandidateTable:
    """Return a hand-written list as it is read, a workbook made of its rows first."""
    if not path.name.endswith(BOOK):
        return offers_of_bytes(path.read_bytes(), f"{DAY} {path.name}", dictionary)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in yaml.safe_load(path.read_text("utf-8")).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return offers_of_bytes(held.getvalue(), f"{DAY} {path.name}".replace(BOOK, ".xlsx"), dictionary)


def told(table: CandidateTable) -> dict[str, Any]:
    """Return a table in the words of an expectation: rows, columns, errors and notes."""
    return {
        "layout": table.layout,
        "rows": [_row(table, row) for row in range(len(table))],
        "columns": {seen.header: _fields(seen) for seen in table.reading.columns},
        "problems": [
            problem.message
            for problem in table.problems
            if problem.severity is not Severity.WARNING
        ],
    }


def _row(table: CandidateTable, row: int) -> dict[str, Any]:
    facts = ((name, table.fact(name, row)) for name in table.columns if name != "registry_snapshot")
    said = {name: _value(fact) for name, fact in facts}
    return {name: value for name, value in said.items() if value is not None}


def _value(fact: Any) -> Any:
    if fact.possible:
        return {"one of": [_plain(value) for value in fact.possible]}
    return _plain(fact.value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _fields(seen: Any) -> Any:
    if seen.field is None:
        return f"not read, {seen.cells} cells"
    return [seen.field, *seen.also] if seen.also else seen.field
