"""An award: which offers of a bidder are bought, under which conditions; and which are not."""

from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.letters.parts import (
    assessed,
    letter,
    lot_line,
    offers_named,
    remedy,
    standstill_words,
    tonnes_said,
    undecided_notes,
)
from offsetcheck.explain.letters.refusal import decided_words, refusal_notes, refused_lot
from offsetcheck.vocabulary.letter import Letter, LetterKind, LetterLot


def award(case: LetterCase, seller: str) -> Letter | None:
    """Return the award to a bidder, None where nothing of his is bought."""
    lots, wording = case.lots_of(seller), case.wording
    bought = [lot for lot in lots if case.award_of(lot)]
    if not bought:
        return None
    others = len(bought) < len(lots)
    named = offers_named(bought, case)
    return letter(
        LetterKind.AWARD,
        case,
        seller,
        opening=(
            wording.word("letters.opening.award", tender=case.purchase.title, list=named),
            *([wording.word("letters.opening.award_others")] if others else []),
            *decided_words(case),
        ),
        lots=tuple(
            _bought_lot(lot, case) if case.award_of(lot) else refused_lot(lot, case) for lot in lots
        ),
        standstill=standstill_words(case),
        assessed=assessed(case),
        remedy=remedy(case.setting.bound.city, wording.language) if others else (),
        rules=(wording.word("letters.award_no_contract"),),
        draft=(*undecided_notes(case), *refusal_notes(lots, case)),
    )


def _bought_lot(lot: CaseOffer, case: LetterCase) -> LetterLot:
    wording, said = case.wording, case.award_of(lot)
    offer = lot.explained.offer
    tonnes = (said.tonnes if said else None) or offer.tonnes
    stamp = lot.explained.verdict.stamp
    return lot_line(
        lot,
        awarded=True,
        outcome=wording.word("letters.outcome.awarded"),
        tonnes=tonnes_said(
            lot, case, tonnes, wording.tonnes(tonnes) if tonnes else offer.tonnes_words
        ),
        price=_price(lot, case),
        conditions=(*([stamp] if stamp else []), *lot.explained.conditions),
    )


def _price(lot: CaseOffer, case: LetterCase) -> str:
    """Return the price that is asked, beside it that of the purchase where currencies differ.

    A decision may name either; where the offer names none, the decision's is the purchase's.
    """
    wording, offer, said = case.wording, lot.explained.offer, case.award_of(lot)
    currency = case.setting.purchase.value("currency")
    if not offer.price:
        price = said.price if said else None
        return _a_tonne(price, currency, case) if price else offer.price_words
    rate = lot.context.candidate.value("exchange_rate")
    if offer.currency == currency or not isinstance(rate, int | float):
        return offer.price_words
    bought = _a_tonne(offer.price * rate, currency, case)
    return wording.word("letters.price_bought", asked=offer.price_words, bought=bought)


def _a_tonne(price: float, currency: object, case: LetterCase) -> str:
    money = case.wording.money(price, currency)
    return case.wording.word("offer.price", price=money)
