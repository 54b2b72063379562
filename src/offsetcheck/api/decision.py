"""What a person has decided on a tender: read, checked against the verdicts, written, signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offsetcheck.api.case import Case
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.letter_checks import award_faults
from offsetcheck.explain.letters.case import MAY_BE_BOUGHT, name_key, seller_of
from offsetcheck.intake.tender.decision import (
    DECISION,
    REPORT_KEYS,
    SETS,
    decision_in,
    read_decision,
)
from offsetcheck.intake.tender.decision_text import decision_text
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.award import AwardExplanation, AwardSetLine
from offsetcheck.vocabulary.decision import Awarded, Decision, Judged
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.purchase import Stage

__all__ = ["DECISION", "REPORT_KEYS", "SETS", "decision_text", "seller_of"]

IF_MET = "_if_met"


def decision_of(case: Case) -> Decision | None:
    """Return the decision of a case's tender folder, None where there is none.

    Raises InputError for one that cannot be read, or that speaks of what the tender has not.
    """
    if case.folder is None:
        return None
    return read_decision(case.folder, case.table.ids, sellers_of(case))[0]


def decision_said(case: Case, text: str) -> Decision:
    """Return the decision that a text of `decision.yaml` states; raises as `decision_of`."""
    return decision_in(text.encode(), case.table.ids, sellers_of(case))


def sellers_of(case: Case) -> tuple[str, ...]:
    """Return the bidders of a case as letters name them, each once, the first spelling of each."""
    found: dict[str, str] = {}
    for candidate in case.table.candidates():
        if name := seller_of(candidate.value("seller")):
            found.setdefault(name_key(name), name)
    return tuple(found.values())


def state_of(case: Case) -> Judged:
    """Return the state of files and rules that a case was judged by."""
    bound = case.bound
    return Judged(bound.as_of, case.setting.origin.input_hash, bound.hash)


def award_problems(case: Case, judged: JudgedOffer, award: Awarded) -> tuple[Problem, ...]:
    """Return why an offer may not be bought as somebody decides: none where it may."""
    found = award_faults(award, judged.candidate, judged.explained, case.purchase_explained)
    return tuple(found)


def needs_reason(case: Case, judged: JudgedOffer) -> bool:
    """Whether a person has to say why an offer is not bought, because the rules do not.

    It may be bought; or the rules cannot decide it, and nothing is asked any more.
    """
    verdict = judged.explained.verdict.verdict
    if verdict in MAY_BE_BOUGHT:
        return True
    return verdict == Verdict.UNDECIDED.value and case.purchase.stage is Stage.FINAL


@dataclass(frozen=True, slots=True)
class Departure:
    """An offer of which another number of tonnes is bought than a set takes."""

    offer: str
    proposed: float
    decided: float


def set_named(award: AwardExplanation, name: str) -> AwardSetLine | None:
    """Return a set of an award view by its name of `SETS`, None where there is none."""
    plain = name.removesuffix(IF_MET)
    among = award.with_conditions if name.endswith(IF_MET) else award.sets
    return next((one for one in among if one.set == plain), None)


def sets_of(award: AwardExplanation) -> Iterator[tuple[str, AwardSetLine]]:
    """Yield the sets of an award view by their names, none that is one of those before it.

    None where the purchase bars an award.
    """
    if award.verdict.stamp:
        return
    seen: set[tuple[tuple[str, int], ...]] = set()
    for name in SETS:
        found = set_named(award, name)
        if found is None:
            continue
        takes = tuple((lot.id, lot.tonnes) for lot in found.lots)
        if takes not in seen:
            seen.add(takes)
            yield name, found


def departures(
    proposed: AwardSetLine, awarded: Sequence[Awarded], judged: Sequence[JudgedOffer]
) -> tuple[Departure, ...]:
    """Return in which offers a decision departs from a set, in the order of the offers."""
    takes = {lot.id: float(lot.tonnes) for lot in proposed.lots}
    offered = {one.candidate.id: one.explained.offer.tonnes for one in judged}
    buys = {
        one.offer: float(one.tonnes if one.tonnes is not None else offered.get(one.offer) or 0)
        for one in awarded
    }
    found = (Departure(name, takes.get(name, 0.0), buys.get(name, 0.0)) for name in offered)
    return tuple(one for one in found if one.proposed != one.decided)
