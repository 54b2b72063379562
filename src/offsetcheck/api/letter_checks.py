"""Whether a decision may stand: nothing is bought that the verdicts do not let the city buy."""

from collections.abc import Iterator

from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.vocabulary.assessment import PurchaseVerdict
from offsetcheck.vocabulary.decision import Awarded
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
    offer, said = lot.explained.offer, lot.explained.verdict
    if not lot.may_be_bought:
        message = f"{award.offer} may not be bought: its verdict is “{said.words}”"
        yield Problem(message, award.place, "take it out, or judge anew when it is mended")
    if case.purchase.verdict.verdict == PurchaseVerdict.NOT_READY.value:
        hint = case.purchase.verdict.stamp or "offsetcheck assess tells what it lacks"
        yield Problem("the purchase is not ready, nothing can be bought", award.place, hint)
    if award.tonnes is not None and offer.tonnes is not None and award.tonnes > offer.tonnes:
        message = f"{award.offer} offers {offer.tonnes:g} t, and {award.tonnes:g} t are bought"
        yield Problem(message, award.place, "buy at most what is offered")
    if award.price is not None and not _is_price(award.price, lot):
        message = f"{award.offer} is bought at {award.price:g}, which is not the price of the offer"
        yield Problem(message, award.place, f"the offer says {offer.price_words}")


def _is_price(price: float, lot: CaseOffer) -> bool:
    """Whether a price is the offer's, in its own currency or in that of the purchase."""
    candidate = lot.context.candidate
    rate = candidate.value("exchange_rate")
    own = candidate.value("price")
    if not isinstance(own, int | float):
        return True
    known = [float(own), *([own * rate] if isinstance(rate, int | float) else [])]
    return any(abs(price - one) < LEAST_DIFFERENCE for one in known)
