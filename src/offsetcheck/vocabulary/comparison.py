"""One offer under several profiles, and a list on two days: what differs, explained."""

from typing import Any

from pydantic import TypeAdapter

from offsetcheck.vocabulary.explained import (
    SCHEMA_VERSION,
    Audit,
    Explained,
    Explanation,
    ParameterLine,
)
from offsetcheck.vocabulary.explanation import Offer, VerdictLine


class CauseLine(Explained):
    """A rule (None: the floor) that turns a result, and what it says on either side."""

    rule: str | None
    title: str
    words: str


class ProfileLine(Explained):
    """One city or standard: what came out under it, and why it differs from the first profile.

    `agrees` says that verdict, grade and purchase come out as under the first.
    """

    id: str
    name: str
    kind: str
    kind_words: str
    verdict: VerdictLine
    grade: str
    grade_words: str
    floor: str
    claim: str
    claim_short: str
    purchase: VerdictLine
    purchase_words: str
    reason: str
    why: str
    causes: tuple[CauseLine, ...]
    cause_words: str
    agrees: bool
    rulebook_hash: str


class PositionLine(Explained):
    """What the profiles named ask on one point, and what came out; `status` for rules alone.

    `who` names the profiles in few words, `contrast` says how the values differ from those of the
    first profile, `values` who set each and on which source.
    """

    profiles: tuple[str, ...]
    who: str
    status: str | None
    words: str
    requires: str
    found: str | None = None
    contrast: str | None = None
    values: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    parameters: tuple[ParameterLine, ...] = ()


class DifferenceLine(Explained):
    """One point on which profiles differ: a rule, the floor, or what the city may say.

    `turns` names the profiles whose verdict it turns, `found` what was found whoever asks.
    """

    topic: str
    code: str | None
    title: str
    effect: str | None
    effect_words: str | None
    turns: tuple[str, ...]
    found: str | None
    positions: tuple[PositionLine, ...]


class UnaskedLine(Explained):
    """What some profiles do not ask that most do, and that turns no verdict."""

    profiles: tuple[str, ...]
    who: str
    points: tuple[str, ...]


class SharedLine(Explained):
    """How many rules come out one way under every profile, and which where it is not met."""

    status: str
    words: str
    count: int
    titles: tuple[str, ...]


class ComparisonExplanation(Explanation):
    """One offer under several profiles: results, then differences, then what is the same."""

    kind: str = "comparison"
    title: str
    offer: Offer
    as_of: str
    purchase_words: str
    agreeing: str | None
    profiles: tuple[ProfileLine, ...]
    differences: tuple[DifferenceLine, ...]
    not_asked: tuple[UnaskedLine, ...]
    asked_differently: tuple[DifferenceLine, ...]
    same: tuple[SharedLine, ...]
    audit: Audit


class ShiftLine(Explained):
    """One thing that was otherwise on the later day.

    `kind` is `began` or `ended` (the rule), `value`, `table`, `fact`, `screening`, `calendar`; or
    `more`: how many others there are.
    """

    kind: str
    words: str


class DriftCause(Explained):
    """A rule (None: the floor) through which results changed, for how many offers, and why."""

    rule: str | None
    title: str
    offers: int
    examples: tuple[str, ...]
    shifts: tuple[ShiftLine, ...]


class DriftOffer(Explained):
    """One offer whose result changed: what it was, what it is, and by which causes."""

    id: str
    name: str
    before: VerdictLine
    after: VerdictLine
    grade_before: str
    grade_after: str
    words: str
    causes: tuple[CauseLine, ...]


class TurnLine(Explained):
    """How many offers went from one verdict to another; the same twice: the grade alone moved."""

    before: str
    after: str
    words: str
    offers: int


class DriftExplanation(Explanation):
    """A list on two days: which verdicts and grades changed, and by which cause."""

    kind: str = "drift"
    city: str
    title: str
    since: str
    until: str
    purchase_words: str
    summary: str
    offers: int
    changed: int
    turns: tuple[TurnLine, ...]
    causes: tuple[DriftCause, ...]
    on_other_grounds: int
    grounds: tuple[DriftCause, ...]
    shown: tuple[DriftOffer, ...]
    limit_words: str
    rules_words: tuple[str, ...]
    audit: Audit


def comparison_schema() -> dict[str, Any]:
    """Return the published JSON Schema of a comparison or a drift."""
    kinds = TypeAdapter(ComparisonExplanation | DriftExplanation)
    schema = kinds.json_schema(mode="serialization")
    schema["title"] = f"offsetcheck comparison and drift, version {SCHEMA_VERSION}"
    return schema
