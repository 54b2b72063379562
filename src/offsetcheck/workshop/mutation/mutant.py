"""One mistake that an author could make: what it changes, where, and the rulebook with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.vocabulary.problem import Place


class Kind(StrEnum):
    """What a mistake is made in, in the order of the table."""

    THRESHOLD = "threshold"
    OPERATOR = "operator"
    CONNECTIVE = "connective"
    OPTION = "option"
    LIST_ENTRY = "list entry"
    EVIDENCE = "evidence floor"
    EFFECT = "effect"
    CAP = "cap"
    WEIGHT = "weight"
    UNKNOWN = "if unknown"
    CRITICAL = "critical"
    LIMIT = "limit"
    LEVEL = "level"
    DAY = "day"
    CITY = "value of a city"
    GUIDE = "guide"
    DECISION = "decision"


OUTSIDE = frozenset({Kind.CITY, Kind.GUIDE, Kind.DECISION})
"""What stands outside of rules: a scenario alone can tell a mistake in it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rulebook with one mistake.

    `part` is the rule's key or the file's where it stands, such as `requires` or
    `parameters.max_age`; `before` and `after` say it in the terms of rule files. `rule` is the rule
    with the mistake where it is one of a rule, `step` the step of comparable tonnes; `change` makes
    it in the rulebook where it is neither, and `layer` names the city or jurisdiction whose file it
    is in.
    """

    kind: Kind
    owner: str
    part: str
    before: str
    after: str
    place: Place
    rule: LoadedRule | None = None
    step: LoadedStep | None = None
    change: Callable[[Rulebook], Rulebook] | None = None
    layer: str | None = None

    @property
    def what(self) -> str:
        """The mistake in one line, the same from run to run: what survivors are named by."""
        return f"{self.part}: {self.before} → {self.after}"

    @property
    def group(self) -> str:
        """The dimension of the rule, or the file where there is none."""
        if self.owner.endswith(".yaml"):
            return self.owner.removesuffix(".yaml").split("/")[0]
        return self.owner.split(".", 1)[0]

    @property
    def told(self) -> "Mutant":
        """The mistake without the rulebook that holds it: what is counted and shown."""
        return replace(self, rule=None, step=None, change=None)
