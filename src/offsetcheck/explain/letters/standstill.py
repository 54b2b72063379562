"""A standstill notice: the outcome with its reasons, and until when no contract is signed."""

from offsetcheck.explain.letters.advantages import advantages
from offsetcheck.explain.letters.award import award
from offsetcheck.explain.letters.case import LetterCase
from offsetcheck.explain.letters.parts import (
    letter,
    offers_named,
    remedy,
    selected_names,
    selected_words,
    standstill_words,
)
from offsetcheck.explain.letters.refusal import decided_words, refusal
from offsetcheck.vocabulary.letter import Letter, LetterKind, LetterLot


def standstill(case: LetterCase, seller: str) -> Letter:
    """Return the notice to a bidder, whether or not an offer of his is bought."""
    basis = award(case, seller) or refusal(case, seller)
    lots, wording, names = case.lots_of(seller), case.wording, selected_names(case, seller)
    named = offers_named(lots, case)
    own = {lot.id: lot for lot in lots if not case.award_of(lot)}

    def with_advantages(line: LetterLot) -> LetterLot:
        if line.id not in own:
            return line
        said = advantages(own[line.id], case.selected, wording)
        return line.model_copy(update={"advantages": said})

    words = wording.word("letters.opening.standstill", tender=case.purchase.title, list=named)
    return letter(
        LetterKind.STANDSTILL,
        case,
        seller,
        opening=(words, *decided_words(case)),
        lots=tuple(with_advantages(line) for line in basis.lots),
        selected=names,
        selected_words=selected_words(case, names),
        standstill=standstill_words(case),
        assessed=basis.assessed,
        remedy=remedy(case.setting.bound.city, wording.language),
        draft=basis.draft,
    )
