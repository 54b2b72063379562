"""The types that the project of each row may be of, each distinct set of them once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from offsetcheck.engine.columns.distinct import PLACE
from offsetcheck.engine.typical import TYPE_FIELD, possible_types
from offsetcheck.vocabulary.by_distinct import by_distinct
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.table import CandidateTable

Types = tuple[str, ...]


class RowTypes(NamedTuple):
    """The distinct sets of possible types, none where it is not stated; `places`: that of a row."""

    distinct: Sequence[Types]
    places: pl.Series


def types_of_rows(table: CandidateTable, rows: range, day: date) -> RowTypes:
    """Return the types that some rows of a table may be of on a day."""
    column = table.columns.get(TYPE_FIELD)
    if column is None:
        return RowTypes([()], pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(rows)))
    late = column.as_of is not None and column.as_of > day
    stated = by_distinct(column.values[rows.start : rows.stop])
    several = [_types_of(value, late=late) for value in stated.distinct]
    places = {types: place for place, types in enumerate(dict.fromkeys(several))}
    of_value = pl.Series([places[types] for types in several], dtype=PLACE)
    found = of_value.gather(pl.Series(stated.places, dtype=PLACE))
    patched = {
        row - rows.start: places.setdefault(possible_types(fact, day), len(places))
        for row, fact in column.full.items()
        if row in rows
    }
    if patched:
        own = pl.Series(list(patched.values()), dtype=PLACE)
        found = found.scatter(pl.Series(list(patched), dtype=PLACE), own)
    return RowTypes(list(places), found)


def _types_of(value: Value | None, *, late: bool) -> Types:
    return (value,) if isinstance(value, str) and not late else ()
