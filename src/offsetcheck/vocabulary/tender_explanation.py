"""All offers of a tender explained side by side, and the published schema of explanations."""

from typing import Any

from pydantic import TypeAdapter

from offsetcheck.vocabulary.award import AwardExplanation
from offsetcheck.vocabulary.city_explanation import CityPoint
from offsetcheck.vocabulary.explained import (
    SCHEMA_VERSION,
    Audit,
    Edition,
    Explained,
    Explanation,
    ProblemLine,
)
from offsetcheck.vocabulary.explanation import (
    CandidateExplanation,
    CompletenessLine,
    PurchaseExplanation,
    VerdictLine,
)
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status
from offsetcheck.vocabulary.reading_explanation import ReadingLine


class Cell(Explained):
    """One rule's status for one offer; `words` carries the score of a scale."""

    status: Status
    words: str


class TenderRow(Explained):
    """One rule across all offers, in the order of the offers."""

    rule: str
    code: str | None
    title: str
    effect: str
    cells: tuple[Cell, ...]


class SameRow(Explained):
    """A rule with one outcome for all offers."""

    rule: str
    code: str | None
    title: str
    words: str


class TenderOffer(Explained):
    """One offer on the first page; `place` None where it may not be bought.

    `place` is by what is sure of integrity, as in an award: offers that what is open keeps from
    being told apart share their places, and `place` is the first of these.

    `answers` is how many answers would decide it: None where it is decided, 0 where none would.
    """

    id: str
    name: str
    verdict: VerdictLine
    place: int | None
    place_words: str = ""
    grade: str
    integrity: tuple[int, int]
    value: tuple[int, int] | None
    completeness: CompletenessLine
    claim: str
    tonnes: float | None
    tonnes_words: str
    price_words: str
    reason: str
    answers: int | None = None
    answers_words: str | None = None
    report: str | None


class SupplyLine(Explained):
    """How many offers and tonnes a verdict holds; `unstated` offers name no tonnes."""

    verdict: str
    words: str
    offers: int
    tonnes: float
    unstated: int
    tonnes_words: str


class TenderExplanation(Explanation):
    """All offers of a tender or list side by side.

    `city_points` is what the city itself has yet to decide. `floor` is the grade that it asks for,
    `cuts` where each grade begins. `links` are the addresses of pages beside this one, by name.
    """

    kind: str = "tender"
    edition: Edition = Edition.FULL
    city: str
    title: str
    purchase: PurchaseExplanation
    offers_in: int
    verdicts_out: int
    supply: tuple[SupplyLine, ...]
    need_tonnes: float | None
    need_words: str
    offers: tuple[TenderOffer, ...]
    differing: tuple[TenderRow, ...]
    same: tuple[SameRow, ...]
    portfolio: tuple[FindingLine, ...]
    city_points: tuple[CityPoint, ...] = ()
    floor: str = ""
    cuts: tuple[tuple[str, int], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    problems: tuple[ProblemLine, ...]
    readings: tuple[ReadingLine, ...] = ()
    limits: tuple[str, ...]
    audit: Audit


def explanation_schema() -> dict[str, Any]:
    """Return the published JSON Schema: a candidate, the purchase, the whole list, the award."""
    kinds = TypeAdapter(
        CandidateExplanation | PurchaseExplanation | TenderExplanation | AwardExplanation
    )
    schema = kinds.json_schema(mode="serialization")
    schema["title"] = f"offsetcheck explanation, version {SCHEMA_VERSION}"
    return schema
