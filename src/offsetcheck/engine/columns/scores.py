"""The integer arithmetic of `engine.scores` on all rows; null: does not apply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from offsetcheck.engine.columns import means
from offsetcheck.engine.columns.at_once import at_once, lit, one, together
from offsetcheck.engine.columns.dimensions import (
    SIDES,
    BoundColumns,
    DimensionColumns,
    Exprs,
    Points,
    dimensions_of,
    points_of,
    thousandths,
)
from offsetcheck.engine.columns.means import SCORE, Sums, wide_enough
from offsetcheck.engine.columns.outcomes import RuleColumns, lit_state
from offsetcheck.engine.scores import BEST, POINT
from offsetcheck.rulebook.binding.bound import DimensionScheme, Scheme
from offsetcheck.vocabulary.finding import Effect, State

__all__ = ["BoundColumns", "DimensionColumns", "ScoreColumns", "score_rows"]

VALUES = {"value lower": "lower", "value upper": "upper"}


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """All scores of every row; `value` is null where nothing of it applies."""

    dimensions: tuple[DimensionColumns, ...]
    integrity: BoundColumns
    integrity_working: pl.Series
    value: BoundColumns
    value_settled: pl.Series
    value_total: pl.Series
    settled: pl.Series
    total: pl.Series


def score_rows(
    columns: Sequence[RuleColumns],
    scheme: Scheme,
    height: int,
    known: Mapping[str, DimensionColumns] = MappingProxyType({}),
) -> ScoreColumns:
    """Return the scores of all rows, as `engine.scores.score` gives them for one.

    `known` are dimensions that were scored before, of the same rows and rules.
    """
    counted = [column for column in columns if not column.rule.draft]
    points = points_of(counted, height)
    names = [d.id for d in scheme.dimensions if d.id not in known]
    made = {d.dimension: d for d in dimensions_of(names, counted, points, height)}
    dimensions = [(known | made)[d.id] for d in scheme.dimensions]  # type: ignore[operator]
    shown = at_once({d.dimension: _shown(d) for d in dimensions}, height)
    pairs = [
        _Scored(
            s,
            d,
            {
                "lower": lit(d.bounds.lower),
                "upper": lit(d.bounds.upper),
                "working": lit(shown[d.dimension]),
            },
        )
        for s, d in zip(scheme.dimensions, dimensions, strict=True)
    ]
    caps = [column for column in counted if column.rule.effect is Effect.CAP]
    limits = {
        side: [*_ceilings(pairs, side), *(_cap(c, points, side) for c in caps)] for side in SIDES
    }
    return _whole(pairs, limits, height)


@dataclass(frozen=True, slots=True)
class _Scored:
    """One dimension with what the scheme says of it, and what it comes to on each side."""

    scheme: DimensionScheme
    columns: DimensionColumns
    sides: Mapping[str, pl.Expr]


def _shown(dimension: DimensionColumns) -> pl.Expr:
    """Return what a dimension counts in the working score: the best where nothing applies."""
    best = pl.when(lit(dimension.bounds.lower).is_null()).then(pl.lit(BEST, SCORE))
    return best.otherwise(lit(dimension.working))


def _ceilings(dimensions: Sequence[_Scored], side: str) -> Iterator[pl.Expr]:
    for one_ in dimensions:
        if one_.scheme.ceiling is not None:
            yield one_.sides[side] + one_.scheme.ceiling


def _cap(column: RuleColumns, points: Points, side: str) -> pl.Expr:
    if column.rule.is_scale:
        return thousandths(points[column.rule.id, side])
    cap = pl.lit(POINT * (column.rule.cap or 0), SCORE)
    state = lit(column.state)
    if side == "lower":
        return pl.when(state != lit_state(State.CLEAR)).then(cap)
    return pl.when(state == lit_state(State.FAIL)).then(cap)


def _whole(
    dimensions: Sequence[_Scored], limits: Mapping[str, Sequence[pl.Expr]], height: int
) -> ScoreColumns:
    """Return the scores of the whole from those of its dimensions."""
    schemes = [each.scheme for each in dimensions]
    weights = wide_enough(BEST, (s.integrity_weight + s.value_weight for s in schemes))
    sums = at_once(_sums(dimensions, weights), height)
    made = together(
        {key: [_mean(key, sums, weights), *limits.get(key, ())] for key in (*SIDES, *VALUES)},
        means.limited,
        height,
    )
    within = means.within(*(lit(made[side]) for side in SIDES))
    return ScoreColumns(
        dimensions=tuple(each.columns for each in dimensions),
        integrity=BoundColumns(made["lower"], made["upper"]),
        integrity_working=one(pl.coalesce(within, pl.lit(made["lower"]))),
        value=BoundColumns(*(made[side] for side in VALUES)),
        value_settled=sums["settled", "value"],
        value_total=sums["total", "value"],
        settled=sums["settled", "whole"],
        total=sums["total", "whole"],
    )


def _mean(key: str, sums: Mapping[tuple[str, str], pl.Series], weights: Sums) -> pl.Expr:
    mean = weights.mean(lit(sums[key, "sum"]), lit(sums[key, "weight"]), 2)
    return mean if key in VALUES or key == "working" else mean.fill_null(BEST)


def _sums(dimensions: Sequence[_Scored], weights: Sums) -> Exprs:
    """Return what the means of the whole are made of, and how complete it and its value are."""
    sums: Exprs = {}
    for side in SIDES:
        known = [(d.scheme.integrity_weight, d.sides[side]) for d in dimensions]
        if side != "working":  # where nothing applies, nothing counts against it
            known = [(weight, scores.fill_null(BEST)) for weight, scores in known]
        sums |= _parts(side, known, weights)
    for key, side in VALUES.items():
        known = [(d.scheme.value_weight, d.sides[side]) for d in dimensions]
        sums |= _parts(key, known, weights)
    of_value = [each.columns for each in dimensions if each.scheme.value_weight]
    for name, own in (("whole", [each.columns for each in dimensions]), ("value", of_value)):
        whole = Sums(SCORE, weights.most)
        sums["settled", name] = whole.sum_of([lit(each.settled) for each in own])
        sums["total", name] = whole.sum_of([lit(each.total) for each in own])
    return sums


def _parts(key: str, entries: Sequence[tuple[int, pl.Expr]], weights: Sums) -> Exprs:
    weighed = [(weight, scores) for weight, scores in entries if weight]
    return {(key, "sum"): weights.summed(weighed), (key, "weight"): weights.total(weighed)}
