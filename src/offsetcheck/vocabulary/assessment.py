"""What the engine concludes about one candidate or one purchase on one day."""

from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.vocabulary.finding import Finding


class Verdict(StrEnum):
    """Whether a candidate may be bought."""

    NOT_ELIGIBLE = "not_eligible"
    UNDECIDED = "undecided"
    ELIGIBLE_WITH_CONDITIONS = "eligible_with_conditions"
    ELIGIBLE = "eligible"


class PurchaseVerdict(StrEnum):
    """Whether the purchase itself may go on."""

    NOT_READY = "not_ready"
    READY_FOR_CONTRIBUTION = "ready_for_contribution"
    READY = "ready"


class ClaimLimit(StrEnum):
    """What the city may say of a tonne, the widest first; `not_permanent` bars one word only."""

    OFFSET = "offset"
    CONTRIBUTION = "contribution"
    NONE = "none"
    NOT_PERMANENT = "not_permanent"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest score still possible, in thousandths of a point (1000 to 5000)."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """Settled weight over the weight that applies or may apply."""

    settled: int
    total: int


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: bounds None means that no rule of it applies."""

    dimension: str
    bounds: Bounds | None
    working: int | None
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A cap or ceiling on integrity: `source` is a rule id or a dimension; thousandths."""

    source: str
    bounds: Bounds
    binds: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """What the city may say: the limit that stands for sure, the worst still possible, and why."""

    limit: ClaimLimit
    worst: ClaimLimit
    may_say_permanent: bool | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One conclusion and the words that it follows from."""

    conclusion: str
    premises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One candidate under one bound rulebook: five outputs, never one number."""

    candidate: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    dimensions: tuple[DimensionScore, ...]
    integrity: Bounds
    integrity_working: int
    grade_lower: str
    grade_upper: str
    ceilings: tuple[Ceiling, ...]
    value: Bounds | None
    value_completeness: Completeness
    completeness: Completeness
    claim: Claim
    conditions: tuple[str, ...]
    unscreened: tuple[str, ...]
    proof: tuple[ProofStep, ...]
    result_hash: str


@dataclass(frozen=True, slots=True)
class PurchaseAssessment:
    """The purchase under one bound rulebook."""

    verdict: PurchaseVerdict
    findings: tuple[Finding, ...]
    proof: tuple[ProofStep, ...]
    result_hash: str
