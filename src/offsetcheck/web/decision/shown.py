"""What the pages of a decision show: offers with what becomes of them, sums, departures."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from urllib.parse import quote

from offsetcheck.api.decision import seller_of, sellers_of, sets_of
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.decision import Decision
from offsetcheck.web.decision.lacks import Desk, built_on
from offsetcheck.web.visit import Shown

UNDER_CONDITIONS = "eligible_with_conditions"
OPEN_TO_A_PERSON = frozenset({"eligible", UNDER_CONDITIONS, "undecided"})
Words = Mapping[str, str]


class OfferLine(Shown):
    """One offer: what the assessment says, and what is decided on it."""

    number: int
    id: str
    name: str
    seller: str
    verdict: str
    offered: str
    price: str
    why: str
    to: str
    decided: str = ""
    tonnes: str = ""
    cost: str = ""
    reason: str = ""
    conditions: tuple[str, ...] = ()


class SumLine(Shown):
    """What is bought comes to, against the need and the budget."""

    tonnes: str
    cost: str
    need: str
    budget: str


class DepartureLine(Shown):
    """An offer of which another number of tonnes is bought than the set takes."""

    offer: str
    words: str


def offer_lines(desk: Desk, decision: Decision, words: Words) -> Iterator[OfferLine]:
    """Yield every offer in the order of the input, with what is decided on it."""
    for number, one in enumerate(desk.judged):
        yield _line(desk, number, one, decision, words)


def _line(desk: Desk, number: int, one: JudgedOffer, decision: Decision, words: Words) -> OfferLine:
    offer, verdict = one.explained.offer, one.explained.verdict
    award, wording = decision.award_of(offer.id), desk.case.setting.wording
    cost = _cost(desk, decision, offer.id)
    reasons = [reason.text for reason in one.explained.reasons[:2]]
    name = quote(offer.id, safe="")
    return OfferLine(
        number=number,
        id=offer.id,
        name=offer.name,
        seller=seller_of(one.candidate.value("seller")) or words["web_decision.no_seller"],
        verdict=verdict.words,
        offered=offer.tonnes_words,
        price=offer.price_words,
        why=" ".join(reasons),
        to=f"/t/{quote(desk.tender.folder.name)}/offer/{name}",
        decided=decided_words(decision, one, words),
        tonnes=wording.tonnes(_tonnes(decision, one)) if award else "",
        cost=_money(desk, cost) if award and cost is not None else "",
        reason=decision.reasons.get(offer.id, ""),
        conditions=_conditions(one) if award else (),
    )


def _conditions(one: JudgedOffer) -> tuple[str, ...]:
    """Return what has to be done before an offer under conditions may be signed for."""
    if one.explained.verdict.verdict != UNDER_CONDITIONS:
        return ()
    return tuple(action.text for action in one.explained.actions)


def decided_words(decision: Decision, one: JudgedOffer, words: Words) -> str:
    """Return what becomes of an offer, in words."""
    offer = one.candidate.id
    if decision.award_of(offer):
        return words["web_decision.take_award"]
    if offer in decision.reserve:
        return words["web_decision.take_reserve"]
    verdict = one.explained.verdict.verdict
    if verdict == "undecided" and offer not in decision.reasons:
        return words["web_decision.take_open"]
    return words["web_decision.take_refuse"]


def may_be_decided(one: JudgedOffer, decision: Decision) -> bool:
    """Whether a person has a say in what becomes of an offer: the rules do not bar it."""
    barred = one.explained.verdict.verdict not in OPEN_TO_A_PERSON
    return not barred or decision.award_of(one.candidate.id) is not None


def sums(desk: Desk, decision: Decision) -> SumLine:
    """Return the sums of what is bought, each cost exact before it is said."""
    wording, award = desk.case.setting.wording, desk.award
    judged = {one.candidate.id: one for one in desk.judged}
    bought = [judged[one.offer] for one in decision.awarded]
    tonnes = sum((Decimal(str(_tonnes(decision, one))) for one in bought), Decimal())
    costs = [_cost(desk, decision, one.candidate.id) for one in bought]
    known = sum((cost for cost in costs if cost is not None), Decimal())
    budget = Decimal(award.budget) if award.budget else None
    return SumLine(
        tonnes=wording.tonnes(float(tonnes)),
        cost="" if None in costs else _money(desk, known),
        need=wording.tonnes(award.need) if award.need else "",
        budget=_money(desk, budget) if budget is not None else "",
    )


def _tonnes(decision: Decision, one: JudgedOffer) -> float:
    award = decision.award_of(one.candidate.id)
    if award and award.tonnes is not None:
        return award.tonnes
    return float(one.explained.offer.tonnes or 0)


def _cost(desk: Desk, decision: Decision, offer: str) -> Decimal | None:
    """Return what is bought of an offer costs in the currency of the purchase, None: not known."""
    known = next((line for line in desk.award.offers if line.id == offer), None)
    judged = next(one for one in desk.judged if one.candidate.id == offer)
    if known is None:
        return None
    return Decimal(known.price) * Decimal(str(_tonnes(decision, judged)))


def _money(desk: Desk, amount: Decimal) -> str:
    return desk.case.setting.wording.money(float(amount), desk.award.currency)


def departure_lines(desk: Desk, decision: Decision, words: Words) -> tuple[DepartureLine, ...]:
    """Return in which offers a decision departs from the set that it is held against."""
    wording = desk.case.setting.wording
    return tuple(
        DepartureLine(
            offer=one.offer,
            words=say(
                words,
                "web_decision.departs",
                proposed=wording.tonnes(one.proposed),
                decided=wording.tonnes(one.decided),
            ),
        )
        for one in built_on(desk, decision)[1]
    )


def set_options(desk: Desk, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the sets that a decision may build on, each by its name with its title."""
    return tuple(
        (name, f"{one.title}{words['web_decision.if_met'] if name.endswith('_if_met') else ''}")
        for name, one in sets_of(desk.award)
    )


def sellers(desk: Desk) -> tuple[str, ...]:
    """Return the bidders of a tender."""
    return sellers_of(desk.case)
