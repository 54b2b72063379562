"""Means, sums and limits of scores, as expressions; null: does not apply."""

from collections.abc import Sequence
from functools import reduce
from operator import add

import polars as pl


def mean_thousandths(entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
    """Return the mean of weighed scores that are not null."""
    weighed = [(weight, scores) for weight, scores in entries if weight]
    return mean(summed(weighed), total(weighed), 2)


def mean_of_known(entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
    """Return the mean of weighed scores of which none is null; null where none weighs anything."""
    weights = sum(weight for weight, _ in entries)
    if not weights:
        return pl.lit(None, pl.Int64)
    sums = sum_of([scores * weight for weight, scores in entries if weight])
    return (sums * 2 + weights) // (weights * 2)


def total(entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
    """Return what the entries weigh that are not null."""
    return sum_of([count(scores.is_not_null()) * weight for weight, scores in entries])


def summed(entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
    """Return the sum of the entries that are not null, each times its weight."""
    return sum_of([scores.fill_null(0) * weight for weight, scores in entries])


def mean(sums: pl.Expr, weights: pl.Expr, scale: int) -> pl.Expr:
    """Return (scale*S + W) // (2*W) for sum and weight of entries, null without any."""
    known = pl.when(weights > 0).then(weights)
    return (sums * scale + known) // (known * 2)


def count(rows: pl.Expr) -> pl.Expr:
    """Return 1 in the rows where a truth holds, 0 in others."""
    return rows.cast(pl.Int64)


def sum_of(parts: Sequence[pl.Expr]) -> pl.Expr:
    """Return the sum of parts, 0 of none."""
    return reduce(add, parts, pl.lit(0, pl.Int64))


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
