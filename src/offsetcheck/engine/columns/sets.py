"""Columns in which some rows hold one of several values.

Rows with sets are few, and their sets fewer still: what an expression comes to is worked out once
for each distinct combination of its arguments, by the code that judges one candidate.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl

from offsetcheck.engine.possible import Alternatives

PLACE = pl.UInt32


@dataclass(frozen=True, slots=True)
class Sets:
    """The rows that hold one of several values: `places` in `members`, null in other rows."""

    places: pl.Series
    members: Sequence[Alternatives]


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A value in every row, null where unknown; `sets` say of which values it is then one."""

    values: pl.Series
    sets: Sets | None = None

    @property
    def in_part(self) -> pl.Series:
        """The rows that are known in part."""
        if self.sets is None:
            return pl.Series([False]).new_from_index(0, len(self.values))
        return self.sets.places.is_not_null()


Combination = tuple[Alternatives | None, ...]
Judge = Callable[..., Alternatives | None]


def combinations(
    columns: Sequence[PartColumn], rows: pl.Series
) -> tuple[list[Combination], pl.Series]:
    """Return the distinct combinations that some rows hold, and for each row the place of its own.

    A column in a combination is its value, its set, or None where it is unknown.
    """
    parts = [part for column in columns for part in parts_of(column)]
    named = [part.alias(str(number)) for number, part in enumerate(parts)]
    names = [part.name for part in named]
    frame = pl.DataFrame(named).with_row_index("row").filter(rows)
    groups = frame.group_by(names, maintain_order=True).agg("row")
    found = [tuple(alternatives(cells, columns)) for cells in groups.select(names).iter_rows()]
    return found, _places(groups["row"], len(rows))


def judged(judge: Judge, columns: Sequence[PartColumn], values: pl.Series) -> PartColumn:
    """Return values of known arguments, completed where an argument is known in part.

    `judge` takes the alternatives of each argument and returns those of the result.
    """
    if all(column.sets is None for column in columns):
        return PartColumn(values)
    rows = reduce(pl.Series.__or__, (column.in_part for column in columns))
    found, places = combinations(columns, rows)
    return filled(values, [judge(*combination) for combination in found], places)


def filled(
    values: pl.Series, results: Sequence[Alternatives | None], places: pl.Series
) -> PartColumn:
    """Return values in which rows with a place hold the result at that place."""
    known = [result[0] if result is not None and len(result) == 1 else None for result in results]
    at = pl.Series(known, dtype=values.dtype).gather(places)
    whole = pl.select(pl.when(places.is_not_null()).then(at).otherwise(values)).to_series()
    return PartColumn(whole, sets_at(results, places))


def sets_at(results: Sequence[Alternatives | None], places: pl.Series) -> Sets | None:
    """Return the sets among results, for rows that hold the result at their place."""
    members: dict[Alternatives, int] = {}
    numbers = [
        members.setdefault(result, len(members)) if result is not None and len(result) > 1 else None
        for result in results
    ]
    if not members:
        return None
    return Sets(pl.Series(numbers, dtype=PLACE).gather(places), list(members))


def no_places(height: int) -> pl.Series:
    """Return a column of places in which no row has one."""
    return pl.Series([None], dtype=PLACE).new_from_index(0, height)


def parts_of(column: PartColumn) -> Iterator[pl.Series]:
    """Yield what tells rows of a column apart: its values, and the places of its sets."""
    yield column.values
    if column.sets is not None:
        yield column.sets.places


def alternatives(
    cells: tuple[Any, ...], columns: Sequence[PartColumn]
) -> Iterator[Alternatives | None]:
    """Yield for each column what one row holds of it, from its cells as `parts_of` orders them."""
    rest = iter(cells)
    for column in columns:
        value = next(rest)
        place = next(rest) if column.sets is not None else None
        if value is not None:
            yield (tuple(value) if isinstance(value, list) else value,)
        else:
            yield column.sets.members[place] if column.sets and place is not None else None


def _places(groups: pl.Series, height: int) -> pl.Series:
    """Return for each row the number of the group that holds it."""
    numbers = pl.DataFrame({"group": pl.int_range(len(groups), dtype=PLACE, eager=True)})
    held = numbers.with_columns(groups.alias("row")).explode("row")
    return no_places(height).scatter(held["row"], held["group"])
