"""What is asked of a bidder: only what he may still answer or mend, and never the price."""

from collections.abc import Iterable

from offsetcheck.explain.action import ask_words
from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.letters.reasons import clause_of, open_words
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.finding_explanation import FindingLine, MissingLine, Status
from offsetcheck.vocabulary.letter import LetterPoint

NEVER_ASKED = frozenset({"price", "currency", "tonnes"})
"""What a bidder competes with: asking again would let him offer anew."""

SCORED_NOT_CURABLE = frozenset({"co"})
"""Buyers' states in which papers that give points may not be mended (docs/letters.md)."""

UNMET = frozenset({Status.NOT_MET, Status.NOT_DEMONSTRATED})
MAY_MOVE = frozenset({Status.OPEN, Status.NOT_DEMONSTRATED, Status.NEEDS_PERSON})


def open_points(lot: CaseOffer, case: LetterCase) -> tuple[LetterPoint, ...]:
    """Return what an undecided offer is asked, the shortest list of answers first."""
    return _numbered(
        ((x, _open_words(x, case), ask_words(x, lot.context)) for x in open_lines(lot, case)),
        case,
    )


def open_lines(lot: CaseOffer, case: LetterCase) -> tuple[FindingLine, ...]:
    """Return the open findings of an undecided offer that a bidder may still answer.

    Those that would decide it; where none of these may be asked, none is: the rest decides nothing.
    """
    if lot.verdict != Verdict.UNDECIDED.value:
        return ()
    lines = [line for line in lot.explained.findings if _may_be_asked(line, case)]
    deciding = lot.explained.deciding
    answers = [answer.name for answer in deciding.answers] if deciding else []
    wanted = [x for x in lines if any(m.field in answers for m in _own(x)) or x.rule in answers]
    return tuple(wanted or [line for line in lines if line.decides])


def curable_points(lot: CaseOffer, case: LetterCase) -> tuple[LetterPoint, ...]:
    """Return what of a refused offer may be mended; nothing where the rest bars it anyway."""
    return _numbered(
        (
            (x, x.fails or x.found or _open_words(x, case), ask_words(x, lot.context))
            for x in curable_lines(lot, case)
        ),
        case,
    )


def curable_lines(lot: CaseOffer, case: LetterCase) -> tuple[FindingLine, ...]:
    """Return the unmet requirements of a refused offer that the bidder may still mend."""
    if lot.verdict != Verdict.NOT_ELIGIBLE.value:
        return ()
    lines = (x for x in lot.explained.findings if x.decides and x.status in UNMET)
    return tuple(x for x in lines if x.curable and not _competes(x) and not _is_barred(x, case))


def _may_be_asked(line: FindingLine, case: LetterCase) -> bool:
    is_open = line.outcome == Outcome.UNKNOWN.value and line.status in MAY_MOVE
    return is_open and line.curable and bool(_own(line)) and not _is_barred(line, case)


def _own(line: FindingLine) -> list[MissingLine]:
    """Return what only the bidder can answer."""
    missing = (m for m in line.missing if m.who is Who.SELLER)
    return [m for m in missing if m.field not in NEVER_ASKED]


def _competes(line: FindingLine) -> bool:
    return any(evidence.field in NEVER_ASKED for evidence in line.evidence)


def _is_barred(line: FindingLine, case: LetterCase) -> bool:
    """Whether the law of the buyer's state lets nothing that gives points be mended."""
    scored = line.effect == Effect.SCORE.value
    return scored and bool(SCORED_NOT_CURABLE & set(case.setting.bound.city.jurisdictions))


def _open_words(line: FindingLine, case: LetterCase) -> str:
    return open_words(line, _own(line), case.wording)


def _numbered(
    asked: Iterable[tuple[FindingLine, str, str]], case: LetterCase
) -> tuple[LetterPoint, ...]:
    """Return points numbered from 1; two rules that ask for the same thing ask once."""
    wording = case.wording
    once: dict[str, tuple[FindingLine, str]] = {}
    for line, have, need in asked:
        once.setdefault(need, (line, have))
    return tuple(
        LetterPoint(
            number=number,
            requirement=line.title,
            clause=clause_of(line, wording) or wording.word("letters.clause_design"),
            have=have,
            need=need,
            documents=line.documents,
        )
        for number, (need, (line, have)) in enumerate(once.items(), 1)
    )
