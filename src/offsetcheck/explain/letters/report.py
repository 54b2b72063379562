"""The report on the procedure: one for all bidders, for the city's own file."""

from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.letters.parts import (
    PUBLISHING_LAW,
    assessed,
    letter,
    tonnes_said,
    undecided_notes,
)
from offsetcheck.explain.letters.refusal import decided_words, refused_words
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.letter import Letter, LetterKind, ReportLines, ReportLot

PRICE_FIELDS = frozenset({"price", "price_in_purchase_currency"})
OFFICER_PARTS = ("procedure", "conflicts", "low_prices", "subcontracting")


def report(case: LetterCase) -> Letter:
    """Return the report on the procedure; under EU law by its name there."""
    wording = case.wording
    is_eu = case.setting.purchase.value("procurement_law") == PUBLISHING_LAW
    name = "letters.title.report_eu" if is_eu else "letters.title.report"
    return letter(
        LetterKind.REPORT,
        case,
        None,
        title=wording.word(name),
        closing=None,
        opening=(
            wording.word("letters.opening.report", tender=case.purchase.title, city=wording.city()),
            *decided_words(case),
        ),
        assessed=assessed(case),
        report=_lines(case),
        draft=(*undecided_notes(case), *_unsaid(case)),
    )


def _lines(case: LetterCase) -> ReportLines:
    bought = [lot for lot in case.lots if case.award_of(lot)]
    undecided = [lot for lot in case.lots if case.is_open(lot)]
    rest = [lot for lot in case.lots if not (case.award_of(lot) or case.is_open(lot))]
    may_be = [lot for lot in rest if lot.may_be_bought]
    refused = [lot for lot in rest if not lot.may_be_bought]
    wording, verdict = case.wording, case.purchase.verdict.words
    return ReportLines(
        facts=(*case.purchase.facts, (wording.word("letters.purchase"), verdict)),
        awarded=tuple(_lot(lot, case) for lot in bought),
        selected=tuple(_lot(lot, case) for lot in may_be),
        undecided=tuple(_lot(lot, case) for lot in undecided),
        refused=tuple(_lot(lot, case) for lot in refused),
        low_prices=tuple(_odd_prices(case)) or (wording.word("letters.no_odd_price"),),
        officer=tuple(_officer_part(part, case) for part in OFFICER_PARTS),
    )


def _lot(lot: CaseOffer, case: LetterCase) -> ReportLot:
    wording, offer, said = case.wording, lot.explained.offer, case.award_of(lot)
    tonnes = said.tonnes if said and said.tonnes else offer.tonnes
    own = case.decision.reasons.get(lot.id) if case.decision else None
    why = [reason.text for reason in lot.explained.reasons]
    return ReportLot(
        id=offer.id,
        name=offer.name,
        seller=lot.seller or wording.word("offer.unstated"),
        tonnes=tonnes_said(
            lot, case, tonnes, wording.tonnes(tonnes) if tonnes else offer.tonnes_words
        ),
        price=offer.price_words,
        outcome=_outcome(lot, case),
        why=tuple([own, *why] if own else why),
    )


def _outcome(lot: CaseOffer, case: LetterCase) -> str:
    """Return what becomes of an offer, as its bidder's letter says it; its verdict before that."""
    if case.decision is None or case.is_open(lot):
        return lot.explained.verdict.words
    if case.award_of(lot):
        return case.wording.word("letters.outcome.awarded")
    return refused_words(lot, case)


def _odd_prices(case: LetterCase) -> list[str]:
    """Return the offers whose price a rule finds out of the usual range, with what it found."""
    return [
        case.wording.word("letters.odd_price", offer=lot.id, found=line.fails or line.requires)
        for lot in case.lots
        for line in lot.explained.findings
        if line.outcome == Outcome.FAIL.value and PRICE_FIELDS & {e.field for e in line.evidence}
    ]


def _officer_part(part: str, case: LetterCase) -> tuple[str, str]:
    said = case.decision.report.get(part) if case.decision else None
    heading = case.wording.word(f"letters.part.{part}")
    return heading, said or case.wording.word("letters.to_be_stated")


def _unsaid(case: LetterCase) -> tuple[str, ...]:
    known = case.decision.report if case.decision else {}
    left = [f"report.{part}" for part in OFFICER_PARTS if part not in known]
    return (case.wording.word("letters.draft.report", list=", ".join(left)),) if left else ()
