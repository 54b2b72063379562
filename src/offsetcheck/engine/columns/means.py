"""Means, sums and limits of scores, as expressions; null: does not apply.

Columns of halved numbers take half of the time: sums are made in 32 bits where every sum of the
weights at hand fits, and in 64 where one does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import polars as pl

from offsetcheck.engine.scores import BEST

LEVEL = pl.Int32
"""What levels and scores are held in."""

Kind = type[pl.DataType]


def wide_enough(weights: Iterable[int]) -> "Sums":
    """Return sums that hold twice the best score of everything that is weighed together."""
    most = (2 * BEST + 1) * sum(weights)
    return Sums(pl.Int32 if most < 2**31 else pl.Int64)


@dataclass(frozen=True, slots=True)
class Sums:
    """Weighed sums and means in whole numbers of one kind."""

    kind: Kind

    def mean_thousandths(self, entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
        """Return the mean of weighed scores that are not null."""
        weighed = [(weight, scores) for weight, scores in entries if weight]
        return mean(self.summed(weighed), self.total(weighed), 2)

    def mean_of_known(self, entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
        """Return the mean of weighed scores, none of them null; null if none weighs anything."""
        weights = sum(weight for weight, _ in entries)
        if not weights:
            return pl.lit(None, LEVEL)
        sums = self.sum_of(
            [scores.cast(self.kind) * weight for weight, scores in entries if weight]
        )
        return (sums * 2 + weights) // (weights * 2)

    def total(self, entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
        """Return what the entries weigh that are not null."""
        return self.sum_of(
            [self.count(scores.is_not_null()) * weight for weight, scores in entries]
        )

    def summed(self, entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
        """Return the sum of the entries that are not null, each times its weight."""
        return self.sum_of(
            [scores.fill_null(0).cast(self.kind) * weight for weight, scores in entries]
        )

    def count(self, rows: pl.Expr) -> pl.Expr:
        """Return 1 in the rows where a truth holds, 0 in others."""
        return rows.cast(self.kind)

    def sum_of(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        """Return the sum of parts, 0 of none."""
        return reduce(add, parts, pl.lit(0, self.kind))


def mean(sums: pl.Expr, weights: pl.Expr, scale: int) -> pl.Expr:
    """Return (scale*S + W) // (2*W) for sum and weight of entries, null without any."""
    known = pl.when(weights > 0).then(weights)
    return (sums * scale + known) // (known * 2)


def greatest(parts: Sequence[pl.Expr]) -> pl.Expr:
    """Return the greatest of those that are not null."""
    return parts[0] if len(parts) == 1 else pl.max_horizontal(*parts)


def limited(scores: pl.Expr, limits: Sequence[pl.Expr]) -> pl.Expr:
    """Return scores lowered to each limit that is not null; null scores stay null."""
    if not limits:
        return scores
    return pl.when(scores.is_not_null()).then(pl.min_horizontal(scores, *limits))


def within(lower: pl.Expr, upper: pl.Expr, scores: pl.Expr) -> pl.Expr:
    """Return scores held between bounds that are not null; null scores stay null."""
    raised = pl.max_horizontal(scores, lower)
    return pl.when(scores.is_not_null()).then(pl.min_horizontal(raised, upper))
