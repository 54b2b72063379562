"""What a person has decided about the offers of a tender: `decision.yaml`, as letters read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from offsetcheck.vocabulary.problem import Place

UNPLACED = Place("decision.yaml")


@dataclass(frozen=True, slots=True)
class Awarded:
    """One offer that is bought: tonnes, and the price a tonne in the offer's currency.

    None: as offered. `place` is where the decision says so.
    """

    offer: str
    tonnes: float | None = None
    price: float | None = None
    place: Place = UNPLACED


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a bidder may ask at the city; a part is None where it is not stated."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where and in which language a bidder is written to, and his own reference."""

    address: tuple[str, ...] = ()
    email: str | None = None
    language: str | None = None
    reference: str | None = None
    place: Place = UNPLACED


@dataclass(frozen=True, slots=True)
class Proposal:
    """The set of the award view that a decision builds on, and why it departs from it, if it does.

    `set` is its name as `award --set` has it, with `_if_met` behind it where conditions are taken
    as met.
    """

    set: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The state of files and rules that whoever decided had before him, by day and hashes."""

    as_of: date | None = None
    input: str | None = None
    rules: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a tender: who took it, when, and which offers are bought or kept in reserve.

    `bidders` are by the name of the seller, `reasons` by the id of the offer: why one that may be
    bought is not, in the officer's words. `report` is what only the officer can say in the report
    on the procedure. One without `reference`, `by` and `on` is a draft. `proposal` and `judged` are
    None where the decision does not say what it builds on.
    """

    reference: str | None = None
    by: str | None = None
    role: str | None = None
    on: date | None = None
    minute: str | None = None
    standstill_ends: date | None = None
    contact: Contact = Contact()
    awarded: tuple[Awarded, ...] = ()
    reserve: tuple[str, ...] = ()
    bidders: Mapping[str, Addressee] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    report: Mapping[str, str] = field(default_factory=dict)
    proposal: Proposal | None = None
    judged: Judged | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys without which nobody has decided anything yet."""
        stated = {"reference": self.reference, "by": self.by, "on": self.on}
        return tuple(key for key, value in stated.items() if value is None)

    def award_of(self, offer: str) -> Awarded | None:
        """Return what is bought of an offer, None where nothing is."""
        return next((award for award in self.awarded if award.offer == offer), None)
