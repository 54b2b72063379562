"""What stands behind a value: its grade, its document, and why a value is absent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from offsetcheck.vocabulary.problem import Place


class EvidenceGrade(IntEnum):
    """How much a statement can bear, the strongest first, so that `<=` reads "at least"."""

    E1 = 1  # registry or court record
    E2 = 2  # accredited verifier or public body
    E3 = 3  # independent third party
    E4 = 4  # the seller's own word
    E0 = 5  # none


class Cause(StrEnum):
    """Why something is unknown."""

    SEVERAL_POSSIBLE = "several_possible"  # one of several values, as `Fact.possible` says
    ID_NOT_RECOGNISED = "id_not_recognised"
    NOT_STATED = "not_stated"
    EVIDENCE_TOO_WEAK = "evidence_too_weak"
    SOURCES_CONTRADICT = "sources_contradict"
    NOT_COMPUTABLE = "not_computable"
    TABLE_STALE = "table_stale"
    NO_ROW = "no_row"
    CITY_UNDECIDED = "city_undecided"
    NOT_KNOWN_YET = "not_known_yet"


class Standing(StrEnum):
    """How a source was seen: read, read in a second text, general knowledge, or our own design."""

    READ = "read"
    READ_SECOND_HAND = "read-2nd"
    KNOWN = "known"
    DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row of a table is from: how it was seen, and in which text.

    `text` names a source of the row's own; else `guide` and `clause` are the table's. `note` is
    what the table's editors say of it.
    """

    standing: Standing
    text: str | None = None
    guide: str | None = None
    clause: str | None = None
    note: str | None = None


Value = bool | int | float | str | date | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one field, or the cause why there is none, with what stands behind it.

    `value` None means unknown and `cause` says why (None reads as not stated). `raw` is the cell
    as it stood in the file, `place` where it stood. `source` names the list or person it is from,
    `as_of` the day from which it was known. `others` are values of weaker or equal grade
    that differ. `possible` are the values of which one is right, where the field is known in part:
    then `value` is None and `cause` is `several_possible`.
    `noted_on` is the day of an officer's note that made the fact what it is; until then the field
    is what `before_note` says.
    """

    value: Value | None = None
    grade: EvidenceGrade = EvidenceGrade.E4
    cause: Cause | None = None
    raw: str | None = None
    place: Place | None = None
    source: str | None = None
    document: str | None = None
    page: str | None = None
    as_of: date | None = None
    others: tuple["Fact", ...] = ()
    possible: tuple[Value, ...] = ()
    noted_on: date | None = None
    before_note: "Fact | None" = None

    def on(self, day: date) -> "Fact":
        """Return what the field was by a day: notes of later days do not count."""
        fact = self
        while fact.noted_on is not None and fact.noted_on > day:
            fact = fact.before_note or NOT_STATED
        return fact


NOT_STATED = Fact()
MOST_POSSIBLE = 64
"""Values; a field that could have more of them is not stated at all."""


def with_values(fact: Fact, values: Iterable[Value]) -> Fact:
    """Return a fact that has one of some values: that one, or several possible; else not stated."""
    possible = tuple(dict.fromkeys(values))
    if len(possible) == 1:
        return replace(fact, value=possible[0], cause=None, possible=())
    if not possible or len(possible) > MOST_POSSIBLE:
        return replace(fact, value=None, cause=Cause.NOT_STATED, possible=())
    return replace(fact, value=None, cause=Cause.SEVERAL_POSSIBLE, possible=possible)
