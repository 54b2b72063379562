"""The integer arithmetic of `engine.scores` on all rows; null: does not apply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from offsetcheck.engine.columns import means
from offsetcheck.engine.columns.at_once import at_once, one
from offsetcheck.engine.columns.means import LEVEL, Sums, wide_enough
from offsetcheck.engine.columns.outcomes import RuleColumns, lit_state
from offsetcheck.engine.columns.settled import lit_outcome
from offsetcheck.engine.scores import BEST, CRITICAL_MARGIN, POINT
from offsetcheck.rulebook.binding.bound import DimensionScheme, IfUnknown, Scheme
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
class _Group:
    """Rules of one dimension that weigh as one: the routes of a way, or a rule alone."""

    dimension: str
    rules: tuple[RuleColumns, ...]

    @property
    def scored(self) -> list[RuleColumns]:
        """The scales that count towards the mean."""
        return [c for c in self.rules if c.rule.is_scale and c.rule.effect is Effect.SCORE]

    @property
    def weight(self) -> int:
        """What the group weighs in the mean of its dimension."""
        return self.scored[0].rule.weight

    @property
    def size(self) -> int:
        """What the group counts for in how complete a dimension is."""
        first = self.rules[0].rule
        return first.weight if first.is_scale else 1


SIDES = ("lower", "upper", "working")
Exprs = dict[tuple[str, str], pl.Expr]
Known = dict[tuple[str, str], pl.Series]


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
    names = [d.id for d in scheme.dimensions if d.id not in known]
    made = {d.dimension: d for d in _dimensions(names, counted, height)}
    dimensions = tuple((known | made)[d.id] for d in scheme.dimensions)  # type: ignore[operator]
    return _whole(dimensions, counted, scheme, height)


def _dimensions(
    names: Sequence[str], columns: Sequence[RuleColumns], height: int
) -> list[DimensionColumns]:
    """Return the scores of some dimensions, each step of all of them together."""
    groups = {name: _groups(name, columns) for name in names}
    weights = (max(column.rule.weight, 1) for column in columns)
    sums = at_once(_sums(groups, wide_enough(weights), height), height)
    bounds: Exprs = {}
    for name, own in groups.items():
        for side in SIDES:
            mean = means.mean(pl.lit(sums[name, f"{side} sum"]), pl.lit(sums[name, side]), 2000)
            bounds[name, side] = means.limited(mean, _critical(own, side))
    sides = at_once(bounds, height)
    working = {
        (name, "within"): means.within(*(pl.lit(sides[name, side]) for side in SIDES))
        for name in names
    }
    within = at_once(working, height)
    return [
        DimensionColumns(
            dimension=name,
            bounds=BoundColumns(sides[name, "lower"], sides[name, "upper"]),
            working=within[name, "within"],
            settled=sums[name, "settled"],
            total=sums[name, "total"],
        )
        for name in names
    ]


def _groups(name: str, columns: Sequence[RuleColumns]) -> list[_Group]:
    groups: dict[str, list[RuleColumns]] = {}
    for column in columns:
        rule = column.rule
        if rule.dimension == name:
            key = f"route {rule.route}" if rule.is_scale and rule.route else f"rule {rule.id}"
            groups.setdefault(key, []).append(column)
    return [_Group(name, tuple(group)) for group in groups.values()]


def _sums(groups: Mapping[str, Sequence[_Group]], within: Sums, height: int) -> Exprs:
    """Return what the means of dimensions are made of, and how complete each dimension is."""
    weighed = {name: [group for group in own if group.scored] for name, own in groups.items()}
    best = at_once(
        {
            (name, f"{side} {place}"): _best(group.scored, side)
            for name, own in weighed.items()
            for place, group in enumerate(own)
            for side in SIDES
        },
        height,
    )
    sums: Exprs = {}
    for name, own in weighed.items():
        for side in SIDES:
            entries = [
                (group.weight, pl.lit(best[name, f"{side} {place}"]))
                for place, group in enumerate(own)
                if group.weight
            ]
            sums[name, side] = within.total(entries)
            sums[name, f"{side} sum"] = within.summed(entries)
        sums[name, "settled"] = within.sum_of(
            [within.count(_settled(g)) * g.size for g in groups[name]]
        )
        sums[name, "total"] = within.sum_of(
            [within.count(_any_applies(g)) * g.size for g in groups[name]]
        )
    return sums


def _best(scales: Sequence[RuleColumns], side: str) -> pl.Expr:
    return means.greatest([_side(scale, side) for scale in scales])


def _side(scale: RuleColumns, side: str) -> pl.Expr:
    if side == "working":
        return _working_points(scale)
    return pl.lit(scale.lower if side == "lower" else scale.upper)


def _working_points(scale: RuleColumns) -> pl.Expr:
    lower, upper = pl.lit(scale.lower), pl.lit(scale.upper)
    if scale.typical is not None:
        return pl.coalesce(means.within(lower, upper, pl.lit(scale.typical)), lower)
    if scale.rule.if_unknown is not IfUnknown.SKIP:
        return lower
    return pl.when(pl.lit(scale.outcome) != lit_outcome(Outcome.UNKNOWN)).then(lower)


def _critical(groups: Sequence[_Group], side: str) -> list[pl.Expr]:
    critical = (scale for group in groups for scale in group.scored if scale.rule.critical)
    return [_side(scale, side) * POINT + CRITICAL_MARGIN for scale in critical]


def _settled(group: _Group) -> pl.Expr:
    first = group.rules[0]
    if not first.rule.is_scale:
        return _applies(first) & (pl.lit(first.outcome) != lit_outcome(Outcome.UNKNOWN))
    lower, upper = (_best(group.rules, side) for side in ("lower", "upper"))
    return (lower == upper).fill_null(value=False)


def _any_applies(group: _Group) -> pl.Expr:
    return pl.any_horizontal([_applies(column) for column in group.rules])


def _applies(column: RuleColumns) -> pl.Expr:
    return pl.lit(column.outcome) != lit_outcome(Outcome.NOT_APPLICABLE)


def _whole(
    dimensions: tuple[DimensionColumns, ...],
    columns: Sequence[RuleColumns],
    scheme: Scheme,
    height: int,
) -> ScoreColumns:
    """Return the scores of the whole from those of its dimensions."""
    pairs = list(zip(scheme.dimensions, dimensions, strict=True))
    of_value = [dimension for s, dimension in pairs if s.value_weight]
    caps = [column for column in columns if column.rule.effect is Effect.CAP]
    sums = wide_enough(s.integrity_weight + s.value_weight for s in scheme.dimensions)
    forms = {
        "lower": _integrity(pairs, "lower", [_cap(cap, "lower") for cap in caps], sums),
        "upper": _integrity(pairs, "upper", [_cap(cap, "upper") for cap in caps], sums),
        "working": _integrity_working(pairs, [_cap(cap, "working") for cap in caps], sums),
        "value lower": _value(pairs, "lower", sums),
        "value upper": _value(pairs, "upper", sums),
        "value settled": sums.sum_of([pl.lit(d.settled) for d in of_value]),
        "value total": sums.sum_of([pl.lit(d.total) for d in of_value]),
        "settled": sums.sum_of([pl.lit(d.settled) for d in dimensions]),
        "total": sums.sum_of([pl.lit(d.total) for d in dimensions]),
    }
    made = at_once(forms, height)
    bounds = BoundColumns(made["lower"], made["upper"])
    within = means.within(pl.lit(bounds.lower), pl.lit(bounds.upper), pl.lit(made["working"]))
    return ScoreColumns(
        dimensions=dimensions,
        integrity=bounds,
        integrity_working=one(pl.coalesce(within, pl.lit(bounds.lower))),
        value=BoundColumns(made["value lower"], made["value upper"]),
        value_settled=made["value settled"],
        value_total=made["value total"],
        settled=made["settled"],
        total=made["total"],
    )


Pairs = Sequence[tuple[DimensionScheme, DimensionColumns]]


def _bound(dimension: DimensionColumns, side: str) -> pl.Expr:
    return pl.lit(dimension.bounds.lower if side == "lower" else dimension.bounds.upper)


def _integrity(pairs: Pairs, side: str, caps: Sequence[pl.Expr], sums: Sums) -> pl.Expr:
    entries = [(s.integrity_weight, _bound(d, side).fill_null(BEST)) for s, d in pairs]
    ceilings = [_bound(d, side) + s.ceiling for s, d in pairs if s.ceiling is not None]
    mean = sums.mean_of_known(entries).fill_null(BEST)
    return means.limited(mean, [*ceilings, *caps])


def _integrity_working(pairs: Pairs, caps: Sequence[pl.Expr], sums: Sums) -> pl.Expr:
    shown = [(s, _shown(d)) for s, d in pairs]
    mean = sums.mean_thousandths([(s.integrity_weight, working) for s, working in shown])
    ceilings = [working + s.ceiling for s, working in shown if s.ceiling is not None]
    return means.limited(mean, [*ceilings, *caps])


def _shown(dimension: DimensionColumns) -> pl.Expr:
    best = pl.when(pl.lit(dimension.bounds.lower).is_null()).then(BEST)
    return best.otherwise(pl.lit(dimension.working)).cast(LEVEL)


def _cap(column: RuleColumns, side: str) -> pl.Expr:
    if column.rule.is_scale:
        return _side(column, side) * POINT
    cap = pl.lit(POINT * (column.rule.cap or 0), LEVEL)
    state = pl.lit(column.state)
    if side == "lower":
        return pl.when(state != lit_state(State.CLEAR)).then(cap)
    return pl.when(state == lit_state(State.FAIL)).then(cap)


def _value(pairs: Pairs, side: str, sums: Sums) -> pl.Expr:
    return sums.mean_thousandths([(s.value_weight, _bound(d, side)) for s, d in pairs])
