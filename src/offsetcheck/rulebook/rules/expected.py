"""What an example says that a finding does: `effect` and `points`, in words an author writes."""

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.rules.model import EFFECTS, LEVELS, LIMITS, NOTHING, LoadedRule
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import Problems

CAP, CLAIM_LIMIT, TO = "cap", "claim_limit", "to"
CAPS = (*LEVELS, *(f"{low} {TO} {high}" for low in LEVELS for high in LEVELS if low < high))
WORDS = (
    NOTHING,
    *(effect for effect in EFFECTS if effect not in {CAP, CLAIM_LIMIT}),
    *(f"{CAP} {points}" for points in CAPS),
    *(f"{CLAIM_LIMIT} {limit}" for limit in LIMITS),
)
"""All that `effect` of an example may say."""

SHORT = "none, gate, review, note, score, cap 2 or claim_limit contribution"


def check_expected_effect(rule: LoadedRule, index: int, problems: Problems) -> None:
    """Note an `effect` that no finding can have, and points of a rule that gives none."""
    example = rule.file.tests[index]
    steps: Steps = ("tests", index)
    if example.effect is not None and example.effect not in WORDS:
        hint = did_you_mean(example.effect, WORDS) or f"write {SHORT}"
        message = f"`{example.effect}` is nothing that a finding can do"
        problems.at_value(rule.document, (*steps, "effect"), message, hint)
    if example.points is not None and not rule.file.is_scale:
        hint = "assert `effect` instead"
        problems.at_key(rule.document, (*steps, "points"), "a requirement gives no points", hint)
