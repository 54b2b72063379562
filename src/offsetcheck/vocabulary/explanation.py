"""A candidate or a purchase explained: the published shape that every report is made from."""

from enum import StrEnum

from pydantic import Field

from offsetcheck.vocabulary.deciding_explanation import DecidingLines
from offsetcheck.vocabulary.explained import (
    Audit,
    Edition,
    Explained,
    Explanation,
    Who,
    is_none,
)
from offsetcheck.vocabulary.finding_explanation import EvidenceLine, FindingLine, MissingLine
from offsetcheck.vocabulary.tonnes_explanation import TonnesLines


class OfficerWord(StrEnum):
    """What the officer may do with an offer."""

    SIGN = "sign"
    SIGN_WITH_CONDITIONS = "sign_with_conditions"
    ASK = "ask"
    REFUSE = "refuse"


class VerdictLine(Explained):
    """The verdict in words, the officer's word, and the stamp that bars an award, if any."""

    verdict: str
    words: str
    officer: OfficerWord | None
    officer_words: str | None
    stamp: str | None = None


class Reason(Explained):
    """One reason of the verdict; `rule` None where a grade or several rules are meant.

    `short` is the reason without what was found and without the clause, for tables.
    """

    text: str
    short: str
    rule: str | None = None


class Action(Explained):
    """One thing to do, and who does it."""

    who: Who
    who_words: str
    text: str
    rule: str | None = None


class CeilingLine(Explained):
    """A cap or ceiling on the integrity grade, and whether it holds the grade down."""

    source: str
    title: str
    lower: int
    upper: int
    binds: bool
    words: str


class GradeLine(Explained):
    """The integrity grade with its bounds and the distance to the next cut.

    `working` is a score for the order of offers; `typical_words` say what of it is typical for the
    type and not known of this project, None where nothing is.
    """

    lower: str
    upper: str
    lower_score: int
    upper_score: int
    working: int
    floor: str
    floor_standing: str
    cuts: tuple[tuple[str, int], ...]
    to_next_cut: int | None
    words: str
    next_cut_words: str
    floor_words: str
    open_words: str | None
    typical_words: str | None = None
    ceilings: tuple[CeilingLine, ...]


class DimensionLine(Explained):
    """One dimension: its bounds (None: no rule of it applies) and how much of it is settled."""

    dimension: str
    title: str
    part: str
    lower: int | None
    upper: int | None
    settled: int
    total: int
    words: str


class CostLine(Explained):
    """What one dimension takes from the highest integrity score, at least and at most.

    The line without a dimension is what caps and ceilings take beyond the mean of dimensions.
    """

    dimension: str | None
    title: str
    least: int
    most: int
    words: str


class ValueLine(Explained):
    """Co-benefits, transition and locality together: apart from integrity, for ordering only."""

    lower: int | None
    upper: int | None
    settled: int
    total: int
    ranked: bool
    words: str


class CompletenessLine(Explained):
    """How much of what applies or may apply is settled, by weight."""

    settled: int
    total: int
    words: str


class ClaimRange(Explained):
    """What the city may say as it stands, and the worst that may still come out."""

    limit: str
    worst: str


class ClaimLine(Explained):
    """What the city may say of the tonnes, and the worst that may still come out.

    `limit` and `worst` are the offer's, `purchase` what the purchase allows (None where nothing
    of one is stated), `overall` the narrower of both; `words` say all three.
    """

    limit: str
    worst: str
    purchase: ClaimRange | None
    overall: ClaimRange
    may_say_permanent: bool | None
    rules: tuple[str, ...]
    words: str


class ChangedField(Explained):
    """One statement that would have to be another."""

    field: str
    title: str
    before: str
    after: str
    grade: str


class SmallestChange(Explained):
    """A change of at most two statements, and the verdict that the engine then concludes."""

    fields: tuple[ChangedField, ...]
    verdict: str
    words: str


class WhatIf(Explained):
    """The smallest change found, others that are enough too, or why there is none."""

    smallest: SmallestChange | None
    alternatives: tuple[SmallestChange, ...]
    words: str


class HangingLine(Explained):
    """A statement whose reversal would turn a verdict to buy, and what stands behind it.

    `paper` names its evidence, `after` what it would be, `verdict` what the engine then concludes.
    The field of a search for adverse events is `screening`.
    """

    field: str
    title: str
    value: str
    grade: str
    paper: str
    after: str
    verdict: str
    verdict_words: str
    words: str


class ProofLine(Explained):
    """One step of the conclusion: the closed words of the engine, and what they say in words."""

    conclusion: str
    premises: tuple[str, ...]
    words: str = ""
    premises_words: tuple[str, ...] = ()


class StandingShare(Explained):
    """How many deciding rules rest, at their weakest point, on which kind of source."""

    read: int
    read_second_hand: int
    known: int
    design: int
    city_undecided: int
    words: str


class UndecidedLine(Explained):
    """A value that the city has not decided, and what stands in for it."""

    name: str
    rule: str
    words: str


class Offer(Explained):
    """What is offered, as far as it is stated.

    `tonnes_against` and `price_against` hold tonnes and price against what is sought and the limit
    or budget, None where the purchase states none.
    """

    id: str
    name: str
    facts: tuple[tuple[str, str], ...]
    tonnes: float | None
    price: float | None
    currency: str | None
    tonnes_words: str
    price_words: str
    tonnes_against: str | None = None
    price_against: str | None = None


class CandidateExplanation(Explanation):
    """One candidate, explained; `deciding` is what would decide it, None where it is decided.

    `questions` are those whose answers can still move verdict, score or claim. `adopt_first` is
    what the city must adopt so that a refusal holds whose every ground is our own design.
    `comparable` is there where the purchase announced comparable tonnes, and left out elsewhere.
    """

    kind: str = "candidate"
    edition: Edition = Edition.FULL
    city: str
    title: str
    offer: Offer
    verdict: VerdictLine
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    grade: GradeLine
    dimensions: tuple[DimensionLine, ...]
    costs: tuple[CostLine, ...] = ()
    value: ValueLine
    completeness: CompletenessLine
    claim: ClaimLine
    conditions: tuple[str, ...]
    unscreened: tuple[str, ...]
    what_if: WhatIf
    hangs_on: tuple[HangingLine, ...]
    deciding: DecidingLines | None = None
    standing: StandingShare
    undecided: tuple[UndecidedLine, ...]
    findings: tuple[FindingLine, ...]
    contradictions: tuple[EvidenceLine, ...]
    questions: tuple[MissingLine, ...]
    proof: tuple[ProofLine, ...]
    limits: tuple[str, ...]
    audit: Audit
    adopt_first: tuple[str, ...] = ()
    comparable: TonnesLines | None = Field(default=None, exclude_if=is_none)


class PurchaseExplanation(Explanation):
    """The purchase itself, explained: its own verdict, once."""

    kind: str = "purchase"
    city: str
    title: str
    facts: tuple[tuple[str, str], ...]
    verdict: VerdictLine
    claim: ClaimRange | None
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    findings: tuple[FindingLine, ...]
    standing: StandingShare
    undecided: tuple[UndecidedLine, ...]
    proof: tuple[ProofLine, ...]
    audit: Audit
