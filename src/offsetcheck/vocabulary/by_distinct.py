"""A long column in which values stand again and again: each once, and the place of each row's.

Whoever asks something of every value asks it of the distinct ones; whoever reads rows sees a plain
sequence. The places may be a column of Polars, which is loaded only where a list is long enough.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)
Other = TypeVar("Other")


LONG = 2_000
"""Rows from which it pays to hold a column by its distinct values."""

SELDOM = 4
"""How often a value stands in the mean, from which it pays."""


def pays(rows: int, distinct: int) -> bool:
    """Whether a column of so many rows and distinct values is better held by these."""
    return rows >= LONG and distinct * SELDOM <= rows


class ByDistinct(Sequence[T_co]):
    """A sequence of values by distinct ones: that of a row is `distinct[places[row]]`.

    No distinct value need be at a row, and two may be equal.
    """

    __slots__ = ("_listed", "distinct", "places")

    def __init__(self, distinct: Sequence[T_co], places: Sequence[int]) -> None:
        self.distinct = distinct
        self.places = places
        self._listed: list[int] | None = None

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> "ByDistinct[T_co]": ...
    def __getitem__(self, index: int | slice) -> "T_co | ByDistinct[T_co]":
        if isinstance(index, slice):
            return ByDistinct(self.distinct, self.places[index])
        return self.distinct[self._rows()[index]]

    def __iter__(self) -> Iterator[T_co]:
        return map(self.distinct.__getitem__, self._rows())

    def _rows(self) -> list[int]:
        """Return the places as a list, out of which one is taken a hundred times as fast."""
        if self._listed is None:
            self._listed = list(self.places)
        return self._listed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # equal to lists, which have none

    def each(self, told: Callable[[T_co], Other]) -> "ByDistinct[Other]":
        """Return what is told of each value, which is asked once of each distinct one."""
        return ByDistinct([told(value) for value in self.distinct], self.places)

    def rows_with(self, told: Mapping[T_co, Other]) -> dict[int, Other]:
        """Return what is told of some of the values, by the rows that have these."""
        held = {place for place, value in enumerate(self.distinct) if value in told}
        if not held:
            return {}
        rows = enumerate(self._rows())
        return {row: told[self.distinct[place]] for row, place in rows if place in held}


def by_distinct(values: Sequence[T_co]) -> ByDistinct[T_co]:
    """Return hashable values by distinct ones, in the order in which they come first."""
    if isinstance(values, ByDistinct):
        return values
    places: dict[T_co, int] = {}
    own = [places.setdefault(value, len(places)) for value in values]
    return ByDistinct(list(places), own)
