"""The types that the project of each row may be of, each distinct set of them once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from offsetcheck.engine.typical import TYPE_FIELD, possible_types
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
    places: dict[Types, int] = {}
    found = []
    for row in rows:
        if row in column.full:
            types = possible_types(column.full[row], day)
        else:
            value = column.values[row]
            types = (value,) if isinstance(value, str) and not late else ()
        found.append(places.setdefault(types, len(places)))
    return RowTypes(list(places), pl.Series(found, dtype=pl.UInt32))
