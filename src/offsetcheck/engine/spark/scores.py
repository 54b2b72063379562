"""The integer arithmetic of `engine.scores` as SQL; null: does not apply.

Spark's `greatest` and `least` leave null out, which is what these means of some parts ask for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offsetcheck.engine.scores import BEST, CRITICAL_MARGIN, POINT
from offsetcheck.engine.spark.columns import Columns, Sql, joined, sql
from offsetcheck.engine.spark.outcomes import RuleSql
from offsetcheck.rulebook.binding.bound import IfUnknown, Scheme
from offsetcheck.vocabulary.finding import Effect, Outcome, State


@dataclass(frozen=True, slots=True)
class BoundsSql:
    """Lower and upper bounds in thousandths."""

    lower: Sql
    upper: Sql


@dataclass(frozen=True, slots=True)
class DimensionSql:
    """One dimension's bounds, working score and completeness."""

    dimension: str
    bounds: BoundsSql
    working: Sql
    settled: Sql
    total: Sql


@dataclass(frozen=True, slots=True)
class ScoresSql:
    """All scores of every row."""

    dimensions: tuple[DimensionSql, ...]
    integrity: BoundsSql
    integrity_working: Sql
    value: BoundsSql
    value_settled: Sql
    value_total: Sql
    settled: Sql
    total: Sql


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One weighed part of a mean; its points are null in rows where it does not count."""

    weight: int
    lower: Sql
    upper: Sql
    working: Sql


@dataclass(frozen=True)
class Scorer:
    """Scores rules under a scheme; what is used again becomes a column."""

    columns: Columns
    scheme: Scheme

    def score(self, rules: Sequence[RuleSql]) -> ScoresSql:
        """Return the scores of all rows, as `engine.scores.score` gives them for one."""
        counted = [rule for rule in rules if not rule.rule.draft]
        dimensions = tuple(self._dimension(d.id, counted) for d in self.scheme.dimensions)
        pairs = zip(self.scheme.dimensions, dimensions, strict=True)
        of_value = [dimension for scheme, dimension in pairs if scheme.value_weight]
        integrity = self._integrity(dimensions, counted)
        return ScoresSql(
            dimensions=dimensions,
            integrity=integrity,
            integrity_working=self._integrity_working(dimensions, counted, integrity),
            value=self._value(dimensions),
            value_settled=self._sum([d.settled for d in of_value]),
            value_total=self._sum([d.total for d in of_value]),
            settled=self._sum([d.settled for d in dimensions]),
            total=self._sum([d.total for d in dimensions]),
        )

    def _dimension(self, dimension: str, rules: Sequence[RuleSql]) -> DimensionSql:
        own = [rule for rule in rules if rule.rule.dimension == dimension]
        groups = _by_weight(own)
        entries = [self._best(scales) for group in groups if (scales := _scored(group))]
        lower, upper, working = (
            self._mean([(e.weight, getattr(e, side)) for e in entries], 2 * POINT)
            for side in ("lower", "upper", "working")
        )
        critical = [rule for rule in _scored(own) if rule.rule.critical]
        bounds = BoundsSql(
            self._limited(lower, [_margin(rule.lower) for rule in critical]),
            self._limited(upper, [_margin(rule.upper) for rule in critical]),
        )
        limits = [_margin(self._working_points(rule)) for rule in critical]
        return DimensionSql(
            dimension=dimension,
            bounds=bounds,
            working=self._within(self._limited(working, limits), bounds),
            settled=self._sum([_weight_where(g, self._settled(g)) for g in groups]),
            total=self._sum([_weight_where(g, _any_applies(g)) for g in groups]),
        )

    def _best(self, scales: Sequence[RuleSql]) -> _Weighed:
        return _Weighed(
            weight=scales[0].rule.weight,
            lower=self._greatest([scale.lower for scale in scales]),
            upper=self._greatest([scale.upper for scale in scales]),
            working=self._greatest([self._working_points(scale) for scale in scales]),
        )

    def _working_points(self, scale: RuleSql) -> Sql:
        if scale.typical is not None:
            within = self._within(scale.typical, BoundsSql(scale.lower, scale.upper))
            return self.columns.named(sql("coalesce({}, {})", within, scale.lower))
        if scale.rule.if_unknown is not IfUnknown.SKIP:
            return scale.lower
        unknown = scale.is_outcome(Outcome.UNKNOWN)
        return self.columns.named(sql("CASE WHEN NOT {} THEN {} END", unknown, scale.lower))

    def _settled(self, group: Sequence[RuleSql]) -> Sql:
        if not group[0].rule.is_scale:
            unknown = group[0].is_outcome(Outcome.UNKNOWN)
            return sql("({} AND NOT {})", group[0].may_apply, unknown)
        best = self._best(group)
        return sql("coalesce({} = {}, false)", best.lower, best.upper)

    def _integrity(self, dimensions: Sequence[DimensionSql], rules: Sequence[RuleSql]) -> BoundsSql:
        pairs = list(zip(self.scheme.dimensions, dimensions, strict=True))
        caps = [_cap(rule) for rule in rules if rule.rule.effect is Effect.CAP]
        sides = []
        for side in ("lower", "upper"):
            weighed = [
                (s.integrity_weight, _or_best(getattr(d.bounds, side)))
                for s, d in pairs
                if s.integrity_weight
            ]
            ceilings = [
                sql(f"({{}} + {s.ceiling})", getattr(d.bounds, side))
                for s, d in pairs
                if s.ceiling is not None
            ]
            mean = self.columns.named(_or_best(self._mean(weighed, 2)))
            sides.append(self._limited(mean, [*ceilings, *(getattr(cap, side) for cap in caps)]))
        return BoundsSql(*sides)

    def _integrity_working(
        self,
        dimensions: Sequence[DimensionSql],
        rules: Sequence[RuleSql],
        integrity: BoundsSql,
    ) -> Sql:
        pairs = [
            (scheme, self.columns.named(_shown(dimension)))
            for scheme, dimension in zip(self.scheme.dimensions, dimensions, strict=True)
        ]
        mean = self._mean([(s.integrity_weight, working) for s, working in pairs], 2)
        ceilings = [sql(f"({{}} + {s.ceiling})", w) for s, w in pairs if s.ceiling is not None]
        caps = [self._working_cap(rule) for rule in rules if rule.rule.effect is Effect.CAP]
        within = self._within(self._limited(mean, [*ceilings, *caps]), integrity)
        return self.columns.named(sql("coalesce({}, {})", within, integrity.lower))

    def _working_cap(self, rule: RuleSql) -> Sql:
        if not rule.rule.is_scale:
            return _cap(rule).upper
        return sql(f"({{}} * {POINT})", self._working_points(rule))

    def _value(self, dimensions: Sequence[DimensionSql]) -> BoundsSql:
        pairs = list(zip(self.scheme.dimensions, dimensions, strict=True))
        return BoundsSql(
            self._mean([(s.value_weight, d.bounds.lower) for s, d in pairs], 2),
            self._mean([(s.value_weight, d.bounds.upper) for s, d in pairs], 2),
        )

    def _mean(self, entries: Sequence[tuple[int, Sql]], scale: int) -> Sql:
        """Return (scale*S + W) // (2*W) over the entries that are not null, null without any."""
        weighed = [(weight, self.columns.named(scores)) for weight, scores in entries if weight]
        total = self._sum([sql(f"IF({{}} IS NULL, 0, {w})", scores) for w, scores in weighed])
        summed = self._sum([sql(f"(coalesce({{}}, 0) * {w})", scores) for w, scores in weighed])
        known = self.columns.named(sql("nullif({}, 0)", total))
        mean = f"(({{0}} * {scale} + {{1}}) div ({{1}} * 2))"
        return self.columns.named(sql(mean, summed, known))

    def _sum(self, parts: Sequence[Sql]) -> Sql:
        whole = joined(" + ", [Sql("0L", atom=True), *parts], "0L")
        return self.columns.named(whole)

    def _greatest(self, parts: Sequence[Sql]) -> Sql:
        """Return the greatest of those that are not null."""
        if len(parts) == 1:
            return parts[0]
        return self.columns.named(sql("greatest{}", joined(", ", parts, "")))

    def _limited(self, scores: Sql, limits: Sequence[Sql]) -> Sql:
        """Return scores lowered to each limit that is not null; null scores stay null."""
        if not limits:
            return scores
        least = sql("least{}", joined(", ", [scores, *limits], ""))
        return self.columns.named(sql("CASE WHEN {} IS NOT NULL THEN {} END", scores, least))

    def _within(self, scores: Sql, bounds: BoundsSql) -> Sql:
        raised = sql("greatest({0}, {1})", scores, bounds.lower)
        held = sql("CASE WHEN {} IS NOT NULL THEN {} END", scores, raised)
        return self._limited(self.columns.named(held), [bounds.upper])


def _scored(rules: Iterable[RuleSql]) -> list[RuleSql]:
    return [r for r in rules if r.rule.is_scale and r.rule.effect is Effect.SCORE]


def _by_weight(own: Sequence[RuleSql]) -> list[list[RuleSql]]:
    groups: dict[str, list[RuleSql]] = {}
    for one in own:
        rule = one.rule
        key = f"route {rule.route}" if rule.is_scale and rule.route else f"rule {rule.id}"
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _margin(points: Sql) -> Sql:
    return sql(f"({{}} * {POINT} + {CRITICAL_MARGIN})", points)


def _any_applies(group: Sequence[RuleSql]) -> Sql:
    return joined(" OR ", [one.may_apply for one in group], "false")


def _weight_where(group: Sequence[RuleSql], rows: Sql) -> Sql:
    weight = group[0].rule.weight if group[0].rule.is_scale else 1
    return sql(f"IF({{}}, {weight}, 0)", rows)


def _cap(rule: RuleSql) -> BoundsSql:
    if rule.rule.is_scale:
        return BoundsSql(sql(f"({{}} * {POINT})", rule.lower), sql(f"({{}} * {POINT})", rule.upper))
    cap = POINT * (rule.rule.cap or 0)
    return BoundsSql(
        sql(f"IF({{}}, NULL, {cap}L)", rule.is_state(State.CLEAR)),
        sql(f"IF({{}}, {cap}L, NULL)", rule.is_state(State.FAIL)),
    )


def _or_best(scores: Sql) -> Sql:
    return sql(f"coalesce({{}}, {BEST}L)", scores)


def _shown(dimension: DimensionSql) -> Sql:
    return sql(f"IF({{}} IS NULL, {BEST}L, {{}})", dimension.bounds.lower, dimension.working)
