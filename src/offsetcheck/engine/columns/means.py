"""Means, sums and limits of scores, as expressions; null: does not apply.

A narrower column takes less time: sums are made in the narrowest kind of number in which every sum
of the weights at hand fits. A whole number without a sign is divided in half the time of one with.
Of two columns the lesser is chosen by a comparison, which takes a tenth of the time of Polars'
least of a row. Nothing is shared between expressions, so that what stands in one twice is computed
twice: a form takes as its parts columns, and no long expressions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import polars as pl

from offsetcheck.engine.columns.at_once import number

LEVEL = pl.Int8
"""What levels of scales are held in."""

SCORE = pl.Int32
"""What scores are held in."""

Kind = type[pl.DataType]

WIDTHS: Sequence[tuple[int, Kind]] = ((2**15, pl.Int16), (2**31, pl.Int32), (2**63, pl.Int64))


def wide_enough(best: int, weights: Iterable[int]) -> "Sums":
    """Return sums that hold the best score of everything that is weighed together."""
    most = (best + 1) * sum(weights)
    return Sums(next(kind for limit, kind in WIDTHS if most < limit), most)


@dataclass(frozen=True, slots=True)
class Sums:
    """Weighed sums in whole numbers of one kind, none of them greater than `most`."""

    kind: Kind
    most: int

    def total(self, entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
        """Return what the entries weigh that are not null."""
        return self.sum_of(
            [self.weight_where(scores.is_not_null(), weight) for weight, scores in entries]
        )

    def summed(self, entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
        """Return the sum of the entries that are not null, each times its weight."""
        return self.sum_of([self.weighed(scores.fill_null(0), w) for w, scores in entries])

    def weighed(self, scores: pl.Expr, weight: int) -> pl.Expr:
        """Return scores times a weight."""
        return scores.cast(self.kind) * number(weight, self.kind)

    def weight_where(self, rows: pl.Expr, weight: int) -> pl.Expr:
        """Return a weight in the rows where a truth holds, 0 in others."""
        return pl.when(rows).then(number(weight, self.kind)).otherwise(number(0, self.kind))

    def sum_of(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        """Return the sum of parts, 0 of none."""
        return reduce(add, parts) if parts else number(0, self.kind)

    def mean(self, sums: pl.Expr, weights: pl.Expr, scale: int) -> pl.Expr:
        """Return (scale*S + W) // (2*W) for sum and weight of entries, null without any."""
        kind = pl.UInt32 if scale * self.most < 2**32 else pl.UInt64
        whole, known = (part.cast(kind, wrap_numerical=True) for part in (sums, weights))
        means = (whole * number(scale, kind) + known) // (known * number(2, kind))
        return pl.when(weights > 0).then(means.cast(SCORE, wrap_numerical=True))


def greater(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Return the greater of two, of which one that is null does not count."""
    return pl.when((one >= other) | other.is_null()).then(one).otherwise(other)


def limited(scores: pl.Expr, limit: pl.Expr) -> pl.Expr:
    """Return scores lowered to a limit where that is not null; null scores stay null."""
    return pl.when(limit < scores).then(limit).otherwise(scores)


def raised(scores: pl.Expr, limit: pl.Expr) -> pl.Expr:
    """Return scores raised to a limit where that is not null; null scores stay null."""
    return pl.when(limit > scores).then(limit).otherwise(scores)


def within(lower: pl.Expr, upper: pl.Expr, scores: pl.Expr) -> pl.Expr:
    """Return scores held between bounds that are not null; null scores stay null."""
    return limited(raised(scores, lower), upper)
