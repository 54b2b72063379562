"""What one rule says of one subject."""

from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.vocabulary.evidence import Cause, Value


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


@dataclass(frozen=True, slots=True)
class Leaf:
    """One deciding comparison: what was found, what is required, and how far apart they are.

    `distance` is value minus threshold in the unit of the field, None where there is no number.
    `at` is the column in the expression, from 1.
    """

    text: str
    truth: bool | None
    fields: tuple[str, ...]
    value: Value | None = None
    operator: str | None = None
    threshold: Value | None = None
    distance: float | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's outcome for one subject.

    `lower` and `upper` are the possible levels of a scale (1 to 5), None for requirements and
    where the rule does not apply. `state` is what decisions read. `on_word` says that it is met
    only on the seller's own word, `condition` that the rule's condition stands, `unscreened` that
    nobody has yet looked for the adverse event. `leaves` is the trace, filled by the Python
    evaluator alone and not part of equality between evaluators.
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
    leaves: tuple[Leaf, ...] = ()
