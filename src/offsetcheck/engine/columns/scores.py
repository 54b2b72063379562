"""The integer arithmetic of `engine.scores` on all rows, in Int64; null: does not apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from types import MappingProxyType

import polars as pl

from offsetcheck.engine.columns.outcomes import RuleColumns
from offsetcheck.engine.scores import BEST, CRITICAL_MARGIN, POINT
from offsetcheck.rulebook.binding.bound import IfUnknown, Scheme
from offsetcheck.vocabulary.finding import Effect, Outcome, State


@dataclass(frozen=True, slots=True)
class BoundColumns:
    """Lower and upper bounds in thousandths, null where nothing applies."""

    lower: pl.Series
    upper: pl.Series


@dataclass(frozen=True, slots=True)
class DimensionColumns:
    """One dimension's bounds, working score and completeness in every row."""

    dimension: str
    bounds: BoundColumns
    working: pl.Series
    settled: pl.Series
    total: pl.Series


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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One weighed part of a mean; its points are null in rows where it does not count."""

    weight: int
    lower: pl.Series
    upper: pl.Series
    working: pl.Series


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
    dimensions = tuple(
        known.get(d.id) or _dimension(d.id, counted, height) for d in scheme.dimensions
    )
    of_value = [d for s, d in zip(scheme.dimensions, dimensions, strict=True) if s.value_weight]
    integrity = _integrity(dimensions, counted, scheme, height)
    return ScoreColumns(
        dimensions=dimensions,
        integrity=integrity,
        integrity_working=_integrity_working(dimensions, counted, scheme, integrity),
        value=_value(dimensions, scheme, height),
        value_settled=_sum([d.settled for d in of_value], height),
        value_total=_sum([d.total for d in of_value], height),
        settled=_sum([d.settled for d in dimensions], height),
        total=_sum([d.total for d in dimensions], height),
    )


def _dimension(name: str, columns: Sequence[RuleColumns], height: int) -> DimensionColumns:
    own = [column for column in columns if column.rule.dimension == name]
    groups = _by_weight(own)
    entries = [_best(scales) for group in groups if (scales := _scored(group))]
    bounds = BoundColumns(
        _limited(
            _mean_points([(e.weight, e.lower) for e in entries], height), _critical(own, "lower")
        ),
        _limited(
            _mean_points([(e.weight, e.upper) for e in entries], height), _critical(own, "upper")
        ),
    )
    working = _mean_points([(e.weight, e.working) for e in entries], height)
    return DimensionColumns(
        dimension=name,
        bounds=bounds,
        working=_within(_limited(working, _critical_working(own)), bounds),
        settled=_sum([_weight_where(group, _settled(group)) for group in groups], height),
        total=_sum([_weight_where(group, _any_applies(group)) for group in groups], height),
    )


def _scored(columns: Iterable[RuleColumns]) -> list[RuleColumns]:
    return [c for c in columns if c.rule.is_scale and c.rule.effect is Effect.SCORE]


def _by_weight(own: Sequence[RuleColumns]) -> list[list[RuleColumns]]:
    groups: dict[str, list[RuleColumns]] = {}
    for column in own:
        rule = column.rule
        key = f"route {rule.route}" if rule.is_scale and rule.route else f"rule {rule.id}"
        groups.setdefault(key, []).append(column)
    return list(groups.values())


def _best(scales: Sequence[RuleColumns]) -> _Weighed:
    return _Weighed(
        weight=scales[0].rule.weight,
        lower=_greatest([scale.lower for scale in scales]),
        upper=_greatest([scale.upper for scale in scales]),
        working=_greatest([_working_points(scale) for scale in scales]),
    )


def _working_points(scale: RuleColumns) -> pl.Series:
    if scale.typical is not None:
        within = _within(scale.typical, BoundColumns(scale.lower, scale.upper))
        return pl.select(pl.coalesce(within, scale.lower)).to_series()
    if scale.rule.if_unknown is not IfUnknown.SKIP:
        return scale.lower
    return _where(scale.outcome != Outcome.UNKNOWN.value, scale.lower)


def _critical(own: Sequence[RuleColumns], side: str) -> list[pl.Series]:
    critical = (column for column in _scored(own) if column.rule.critical)
    return [getattr(column, side) * POINT + CRITICAL_MARGIN for column in critical]


def _critical_working(own: Sequence[RuleColumns]) -> list[pl.Series]:
    critical = (column for column in _scored(own) if column.rule.critical)
    return [_working_points(column) * POINT + CRITICAL_MARGIN for column in critical]


def _settled(group: Sequence[RuleColumns]) -> pl.Series:
    if not group[0].rule.is_scale:
        return group[0].may_apply & (group[0].outcome != Outcome.UNKNOWN.value)
    best = _best(group)
    return (best.lower == best.upper).fill_null(value=False)


def _any_applies(group: Sequence[RuleColumns]) -> pl.Series:
    return reduce(pl.Series.__or__, (column.may_apply for column in group))


def _weight_where(group: Sequence[RuleColumns], rows: pl.Series) -> pl.Series:
    weight = group[0].rule.weight if group[0].rule.is_scale else 1
    return rows.cast(pl.Int64) * weight


def _integrity(
    dimensions: Sequence[DimensionColumns],
    columns: Sequence[RuleColumns],
    scheme: Scheme,
    height: int,
) -> BoundColumns:
    pairs = list(zip(scheme.dimensions, dimensions, strict=True))
    lower = [(s.integrity_weight, d.bounds.lower.fill_null(BEST)) for s, d in pairs]
    upper = [(s.integrity_weight, d.bounds.upper.fill_null(BEST)) for s, d in pairs]
    ceilings = [(s.ceiling, d.bounds) for s, d in pairs if s.ceiling is not None]
    caps = [_cap(c) for c in columns if c.rule.effect is Effect.CAP]
    return BoundColumns(
        _limited(
            _mean_thousandths(lower, height).fill_null(BEST),
            [b.lower + ceiling for ceiling, b in ceilings] + [cap.lower for cap in caps],
        ),
        _limited(
            _mean_thousandths(upper, height).fill_null(BEST),
            [b.upper + ceiling for ceiling, b in ceilings] + [cap.upper for cap in caps],
        ),
    )


def _cap(column: RuleColumns) -> BoundColumns:
    if column.rule.is_scale:
        return BoundColumns(column.lower * POINT, column.upper * POINT)
    cap = pl.Series([POINT * (column.rule.cap or 0)]).new_from_index(0, len(column.state))
    return BoundColumns(
        _where(column.state != State.CLEAR.value, cap),
        _where(column.state == State.FAIL.value, cap),
    )


def _integrity_working(
    dimensions: Sequence[DimensionColumns],
    columns: Sequence[RuleColumns],
    scheme: Scheme,
    integrity: BoundColumns,
) -> pl.Series:
    pairs = [(s, _shown(d)) for s, d in zip(scheme.dimensions, dimensions, strict=True)]
    mean = _mean_thousandths([(s.integrity_weight, w) for s, w in pairs], len(integrity.lower))
    ceilings = [working + s.ceiling for s, working in pairs if s.ceiling is not None]
    caps = [_working_cap(c) for c in columns if c.rule.effect is Effect.CAP]
    limited = _where(mean.is_not_null(), _limited(mean, ceilings + caps))
    within = _within(limited, integrity)
    return pl.select(pl.coalesce(within, integrity.lower)).to_series()


def _shown(dimension: DimensionColumns) -> pl.Series:
    best = pl.when(dimension.bounds.lower.is_null()).then(BEST)
    return pl.select(best.otherwise(dimension.working).cast(pl.Int64)).to_series()


def _working_cap(column: RuleColumns) -> pl.Series:
    return _working_points(column) * POINT if column.rule.is_scale else _cap(column).upper


def _value(dimensions: Sequence[DimensionColumns], scheme: Scheme, height: int) -> BoundColumns:
    pairs = list(zip(scheme.dimensions, dimensions, strict=True))
    return BoundColumns(
        _mean_thousandths([(s.value_weight, d.bounds.lower) for s, d in pairs], height),
        _mean_thousandths([(s.value_weight, d.bounds.upper) for s, d in pairs], height),
    )


def _mean_points(entries: Sequence[tuple[int, pl.Series]], height: int) -> pl.Series:
    return _mean(entries, 2000, height)


def _mean_thousandths(entries: Sequence[tuple[int, pl.Series]], height: int) -> pl.Series:
    return _mean(entries, 2, height)


def _mean(entries: Sequence[tuple[int, pl.Series]], scale: int, height: int) -> pl.Series:
    """Return (scale*S + W) // (2*W) over the entries that are not null, null without any."""
    weighed = [(weight, scores) for weight, scores in entries if weight]
    total = _sum([scores.is_not_null().cast(pl.Int64) * w for w, scores in weighed], height)
    summed = _sum([scores.fill_null(0) * weight for weight, scores in weighed], height)
    known = _where(total > 0, total)
    return (summed * scale + known) // (known * 2)


def _sum(parts: Sequence[pl.Series], height: int) -> pl.Series:
    return reduce(add, parts, pl.Series([0], dtype=pl.Int64).new_from_index(0, height))


def _greatest(parts: Sequence[pl.Series]) -> pl.Series:
    """Return the greatest of those that are not null."""
    return parts[0] if len(parts) == 1 else pl.select(pl.max_horizontal(*parts)).to_series()


def _limited(scores: pl.Series, limits: Sequence[pl.Series]) -> pl.Series:
    """Return scores lowered to each limit that is not null; null scores stay null."""
    if not limits:
        return scores
    return _where(scores.is_not_null(), pl.select(pl.min_horizontal(scores, *limits)).to_series())


def _within(scores: pl.Series, bounds: BoundColumns) -> pl.Series:
    return _limited(_where(scores.is_not_null(), _greatest([scores, bounds.lower])), [bounds.upper])


def _where(rows: pl.Series, values: pl.Series) -> pl.Series:
    return pl.select(pl.when(rows).then(values)).to_series()
