"""An offer as it would be, and a tender since an earlier run: published shapes."""

from typing import Any

from pydantic import TypeAdapter

from offsetcheck.vocabulary.explained import SCHEMA_VERSION, Audit, Explained, Explanation
from offsetcheck.vocabulary.explanation import ChangedField


class SideLine(Explained):
    """What is said of an offer on one side of a change."""

    verdict: str
    verdict_words: str
    grade: str
    grade_words: str
    claim_words: str
    tonnes_words: str
    price_words: str
    reasons: tuple[str, ...]
    questions: int


class TurnedRule(Explained):
    """A rule that comes out otherwise; a side is None where it was not asked there."""

    rule: str
    title: str
    before: str | None
    after: str | None
    found: str | None
    words: str


class SupposedExplanation(Explanation):
    """An offer as it stands beside the offer as it would be if some statements were others."""

    kind: str = "supposed"
    city: str
    title: str
    id: str
    name: str
    summary: str
    supposed: tuple[ChangedField, ...]
    before: SideLine
    after: SideLine
    turned: tuple[TurnedRule, ...]
    audit: Audit


class OfferSince(Explained):
    """One offer that came out otherwise than in the earlier run, or was answered in part.

    `answered` are questions that were open then and are settled now, `asked` those that are new.
    """

    id: str
    name: str
    before: SideLine
    after: SideLine
    turned: tuple[TurnedRule, ...]
    answered: tuple[str, ...]
    asked: tuple[str, ...]
    words: str


class MoneyLine(Explained):
    """What the offers of a kind come to on either side; a lot without price or tonnes is named."""

    words: str
    before: str
    after: str


class SinceExplanation(Explanation):
    """What changed in a tender since an earlier run: answers in, verdicts turned, cost.

    `common` is what came out otherwise for every offer that changed, and is not repeated at each.
    """

    kind: str = "since"
    city: str
    title: str
    before_day: str
    after_day: str
    summary: str
    remarks: tuple[str, ...]
    purchase_changes: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    common: tuple[str, ...]
    offers: tuple[OfferSince, ...]
    unchanged: tuple[str, ...]
    money: tuple[MoneyLine, ...]
    audit: Audit


def change_schema() -> dict[str, Any]:
    """Return the published JSON Schema of a supposed offer, or of a tender since a run."""
    kinds = TypeAdapter(SupposedExplanation | SinceExplanation)
    schema = kinds.json_schema(mode="serialization")
    schema["title"] = f"offsetcheck supposed and since, version {SCHEMA_VERSION}"
    return schema
