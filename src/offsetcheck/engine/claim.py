"""What the city may say: of a tonne by its offer, and by the purchase that it is bought in."""

from collections.abc import Iterable, Mapping

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.assessment import (
    Claim,
    ClaimLimit,
    PurchaseAssessment,
    PurchaseVerdict,
)
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.finding import Effect, Finding, State

NARROWING = (ClaimLimit.OFFSET, ClaimLimit.CONTRIBUTION, ClaimLimit.NONE)
CONTRIBUTION = "contribution"  # the claim of a purchase that wants no more


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


def claim_of_purchase(
    rules: Mapping[str, BoundRule], assessment: PurchaseAssessment, wanted: Value
) -> tuple[ClaimLimit, ClaimLimit]:
    """Return what a purchase lets the city say, as it stands and at worst.

    No more than the claim `wanted`, for no other was judged; nothing while it is not ready.
    """
    own = claim_of(rules, assessment.findings)
    bars = [ClaimLimit.CONTRIBUTION if wanted == CONTRIBUTION else ClaimLimit.OFFSET]
    if assessment.verdict is PurchaseVerdict.NOT_READY:
        bars.append(ClaimLimit.NONE)
    return narrowest((own.limit, *bars)), narrowest((own.worst, *bars))


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
