"""The integer arithmetic from findings to bounds: rules.md §6 for one candidate.

Scores are thousandths of a point (1000 to 5000); no floating point.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from offsetcheck.rulebook.binding.bound import BoundRule, DimensionScheme, IfUnknown, Scheme
from offsetcheck.vocabulary.assessment import Bounds, Ceiling, Completeness, DimensionScore
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State

POINT = 1000
BEST = 5000
WORST = 1000
CRITICAL_MARGIN = 500
NO_SCORES: Mapping[str, DimensionScore] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of one candidate."""

    dimensions: tuple[DimensionScore, ...]
    integrity: Bounds
    integrity_working: int
    ceilings: tuple[Ceiling, ...]
    value: Bounds | None
    value_completeness: Completeness
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One weighed part of a dimension's mean: the points of a scale, or of a route's best scale."""

    weight: int
    lower: int
    upper: int
    working: int | None


RuleFinding = tuple[BoundRule, Finding]


def score(
    rules: Mapping[str, BoundRule],
    findings: Iterable[Finding],
    scheme: Scheme,
    known: Mapping[str, DimensionScore] = NO_SCORES,
) -> Scores:
    """Return bounds, working scores, ceilings and completeness; drafts count for nothing.

    `known` are the scores of dimensions whose findings have been scored before.
    """
    judged = [(rules[f.rule], f) for f in findings if not rules[f.rule].draft]
    applying = _by_dimension(judged)
    dimensions = tuple(
        known.get(d.id) or _dimension(d.id, applying.get(d.id, [])) for d in scheme.dimensions
    )
    pairs = tuple(zip(scheme.dimensions, dimensions, strict=True))
    mean = _integrity_mean(pairs)
    ceilings = [*_dimension_ceilings(pairs), *_caps(judged)]
    integrity = Bounds(
        min([mean.lower, *(c.lower for _, c in ceilings)]),
        min([mean.upper, *(c.upper for _, c in ceilings)]),
    )
    return Scores(
        dimensions=dimensions,
        integrity=integrity,
        integrity_working=_integrity_working(pairs, judged, integrity),
        ceilings=tuple(
            Ceiling(source, bounds, _binds(bounds, integrity, mean)) for source, bounds in ceilings
        ),
        value=_value(pairs),
        value_completeness=_total(d.completeness for s, d in pairs if s.value_weight),
        completeness=_total(d.completeness for d in dimensions),
    )


def mean_points(entries: Sequence[tuple[int, int]]) -> int:
    """Return the mean of (weight, points) in thousandths, rounded half up."""
    total = sum(weight for weight, _ in entries)
    return (2000 * sum(weight * points for weight, points in entries) + total) // (2 * total)


def mean_thousandths(entries: Sequence[tuple[int, int]]) -> int:
    """Return the mean of (weight, thousandths) in thousandths, rounded half up."""
    total = sum(weight for weight, _ in entries)
    return (2 * sum(weight * score for weight, score in entries) + total) // (2 * total)


def _by_dimension(judged: Sequence[RuleFinding]) -> dict[str, list[RuleFinding]]:
    groups: dict[str, list[RuleFinding]] = {}
    for rule, finding in judged:
        if may_apply(finding):
            groups.setdefault(rule.dimension, []).append((rule, finding))
    return groups


def _dimension(dimension: str, own: Sequence[RuleFinding]) -> DimensionScore:
    entries = _entries(own)
    bounds, working = None, None
    if entries:
        lower = mean_points([(e.weight, e.lower) for e in entries])
        upper = mean_points([(e.weight, e.upper) for e in entries])
        bounds = _critical_bounds(Bounds(lower, upper), own)
        working = _dimension_working(entries, own, bounds)
    return DimensionScore(dimension, bounds, working, _completeness(own))


def may_apply(finding: Finding) -> bool:
    """Whether a rule applies, or may apply."""
    return finding.outcome is not Outcome.NOT_APPLICABLE


def is_scored(rule: BoundRule) -> bool:
    """Whether a rule gives points to its dimension."""
    return rule.is_scale and rule.effect is Effect.SCORE


def _entries(own: Sequence[RuleFinding]) -> list[_Weighed]:
    entries: list[_Weighed] = []
    for members in by_weight(own):
        scored = [(r, f) for r, f in members if is_scored(r)]
        if scored:
            entries.append(_best(scored))
    return entries


def by_weight(own: Sequence[RuleFinding]) -> list[list[RuleFinding]]:
    """Return the rules that share a weight: the scales of a route together, others alone."""
    groups: dict[str, list[RuleFinding]] = {}
    for rule, finding in own:
        key = f"route {rule.route}" if rule.is_scale and rule.route else f"rule {rule.id}"
        groups.setdefault(key, []).append((rule, finding))
    return list(groups.values())


def _best(scales: Sequence[RuleFinding]) -> _Weighed:
    working = [w for r, f in scales if (w := working_points(r, f)) is not None]
    return _Weighed(
        weight=scales[0][0].weight,
        lower=max(_points(f.lower) for _, f in scales),
        upper=max(_points(f.upper) for _, f in scales),
        working=max(working) if working else None,
    )


def _points(points: int | None) -> int:
    assert points is not None  # noqa: S101 - a scale that may apply has bounds
    return points


def working_points(rule: BoundRule, finding: Finding) -> int | None:
    """Return the points that a scale counts in the working score, None where it is skipped."""
    if finding.outcome is Outcome.UNKNOWN and rule.if_unknown is IfUnknown.SKIP:
        return None
    if finding.typical is not None:
        return finding.typical
    return _points(finding.lower)


def _critical_bounds(mean: Bounds, own: Sequence[RuleFinding]) -> Bounds:
    critical = [f for r, f in own if is_scored(r) and r.critical]
    return Bounds(
        min([mean.lower, *(POINT * _points(f.lower) + CRITICAL_MARGIN for f in critical)]),
        min([mean.upper, *(POINT * _points(f.upper) + CRITICAL_MARGIN for f in critical)]),
    )


def _dimension_working(
    entries: Sequence[_Weighed], own: Sequence[RuleFinding], bounds: Bounds
) -> int | None:
    known = [(e.weight, e.working) for e in entries if e.working is not None]
    if not known:
        return None
    critical = [
        POINT * points + CRITICAL_MARGIN
        for rule, finding in own
        if is_scored(rule) and rule.critical
        if (points := working_points(rule, finding)) is not None
    ]
    return _within(min([mean_points(known), *critical]), bounds)


def _within(score_: int, bounds: Bounds) -> int:
    return min(max(score_, bounds.lower), bounds.upper)


def _completeness(own: Sequence[RuleFinding]) -> Completeness:
    settled = total = 0
    for members in by_weight(own):
        weight = members[0][0].weight if members[0][0].is_scale else 1
        total += weight
        settled += weight if _is_settled(members) else 0
    return Completeness(settled, total)


def _is_settled(members: Sequence[RuleFinding]) -> bool:
    if not members[0][0].is_scale:
        return members[0][1].outcome is not Outcome.UNKNOWN
    best = _best(members)
    return best.lower == best.upper


def _total(parts: Iterable[Completeness]) -> Completeness:
    known = tuple(parts)
    return Completeness(sum(p.settled for p in known), sum(p.total for p in known))


SchemedScore = tuple[DimensionScheme, DimensionScore]


def _integrity_mean(pairs: Sequence[SchemedScore]) -> Bounds:
    weighed = [(s.integrity_weight, d.bounds) for s, d in pairs if s.integrity_weight]
    if not weighed:
        return Bounds(BEST, BEST)
    return Bounds(
        mean_thousandths([(w, b.lower if b else BEST) for w, b in weighed]),
        mean_thousandths([(w, b.upper if b else BEST) for w, b in weighed]),
    )


def _dimension_ceilings(pairs: Sequence[SchemedScore]) -> list[tuple[str, Bounds]]:
    return [
        (s.id, Bounds(d.bounds.lower + s.ceiling, d.bounds.upper + s.ceiling))
        for s, d in pairs
        if s.ceiling is not None and d.bounds is not None
    ]


def _caps(judged: Sequence[RuleFinding]) -> list[tuple[str, Bounds]]:
    found = ((r.id, _cap(r, f)) for r, f in judged if r.effect is Effect.CAP and may_apply(f))
    return [(source, bounds) for source, bounds in found if bounds is not None]


def _cap(rule: BoundRule, finding: Finding) -> Bounds | None:
    """Return what a cap leaves of integrity: fired for sure, still possible, or None."""
    if rule.is_scale:
        return Bounds(POINT * _points(finding.lower), POINT * _points(finding.upper))
    if finding.state is State.CLEAR:
        return None
    cap = POINT * _points(rule.cap)
    return Bounds(cap, cap if finding.state is State.FAIL else BEST)


def _binds(ceiling: Bounds, integrity: Bounds, mean: Bounds) -> bool:
    lowers = ceiling.lower == integrity.lower < mean.lower
    return lowers or ceiling.upper == integrity.upper < mean.upper


def _integrity_working(
    pairs: Sequence[SchemedScore], judged: Sequence[RuleFinding], integrity: Bounds
) -> int:
    known = [(s, _shown(d)) for s, d in pairs]
    weighed = [(s.integrity_weight, w) for s, w in known if s.integrity_weight and w is not None]
    if not weighed:
        return integrity.lower
    limits = [w + s.ceiling for s, w in known if s.ceiling is not None and w is not None]
    limits += [POINT * points for r, f in judged if (points := _working_cap(r, f)) is not None]
    return _within(min([mean_thousandths(weighed), *limits]), integrity)


def _shown(dimension: DimensionScore) -> int | None:
    return BEST if dimension.bounds is None else dimension.working


def _working_cap(rule: BoundRule, finding: Finding) -> int | None:
    if rule.effect is not Effect.CAP or not may_apply(finding):
        return None
    if rule.is_scale:
        return working_points(rule, finding)
    return rule.cap if finding.state is State.FAIL else None


def _value(pairs: Sequence[SchemedScore]) -> Bounds | None:
    weighed = [(s.value_weight, d.bounds) for s, d in pairs if s.value_weight]
    known = [(weight, bounds) for weight, bounds in weighed if bounds is not None]
    if not known:
        return None
    return Bounds(
        mean_thousandths([(weight, bounds.lower) for weight, bounds in known]),
        mean_thousandths([(weight, bounds.upper) for weight, bounds in known]),
    )
