"""Whether a change of a rule makes it stricter; if not, it needs a reason (docs/rules.md)."""

from offsetcheck.rulebook.policies.changes import EffectiveRule
from offsetcheck.rulebook.policies.model import RuleChange

STRICTER_EFFECTS = ("note", "cap", "gate")
STRICTER_WORDS = ("screen", "hold")
STRICTER_GRADES = ("E0", "E4", "E3", "E2", "E1")


def loosened(before: EffectiveRule, after: EffectiveRule, change: RuleChange) -> str | None:
    """Return what a change does that is not stricter, in words; None where all of it is."""
    if change.leave_out:
        return "leaving the rule out"
    if change.levels is not None:
        return "changing the levels"
    if change.applies_when is not None:
        return "changing when the rule applies"
    if change.weight is not None:
        return "changing the weight"
    if change.limit is not None:
        return "changing the limit"
    if change.effect is not None and not _rises(before.effect, after.effect, STRICTER_EFFECTS):
        return f"turning {before.effect} into {after.effect}"
    if change.if_unknown is not None and not _rises(
        before.if_unknown, after.if_unknown, STRICTER_WORDS
    ):
        return f"turning {before.if_unknown} into {after.if_unknown}"
    return _evidence(before, after) or _cap(before, after, change)


def _rises(before: str, after: str, order: tuple[str, ...]) -> bool:
    """Whether a word is the same as another or stands above it in an order that has both."""
    if before == after:
        return True
    known = before in order and after in order
    return known and order.index(after) > order.index(before)


def _evidence(before: EffectiveRule, after: EffectiveRule) -> str | None:
    old, new = before.evidence.at_least or "E0", after.evidence.at_least or "E0"
    if _rises(old, new, STRICTER_GRADES):
        return None
    return "asking for weaker evidence"


def _cap(before: EffectiveRule, after: EffectiveRule, change: RuleChange) -> str | None:
    if change.cap is None or before.cap is None or after.cap is None:
        return None
    return "raising the cap" if after.cap > before.cap else None
