"""Which unknown findings can still move a verdict, a bound of a score, or the claim.

A scale cannot where another on its route is as good already, where its dimension is held down by a
critical scale whatever the others say, or where integrity cannot rise above a cap that has fired. A
cap cannot above what is left of integrity, a limit of the claim not where a narrower one stands.
"""

from collections.abc import Iterable, Mapping, Sequence

from offsetcheck.engine.claim import NARROWING
from offsetcheck.engine.scores import (
    BEST,
    CRITICAL_MARGIN,
    POINT,
    RuleFinding,
    by_weight,
    is_scored,
    may_apply,
    mean_points,
    mean_thousandths,
)
from offsetcheck.engine.state import HOLDING
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook, DimensionScheme
from offsetcheck.vocabulary.assessment import Assessment, Bounds, ClaimLimit
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State


def still_moving(assessment: Assessment, bound: BoundRulebook) -> frozenset[str]:
    """Return the rules whose answer can still move verdict, integrity, value or claim.

    Gates and reviews count as long as they are open, also of an offer that is refused: its refusal
    may be mended.
    """
    judged = [(bound.rules[f.rule], f) for f in assessment.findings]
    judged = [(rule, f) for rule, f in judged if not rule.draft and may_apply(f)]
    moving = {rule.id for rule, f in judged if _is_open(f) and _moves(rule, f, assessment)}
    schemes = {scheme.id: scheme for scheme in bound.scheme.dimensions}
    matters = _dimensions_that_matter(assessment, bound)
    for name, own in _of_dimensions(judged).items():
        if name in schemes and name in matters:
            moving |= set(_moving_scales(own))
    return frozenset(moving)


def _is_open(finding: Finding) -> bool:
    return finding.outcome is Outcome.UNKNOWN and not finding.reviewed


def _moves(rule: BoundRule, finding: Finding, assessment: Assessment) -> bool:
    """Whether an unknown rule that is no score can move something."""
    if rule.effect in HOLDING:
        return finding.state is not State.CLEAR or finding.unscreened
    if rule.effect is Effect.CAP and _lowest_cap(rule, finding) < assessment.integrity.upper:
        return True
    if rule.effect is Effect.CLAIM_LIMIT and _narrows(rule, finding, assessment):
        return True
    # What is not met may leave a condition behind, with which an offer is bought.
    return bool(rule.condition) and not rule.is_scale and finding.state is not State.CLEAR


def _lowest_cap(rule: BoundRule, finding: Finding) -> int:
    if rule.is_scale:
        return POINT * (finding.lower or 0)
    return BEST if finding.state is State.CLEAR else POINT * (rule.cap or 0)


def _narrows(rule: BoundRule, finding: Finding, assessment: Assessment) -> bool:
    if finding.state is not State.OPEN:
        return False
    if rule.limit is ClaimLimit.NOT_PERMANENT:
        return assessment.claim.may_say_permanent is not False
    if rule.limit not in NARROWING:
        return False
    return NARROWING.index(rule.limit) > NARROWING.index(assessment.claim.limit)


def _of_dimensions(judged: Iterable[RuleFinding]) -> Mapping[str, list[RuleFinding]]:
    """Return the scales that score, by dimension."""
    found: dict[str, list[RuleFinding]] = {}
    for rule, finding in judged:
        if is_scored(rule):
            found.setdefault(rule.dimension, []).append((rule, finding))
    return found


def _dimensions_that_matter(assessment: Assessment, bound: BoundRulebook) -> frozenset[str]:
    """Return the dimensions that count in value, and those that integrity can still depend on."""
    pairs = list(zip(bound.scheme.dimensions, assessment.dimensions, strict=True))
    weighed = [
        (scheme.integrity_weight, score.bounds.lower if score.bounds else BEST)
        for scheme, score in pairs
        if scheme.integrity_weight
    ]
    upper = assessment.integrity.upper
    mean_counts = bool(weighed) and mean_thousandths(weighed) < upper
    return frozenset(
        scheme.id
        for scheme, score in pairs
        if scheme.value_weight
        or (score.bounds and _limits(scheme, score.bounds, upper))
        or (scheme.integrity_weight and mean_counts)
    )


def _limits(scheme: DimensionScheme, bounds: Bounds, upper: int) -> bool:
    return scheme.ceiling is not None and bounds.lower + scheme.ceiling < upper


def _moving_scales(own: Sequence[RuleFinding]) -> Iterable[str]:
    """Yield the unknown scales of one dimension on which its score can still depend."""
    routes = by_weight(own)
    lowest = mean_points([(r[0][0].weight, max(f.lower or 0 for _, f in r)) for r in routes])
    critical = [(rule, finding) for rule, finding in own if rule.critical]
    highest = min([BEST, *(_critical_cap(f.upper) for _, f in critical)])
    for members in routes:
        for rule, finding in members:
            others = [f.lower or 0 for r, f in members if r.id != rule.id]
            by_mean = lowest < highest and (finding.upper or 0) > max(others, default=0)
            by_cap = rule.critical and _critical_cap(finding.lower) < highest
            if _is_open(finding) and (by_mean or by_cap):
                yield rule.id


def _critical_cap(points: int | None) -> int:
    return POINT * (points or 0) + CRITICAL_MARGIN
