"""A request to cure: what of a refused offer the bidder may still mend."""

from offsetcheck.explain.letters.case import LetterCase
from offsetcheck.explain.letters.clarification import answer_rules, deadline_notes
from offsetcheck.explain.letters.parts import letter, lot_line, offers_named
from offsetcheck.explain.letters.points import curable_points
from offsetcheck.vocabulary.letter import Letter, LetterKind


def cure(case: LetterCase, seller: str) -> Letter | None:
    """Return the request on all offers of a bidder, None where nothing may be mended."""
    mended = [lot for lot in case.lots_of(seller) if curable_points(lot, case)]
    if not mended:
        return None
    named = offers_named(mended, case)
    words = case.wording.word("letters.opening.cure", tender=case.purchase.title, list=named)
    outcome = case.wording.word("letters.outcome.mendable")
    return letter(
        LetterKind.CURE,
        case,
        seller,
        opening=(words,),
        lots=tuple(
            lot_line(lot, outcome=outcome, points=curable_points(lot, case)) for lot in mended
        ),
        rules=answer_rules(case),
        draft=deadline_notes(case),
    )
