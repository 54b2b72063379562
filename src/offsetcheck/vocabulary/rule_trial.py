"""One rule tried on some statements: what comes out, part by part, and what each side reads."""

from offsetcheck.vocabulary.explained import Explained, Explanation
from offsetcheck.vocabulary.finding_explanation import FindingLine


class StatedLine(Explained):
    """A field that is given to the rule, its value in words, and the grade on which it stands."""

    field: str
    value: str
    grade: str


class ReadLine(Explained):
    """A field or parameter that a part of a condition reads: its value, else why it has none."""

    name: str
    value: str | None
    cause: str | None
    words: str


class PartLine(Explained):
    """A part of a condition: its depth, its text, and its truth (None: unknown) in a word."""

    depth: int
    text: str
    truth: bool | None
    truth_words: str
    reads: tuple[ReadLine, ...]


class ConditionLine(Explained):
    """One expression of the rule by its key (`applies_when`, `requires`, `levels.5`), in parts.

    `reached` is false for what decided nothing: the rule does not apply, or a level above holds.
    """

    key: str
    expression: str
    reached: bool
    parts: tuple[PartLine, ...]


class RuleTrial(Explanation):
    """A rule as it is in force for a city on a day, tried on statements.

    `points` are set where a scale is settled, `bounds` where it is open. `finding` is what an
    officer reads of it; `requires`, `ask` and `condition` are what a bidder does.
    """

    kind: str = "rule_trial"
    city: str
    as_of: str
    rule: str
    code: str | None
    title: str
    outcome: str
    outcome_words: str
    points: int | None
    bounds: tuple[int, int] | None
    stated: tuple[StatedLine, ...]
    conditions: tuple[ConditionLine, ...]
    ask: str | None
    finding: FindingLine
