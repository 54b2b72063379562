"""Steps of comparable tonnes as written (docs/tonnes.md): inputs, choices, formula, examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.rules.model import Effective, SourceEntry
from offsetcheck.vocabulary.dictionary import FieldType
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
    one_of,
    wrong,
)
from offsetcheck.vocabulary.tonnes import Treatment

KINDS = ("number", "boolean", "code")
TreatmentWord = Annotated[Treatment, one_of(*Treatment)]


class StepInput(FileModel):
    """What a step reads: the first of some expressions of which anything is known counts.

    They read fields of the offer and the purchase; one that is a parameter alone is an assumption
    of the city. `range` bounds a number that none of them knows. Where `unless` holds, what a
    reference table knows does not count: it speaks of other units than those offered.
    """

    title: Translated
    type: Annotated[str, one_of(*KINDS)] = "number"
    first_of: Texts
    range: Annotated[tuple[Number, Number], Listed] | None = None
    unless: Text | None = None


class Choice(FileModel):
    """One value of a parameter that a city may choose, and the numbers that come with it."""

    value: Scalar
    title: Translated
    source: SourceEntry
    gives: Annotated[dict[str, Number], Mapped] = Field(default_factory=dict)


class Case(FileModel):
    """A value and when it holds; the last of several may stand without `when`."""

    value: Text
    when: Text | None = None


def _cases(value: Any) -> Any:
    """Accept one expression, or a list of cases."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return ({"value": str(value)},)
    if not isinstance(value, list | tuple) or not value:  # a tuple is read already
        hint = "write `- {when: …, value: …}` lines"
        raise wrong("an expression is needed here, or a list of cases", hint)
    return tuple(value)


CASE_SCHEMA = {
    "type": "object",
    "properties": {"value": {"type": ["string", "number"]}, "when": {"type": "string"}},
    "required": ["value"],
    "additionalProperties": False,
}
CASES_SCHEMA = {
    "anyOf": [
        {"type": ["string", "number"]},
        {"type": "array", "minItems": 1, "items": CASE_SCHEMA},
    ]
}
BOUNDS_SCHEMA = {"type": ["number", "string"]}

Cases = Annotated[tuple[Case, ...], BeforeValidator(_cases), WithJsonSchema(CASES_SCHEMA)]


class StepPart(FileModel):
    """A number with a name that the formula uses and a report shows.

    `range` bounds it where no case holds.
    """

    title: Translated
    value: Cases
    range: Annotated[tuple[Number, Number], Listed] | None = None


class StepWords(FileModel):
    """A step's sentences in one language: what it does, and what it waits for where it is open."""

    does: Sentence
    open: Sentence


def _expected(value: Any) -> Any:
    """Accept a number, or bounds as `0.8 to 1`."""
    if isinstance(value, tuple):  # read already
        return value
    parts = str(value).split(" to ") if isinstance(value, str | int | float) else []
    try:
        return tuple(float(part) for part in (parts if len(parts) > 1 else parts * 2))
    except ValueError:
        raise wrong("a number is needed here", "write 0.85, or 0.8 to 1 where it is open") from None


Expected = Annotated[tuple[float, float], BeforeValidator(_expected), WithJsonSchema(BOUNDS_SCHEMA)]


class StepExample(FileModel):
    """One example: what is given, and the factor that must come out, to six decimal places.

    `given` holds fields (`tonnes`), computed ones too, and choices (`shared.tonnes_curve`);
    `parts` the named numbers that are compared.
    """

    name: Sentence
    given: Annotated[dict[str, Any], Mapped] = Field(default_factory=dict)
    expect: Expected
    parts: Annotated[dict[str, Expected], Mapped] = Field(default_factory=dict)
    as_of: Day | None = None


class StepFile(FileModel):
    """A step as written: by what factor of the tonnes before it the tonnes behind it are fewer.

    It acts under the `treatments` of permanence that it names, under each where it names none.
    `standard_error` is the part that is the standard error of the quantity as a share of it.
    """

    id: Text
    title: Sentence
    place: Positive
    effective: Effective
    sources: Annotated[tuple[SourceEntry, ...], Listed]
    why: Sentence
    says: Annotated[dict[str, StepWords], ByLanguage]
    treatments: Annotated[tuple[TreatmentWord, ...], Listed] = ()
    inputs: Annotated[dict[str, StepInput], Mapped] = Field(default_factory=dict)
    choices: Annotated[dict[str, Annotated[tuple[Choice, ...], Listed]], Mapped] = Field(
        default_factory=dict
    )
    parts: Annotated[dict[str, StepPart], Mapped] = Field(default_factory=dict)
    standard_error: Text | None = None
    factor: Cases
    tests: Annotated[tuple[StepExample, ...], Listed] = ()

    @property
    def acts_under(self) -> tuple[Treatment, ...]:
        """The treatments of permanence under which the step does anything."""
        return self.treatments or tuple(Treatment)


CaseTrees = tuple[tuple[Node | None, Node], ...]
"""When a case holds, None for always, and its value."""


@dataclass(frozen=True, slots=True)
class LoadedStep:
    """A step with its expressions as unbound trees, which name inputs, parts and parameters.

    `inputs` are the trees of each input in their order, `unless` that of an input of which tables
    do not always speak, `shared` the parameters that it names as `shared.name` with their types.
    """

    file: StepFile
    document: Document
    inputs: Mapping[str, tuple[Node, ...]]
    parts: Mapping[str, CaseTrees]
    factor: CaseTrees
    shared: Mapping[str, FieldType]
    unless: Mapping[str, Node] = field(default_factory=dict)

    @property
    def trees_of_inputs(self) -> tuple[Node, ...]:
        """Every expression on the offer."""
        found = (tree for trees in self.inputs.values() for tree in trees)
        return (*found, *self.unless.values())
