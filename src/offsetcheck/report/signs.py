"""How verdicts and statuses look, in every format: a sign, and for pages a class of style."""

from collections.abc import Mapping

from offsetcheck.vocabulary.claim_kind import Said
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.finding_explanation import Status

Look = dict[str, str]

LOOKS: Mapping[str, Look] = {
    Status.NOT_MET: {"look": "fail", "sign": "✗"},
    Status.NOT_DEMONSTRATED: {"look": "fail", "sign": "✗"},
    Status.OPEN: {"look": "nodata", "sign": "?"},
    Status.NEEDS_PERSON: {"look": "refer", "sign": "!"},
    Status.NOT_SCREENED: {"look": "nodata", "sign": "?"},
    Status.NOTED: {"look": "plain", "sign": "•"},
    Status.SCORED: {"look": "plain", "sign": "▪"},
    Status.MET: {"look": "pass", "sign": "✓"},
    Status.NOT_APPLICABLE: {"look": "plain", "sign": "–"},
}
VERDICT_LOOKS: Mapping[str, Look] = {
    "eligible": {"look": "pass", "sign": "✓"},
    "eligible_with_conditions": {"look": "refer", "sign": "!"},
    "undecided": {"look": "nodata", "sign": "?"},
    "not_eligible": {"look": "fail", "sign": "✗"},
    "ready": {"look": "pass", "sign": "✓"},
    "ready_for_contribution": {"look": "refer", "sign": "!"},
    "not_ready": {"look": "fail", "sign": "✗"},
}
SAID_LOOKS: Mapping[str, Look] = {
    Said.OK: {"look": "pass", "sign": "✓"},
    Said.MORE_THAN_KNOWN: {"look": "refer", "sign": "!"},
    Said.NOT_ALLOWED: {"look": "fail", "sign": "✗"},
}
MILD = {Effect.NOTE.value: "plain", Effect.CLAIM_LIMIT.value: "refer", Effect.SCORE.value: "plain"}


def verdict_sign(verdict: str) -> str:
    """Return the sign of a verdict on an offer or on the purchase."""
    return VERDICT_LOOKS[verdict]["sign"]


def status_sign(status: str) -> str:
    """Return the sign of a finding's status."""
    return LOOKS[status]["sign"]


def look_of(status: str, effect: str) -> str:
    """Return the class of style of a status; unmet without barring anything looks not barred."""
    if LOOKS[status]["look"] == "fail" and effect in MILD:
        return MILD[effect]
    return LOOKS[status]["look"]


def allowed_sign(allowed: bool | None) -> str:
    """Return the sign of words that may, may not, or may perhaps be used."""
    return {True: "✓", False: "✗", None: "?"}[allowed]


def said_sign(said: str) -> str:
    """Return the sign of a sentence of a text that was held against a claim."""
    return SAID_LOOKS[said]["sign"]
