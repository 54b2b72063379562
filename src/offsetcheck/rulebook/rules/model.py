"""One rule file as written (docs/rules.md, "A rule"): a requirement or a scale."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.of_rule import Conditions, Written, conditions_of, written
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Standing, Value
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    ByLanguage,
    Day,
    Listed,
    Mapped,
    Number,
    Positive,
    Scalar,
    Sentence,
    Text,
    Texts,
    Translated,
    YesNo,
    one_of,
    wrong,
)

SHARED = "shared."  # what the names of parameters that rules share begin with
GRADES = ("E1", "E2", "E3", "E4", "E0")
LEVELS = ("5", "4", "3", "2", "1")
OUTCOMES = ("pass", "fail", "unknown", "not_applicable")
NOTHING, STANDS = "none", "stands"

Grade = Annotated[Literal["E1", "E2", "E3", "E4", "E0"], one_of(*GRADES)]
StandingWord = Annotated[Standing, one_of(*Standing)]
SubjectWord = Annotated[
    Literal["candidate", "purchase", "portfolio"], one_of("candidate", "purchase", "portfolio")
]
ADOPTIONS = ("default", "optional")
AdoptionWord = Annotated[Literal["default", "optional"], one_of(*ADOPTIONS)]
StatusWord = Annotated[Literal["draft", "stable", "retired"], one_of("draft", "stable", "retired")]
EFFECTS = ("gate", "cap", "claim_limit", "review", "note", "score")
EffectWord = Annotated[
    Literal["gate", "cap", "claim_limit", "review", "note", "score"], one_of(*EFFECTS)
]
LIMITS = ("contribution", "none", "not_permanent")
LimitWord = Annotated[Literal["contribution", "none", "not_permanent"], one_of(*LIMITS)]
UNKNOWN_WORDS = ("hold", "screen", "worst", "skip", "typical")
UnknownWord = Annotated[
    Literal["hold", "screen", "worst", "skip", "typical"], one_of(*UNKNOWN_WORDS)
]
TIGHTER = ("higher", "lower", "fewer", "more", "none")
TighterWord = Annotated[Literal["higher", "lower", "fewer", "more", "none"], one_of(*TIGHTER)]
TYPES = ("number", "integer", "boolean", "date", "text", "code", "codes", "integers")
TypeWord = Annotated[str, one_of(*TYPES)]


LEGAL_STATUS = ("in_force", "suspended", "under_reform", "repealed")
StatusOfLaw = Annotated[
    Literal["in_force", "suspended", "under_reform", "repealed"], one_of(*LEGAL_STATUS)
]


class SourceEntry(FileModel):
    """Where a rule or value comes from; our own design names no guide.

    `status` says of a law or scheme whether it is in force, as far as this rulebook knows.
    """

    standing: StandingWord
    guide: Text | None = None
    clause: Text | None = None
    status: StatusOfLaw | None = None
    note: Sentence | None = None

    @model_validator(mode="after")
    def _names_a_guide(self) -> "SourceEntry":
        if self.guide is None and self.standing is not Standing.DESIGN:
            raise wrong("the guide of this source is missing", "name a guide of sources.yaml")
        if self.guide is not None and self.standing is Standing.DESIGN:
            hint = "leave the guide out, or say how its text was seen"
            raise wrong(f"what is our own design is set under `{self.guide}`", hint)
        return self


class Effective(FileModel):
    """The days on which the rulebook applies a rule; `until` is its first day without it."""

    since: Day = Field(alias="from")
    until: Day | None = None


class ParameterValue(FileModel):
    """A value of a parameter from one day on, with its source."""

    value: Scalar
    source: SourceEntry
    note: Sentence | None = None


class Parameter(FileModel):
    """A dated number, word or list that a rule uses; `tighter` says which way is stricter.

    `range` is the least and the most that a number can be, whoever sets it.
    """

    tighter: TighterWord
    unit: Text | None = None
    range: Annotated[tuple[Number, Number], Listed] | None = None
    type: TypeWord | None = None
    title: Translated | None = None
    values: Annotated[dict[Day, ParameterValue], Mapped] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_a_type(self) -> "Parameter":
        if not self.values and self.type is None:
            raise wrong(
                "a parameter without values needs its type", "add `type: number` or another"
            )
        return self

    def on(self, day: date) -> tuple[date, ParameterValue] | None:
        """Return the value in force on a day and the day it came into force."""
        began = [since for since in self.values if since <= day]
        return (max(began), self.values[max(began)]) if began else None


class EvidenceRule(FileModel):
    """The weakest grade that counts, and the documents that show it."""

    at_least: Grade | None = None
    documents: Texts = ()


class SaysEntry(FileModel):
    """A rule's sentences in one language; `fails` says what is wrong where it is not met."""

    requires: Sentence
    found: Sentence | None = None
    fails: Sentence | None = None
    ask: Sentence | None = None


class Example(FileModel):
    """One example of a rule: what is given, and what must come out.

    All but `expect` is compared only where it is written. `effect` is what the finding does
    (`rules.expected`), `points` what it counts in the working score, `condition` whether the rule's
    condition stands, `curable` whether what is wrong can be mended.
    """

    name: Sentence
    given: Annotated[dict[str, Any], Mapped] = Field(default_factory=dict)
    expect: Annotated[str, one_of(*OUTCOMES, *LEVELS)]
    missing: Texts | None = None
    as_of: Day | None = None
    evidence: Annotated[dict[str, Grade], Mapped] = Field(default_factory=dict)
    effect: Text | None = None
    points: Annotated[str, one_of(*LEVELS, NOTHING)] | None = None
    condition: Annotated[str, one_of(STANDS, NOTHING)] | None = None
    curable: YesNo | None = None

    @model_validator(mode="before")
    @classmethod
    def _level_as_text(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        levels = {key: data.get(key) for key in ("expect", "points")}
        return data | {key: str(one) for key, one in levels.items() if type(one) is int}


class RuleFile(FileModel):
    """A rule as written; what depends on its effect is checked by `rules.checks`."""

    id: Text
    title: Sentence
    subject: SubjectWord
    status: StatusWord
    effective: Effective
    sources: Annotated[tuple[SourceEntry, ...], Listed]
    why: Sentence
    effect: EffectWord
    says: Annotated[dict[str, SaysEntry], ByLanguage]
    tests: Annotated[tuple[Example, ...], Listed] = ()
    code: Text | None = None
    adoption: AdoptionWord = "default"
    applies_when: Text | None = None
    parameters: Annotated[dict[str, Parameter], Mapped] = Field(default_factory=dict)
    requires: Text | None = None
    levels: Annotated[dict[str, Text], Mapped] | None = None
    cap: Positive | None = None
    limit: LimitWord | None = None
    weight: Positive | None = None
    critical: YesNo = False
    route: Text | None = None
    if_unknown: UnknownWord | None = None
    declare: YesNo = False
    for_identity: YesNo = False
    evidence: EvidenceRule = EvidenceRule()
    curable: YesNo = True
    condition: Translated | None = None

    @property
    def dimension(self) -> str:
        """The folder in which the rule stands."""
        return self.id.split(".", 1)[0]

    @property
    def draft(self) -> bool:
        """Whether the rule has no effect yet."""
        return self.status == "draft"

    @property
    def is_optional(self) -> bool:
        """Whether the rule is in force only where a layer adopts it."""
        return self.adoption == "optional"

    @property
    def is_scale(self) -> bool:
        """Whether the rule gives points by level, and not met or not met."""
        return self.levels is not None

    @property
    def conditions(self) -> Conditions:
        """The conditions as written: one without a level, or one for each level."""
        return conditions_of(self.requires, self.levels)

    def expressions(self) -> Iterator[Written]:
        """Yield all expressions of the rule as written."""
        return written(self.applies_when, self.conditions)


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A rule file with its expressions as unbound trees.

    `trees` are keyed `applies_when`, `requires`, `levels.5` …; the level "otherwise"
    has no tree. `types` are the types of its parameters, `names` all names that its text speaks of,
    `closed` the field with codes that a parameter or city value is put beside. `shared` are the
    parameters of other files that it speaks of, as `shared.name`.
    """

    file: RuleFile
    document: Document
    trees: Mapping[str, Node]
    types: Mapping[str, FieldType]
    names: frozenset[str]
    closed: Mapping[str, Name]
    shared: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether every expression of the rule could be read."""
        return all(one.is_otherwise or one.key in self.trees for one in self.file.expressions())

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter that the rule speaks of: its own, then those that it shares."""
        return {**self.file.parameters, **self.shared}


@dataclass(frozen=True, slots=True)
class SharedParameter:
    """A parameter that stands once for all rules; `name` is `shared.x`, as rules and layers say."""

    name: str
    parameter: Parameter
    type: FieldType
    document: Document


def is_shared(name: str) -> bool:
    """Whether a parameter's name is one of those that several rules share."""
    return name.startswith(SHARED)


def full_name(rule: str, name: str) -> str:
    """Return a parameter as layers name it: `rule.parameter`, or `shared.parameter`."""
    return name if is_shared(name) else f"{rule}.{name}"


def parameter_values(parameter: Parameter) -> tuple[Value, ...]:
    """Return every value that a parameter has had."""
    return tuple(entry.value for entry in parameter.values.values())
