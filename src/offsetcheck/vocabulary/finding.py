"""What one rule says of one subject."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from offsetcheck.vocabulary.evidence import (
    NOT_STATED,
    Cause,
    EvidenceGrade,
    Fact,
    Provenance,
    Value,
)


class Outcome(StrEnum):
    """A rule's outcome: requirements pass, fail or are unknown; scales are scored or unknown."""

    PASS = "pass"  # noqa: S105 - not a secret
    FAIL = "fail"
    SCORED = "scored"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class State(StrEnum):
    """A finding reduced to the closed words of decisions.yaml."""

    CLEAR = "clear"
    FAIL = "fail"
    OPEN = "open"


class Effect(StrEnum):
    """What a rule does: all but `score` for a requirement, `score` and `cap` for a scale."""

    GATE = "gate"
    CAP = "cap"
    CLAIM_LIMIT = "claim_limit"
    REVIEW = "review"
    NOTE = "note"
    SCORE = "score"


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """An input field that an unknown outcome waits for, and why it is unknown.

    Purchase fields read `purchase.x`, parameters that the city has not decided `$rule.parameter`.
    """

    field: str
    cause: Cause


Wait = tuple[str, str, str]
"""A rule, the field that it waits for as `Missing` names it, and the cause."""


class Seen(NamedTuple):
    """What a rule saw of a field: the value it could use, or the cause why it had none.

    `fact` is the statement behind it, also where the rule could not use it; a computed field has
    none. A field can be unknown for several causes where it is computed: `cause` is then the
    first of them. `possible` are the values of which it has one, where it is known in part.
    """

    value: Value | None
    cause: Cause | None
    fact: Fact = NOT_STATED
    possible: tuple[Value, ...] = ()

    @property
    def grade(self) -> EvidenceGrade:
        """The evidence grade of the statement."""
        return self.fact.grade

    @property
    def stated(self) -> Fact:
        """The statement as it stood on the day, whatever its grade; none where it came later."""
        return NOT_STATED if self.cause is Cause.NOT_KNOWN_YET else self.fact


UNSEEN = Seen(None, Cause.NOT_STATED)


class DecidedRow(NamedTuple):
    """A row of a reference table that a deciding comparison read, or the lack of one (`absent`).

    `field` is the computed field that asked the table, `origin` where the row is from.
    """

    field: str
    table: str
    value: Value
    origin: Provenance | None = None
    absent: bool = False


class Deciders(NamedTuple):
    """What decided a finding besides the statements: rows of tables, and parameters by name."""

    rows: tuple[DecidedRow, ...] = ()
    parameters: tuple[str, ...] = ()


NO_DECIDERS = Deciders()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One deciding comparison: what was found, what is required, and how far apart they are.

    `distance` is value minus threshold in the unit of the field, None where there is no number.
    `at` is the column in the expression, from 1. `possible` are the values of which one would be
    found, where that is known in part.
    """

    text: str
    truth: bool | None
    fields: tuple[str, ...]
    value: Value | None = None
    operator: str | None = None
    threshold: Value | None = None
    distance: float | None = None
    at: int | None = None
    possible: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's outcome for one subject.

    `lower` and `upper` are the possible levels of a scale (1 to 5), None for requirements and
    where the rule does not apply. `state` is what decisions read. `on_word` says that it is met
    only on the seller's own word, or that by his word on what is offered it does not apply;
    `condition` that the rule's condition stands, `unscreened` that nobody has yet looked for the
    adverse event. `leaves` is the trace. `seen` holds, for each field that the rule reads or its
    sentences name, what it saw on the day and at the grade it asks for (at any grade where the
    seller's word settles it). `deciders` are the rows of tables and the parameters that decided.
    The Python evaluator alone fills these three, they are no part of the result's hash, and `seen`
    and `deciders` are no part of equality. `typical` are the points, typical for the type, that
    stand in for an unknown scale in the working score.
    """

    rule: str
    outcome: Outcome
    state: State
    lower: int | None = None
    upper: int | None = None
    missing: tuple[Missing, ...] = ()
    on_word: bool = False
    condition: bool = False
    unscreened: bool = False
    not_demonstrated: bool = False
    reviewed: bool = False
    typical: int | None = None
    leaves: tuple[Leaf, ...] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict, compare=False, repr=False)
    deciders: Deciders = field(default=NO_DECIDERS, compare=False, repr=False)

    def saw(self, name: str) -> Seen:
        """Return what the rule saw of a field; of a field that it does not read, nothing."""
        return self.seen.get(name, UNSEEN)
