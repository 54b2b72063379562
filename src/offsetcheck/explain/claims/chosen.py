"""The offers that a statement is about, as far as they were known on the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from offsetcheck.engine.claim import NARROWING, narrowest
from offsetcheck.engine.knowledge import known_by
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.assessment import Assessment, ClaimLimit, PurchaseVerdict, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.finding import Outcome

NEUTRAL, OFFSET, CONTRIBUTION, NOTHING = "neutral", "offset", "contribution", "none"
LEVELS = (NEUTRAL, OFFSET, CONTRIBUTION, NOTHING)
REMOVALS = frozenset({"removal", "impermanent_removal", "long_duration_removal"})
REDUCTIONS = frozenset({"avoidance", "reduction"})
PERMANENT_WORD = "claim.permanent_word"
STORES = "storage_type"


@dataclass(frozen=True)
class ClaimOffer:
    """One offer: what is stated of it, what was concluded, and how that is explained.

    `bought` are the tonnes that were decided on, None where nothing is decided or all is bought.
    """

    candidate: Candidate
    assessment: Assessment
    explained: CandidateExplanation
    bought: float | None = None

    @property
    def id(self) -> str:
        """The id of the offer."""
        return self.candidate.id

    @property
    def tonnes(self) -> float:
        """Tonnes bought, else offered; 0 where none are stated."""
        return self.explained.offer.tonnes or 0.0 if self.bought is None else self.bought

    @property
    def is_counted(self) -> bool:
        """Whether anybody stated its tonnes."""
        return self.bought is not None or self.explained.offer.tonnes is not None

    @property
    def is_refused(self) -> bool:
        """Whether it may not be bought, so that nothing can be said of it."""
        return self.assessment.verdict is Verdict.NOT_ELIGIBLE


@dataclass(frozen=True)
class ClaimBasis:
    """The purchase and the lots that are bought, and the words that they bear together.

    `decided` says that the lots and their tonnes are those of a decision.
    """

    setting: Setting
    purchase: PurchaseExplanation
    lots: tuple[ClaimOffer, ...]
    offered: tuple[ClaimOffer, ...] = ()
    decided: bool = False

    @cached_property
    def facts(self) -> dict[str, Value | None]:
        """What was known of the purchase on the day, by field."""
        known = known_by(self.setting.purchase.facts, self.setting.bound.as_of)
        return {name: fact.value for name, fact in known.items()}

    def fact(self, lot: ClaimOffer, name: str) -> Value | None:
        """Return what was known of a lot on the day."""
        known = known_by(lot.candidate.facts, self.setting.bound.as_of)
        return known[name].value if name in known else None

    @property
    def wanted(self) -> str | None:
        """The claim that the city wants to make."""
        value = self.facts.get("claim")
        return value if isinstance(value, str) else None

    @property
    def year(self) -> int | None:
        """The year of the claim."""
        value = self.facts.get("year")
        return int(value) if isinstance(value, int | float) else None

    @property
    def tonnes(self) -> float:
        """The tonnes of all lots together."""
        return sum(lot.tonnes for lot in self.lots)

    def number(self, name: str) -> float | None:
        """Return an amount of the purchase."""
        value = self.facts.get(name)
        return float(value) if isinstance(value, int | float) else None

    @property
    def is_covered(self) -> bool:
        """Whether the lots are as many tonnes as remain, so that all that is left is set against.

        Without a stated rest nobody knows.
        """
        rest = self.number("residual_tonnes")
        stated = all(lot.is_counted for lot in self.lots)
        return rest is not None and stated and self.tonnes >= rest

    @cached_property
    def surest(self) -> str:
        """What may be said whatever comes out: the narrowest of purchase and lots at worst."""
        return self._level(lot.explained.claim.overall.worst for lot in self.lots)

    @cached_property
    def widest(self) -> str:
        """What may be said as things stand, if all that is open comes out well."""
        return self._level(lot.explained.claim.overall.limit for lot in self.lots)

    def _level(self, limits: object) -> str:
        if not self.lots or any(lot.is_refused for lot in self.lots):
            return NOTHING
        limit = narrowest(ClaimLimit(one) for one in limits)  # type: ignore[attr-defined]
        if self.purchase.verdict.verdict == PurchaseVerdict.NOT_READY.value:
            return NOTHING
        if limit is not NARROWING[0] or self.wanted not in {NEUTRAL, OFFSET}:
            return NOTHING if limit is ClaimLimit.NONE else CONTRIBUTION
        return NEUTRAL if self.wanted == NEUTRAL and self.is_covered else OFFSET

    def mechanisms(self) -> frozenset[str]:
        """Return what the lots are: `removal`, `reduction` or, where it is not known, `open`."""
        return frozenset(self.mechanism(lot) for lot in self.lots)

    def mechanism(self, lot: ClaimOffer) -> str:
        """Return whether a lot is removal or reduction; `open` where nobody stated it for sure."""
        value = self.fact(lot, "mechanism")
        if value in REMOVALS:
            return "removal"
        return "reduction" if value in REDUCTIONS else "open"

    def permanent(self, lot: ClaimOffer) -> bool | None:
        """Return whether a lot may be called permanent: only where its rule was met.

        A rule that does not apply, because nothing is stored, allows no such word.
        """
        findings = {finding.rule: finding for finding in lot.assessment.findings}
        finding = findings.get(PERMANENT_WORD)
        if finding is None or finding.outcome is Outcome.NOT_APPLICABLE:
            return False
        if finding.outcome is Outcome.PASS:
            return lot.assessment.claim.may_say_permanent
        return False if finding.outcome is Outcome.FAIL else None

    def is_draft(self) -> bool:
        """Whether something that the words rest on is still open."""
        return any(lot.assessment.verdict is not Verdict.ELIGIBLE for lot in self.lots)


def chosen_of(lots: Sequence[ClaimOffer], ids: Sequence[str]) -> tuple[ClaimOffer, ...]:
    """Return the lots of some ids, those that may be bought as they are where none are named."""
    if not ids:
        return tuple(lot for lot in lots if lot.assessment.verdict is Verdict.ELIGIBLE)
    by_id = {lot.id: lot for lot in lots}
    return tuple(by_id[one] for one in dict.fromkeys(ids))
