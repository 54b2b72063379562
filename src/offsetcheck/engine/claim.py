"""What the city may say of a tonne: the limits that stand, and those that may still come."""

from collections.abc import Iterable, Mapping

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.assessment import Claim, ClaimLimit
from offsetcheck.vocabulary.finding import Effect, Finding, State

NARROWING = (ClaimLimit.OFFSET, ClaimLimit.CONTRIBUTION, ClaimLimit.NONE)


def claim_of(rules: Mapping[str, BoundRule], findings: Iterable[Finding]) -> Claim:
    """Return the claim that findings leave; the integrity grade is untouched by it."""
    limited = [
        (rule.limit, finding)
        for finding in findings
        if (rule := rules[finding.rule]).effect is Effect.CLAIM_LIMIT
        and finding.state is not State.CLEAR
    ]
    unmet = [limit for limit, finding in limited if finding.state is State.FAIL]
    return Claim(
        limit=narrowest(unmet),
        worst=narrowest(limit for limit, _ in limited),
        may_say_permanent=_may_say_permanent(limited),
        rules=tuple(finding.rule for _, finding in limited),
    )


def narrowest(limits: Iterable[ClaimLimit | None]) -> ClaimLimit:
    """Return the narrowest of limits; none at all leaves the offset claim."""
    places = [NARROWING.index(limit) for limit in limits if limit in NARROWING]
    return NARROWING[max(places, default=0)]


def _may_say_permanent(limited: Iterable[tuple[ClaimLimit | None, Finding]]) -> bool | None:
    """Return whether credits may be called permanent; None while a rule on it is open."""
    states = {finding.state for limit, finding in limited if limit is ClaimLimit.NOT_PERMANENT}
    if State.FAIL in states:
        return False
    return None if State.OPEN in states else True
