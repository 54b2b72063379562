"""What the city buys: claim, year, tonnes, budget, and the inventory and residual behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from offsetcheck.vocabulary.award_terms import NO_TERMS, AwardTerms
from offsetcheck.vocabulary.evidence import NOT_STATED, Fact, Value


class Stage(StrEnum):
    """How far the procedure is; it decides what an open point means."""

    SCREENING = "screening"
    CLARIFICATION = "clarification"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Screening:
    """Who looked for adverse events, when, and in which sources: makes "no event known" a pass."""

    by: str
    on: date
    sources: tuple[str, ...]
    offers: tuple[str, ...] | None = None  # None: every offer whose project its id tells

    def covers(self, candidate_id: str, *, recognised: bool) -> bool:
        """Whether the screening looked at this candidate.

        One whose id is not `recognised` is looked at only where it is named.
        """
        return recognised if self.offers is None else candidate_id in self.offers


@dataclass(frozen=True, slots=True)
class Review:
    """A person's signed judgement of one rule on one offer (`clear` or `fail`), with the reason."""

    offer: str
    rule: str
    judgement: str
    reason: str
    by: str
    role: str
    on: date


@dataclass(frozen=True, slots=True)
class Purchase:
    """The purchase as facts by field (fields/purchase.yaml), its stage, screenings and reviews.

    `rates` says, by the code of another currency, how much of the purchase's own one unit of it is;
    `award` what limits and weighs the choice among the offers. `rules_hash` is the hash of the
    rules that the notice names, as a pack of them has it.
    """

    stage: Stage = Stage.SCREENING
    facts: Mapping[str, Fact] = field(default_factory=dict)
    screenings: tuple[Screening, ...] = ()
    reviews: tuple[Review, ...] = ()
    deadline: date | None = None
    title: str | None = None
    rates: Mapping[str, Fact] = field(default_factory=dict)
    award: AwardTerms = NO_TERMS
    rules_hash: str | None = None

    def fact(self, name: str) -> Fact:
        """Return the fact of a purchase field, or the fact that it is not stated."""
        return self.facts.get(name, NOT_STATED)

    def value(self, name: str) -> Value | None:
        """Return the value of a purchase field, None where it is unknown."""
        return self.fact(name).value
