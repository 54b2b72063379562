"""Bounds, working score and completeness of dimensions on all rows; null: does not apply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from offsetcheck.engine.columns import means
from offsetcheck.engine.columns.at_once import at_once, lit, together
from offsetcheck.engine.columns.means import SCORE, Sums, wide_enough
from offsetcheck.engine.columns.outcomes import RuleColumns
from offsetcheck.engine.columns.settled import lit_outcome
from offsetcheck.engine.evaluate import HIGHEST
from offsetcheck.engine.scores import CRITICAL_MARGIN, POINT
from offsetcheck.rulebook.binding.bound import IfUnknown
from offsetcheck.vocabulary.finding import Effect, Outcome


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
Key = tuple[str, str]
Exprs = dict[Key, pl.Expr]
Points = Mapping[Key, pl.Expr]
"""The points of a scale on each side, by its id: columns, and no long expressions."""


def dimensions_of(
    names: Sequence[str], columns: Sequence[RuleColumns], points: Points, height: int
) -> list[DimensionColumns]:
    """Return the scores of some dimensions, each step of all of them together."""
    groups = {name: _groups(name, columns) for name in names}
    weights = wide_enough(HIGHEST, (max(column.rule.weight, 1) for column in columns))
    return _dimensions(groups, points, weights, height)


def points_of(columns: Sequence[RuleColumns], height: int) -> Points:
    """Return what each scale counts; in the working score the same as at worst, or of its own."""
    scales = [column for column in columns if column.rule.is_scale]
    own = at_once({c.rule.id: _working_points(c) for c in scales if _has_own_working(c)}, height)
    points: Exprs = {}
    for scale in scales:
        rule = scale.rule.id
        points[rule, "lower"] = lit(scale.lower)
        points[rule, "upper"] = lit(scale.upper)
        points[rule, "working"] = lit(own[rule]) if rule in own else points[rule, "lower"]
    return points


def _has_own_working(scale: RuleColumns) -> bool:
    return scale.typical is not None or scale.rule.if_unknown is IfUnknown.SKIP


def _working_points(scale: RuleColumns) -> pl.Expr:
    lower, upper = lit(scale.lower), lit(scale.upper)
    if scale.typical is not None:
        return pl.coalesce(means.within(lower, upper, lit(scale.typical)), lower)
    return pl.when(lit(scale.outcome) != lit_outcome(Outcome.UNKNOWN)).then(lower)


def _groups(name: str, columns: Sequence[RuleColumns]) -> list[_Group]:
    groups: dict[str, list[RuleColumns]] = {}
    for column in columns:
        rule = column.rule
        if rule.dimension == name:
            key = f"route {rule.route}" if rule.is_scale and rule.route else f"rule {rule.id}"
            groups.setdefault(key, []).append(column)
    return [_Group(name, tuple(group)) for group in groups.values()]


Groups = Mapping[str, Sequence[_Group]]


def _dimensions(
    groups: Groups, points: Points, weights: Sums, height: int
) -> list[DimensionColumns]:
    """Return the scores of some dimensions, each step of all of them together."""
    best = _best(groups, points, height)
    sums = at_once(_sums(groups, best, weights), height)
    of_sides = {
        (name, side): weights.mean(
            lit(sums[name, f"{side} sum"]), lit(sums[name, _weight_of(side)]), 2 * POINT
        )
        for name, own in groups.items()
        for side in _sides(own)
    }
    critical = {(n, side): _critical(groups[n], points, side) for n, side in of_sides}
    sides = together(
        {key: [mean, *critical[key]] for key, mean in of_sides.items()}, means.limited, height
    )
    within = at_once(
        {
            name: means.within(*(lit(sides[name, side]) for side in SIDES))
            for name in groups
            if (name, "working") in sides
        },
        height,
    )
    return [
        DimensionColumns(
            dimension=name,
            bounds=BoundColumns(sides[name, "lower"], sides[name, "upper"]),
            working=within.get(name, sides[name, "lower"]),
            settled=sums[name, "settled"],
            total=sums[name, "total"],
        )
        for name in groups
    ]


def _sides(groups: Sequence[_Group]) -> Sequence[str]:
    """Return the sides on which a dimension differs: the working score may be the lower bound."""
    own = any(_has_own_working(scale) for group in groups for scale in group.scored)
    return SIDES if own else SIDES[:2]


def _weight_of(side: str) -> str:
    """Return which weight counts on a side: a scale has both bounds or none."""
    return "working" if side == "working" else "bounds"


def _best(groups: Groups, points: Points, height: int) -> Points:
    """Return the best points on each side of scales that weigh as one, by all their ids."""
    several = {
        (_ids(scales), side): [points[scale.rule.id, side] for scale in scales]
        for own in groups.values()
        for group in own
        for scales in (group.scored, group.rules)
        if scales and scales[0].rule.is_scale
        for side in SIDES
    }
    made = together({key: e for key, e in several.items() if len(e) > 1}, means.greater, height)
    return {key: lit(made[key]) if key in made else own[0] for key, own in several.items()}


def _ids(scales: Sequence[RuleColumns]) -> str:
    return " ".join(scale.rule.id for scale in scales)


def _sums(groups: Groups, best: Points, weights: Sums) -> Exprs:
    """Return what the means of dimensions are made of, and how complete each dimension is."""
    sums: Exprs = {}
    for name, own in groups.items():
        weighed = [group for group in own if group.scored and group.weight]
        for side in _sides(own):
            entries = [(group.weight, best[_ids(group.scored), side]) for group in weighed]
            sums[name, f"{side} sum"] = weights.summed(entries)
            if side != "upper":
                sums[name, _weight_of(side)] = weights.total(entries)
        sums[name, "settled"] = weights.sum_of(
            [weights.weight_where(_settled(group, best), group.size) for group in own]
        ).cast(SCORE)
        sums[name, "total"] = weights.sum_of(
            [weights.weight_where(_any_applies(group), group.size) for group in own]
        ).cast(SCORE)
    return sums


def _critical(groups: Sequence[_Group], points: Points, side: str) -> Iterator[pl.Expr]:
    for group in groups:
        for scale in group.scored:
            if scale.rule.critical:
                yield thousandths(points[scale.rule.id, side]) + CRITICAL_MARGIN


def thousandths(points: pl.Expr) -> pl.Expr:
    """Return points of a scale as a score."""
    return points.cast(SCORE) * POINT


def _settled(group: _Group, best: Points) -> pl.Expr:
    first = group.rules[0]
    if not first.rule.is_scale:
        return _applies(first) & (lit(first.outcome) != lit_outcome(Outcome.UNKNOWN))
    ids = _ids(group.rules)
    return best[ids, "lower"] == best[ids, "upper"]


def _any_applies(group: _Group) -> pl.Expr:
    return reduce(or_, map(_applies, group.rules))


def _applies(column: RuleColumns) -> pl.Expr:
    return lit(column.outcome) != lit_outcome(Outcome.NOT_APPLICABLE)
