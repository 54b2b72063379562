"""An assessment explained: the published shape of the JSON that every report is made from.

Sentences are in the language named by `language`; words of closed lists stand beside them as
codes. Scores and bounds are thousandths of a point (1000 to 5000). Keys are only ever added.
"""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

SCHEMA_VERSION = "1.0"


class Status(StrEnum):
    """How a reader sees one finding."""

    NOT_MET = "not_met"
    NOT_DEMONSTRATED = "not_demonstrated"
    OPEN = "open"
    NEEDS_PERSON = "needs_person"
    NOT_SCREENED = "not_screened"
    NOTED = "noted"
    SCORED = "scored"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


class OfficerWord(StrEnum):
    """What the officer may do with an offer."""

    SIGN = "sign"
    SIGN_WITH_CONDITIONS = "sign_with_conditions"
    ASK = "ask"
    REFUSE = "refuse"


class Who(StrEnum):
    """Who has something to do; a condition names in its own words who does what by when."""

    SELLER = "seller"
    OFFICER = "officer"
    CITY = "city"
    CONDITION = "condition"


class Explained(BaseModel):
    """A part of an explanation: it cannot change once it is made."""

    # Built when first used: a run that prints one offer needs a part of the models only.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Explanation(Explained):
    """A whole explanation, as a format renders it; `kind` tells which one it is."""

    schema_version: str = SCHEMA_VERSION
    kind: str
    language: str


class SourceLine(Explained):
    """A cited text: `words` names guide, edition and clause, `standing` how it was seen."""

    standing: str
    standing_words: str
    words: str
    guide: str | None = None
    clause: str | None = None
    url: str | None = None


class ParameterLine(Explained):
    """A number or word that a rule used: its value, who set it, since when, on which source."""

    name: str
    value: str | None
    layer: str
    since: str | None
    source: SourceLine | None
    undecided: bool


class ChangeLine(Explained):
    """How a jurisdiction or the city changed a rule, and the reason."""

    layer: str
    what: str
    reason: str | None


class EvidenceLine(Explained):
    """A value that a finding rests on and what stands behind it, down to the raw cell.

    `words` names grade, document, page, day and source in one line. `others` are values of the
    same field from other sources that differ.
    """

    field: str
    title: str
    value: str
    grade: str
    grade_words: str
    words: str
    raw: str | None = None
    place: str | None = None
    source: str | None = None
    document: str | None = None
    page: str | None = None
    as_of: str | None = None
    others: tuple["EvidenceLine", ...] = ()


class MissingLine(Explained):
    """What is not known, why, the question that would settle it, and the papers that would do."""

    field: str
    title: str
    cause: str
    words: str
    who: Who
    question: str | None = None
    documents: tuple[str, ...] = ()


class TraceLine(Explained):
    """One deciding comparison: its text, its truth (None: unknown), and how far it is off."""

    text: str
    truth: bool | None
    words: str


class FindingLine(Explained):
    """One rule's finding, walked back to clause, standing, evidence and raw cell.

    `fails` says what is wrong, where a requirement is not met or a scale gives few points.
    """

    rule: str
    code: str | None
    title: str
    dimension: str
    dimension_title: str
    effect: str
    effect_words: str
    draft: bool
    outcome: str
    state: str
    status: Status
    status_words: str
    decides: bool
    lower: int | None
    upper: int | None
    requires: str
    found: str | None
    fails: str | None
    unknown: str | None
    why: str
    consequence: str | None
    condition: str | None
    translated: bool
    curable: bool
    at_least: str | None
    documents: tuple[str, ...]
    missing: tuple[MissingLine, ...]
    evidence: tuple[EvidenceLine, ...]
    sources: tuple[SourceLine, ...]
    parameters: tuple[ParameterLine, ...]
    changes: tuple[ChangeLine, ...]
    trace: tuple[TraceLine, ...]
    notes: tuple[str, ...]


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
    """The integrity grade with its bounds and the distance to the next cut."""

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


class ClaimLine(Explained):
    """What the city may say of the tonnes, and the worst that may still come out."""

    limit: str
    worst: str
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


class ProofLine(Explained):
    """One step of the conclusion."""

    conclusion: str
    premises: tuple[str, ...]


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


class FileHash(Explained):
    """An input file and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Audit(Explained):
    """What it takes to reproduce the result."""

    engine_version: str
    concluded_by: str
    rulebook: str
    edition: str
    rulebook_hash: str
    input_hash: str | None
    files: tuple[FileHash, ...]
    result_hash: str
    as_of: str
    city: str
    jurisdictions: tuple[str, ...]
    stage: str
    tables: tuple[tuple[str, str], ...]
    guides: tuple[SourceLine, ...]
    rules_applied: int
    rules_not_applicable: int
    left_out: tuple[ChangeLine, ...]
    changed: tuple[ChangeLine, ...]
    screenings: tuple[str, ...]
    reviews: tuple[str, ...]
    reproduce: str


class Offer(Explained):
    """What is offered, as far as it is stated."""

    id: str
    name: str
    facts: tuple[tuple[str, str], ...]
    tonnes: float | None
    price: float | None
    currency: str | None
    tonnes_words: str
    price_words: str


class CandidateExplanation(Explanation):
    """One candidate, explained."""

    kind: str = "candidate"
    city: str
    title: str
    offer: Offer
    verdict: VerdictLine
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    grade: GradeLine
    dimensions: tuple[DimensionLine, ...]
    value: ValueLine
    completeness: CompletenessLine
    claim: ClaimLine
    conditions: tuple[str, ...]
    unscreened: tuple[str, ...]
    what_if: WhatIf
    standing: StandingShare
    undecided: tuple[UndecidedLine, ...]
    findings: tuple[FindingLine, ...]
    contradictions: tuple[EvidenceLine, ...]
    questions: tuple[MissingLine, ...]
    proof: tuple[ProofLine, ...]
    limits: tuple[str, ...]
    audit: Audit


class PurchaseExplanation(Explanation):
    """The purchase itself, explained: its own verdict, once."""

    kind: str = "purchase"
    city: str
    title: str
    facts: tuple[tuple[str, str], ...]
    verdict: VerdictLine
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    findings: tuple[FindingLine, ...]
    standing: StandingShare
    undecided: tuple[UndecidedLine, ...]
    proof: tuple[ProofLine, ...]
    audit: Audit


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
    """One offer on the first page; `place` None where it is not ranked, equal offers share one."""

    id: str
    name: str
    verdict: VerdictLine
    place: int | None
    grade: str
    integrity: tuple[int, int]
    value: tuple[int, int] | None
    completeness: CompletenessLine
    claim: str
    tonnes: float | None
    tonnes_words: str
    price_words: str
    reason: str
    report: str | None


class SupplyLine(Explained):
    """How many offers and tonnes a verdict holds; `unstated` offers name no tonnes."""

    verdict: str
    words: str
    offers: int
    tonnes: float
    unstated: int
    tonnes_words: str


class ProblemLine(Explained):
    """What could not be read in an input, where, and what to do about it."""

    severity: str
    place: str
    message: str
    hint: str | None


class TenderExplanation(Explanation):
    """All offers of a tender or list side by side."""

    kind: str = "tender"
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
    problems: tuple[ProblemLine, ...]
    limits: tuple[str, ...]
    audit: Audit


def explanation_schema() -> dict[str, Any]:
    """Return the published JSON Schema: one candidate, the purchase, or the whole list."""
    kinds = TypeAdapter(CandidateExplanation | PurchaseExplanation | TenderExplanation)
    schema = kinds.json_schema(mode="serialization")
    schema["title"] = f"offsetcheck explanation, version {SCHEMA_VERSION}"
    return schema
