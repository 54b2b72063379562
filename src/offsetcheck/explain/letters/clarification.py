"""Questions to a bidder: only what is open, decides, and may still be answered."""

from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.letters.parts import letter, lot_line, offers_named
from offsetcheck.explain.letters.points import open_points
from offsetcheck.vocabulary.letter import Letter, LetterKind, LetterLot


def clarification(case: LetterCase, seller: str) -> Letter | None:
    """Return the questions on all offers of a bidder, None where nothing is to be asked."""
    asked = [lot for lot in case.lots_of(seller) if open_points(lot, case)]
    if not asked:
        return None
    wording = case.wording
    return letter(
        LetterKind.CLARIFICATION,
        case,
        seller,
        opening=(
            wording.word(
                "letters.opening.clarification",
                tender=case.purchase.title,
                list=offers_named(asked, case),
            ),
        ),
        lots=tuple(_lot(lot, case) for lot in asked),
        rules=answer_rules(case),
        draft=deadline_notes(case),
    )


def _lot(lot: CaseOffer, case: LetterCase) -> LetterLot:
    return lot_line(
        lot,
        outcome=case.wording.word("letters.outcome.open"),
        points=open_points(lot, case),
    )


def answer_rules(case: LetterCase) -> tuple[str, ...]:
    """Return by when and how to answer, and what an answer cannot change."""
    wording, deadline = case.wording, case.setting.purchase.deadline
    by = [wording.word("letters.answer_by", day=wording.day(deadline))] if deadline else []
    return (
        *by,
        wording.word("letters.answer_only"),
        wording.word("letters.answer_papers"),
        wording.word("letters.answer_same_offer"),
    )


def deadline_notes(case: LetterCase) -> tuple[str, ...]:
    """Return that no bidder can answer in time: no day is set for answers, or it has passed."""
    deadline, wording = case.setting.purchase.deadline, case.wording
    if deadline is None:
        return (wording.word("letters.draft.no_deadline"),)
    if deadline < wording.bound.as_of:
        day = wording.day(deadline)
        return (wording.word("letters.draft.deadline_passed", day=day),)
    return ()
