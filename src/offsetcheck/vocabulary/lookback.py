"""What somebody bought and retired, looked back on: by the rules of its day, and by today's."""

from typing import Any

from offsetcheck.vocabulary.explained import SCHEMA_VERSION, Audit, Explained, Explanation
from offsetcheck.vocabulary.explanation import VerdictLine


class LookbackSide(Explained):
    """What the rules of one day say of a lot; `reasons` are empty for lots not explained."""

    verdict: VerdictLine
    grade: str
    reasons: tuple[str, ...]


class LookbackLot(Explained):
    """The units of one project and vintage that were retired on one day, in tonnes.

    `then` is None where the day is not stated or no rule was in force; `turned` says by what the
    two differ.
    """

    id: str
    name: str
    vintage: str
    retired_on: str | None
    retired_words: str
    tonnes: float
    tonnes_words: str
    then: LookbackSide | None
    then_words: str
    now: LookbackSide
    turned: str


class LookbackTotal(Explained):
    """How many lots and tonnes have a verdict, by the rules of their day and by today's."""

    verdict: str
    words: str
    lots_then: int
    tonnes_then: float
    lots_now: int
    tonnes_now: float


class LookbackYear(Explained):
    """The tonnes retired in a year (None: no day stated), and how they stand on either side."""

    year: int | None
    words: str
    lots: int
    tonnes: float
    totals: tuple[LookbackTotal, ...]


class LookbackExplanation(Explanation):
    """A list of retirements, looked back on for one city; `as_of` is today's side."""

    kind: str = "lookback"
    city: str
    title: str
    as_of: str
    list_words: str
    basis_words: str
    lots: int
    tonnes: float
    totals: tuple[LookbackTotal, ...]
    years: tuple[LookbackYear, ...]
    shown: tuple[LookbackLot, ...]
    limit_words: str
    audit: Audit


def lookback_schema() -> dict[str, Any]:
    """Return the published JSON Schema of a look back."""
    schema = LookbackExplanation.model_json_schema(mode="serialization")
    schema["title"] = f"offsetcheck lookback, version {SCHEMA_VERSION}"
    return schema
