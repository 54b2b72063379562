"""A refusal with its reasons: what was required, what was stated, what would have changed it."""

from typing import Any

from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.letters.parts import (
    assessed,
    letter,
    lot_line,
    offered_said,
    offers_named,
    remedy,
    selected_names,
    selected_words,
    undecided_notes,
)
from offsetcheck.explain.letters.reasons import (
    met_words,
    reasons,
    what_to_adopt,
    would_change_words,
)
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.letter import Letter, LetterKind, LetterLot


def refusal(case: LetterCase, seller: str) -> Letter:
    """Return the refusal of all offers of a bidder."""
    lots, wording = case.lots_of(seller), case.wording
    named = offers_named(lots, case)
    names = selected_names(case, seller)
    return letter(
        LetterKind.REFUSAL,
        case,
        seller,
        opening=(
            wording.word("letters.opening.refusal", tender=case.purchase.title, list=named),
            *decided_words(case),
        ),
        lots=tuple(refused_lot(lot, case) for lot in lots),
        selected=names,
        selected_words=selected_words(case, names),
        standstill=None,
        assessed=assessed(case),
        remedy=remedy(case.setting.bound.city, wording.language),
        draft=(*undecided_notes(case), *refusal_notes(lots, case)),
    )


def refused_lot(lot: CaseOffer, case: LetterCase) -> LetterLot:
    """Return an offer that is not bought, with the reasons; an eligible one has the officer's."""
    own = case.decision.reasons.get(lot.id) if case.decision else None
    outcome = refused_words(lot, case)
    said = {"outcome": outcome, "own_reason": own, "tonnes": offered_said(lot, case)}
    if lot.may_be_bought:
        return lot_line(lot, met=met_words(lot, case.wording), **said)
    return lot_line(lot, **said, **_why(lot, case))


def refused_words(lot: CaseOffer, case: LetterCase) -> str:
    """Return what becomes of an offer that is not bought."""
    wording, decision = case.wording, case.decision
    if lot.may_be_bought:
        kept = decision is not None and lot.id in decision.reserve
        return wording.word("letters.outcome.reserve" if kept else "letters.outcome.not_selected")
    undecided = lot.verdict == Verdict.UNDECIDED.value
    return wording.word("letters.outcome.not_shown" if undecided else "letters.outcome.refused")


def _why(lot: CaseOffer, case: LetterCase) -> dict[str, Any]:
    return {
        "reasons": reasons(lot, case),
        "met": met_words(lot, case.wording),
        "would_change": would_change_words(lot, case.wording),
    }


def refusal_notes(lots: tuple[CaseOffer, ...], case: LetterCase) -> tuple[str, ...]:
    """Return to the officer what makes refusals of these offers weak, or what they lack."""
    wording, notes = case.wording, []
    for lot in lots:
        if case.award_of(lot):
            continue
        if lot.may_be_bought and not (case.decision and case.decision.reasons.get(lot.id)):
            notes.append(wording.word("letters.draft.no_reason", offer=lot.id))
        adopt = () if lot.may_be_bought else what_to_adopt(lot, case)
        if adopt:
            listed = "; ".join(adopt)
            notes.append(
                wording.word("letters.draft.design", offer=lot.id, list=listed, city=wording.city())
            )
    return tuple(notes)


def decided_words(case: LetterCase) -> tuple[str, ...]:
    """Return who decided, when and in which minute, as far as the decision says."""
    decision, wording = case.decision, case.wording
    if decision is None or decision.on is None or decision.by is None:
        return ()
    key = "letters.decided_minute" if decision.minute else "letters.decided"
    by = f"{decision.by}, {decision.role}" if decision.role else decision.by
    return (wording.word(key, day=wording.day(decision.on), by=by, minute=decision.minute),)
