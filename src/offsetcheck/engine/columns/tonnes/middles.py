"""The number half-way of every row, as `StepTaken.central` and `Waterfall.central` have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from offsetcheck.engine.columns.at_once import one
from offsetcheck.engine.columns.tonnes.spans import Spans


@dataclass(frozen=True, slots=True)
class Middles:
    """The middles of some rows: of the tonnes offered, of each step's factor by its id."""

    offered: pl.Series
    factors: Mapping[str, pl.Series]

    def behind(self, acting: Sequence[str]) -> pl.Series:
        """Return the tonnes half-way behind some steps; null where one of them has no middle."""
        tonnes = self.offered
        for name in acting:
            tonnes = tonnes * self.factors[name]
        return tonnes


def middle_of(ways: Sequence[Spans], height: int) -> pl.Series:
    """Return the middle one of the numbers of some ways; null where one of them is open.

    `ways` are those with inputs half-way between what is stated in part: where all are known, these
    say the same as the others.
    """
    ends = [each.columns(height) for each in ways]
    lows = pl.concat_list([pl.lit(low) for low, _ in ends]).list.sort()
    settled = pl.all_horizontal(pl.lit(low) == pl.lit(high) for low, high in ends)
    return one(pl.when(settled).then(lows.list.get((len(ways) - 1) // 2)))


def middle_stated(offered: Spans, height: int) -> pl.Series:
    """Return the tonnes half-way between both bounds of what is offered."""
    low, high = offered.columns(height)
    return low / 2 + high / 2
