"""What a decision lacks before it may be signed, each at the field that supplies it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.api.award import award_explained
from offsetcheck.api.case import Case
from offsetcheck.api.decision import (
    Departure,
    award_problems,
    departures,
    needs_reason,
    set_named,
    sets_of,
    state_of,
)
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.award import AwardExplanation
from offsetcheck.vocabulary.decision import Decision
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.visit import Wrong
from offsetcheck.web.work.progress import takes_long

SECONDS_EACH = 0.05  # choosing among one more offer
Words = Mapping[str, str]


@dataclass(frozen=True)
class Desk:
    """A tender on which somebody decides: judged, with the sets that its limits allow."""

    tender: Opened
    judged: tuple[JudgedOffer, ...]
    award: AwardExplanation

    @property
    def case(self) -> Case:
        """The case of the tender."""
        return self.tender.case

    @property
    def state(self) -> str:
        """What tells one state of files and rules from another."""
        state = state_of(self.case)
        return f"{state.input} {state.rules}"


def desk_of(tender: Opened) -> Desk:
    """Return a tender to be decided on; a long one is judged where nobody waits."""
    judged = tender.judged()
    takes_long(len(judged) * SECONDS_EACH)
    return Desk(tender, judged, award_explained(tender.case, judged))


def built_on(desk: Desk, decision: Decision) -> tuple[str, tuple[Departure, ...]]:
    """Return the set that a decision is held against, and where it departs from it.

    It is the one that it names, else one that it is; else the first.
    """
    if decision.proposal is not None:
        named = set_named(desk.award, decision.proposal.set)
        if named is not None:
            return decision.proposal.set, departures(named, decision.awarded, desk.judged)
    found = [
        (name, departures(one, decision.awarded, desk.judged)) for name, one in sets_of(desk.award)
    ]
    same = next((one for one in found if not one[1]), None)
    return same or (found[0] if found else ("", ()))


def award_faults(desk: Desk, decision: Decision) -> Iterator[Wrong]:
    """Yield why offers may not be bought as a decision says."""
    judged = {one.candidate.id: (n, one) for n, one in enumerate(desk.judged)}
    for award in decision.awarded:
        n, one = judged[award.offer]
        for problem in award_problems(desk.case, one, award):
            hint = f" ({problem.hint})" if problem.hint else ""
            yield Wrong(f"take-{n}", f"{problem.message}{hint}")


def lacks(desk: Desk, decision: Decision, words: Words) -> tuple[Wrong, ...]:
    """Return what a decision lacks before it may be signed."""
    return tuple(_lacks(desk, decision, words))


def _lacks(desk: Desk, decision: Decision, words: Words) -> Iterator[Wrong]:
    yield from award_faults(desk, decision)
    for name in ("reference", "by"):
        if getattr(decision, name) is None:
            yield Wrong(name, words[f"web_decision.lacks_{name}"])
    for n, one in enumerate(desk.judged):
        offer = one.candidate.id
        if decision.award_of(offer) or decision.reasons.get(offer):
            continue
        if needs_reason(desk.case, one):
            yield Wrong(f"reason-{n}", say(words, "web_decision.lacks_reason", offer=offer))
    _, departs = built_on(desk, decision)
    if departs and not (decision.proposal and decision.proposal.reason):
        yield Wrong("set-reason", say(words, "web_decision.lacks_departure", count=len(departs)))
    if looked_at_other(desk, decision):
        yield Wrong("", words["web_decision.lacks_state"])


def looked_at_other(desk: Desk, decision: Decision) -> bool:
    """Whether a decision was prepared over another state of files and rules than there is now."""
    now, then = state_of(desk.case), decision.judged
    return then is None or (then.input, then.rules) != (now.input, now.rules)


def undecided(desk: Desk, decision: Decision) -> Sequence[JudgedOffer]:
    """Return the offers of which a decision says nothing and the rules neither."""
    return [
        one
        for one in desk.judged
        if one.explained.verdict.verdict == "undecided"
        and not decision.award_of(one.candidate.id)
        and one.candidate.id not in decision.reasons
    ]
