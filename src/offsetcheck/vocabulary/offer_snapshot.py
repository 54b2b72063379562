"""What a run said of an offer, as far as a later run is held against it.

Read from the JSON of an earlier run, whose version of offsetcheck may have been another: keys that
are not needed here are passed over.
"""

from pydantic import BaseModel, ConfigDict

from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.shown import grade_range


class Snapshot(BaseModel):
    """A part of what a run said."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class VerdictSnapshot(Snapshot):
    """A verdict as a code and in words."""

    verdict: str
    words: str


class GradeSnapshot(Snapshot):
    """The integrity grade with its bounds."""

    lower: str
    upper: str
    words: str

    @property
    def letters(self) -> str:
        """The grade, or the two between which it lies, the worse first as on every page."""
        return grade_range(self.lower, self.upper)


class FindingSnapshot(Snapshot):
    """How one rule came out; `lower` and `upper` are points of a scale, None without any."""

    rule: str
    title: str
    status: str
    status_words: str
    lower: int | None = None
    upper: int | None = None

    @property
    def result(self) -> tuple[str, int | None, int | None]:
        """What came out of the rule."""
        return self.status, self.lower, self.upper


class QuestionSnapshot(Snapshot):
    """A question that was open, by its field; `cause` says why, where the run told it."""

    field: str
    title: str
    who: str
    question: str | None = None
    cause: str | None = None


class LotSnapshot(Snapshot):
    """What was offered: `price` for one tonne in `currency`."""

    id: str
    name: str
    tonnes: float | None = None
    price: float | None = None
    currency: str | None = None
    tonnes_words: str
    price_words: str


class ClaimSnapshot(Snapshot):
    """What the city might say of the tonnes."""

    words: str


class ReasonSnapshot(Snapshot):
    """One reason of the verdict."""

    text: str


class OfferSnapshot(Snapshot):
    """What a run said of one offer."""

    offer: LotSnapshot
    verdict: VerdictSnapshot
    grade: GradeSnapshot
    claim: ClaimSnapshot
    reasons: tuple[ReasonSnapshot, ...]
    findings: tuple[FindingSnapshot, ...]
    questions: tuple[QuestionSnapshot, ...]

    @classmethod
    def of(cls, explained: CandidateExplanation) -> "OfferSnapshot":
        """Return what an explanation says."""
        return cls.model_validate(explained.model_dump())


class AuditSnapshot(Snapshot):
    """By which rules and on which day a run judged."""

    as_of: str
    city: str
    rulebook_hash: str
    engine_version: str


class PurchaseSnapshot(Snapshot):
    """What the purchase stated: titles and values in words."""

    facts: tuple[tuple[str, str], ...]
    verdict: VerdictSnapshot


class ListedSnapshot(Snapshot):
    """One line of the list of a run."""

    id: str


class RunSnapshot(Snapshot):
    """What a run said of a tender as a whole."""

    kind: str
    language: str
    title: str
    purchase: PurchaseSnapshot
    audit: AuditSnapshot
    offers: tuple[ListedSnapshot, ...] = ()
