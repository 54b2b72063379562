"""A debrief: what the selected offers have over each offer of a bidder that was not selected."""

from offsetcheck.explain.letters.advantages import advantages
from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.letters.parts import (
    assessed,
    letter,
    lot_line,
    offered_said,
    offers_named,
    selected_names,
    selected_words,
    undecided_notes,
)
from offsetcheck.explain.letters.reasons import met_words
from offsetcheck.explain.letters.refusal import decided_words
from offsetcheck.vocabulary.letter import Letter, LetterKind, LetterLot


def debrief(case: LetterCase, seller: str) -> Letter | None:
    """Return the debrief of a bidder, None where all his offers are bought."""
    lots = [lot for lot in case.lots_of(seller) if not case.award_of(lot)]
    if not lots:
        return None
    named, names = offers_named(lots, case), selected_names(case, seller)
    words = case.wording.word("letters.opening.debrief", tender=case.purchase.title, list=named)
    return letter(
        LetterKind.DEBRIEF,
        case,
        seller,
        opening=(words, *decided_words(case)),
        lots=tuple(_lot(lot, case) for lot in lots),
        selected=names,
        selected_words=selected_words(case, names),
        assessed=assessed(case),
        draft=undecided_notes(case),
    )


def _lot(lot: CaseOffer, case: LetterCase) -> LetterLot:
    said = advantages(lot, case.selected, case.wording)
    met, tonnes = met_words(lot, case.wording), offered_said(lot, case)
    return lot_line(lot, advantages=said, met=met, tonnes=tonnes)
