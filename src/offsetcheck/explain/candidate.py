"""One candidate explained: verdict, reasons, things to do, findings, grade, proof and audit."""

from offsetcheck.engine.knowledge import known_by
from offsetcheck.engine.moving import still_moving
from offsetcheck.explain.action import candidate_actions
from offsetcheck.explain.adopting import adopt_first
from offsetcheck.explain.audit import audit, limits
from offsetcheck.explain.claim import claim_line
from offsetcheck.explain.deciding import applying, deciding_rules
from offsetcheck.explain.deciding_words import deciding_lines
from offsetcheck.explain.evidence import contradictions
from offsetcheck.explain.finding import finding_line, sort_key
from offsetcheck.explain.grade import (
    completeness_line,
    cost_lines,
    dimension_lines,
    grade_line,
    value_line,
)
from offsetcheck.explain.hanging import hanging_lines
from offsetcheck.explain.mending import in_this_case, mending
from offsetcheck.explain.missing import questions
from offsetcheck.explain.proof import proof_lines
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.explain.reason import candidate_reasons
from offsetcheck.explain.screening import looked_for, search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import standing_share, undecided_lines
from offsetcheck.explain.tonnes.announced import tonnes_lines
from offsetcheck.explain.whatif import what_if
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import (
    CandidateExplanation,
    Offer,
    OfficerWord,
    PurchaseExplanation,
    VerdictLine,
)

OFFICER = {
    Verdict.ELIGIBLE: OfficerWord.SIGN,
    Verdict.ELIGIBLE_WITH_CONDITIONS: OfficerWord.SIGN_WITH_CONDITIONS,
    Verdict.UNDECIDED: OfficerWord.ASK,
    Verdict.NOT_ELIGIBLE: OfficerWord.REFUSE,
}
PRICE_LIMIT = "procurement.price_limit"
OFFER_FACTS = (
    "programme",
    "seller",
    "developer",
    "country",
    "location",
    "project_type",
    "methodology",
    "registry_status",
    "vintage",
    "unit_type",
    "delivery",
)


def explain_candidate(
    setting: Setting,
    candidate: Candidate,
    assessment: Assessment,
    purchase: PurchaseExplanation | None = None,
) -> CandidateExplanation:
    """Return a candidate's verdict with every reason; `purchase` gives the stamp, if any."""
    bound, wording = setting.bound, setting.wording
    context = SentenceContext.of(setting, candidate, assessment.findings)
    decides = deciding_rules(assessment, bound)
    case = mending(assessment, context)
    said = (finding_line(f, bound.rules[f.rule], context, decides) for f in assessment.findings)
    lines = sorted((in_this_case(line, case, assessment) for line in said), key=sort_key)
    deciding = deciding_lines(context, assessment, lines)
    asked = questions(lines, still_moving(assessment, bound))
    adopt = adopt_first(assessment, lines, context)
    return CandidateExplanation(
        language=wording.language,
        city=wording.city(),
        title=purchase_title(setting),
        offer=_offer(context),
        verdict=_verdict(assessment, context, purchase),
        reasons=candidate_reasons(assessment, lines, context),
        actions=candidate_actions(
            assessment, lines, context, case, deciding=deciding, asked=len(asked), adopt=adopt
        ),
        grade=grade_line(assessment, lines, wording),
        dimensions=dimension_lines(assessment, wording),
        costs=cost_lines(assessment, wording),
        value=value_line(assessment, wording),
        completeness=completeness_line(assessment.completeness, wording),
        claim=claim_line(assessment, wording, purchase.claim if purchase else None),
        conditions=tuple(dict.fromkeys(line.condition for line in lines if line.condition)),
        unscreened=tuple(
            setting.wording.rule_title(bound.rules[rule])
            for rule in looked_for(assessment, setting)
        ),
        what_if=what_if(context, assessment, case),
        hangs_on=hanging_lines(context, assessment),
        deciding=deciding,
        standing=standing_share(assessment.findings, decides, wording),
        undecided=undecided_lines(bound, wording, applying(assessment.findings)),
        findings=tuple(lines),
        contradictions=contradictions(context),
        questions=() if case.for_good else asked,
        proof=proof_lines(assessment.proof, wording),
        limits=limits(setting),
        audit=audit(setting, assessment.findings, assessment.result_hash),
        adopt_first=adopt,
        comparable=tonnes_lines(setting, context.candidate),
    )


def _verdict(
    assessment: Assessment, context: SentenceContext, purchase: PurchaseExplanation | None
) -> VerdictLine:
    wording, officer = context.wording, OFFICER[assessment.verdict]
    officer_words = wording.word(f"officer.{officer.value}")
    if officer is OfficerWord.SIGN and search_is_missing(assessment, context):
        officer = OfficerWord.SIGN_WITH_CONDITIONS
        officer_words = wording.word("officer.look_first")
    return VerdictLine(
        verdict=assessment.verdict.value,
        words=wording.word(f"verdict.{assessment.verdict.value}"),
        officer=officer,
        officer_words=officer_words,
        stamp=purchase.verdict.stamp if purchase else None,
    )


def _offer(context: SentenceContext) -> Offer:
    candidate, wording = context.offer, context.wording
    tonnes, price = _number(candidate, "tonnes"), _number(candidate, "price")
    currency, name = candidate.value("currency"), candidate.value("name")
    unstated = wording.word("offer.unstated")
    words = ((wording.title(field), context.offer_words(field)) for field in OFFER_FACTS)
    return Offer(
        id=candidate.id,
        name=shorten_and_encode(name) if isinstance(name, str) else candidate.id,
        facts=tuple((title, said) for title, said in words if said is not None),
        tonnes=tonnes,
        price=price,
        currency=currency if isinstance(currency, str) else None,
        tonnes_words=wording.tonnes(tonnes) if tonnes is not None else unstated,
        price_words=_price_words(price, currency, context) if price is not None else unstated,
        tonnes_against=_tonnes_against(tonnes, context),
        price_against=_price_against(price, tonnes, context),
    )


def _tonnes_against(tonnes: float | None, context: SentenceContext) -> str | None:
    need, wording = _of_purchase(context, "tonnes"), context.wording
    if tonnes is None or need is None:
        return None
    words = {"tonnes": wording.tonnes(tonnes), "need": wording.tonnes(need)}
    return wording.word("pages.of_need", **words)


def _price_against(
    price: float | None, tonnes: float | None, context: SentenceContext
) -> str | None:
    """Return the price beside the city's limit, else the sum beside the budget, in one currency."""
    wording, offer = context.wording, context.offer
    currency = offer.value("currency")
    if price is None:
        return None
    said = _price_words(price, currency, context)
    rule = context.setting.bound.rules.get(PRICE_LIMIT)
    limit = rule and rule.parameters.get("max_price")
    if rule and limit and isinstance(limit.value, (int, float)):
        code = rule.parameters["price_currency"].value
        return wording.word("pages.price_limit", price=said, limit=wording.money(limit.value, code))
    budget = _of_purchase(context, "budget")
    if budget is None or tonnes is None or currency != context.setting.purchase.value("currency"):
        return None
    sums = {"total": wording.money(price * tonnes, currency)}
    sums["budget"] = wording.money(budget, currency)
    return wording.word("pages.total", price=said, **sums)


def _of_purchase(context: SentenceContext, name: str) -> float | None:
    """Return a number of the purchase as it was known on the day."""
    setting = context.setting
    fact = known_by(setting.purchase.facts, setting.bound.as_of).get(name)
    return fact.value if fact and isinstance(fact.value, (int, float)) else None


def _price_words(price: float, currency: object, context: SentenceContext) -> str:
    return context.wording.word("offer.price", price=context.wording.money(price, currency))


def _number(candidate: Candidate, field: str) -> float | None:
    value = candidate.value(field)
    return value if isinstance(value, (int, float)) else None
