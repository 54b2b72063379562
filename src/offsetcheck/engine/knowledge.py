"""What may count on the day: facts known by then, of the evidence grade that a rule asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from offsetcheck.engine.arithmetic import typed
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import NOT_STATED, Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import UNSEEN, Seen
from offsetcheck.vocabulary.purchase import Purchase

PURCHASE = "purchase."
SCREENED_GRADE = EvidenceGrade.E3
IDENTITY = "id"  # says which project is offered and claims nothing about it: it is never too weak


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that one rule may read: of its subject, of the purchase, up to a day.

    `at_least` None lets every grade count, as it does for the fields `heard`. Fields named
    `purchase.x` are the purchase's. `answers` keeps what the nodes of the rule, by identity, have
    come to, because the trace asks again.
    """

    subject: Candidate
    purchase: Purchase
    day: date
    at_least: EvidenceGrade | None = None
    heard: tuple[str, ...] = ()
    answers: dict[int, tuple[Any, Any]] = field(default_factory=dict, compare=False, repr=False)

    def read(self, name: str, kind: FieldType) -> Seen:
        """Return what is seen of a field on the day."""
        if name.startswith(PURCHASE):
            fact = self.purchase.fact(name.removeprefix(PURCHASE))
        else:
            fact = self.subject.fact(name)
        return see(name, fact, kind, self.day, None if name in self.heard else self.at_least)

    @property
    def screened(self) -> bool:
        """Whether somebody has looked for adverse events of this candidate."""
        return is_screened(self.subject.id, self.purchase, self.day)

    def hearing(self, fields: tuple[str, ...]) -> "Facts":
        """Return the same facts with some fields counting at every grade."""
        return Facts(self.subject, self.purchase, self.day, self.at_least, fields)

    def relaxed(self) -> "Facts":
        """Return the same facts with every grade counting."""
        return Facts(self.subject, self.purchase, self.day)


def see(name: str, fact: Fact, kind: FieldType, day: date, at_least: EvidenceGrade | None) -> Seen:
    """Return what is seen of one fact: unknown if it is known later, absent or too weak."""
    if fact is NOT_STATED:
        return UNSEEN
    if fact.value is None:
        return Seen(None, fact.cause or Cause.NOT_STATED, fact)
    if is_later(fact, day):
        return Seen(None, Cause.NOT_KNOWN_YET, fact)
    if is_too_weak(fact.grade, at_least) and name != IDENTITY:
        return Seen(None, Cause.EVIDENCE_TOO_WEAK, fact)
    value = typed(fact.value, kind)
    return Seen(value, Cause.NOT_COMPUTABLE if value is None else None, fact)


def is_later(fact: Fact, day: date) -> bool:
    """Whether a fact became known only after a day."""
    return fact.as_of is not None and fact.as_of > day


def known_by(facts: Mapping[str, Fact], day: date) -> dict[str, Fact]:
    """Return the facts that were known by a day."""
    return {name: fact for name, fact in facts.items() if not is_later(fact, day)}


def is_too_weak(grade: EvidenceGrade, at_least: EvidenceGrade | None) -> bool:
    """Whether a grade lies below the one asked for."""
    return at_least is not None and grade > at_least


def is_screened(candidate_id: str, purchase: Purchase, day: date) -> bool:
    """Whether a screening done by the day covers a candidate."""
    return any(entry.on <= day and entry.covers(candidate_id) for entry in purchase.screenings)
