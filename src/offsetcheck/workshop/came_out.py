"""What came out of an example, key by key as its author writes it, and how that differs."""

from collections.abc import Iterator, Mapping

from offsetcheck.engine.scores import working_points
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.rules.expected import CAP, CLAIM_LIMIT, TO
from offsetcheck.rulebook.rules.model import NOTHING, STANDS, Example
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State

EXPECT, MISSING = "expect", "missing"
PASTE = "if that is right, write"

CameOut = Mapping[str, str]
"""What came out by key of an example, as it stands in the file."""


def came_out(rule: BoundRule, finding: Finding) -> dict[str, str]:
    """Return all that an example may expect of a finding, as its author would write it."""
    waits = ", ".join(sorted({missing.field for missing in finding.missing}))
    points = working_points(rule, finding) if _is_scored(rule, finding) else None
    return {
        EXPECT: _outcome(finding),
        MISSING: f"[{waits}]",
        "effect": _effect(rule, finding),
        "points": NOTHING if points is None else str(points),
        "condition": STANDS if finding.condition else NOTHING,
        "curable": "yes" if rule.curable else "no",
    }


def wanted_of(example: Example) -> dict[str, str]:
    """Return what an example expects by key, in the same words."""
    wanted: dict[str, str | None] = {
        EXPECT: example.expect,
        MISSING: _listed(example.missing),
        "effect": example.effect,
        "points": example.points,
        "condition": example.condition,
        "curable": None if example.curable is None else ("yes" if example.curable else "no"),
    }
    return {key: value for key, value in wanted.items() if value is not None}


def difference(example: Example, finding: Finding, came: CameOut) -> str | None:
    """Return how a finding differs from what an example expects, None where it does not."""
    return "; ".join(_differences(wanted_of(example), finding, came)) or None


def to_paste(example: Example, finding: Finding, came: CameOut, *, on_one_line: bool) -> str:
    """Return what came out of the keys that an example has, as they would stand in it."""
    keys = set(wanted_of(example))
    keys |= {MISSING} if finding.missing else set()
    keys -= set() if finding.missing else {MISSING}
    lines = [f"{key}: {came[key]}" for key in came if key in keys]
    return "\n    ".join([PASTE, *([", ".join(lines)] if on_one_line else lines)])


def _differences(wanted: CameOut, finding: Finding, came: CameOut) -> Iterator[str]:
    if wanted[EXPECT] != came[EXPECT]:
        waits = ", ".join(f"{m.field} ({m.cause})" for m in finding.missing)
        because = f": missing {waits}" if waits else ""
        yield f"expected {wanted[EXPECT]}, came out {came[EXPECT]}{because}"
    elif wanted.get(MISSING, came[MISSING]) != came[MISSING]:
        expected, found = (one[MISSING].strip("[]") or "nothing" for one in (wanted, came))
        yield f"expected missing {expected}, came out {found}"
    for key, value in wanted.items():
        if key not in {EXPECT, MISSING} and value != came[key]:
            yield f"expected {key} {value}, came out {came[key]}"


def _listed(names: tuple[str, ...] | None) -> str | None:
    return None if names is None else f"[{', '.join(sorted(set(names)))}]"


def _outcome(finding: Finding) -> str:
    return str(finding.lower) if finding.outcome is Outcome.SCORED else finding.outcome.value


def _is_scored(rule: BoundRule, finding: Finding) -> bool:
    """Whether a rule gives points to this subject."""
    return rule.is_scale and finding.outcome is not Outcome.NOT_APPLICABLE


def _effect(rule: BoundRule, finding: Finding) -> str:
    """Return what a finding does: nothing where it is met, does not apply or is not looked for."""
    if rule.is_scale:
        return _effect_of_scale(rule, finding)
    if finding.state is State.CLEAR:
        return NOTHING
    if rule.effect is Effect.CAP:
        return f"{CAP} {rule.cap}"
    return f"{CLAIM_LIMIT} {rule.limit}" if rule.effect is Effect.CLAIM_LIMIT else rule.effect


def _effect_of_scale(rule: BoundRule, finding: Finding) -> str:
    if not _is_scored(rule, finding):
        return NOTHING
    if rule.effect is not Effect.CAP:
        return rule.effect
    low, high = finding.lower, finding.upper
    return f"{CAP} {low}" if low == high else f"{CAP} {low} {TO} {high}"
