"""What may count on the day: facts known by then, of the evidence grade that a rule asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from offsetcheck.engine.arithmetic import typed
from offsetcheck.engine.possible import distinct
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import NOT_STATED, Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import UNSEEN, Seen
from offsetcheck.vocabulary.purchase import Purchase, Screening

PURCHASE = "purchase."
SCREENED_GRADE = EvidenceGrade.E3
IDENTITY = "id"  # says which project is offered and claims nothing about it: it is never too weak


class Told(NamedTuple):
    """All of a fact that can move a rule, as a part of the key of what rules came to.

    `kind` is the class of the value: `True` and `1` are equal and not the same to a rule.
    """

    value: Value | None
    kind: type
    grade: EvidenceGrade
    cause: Cause | None
    possible: tuple[Value, ...]
    is_later: bool
    others: tuple["Told", ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one subject and purchase on one day, for the rules that read it again."""

    seen: dict[object, Seen] = field(default_factory=dict)
    told: dict[str, Told | None] = field(default_factory=dict)
    screened: dict[int | None, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that one rule may read: of its subject, of the purchase, up to a day.

    `at_least` None lets every grade count, as it does for the fields `heard`. Fields named
    `purchase.x` are the purchase's. `answers` keeps what the nodes of the rule, by identity, have
    come to, because the trace asks again. `before` keeps what was read of subject and purchase:
    facts of another subject, purchase or day begin with a new one.
    `screening_days` is for how long a search for adverse events counts, None for ever.
    """

    subject: Candidate
    purchase: Purchase
    day: date
    at_least: EvidenceGrade | None = None
    screening_days: int | None = None
    heard: tuple[str, ...] = ()
    answers: dict[int, tuple[Any, Any]] = field(default_factory=dict, compare=False, repr=False)
    before: Read = field(default_factory=Read, compare=False, repr=False)

    def read(self, name: str, kind: FieldType) -> Seen:
        """Return what is seen of a field on the day."""
        at_least = None if name in self.heard else self.at_least
        known, key = self.before.seen, (name, kind, at_least)
        seen = known.get(key)
        if seen is None:
            seen = known[key] = see(name, self._fact(name), kind, self.day, at_least)
        return seen

    def told(self, name: str) -> Told | None:
        """Return all of a field that `read` can make something of, None where it is not stated."""
        known = self.before.told
        if name not in known:
            fact = self._fact(name).on(self.day)
            known[name] = None if fact is NOT_STATED else _told(fact, self.day)
        return known[name]

    def _fact(self, name: str) -> Fact:
        if name.startswith(PURCHASE):
            return self.purchase.fact(name.removeprefix(PURCHASE))
        return self.subject.fact(name)

    @property
    def screened(self) -> bool:
        """Whether somebody has looked for adverse events of this candidate."""
        subject, holds, known = self.subject, self.screening_days, self.before.screened
        if holds not in known:
            told = subject.is_recognised
            known[holds] = is_screened(subject.id, self.purchase, self.day, holds, recognised=told)
        return known[holds]

    def at(self, at_least: EvidenceGrade | None, screening_days: int | None) -> "Facts":
        """Return the same facts as another rule may read them."""
        return Facts(
            self.subject, self.purchase, self.day, at_least, screening_days, before=self.before
        )

    def hearing(self, fields: tuple[str, ...]) -> "Facts":
        """Return the same facts with some fields counting at every grade."""
        return replace(self, heard=fields, answers={})

    def relaxed(self) -> "Facts":
        """Return the same facts with every grade counting."""
        return self.at(None, self.screening_days)


def _told(fact: Fact, day: date) -> Told:
    return Told(
        value=fact.value,
        kind=type(fact.value),
        grade=fact.grade,
        cause=fact.cause,
        possible=fact.possible,
        is_later=is_later(fact, day),
        others=tuple(_told(other, day) for other in fact.others),
    )


def see(name: str, fact: Fact, kind: FieldType, day: date, at_least: EvidenceGrade | None) -> Seen:
    """Return what is seen of one fact: unknown if it is known later, absent or too weak.

    Where the value does not count, what another source knows in part is seen instead.
    """
    fact = fact.on(day)
    if fact is NOT_STATED:
        return UNSEEN
    if fact.value is None and not fact.possible:
        return Seen(None, fact.cause or Cause.NOT_STATED, fact)
    if is_later(fact, day):
        return _broader(fact, kind, day, at_least) or Seen(None, Cause.NOT_KNOWN_YET, fact)
    if is_too_weak(fact.grade, at_least) and name != IDENTITY:
        return _broader(fact, kind, day, at_least) or Seen(None, Cause.EVIDENCE_TOO_WEAK, fact)
    return _usable(fact, kind)


def _broader(fact: Fact, kind: FieldType, day: date, at_least: EvidenceGrade | None) -> Seen | None:
    """Return what a broader statement beside a narrower one that does not count leaves possible."""
    for other in fact.others:
        if other.possible and not is_too_weak(other.grade, at_least) and not is_later(other, day):
            return _usable(other, kind)
    return None


def _usable(fact: Fact, kind: FieldType) -> Seen:
    """Return the value of a fact, or the values of which it has one, as evaluators hold them."""
    if fact.value is None:
        return _in_part(fact, kind)
    value = typed(fact.value, kind)
    return Seen(value, Cause.NOT_COMPUTABLE if value is None else None, fact)


def _in_part(fact: Fact, kind: FieldType) -> Seen:
    found = distinct(typed(value, kind) for value in fact.possible)
    if found is None:
        return Seen(None, Cause.NOT_STATED, fact)
    if len(found) == 1:
        return Seen(found[0], None, fact)
    return Seen(None, Cause.SEVERAL_POSSIBLE, fact, found)


def is_later(fact: Fact, day: date) -> bool:
    """Whether a fact became known only after a day."""
    return fact.as_of is not None and fact.as_of > day


def known_by(facts: Mapping[str, Fact], day: date) -> dict[str, Fact]:
    """Return the facts that were known by a day."""
    noted = {name: fact.on(day) for name, fact in facts.items()}
    return {name: fact for name, fact in noted.items() if not is_later(fact, day)}


def is_too_weak(grade: EvidenceGrade, at_least: EvidenceGrade | None) -> bool:
    """Whether a grade lies below the one asked for."""
    return at_least is not None and grade > at_least


def is_screened(
    candidate_id: str, purchase: Purchase, day: date, holds_days: int | None, *, recognised: bool
) -> bool:
    """Whether a screening that counts on the day covers a candidate, `recognised` by its id."""
    return any(
        screening_counts(entry, day, holds_days)
        and entry.covers(candidate_id, recognised=recognised)
        for entry in purchase.screenings
    )


def screening_counts(entry: Screening, day: date, holds_days: int | None) -> bool:
    """Whether a screening was done by the day and not longer ago than it holds."""
    age = (day - entry.on).days
    return age >= 0 and (holds_days is None or age <= holds_days)
