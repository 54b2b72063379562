"""What the engine says of an offer once some things are answered, tried many times over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from offsetcheck.engine.assess import assess_changed, with_changed
from offsetcheck.engine.knowledge import PURCHASE
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.purchase import Purchase

BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})


class Side(StrEnum):
    """On which side of an answer others would do too, or that it confirms what is stated."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    AS_STATED = "as_stated"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that would be answered: a field by a fact, or a rule by a person's signature.

    `side` says that more, or less, of a number or day would do as well. `telling` is false where
    the value alone says nothing, because a rule holds it against another answer.
    """

    name: str
    fact: Fact | None = None
    side: Side = Side.EXACT
    telling: bool = True


@dataclass(frozen=True, slots=True)
class _Tried:
    """What was tried last: the answers, and the offer and purchase that bear them."""

    facts: Mapping[str, Fact]
    signed: frozenset[str]
    candidate: Candidate
    purchase: Purchase
    result: Assessment


@dataclass
class Trier:
    """Tries answers on one offer; from one try to the next only what differs runs again."""

    context: SentenceContext
    assessment: Assessment
    _last: _Tried | None = field(default=None, repr=False)

    def after(self, things: Sequence[Answer]) -> Assessment:
        """Return what the engine says of the offer once these things are answered."""
        facts = {thing.name: thing.fact for thing in things if thing.fact is not None}
        signed = frozenset(thing.name for thing in things if thing.fact is None)
        last = self._last
        if last is None or last.signed != signed:
            last = self._untried(signed)
        changed = {name: fact for name, fact in facts.items() if last.facts.get(name) != fact}
        changed |= {name: self.stated(name) for name in last.facts if name not in facts}
        bound = self.context.setting.bound
        result = assess_changed(
            last.result, last.candidate, changed, bound, last.purchase, cleared=signed
        )
        candidate, purchase = with_changed(last.candidate, last.purchase, changed)
        self._last = _Tried(facts, signed, candidate, purchase, result)
        return result

    def refuses(self, answer: Answer) -> bool:
        """Whether one answer by itself has the offer refused."""
        return self.after([answer]).verdict is Verdict.NOT_ELIGIBLE

    def stated(self, name: str) -> Fact:
        """Return what is stated so far of a field of the offer or of the purchase."""
        if name.startswith(PURCHASE):
            return self.context.setting.purchase.fact(name.removeprefix(PURCHASE))
        return self.context.candidate.fact(name)

    def _untried(self, signed: frozenset[str]) -> _Tried:
        purchase = self.context.setting.purchase
        return _Tried({}, signed, self.context.candidate, purchase, self.assessment)
