"""Scenario files as written (docs/rules.md, "Scenarios"): whole offers and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from offsetcheck.rulebook.rules.model import Grade
from offsetcheck.vocabulary.assessment import PurchaseVerdict, Verdict
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Day,
    Listed,
    Mapped,
    Sentence,
    Text,
    Texts,
    one_of,
    wrong,
)
from offsetcheck.vocabulary.problem import Place
from offsetcheck.vocabulary.purchase import Stage

ALL = "all"  # under `evidence`: every fact that has no grade of its own
TO = " to "
OUTCOMES = tuple(word.value for word in Outcome if word is not Outcome.SCORED)
PLACES = 3  # decimal places of points

StageWord = Annotated[Stage, one_of(*Stage)]
VerdictWord = Annotated[Verdict, one_of(*Verdict)]
PurchaseWord = Annotated[PurchaseVerdict, one_of(*PurchaseVerdict)]
Judgement = Annotated[Literal["clear", "fail"], one_of("clear", "fail")]
Permanent = Annotated[Literal["yes", "no", "open"], one_of("yes", "no", "open")]
Facts = Annotated[dict[str, Any], Mapped]
Listing = Annotated[tuple[Any, ...], Listed]
Grades = Annotated[dict[str, Grade], Mapped]


def _points(value: Any) -> str:
    """Return points, or bounds such as `2.1 to 4.3`, as results write them."""
    parts = str(value).split(TO) if isinstance(value, str | int | float) else []
    try:
        return TO.join(f"{float(part):.{PLACES}f}" for part in parts)
    except ValueError:
        raise wrong("points are needed here", "write 3.8, or 2.1 to 4.3 where it is open") from None


def _outcome(value: Any) -> str:
    """Return the outcome of a rule as results write it: a word, or the points of a scale."""
    parts = str(value).split(TO)
    are_points = all(part.isdigit() for part in parts) and len(parts) <= 2  # noqa: PLR2004 - ends
    if isinstance(value, bool) or not (are_points or value in OUTCOMES):
        raise wrong("an outcome is needed here", f"write {', '.join(OUTCOMES)}, or points: 3")
    return str(value)


Points = Annotated[str, BeforeValidator(_points)]


OutcomeWord = Annotated[str, BeforeValidator(_outcome)]


class Situation(FileModel):
    """What is judged: a file says what its scenarios share, each scenario what is its own.

    `offer` and `purchase` are facts by field, `evidence` their grades (`purchase.x`, `all`; E1
    where nothing is said), `without` the fields of both that are not stated here. `screened` is
    the day on which somebody looked for adverse events.
    """

    city: Text | None = None
    as_of: Day | None = None
    stage: StageWord | None = None
    screened: Day | None = None
    offer: Facts = Field(default_factory=dict)
    purchase: Facts = Field(default_factory=dict)
    evidence: Grades = Field(default_factory=dict)
    without: Texts = ()
    reviews: Annotated[dict[str, Judgement], Mapped] = Field(default_factory=dict)


class Expected(FileModel):
    """What must come out; of it is compared what is written, which is one thing at least.

    `outcomes` are those of single rules, as examples write them: a word or points.
    Grades and claims that are still open read `D to B`, points `2.1 to 4.3`. `reason` is the rule
    or dimension that the first reason names, `caps` are the rules that cap integrity for sure,
    `held_by` the rules and dimensions that hold it down.
    """

    verdict: VerdictWord | None = None
    grade: Text | None = None
    claim: Text | None = None
    reason: Text | None = None
    integrity: Points | None = None
    value: Points | None = None
    dimensions: Annotated[dict[str, Points], Mapped] | None = None
    completeness: Text | None = None
    caps: Texts | None = None
    held_by: Texts | None = None
    conditions: Texts | None = None
    permanent: Permanent | None = None
    purchase: PurchaseWord | None = None
    outcomes: Annotated[dict[str, OutcomeWord], Mapped] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Expected":
        if all(getattr(self, key) is None for key in type(self).model_fields):
            raise wrong("nothing is expected here", "write `verdict: …`, or `outcomes: {…}`")
        return self


class ScenarioEntry(Situation):
    """One scenario of a file, or with `each` one for every value of a field.

    `each` names one field of the offer, one of the purchase (`purchase.x`) or `city`, with values.
    """

    name: Sentence
    each: Annotated[dict[str, Listing], Mapped] = Field(default_factory=dict)
    expect: Expected


class ScenarioFile(Situation):
    """A file of scenarios that share an offer, a purchase or a city."""

    title: Sentence
    scenarios: Annotated[tuple[ScenarioEntry, ...], Listed]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario with what its file says laid under it; it names only what the rulebook has."""

    name: str
    city: str
    as_of: date
    stage: Stage
    screened: date | None
    offer: Mapping[str, Any]
    purchase: Mapping[str, Any]
    evidence: Mapping[str, str]
    reviews: Mapping[str, str]
    expect: Expected
    document: Document
    index: int

    @property
    def steps(self) -> Steps:
        """Where it stands in its file."""
        return ("scenarios", self.index)

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.document.file

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.document.value_place(self.steps)

    def grade_of(self, name: str) -> str:
        """Return the evidence grade of a fact, a purchase's under `purchase.x`."""
        return self.evidence.get(name, self.evidence.get(ALL, "E1"))
