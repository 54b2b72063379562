"""What the city may say: what the offer allows and what the purchase allows, in one sentence."""

from offsetcheck.engine.claim import claim_of_purchase, narrowest
from offsetcheck.engine.knowledge import known_by
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Assessment, ClaimLimit, PurchaseAssessment, Verdict
from offsetcheck.vocabulary.explanation import ClaimLine, ClaimRange


def purchase_claim(setting: Setting, assessment: PurchaseAssessment) -> ClaimRange | None:
    """Return what the purchase lets the city say, None where no claim is stated (a bare list)."""
    wanted = known_by(setting.purchase.facts, setting.bound.as_of).get("claim")
    if wanted is None or wanted.value is None:
        return None
    limit, worst = claim_of_purchase(setting.bound.rules, assessment, wanted.value)
    return ClaimRange(limit=limit.value, worst=worst.value)


def claim_line(
    assessment: Assessment, wording: Wording, bought: ClaimRange | None = None
) -> ClaimLine:
    """Return what the city may say; of a refused offer only what it could have said.

    With a purchase the narrower of both limits counts, and the sentence names both.
    """
    claim = assessment.claim
    limit, worst = claim.limit, claim.worst
    if bought is not None:
        limit = narrowest((limit, ClaimLimit(bought.limit)))
        worst = narrowest((worst, ClaimLimit(bought.worst)))
    key = "claim.words" if limit is worst else "claim.open"
    if assessment.verdict is Verdict.NOT_ELIGIBLE:
        key = "claim.if_bought"
    said = {"limit": _word(limit, wording), "worst": _word(worst, wording)}
    words = wording.word(key, **said)
    if bought is not None:
        words = wording.word(
            "claim.both",
            words=words,
            offer=_range(claim.limit, claim.worst, wording),
            purchase=_range(ClaimLimit(bought.limit), ClaimLimit(bought.worst), wording),
        )
    return ClaimLine(
        limit=claim.limit.value,
        worst=claim.worst.value,
        purchase=bought,
        overall=ClaimRange(limit=limit.value, worst=worst.value),
        may_say_permanent=claim.may_say_permanent,
        rules=claim.rules,
        words=words + _permanent(assessment, wording),
    )


def _range(limit: ClaimLimit, worst: ClaimLimit, wording: Wording) -> str:
    if limit is worst:
        return _word(limit, wording)
    words = {"limit": _word(limit, wording), "worst": _word(worst, wording)}
    return wording.word("compare.claim_open", **words)


def _word(limit: ClaimLimit, wording: Wording) -> str:
    return wording.word(f"claim.{limit.value}")


def _permanent(assessment: Assessment, wording: Wording) -> str:
    claim = assessment.claim
    if claim.may_say_permanent is False:
        return wording.word("claim.permanent_no")
    if claim.may_say_permanent is None and claim.rules:
        return wording.word("claim.permanent_open")
    return ""
