"""Whether a decision may stand: nothing is bought that the verdicts do not let the city buy."""

from collections.abc import Iterator

from offsetcheck.explain.letters.case import MAY_BE_BOUGHT, CaseOffer, LetterCase
from offsetcheck.vocabulary.assessment import PurchaseVerdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.decision import Awarded
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.problem import InputError, Problem

LEAST_DIFFERENCE = 0.005  # of a price: less is a matter of rounding


def check_awards(case: LetterCase) -> None:
    """Raise InputError with each award that the assessment bars, at its place in the decision."""
    awarded = case.decision.awarded if case.decision else ()
    lots = {lot.id: lot for lot in case.lots}
    problems = [p for award in awarded for p in _faults(award, lots[award.offer], case)]
    if problems:
        raise InputError(problems)


def _faults(award: Awarded, lot: CaseOffer, case: LetterCase) -> Iterator[Problem]:
    return award_faults(award, lot.context.candidate, lot.explained, case.purchase)


def award_faults(
    award: Awarded,
    candidate: Candidate,
    explained: CandidateExplanation,
    purchase: PurchaseExplanation,
) -> Iterator[Problem]:
    """Yield why an offer may not be bought as it is awarded, at its place in the decision."""
    offer, said = explained.offer, explained.verdict
    if said.verdict not in MAY_BE_BOUGHT:
        message = f"{award.offer} may not be bought: its verdict is “{said.words}”"
        yield Problem(message, award.place, "take it out, or judge anew when it is mended")
    if purchase.verdict.verdict == PurchaseVerdict.NOT_READY.value:
        hint = purchase.verdict.stamp or "offsetcheck assess tells what it lacks"
        yield Problem("the purchase is not ready, nothing can be bought", award.place, hint)
    if award.tonnes is not None and offer.tonnes is not None and award.tonnes > offer.tonnes:
        message = f"{award.offer} offers {offer.tonnes:g} t, and {award.tonnes:g} t are bought"
        yield Problem(message, award.place, "buy at most what is offered")
    if award.price is not None and not _is_price(award.price, candidate):
        message = f"{award.offer} is bought at {award.price:g}, which is not the price of the offer"
        yield Problem(message, award.place, f"the offer says {offer.price_words}")


def _is_price(price: float, candidate: Candidate) -> bool:
    """Whether a price is the offer's, in its own currency or in that of the purchase."""
    rate = candidate.value("exchange_rate")
    own = candidate.value("price")
    if not isinstance(own, int | float):
        return True
    known = [float(own), *([own * rate] if isinstance(rate, int | float) else [])]
    return any(abs(price - one) < LEAST_DIFFERENCE for one in known)
