"""A table of candidates as a table of facts: what a cluster reads (docs/scale.md)."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from offsetcheck.engine.arithmetic import typed
from offsetcheck.engine.columns.held import DTYPES
from offsetcheck.engine.knowledge import IDENTITY, is_later
from offsetcheck.engine.possible import distinct
from offsetcheck.engine.typical import TYPE_FIELD, possible_types
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, Fact, Value
from offsetcheck.vocabulary.table import CandidateTable, Column

Statement = dict[str, object]


def facts_frame(table: CandidateTable, day: date, fields: Mapping[str, FieldType]) -> pl.DataFrame:
    """Return what was known of some fields by a day: a row for each candidate.

    `row`, `line`, `id`, and for each field that the table has its value, `NAME__grade` and, where
    a fact is known in part, `NAME__statements`.
    """
    series = [
        pl.Series("row", range(len(table)), dtype=pl.Int64),
        pl.Series("line", list(table.lines), dtype=pl.Int64),
        pl.Series("id", list(table.ids), dtype=pl.String),
        *_identity(table, day),
        *_types(table, day),
    ]
    for name, kind in fields.items():
        if name in table.columns and name != IDENTITY:
            series += _field(name, table.columns[name], kind, day, len(table))
    return pl.DataFrame(series)


def _identity(table: CandidateTable, day: date) -> Iterator[pl.Series]:
    """Yield what is stated as the id, and whether it tells the project."""
    column = table.columns.get(IDENTITY)
    rows = range(len(table))
    causes = [column.cause(row) if column is not None else None for row in rows]
    strange = [cause is Cause.ID_NOT_RECOGNISED for cause in causes]
    yield pl.Series("id__unrecognised", strange, dtype=pl.Boolean)
    values = [None] * len(table) if column is None else _known(column, day, len(table))
    yield pl.Series("id__stated", values, dtype=pl.String)


def _types(table: CandidateTable, day: date) -> Iterator[pl.Series]:
    if TYPE_FIELD in table.columns:
        facts = (_fact(table.columns[TYPE_FIELD], row) for row in range(len(table)))
        types = [list(possible_types(fact, day)) for fact in facts]
        yield pl.Series(f"{TYPE_FIELD}__types", types, dtype=pl.List(pl.String))


def _fact(column: Column, row: int) -> Fact:
    if row in column.full:
        return column.full[row]
    return Fact(column.values[row], column.grade(row), as_of=column.as_of)


def _field(
    name: str, column: Column, kind: FieldType, day: date, height: int
) -> Iterator[pl.Series]:
    values = [_plain(typed(value, kind)) for value in _known(column, day, height)]
    grades = [int(column.grade(row)) for row in range(height)]
    statements: list[list[Statement] | None] = [None] * height
    for row, noted in column.full.items():
        fact = noted.on(day)
        grades[row] = int(fact.grade)
        if fact.possible or (fact.value is not None and any(o.possible for o in fact.others)):
            values[row], statements[row] = None, list(_statements(fact, kind, day))
    yield pl.Series(name, values, dtype=DTYPES[kind])
    yield pl.Series(f"{name}__grade", grades, dtype=pl.Int32)
    if any(one is not None for one in statements):
        yield pl.Series(f"{name}__statements", statements, dtype=_statements_type(kind))


def _known(column: Column, day: date, height: int) -> list[Value | None]:
    """Return the values that were known by a day, those of full facts too."""
    late = column.as_of is not None and column.as_of > day
    values: list[Value | None] = [None] * height if late else list(column.values)
    for row, noted in column.full.items():
        fact = noted.on(day)
        values[row] = None if is_later(fact, day) else fact.value
    return values


def _statements(fact: Fact, kind: FieldType, day: date) -> Iterator[Statement]:
    """Yield what is stated, the first that counts deciding; a broader statement stands behind."""
    if not is_later(fact, day):
        stated = (fact.value,) if fact.value is not None else fact.possible
        yield _statement(fact, stated, kind)
    for other in fact.others:
        if other.possible and not is_later(other, day):
            stated = (other.value,) if other.value is not None else other.possible
            yield _statement(other, stated, kind)


def _statement(fact: Fact, stated: tuple[Value, ...], kind: FieldType) -> Statement:
    found = distinct(typed(value, kind) for value in stated)
    return {"grade": int(fact.grade), "values": found and [_plain(value) for value in found]}


def _statements_type(kind: FieldType) -> pl.DataType:
    return pl.List(pl.Struct({"grade": pl.Int32, "values": pl.List(DTYPES[kind])}))


def _plain(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value
