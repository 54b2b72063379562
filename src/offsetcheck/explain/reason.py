"""At most three reasons of a verdict, the weightiest first, in words an officer can sign."""

from collections.abc import Sequence

from offsetcheck.explain.decided import grounds
from offsetcheck.explain.grade import open_titles
from offsetcheck.explain.screening import looked_for, search_is_missing, unscreened_reason
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.templates import placeholders
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import (
    Assessment,
    PurchaseAssessment,
    PurchaseVerdict,
    Verdict,
)
from offsetcheck.vocabulary.explanation import Reason
from offsetcheck.vocabulary.finding import Effect, Outcome, State
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status

MAX_REASONS = 3
MAX_NAMED = 5  # of the reasons that the last one sums up
BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})
MAY_WAIT = BOUGHT | {Verdict.UNDECIDED}
GOOD_GRADES = frozenset({"A", "B"})


def candidate_reasons(
    assessment: Assessment, lines: Sequence[FindingLine], context: SentenceContext
) -> tuple[Reason, ...]:
    """Return the reasons of a candidate's verdict; that nobody has looked stands first.

    A refused offer is refused for what is wrong with it, whoever has or has not looked.
    """
    wording = context.wording
    reasons = {
        Verdict.NOT_ELIGIBLE: _why_not_eligible,
        Verdict.UNDECIDED: _why_undecided,
        Verdict.ELIGIBLE_WITH_CONDITIONS: _why_conditions,
        Verdict.ELIGIBLE: _why_eligible,
    }[assessment.verdict](assessment, lines, wording)
    sought = looked_for(assessment, context.setting)
    missing = search_is_missing(assessment, context)
    # Once somebody has looked, what is left unanswered holds nothing: it is no reason to wait.
    told = MAY_WAIT if missing else BOUGHT
    if sought and assessment.verdict in told:
        place = 0 if missing else len(reasons)
        reasons.insert(place, unscreened_reason(assessment, context))
    return shortened(reasons, wording)


def purchase_reasons(
    assessment: PurchaseAssessment, lines: Sequence[FindingLine], wording: Wording
) -> tuple[Reason, ...]:
    """Return the reasons of the purchase's verdict."""
    held = [line for line in lines if is_held(line)]
    if assessment.verdict is PurchaseVerdict.READY_FOR_CONTRIBUTION:
        held = [line for line in held if line.effect == Effect.CLAIM_LIMIT.value]
    elif assessment.verdict is PurchaseVerdict.NOT_READY:
        held = [line for line in held if line.effect == Effect.GATE.value]
    else:
        met = sum(line.status is Status.MET for line in lines)
        return (plain_reason(wording.counted("reason.purchase_ready", met)),)
    return shortened([finding_reason(line, wording) for line in held], wording)


def is_held(line: FindingLine) -> bool:
    """Whether a finding stands in the way: its state is not clear."""
    return line.state != State.CLEAR.value and not line.draft


def finding_reason(line: FindingLine, wording: Wording) -> Reason:
    """Return a finding as a reason: what is wrong, else its result and title; then what decided."""
    said = grounds(line.decided_by, line.sources)
    clause = f" ({said})" if said else ""
    if line.fails:
        short = line.fails
        if line.status is Status.NEEDS_PERSON:
            short = wording.word("reason.person_fails", fails=line.fails)
        found = None if _tells_what_was_found(line, wording) else line.found
    else:
        short = _result(line, wording)
        found = _unknowns(line, wording) or line.found
    text = f"{short} {found}{clause}" if found else f"{short}{clause}"
    return Reason(text=text, short=short, rule=line.rule)


def cause_of(line: FindingLine) -> str:
    """Return a finding as an entry of a list: what is wrong, else its title; no full stop."""
    return (line.fails or line.title).rstrip(".")


def _result(line: FindingLine, wording: Wording) -> str:
    keys = {Status.NEEDS_PERSON: "reason.person", Status.NOT_DEMONSTRATED: "reason.not_shown"}
    opened = "reason.fail" if line.outcome == Outcome.FAIL.value else "reason.open"
    return wording.word(keys.get(line.status, opened), requires=line.requires)


def _tells_what_was_found(line: FindingLine, wording: Wording) -> bool:
    """Whether the sentence on what is wrong names a value of the offer or purchase itself."""
    named = placeholders(wording.fails(wording.bound.rules[line.rule]) or "")
    return any(not name.startswith("$") for name in named)


def plain_reason(text: str, rule: str | None = None) -> Reason:
    """Return a reason that is short already."""
    return Reason(text=text, short=text, rule=rule)


def shortened(reasons: list[Reason], wording: Wording) -> tuple[Reason, ...]:
    """Return at most three reasons; where there are more, the third names the first of the rest."""
    if len(reasons) <= MAX_REASONS:
        return tuple(reasons)
    rest = [reason.short for reason in reasons[MAX_REASONS - 1 :]]
    names = " ".join(rest[:MAX_NAMED])
    if len(rest) > MAX_NAMED:
        names = wording.word("list.more", list=names, count=len(rest) - MAX_NAMED)
    return (*reasons[: MAX_REASONS - 1], plain_reason(wording.word("reason.more", list=names)))


def _unknowns(line: FindingLine, wording: Wording) -> str:
    """Return what an open finding waits for, together what is unknown for one cause."""
    if line.outcome != Outcome.UNKNOWN.value:
        return ""
    causes: dict[str, list[str]] = {}
    for missing in line.missing:
        causes.setdefault(missing.cause, []).append(missing.title)
    said = (
        wording.word(f"reason.unknowns.{cause}", list="; ".join(dict.fromkeys(titles)))
        for cause, titles in causes.items()
    )
    return " ".join(said)


def _held(lines: Sequence[FindingLine], *effects: Effect) -> list[FindingLine]:
    """Return what holds the verdict up; what nobody has looked for is a reason of its own."""
    held = (line for line in lines if is_held(line) and line.effect in effects)
    return [line for line in held if line.status is not Status.NOT_SCREENED]


def _why_not_eligible(
    assessment: Assessment, lines: Sequence[FindingLine], wording: Wording
) -> list[Reason]:
    failed = [x for x in lines if x.state == State.FAIL.value and x.decides]
    failed = [x for x in failed if x.effect != Effect.CAP.value]
    failed.sort(key=lambda line: line.status is Status.NOT_DEMONSTRATED)
    shown = [line for line in failed if line.status is not Status.NOT_DEMONSTRATED]
    reasons = [finding_reason(line, wording) for line in shown]
    reasons += _not_demonstrated(failed[len(shown) :], wording)
    grade = _below_floor(assessment, lines, wording)
    if grade:
        reasons.insert(min(len(reasons), 1), grade)
    elif assessment.grade_lower in GOOD_GRADES:
        reasons.append(plain_reason(wording.word("reason.grade_apart")))
    return reasons


def _not_demonstrated(lines: Sequence[FindingLine], wording: Wording) -> list[Reason]:
    """Return what is open at the final stage: one by itself with its reason, several as a list."""
    if len(lines) < 2:  # noqa: PLR2004 - one by itself
        return [finding_reason(line, wording) for line in lines]
    names = "; ".join(line.title.rstrip(".") for line in lines[:MAX_NAMED])
    if len(lines) > MAX_NAMED:
        names = wording.word("list.more", list=names, count=len(lines) - MAX_NAMED)
    return [plain_reason(wording.word("reason.not_shown_several", count=len(lines), list=names))]


def _why_undecided(
    assessment: Assessment, lines: Sequence[FindingLine], wording: Wording
) -> list[Reason]:
    reasons = [finding_reason(x, wording) for x in _held(lines, Effect.GATE, Effect.REVIEW)]
    grade = _floor_open(assessment, wording)
    if grade:
        reasons.insert(min(len(reasons), 1), grade)
    return reasons


def _why_conditions(
    assessment: Assessment, lines: Sequence[FindingLine], wording: Wording
) -> list[Reason]:
    stands = [x for x in lines if x.condition and x.status is not Status.NOT_SCREENED]
    on_word = [line for line in stands if line.status is Status.MET]
    unmet = [line for line in stands if line not in on_word]
    reasons = [
        Reason(
            text=wording.word(
                f"reason.{key}", count=len(some), list="; ".join(map(cause_of, some))
            ),
            short=wording.counted(f"reason.{key}_short", len(some)),
        )
        for key, some in (("on_word", on_word), ("mended", unmet))
        if some
    ]
    return [*reasons, _floor_reached(assessment, wording)]


def _why_eligible(
    assessment: Assessment, lines: Sequence[FindingLine], wording: Wording
) -> list[Reason]:
    gates = [x for x in lines if x.effect == Effect.GATE.value and not x.draft]
    met = sum(line.status is Status.MET for line in gates)
    return [
        plain_reason(wording.counted("reason.gates_met", met)),
        _floor_reached(assessment, wording),
    ]


def _below_floor(
    assessment: Assessment, lines: Sequence[FindingLine], wording: Wording
) -> Reason | None:
    cut = wording.bound.scheme.cut(wording.bound.city.floor)
    if assessment.integrity.upper >= cut:
        return None
    binding = [c for c in assessment.ceilings if c.binds]
    # Of a rule and a dimension that hold it equally low the rule says more.
    known = wording.bound.rules
    tightest = min(binding, key=lambda c: (c.bounds.upper, c.source not in known), default=None)
    held = ""
    if tightest is not None:
        held = _held_down_by(tightest.source, lines, wording)
    text = wording.word(
        "reason.below_floor",
        upper=assessment.grade_upper,
        score=wording.score(assessment.integrity.upper),
        floor=wording.bound.city.floor,
        ceiling=held,
    )
    rule_id = tightest.source if tightest and tightest.source in known else None
    return plain_reason(text, rule_id)


def _held_down_by(source: str, lines: Sequence[FindingLine], wording: Wording) -> str:
    """Return what is wrong where a rule holds the grade down; else the title of what holds it."""
    line = next((line for line in lines if line.rule == source), None)
    if line and line.fails:
        return wording.word("reason.ceiling_fails", fails=line.fails)
    title = line.title if line else wording.dimension(source)
    return wording.word("reason.ceiling", title=title)


def _floor_open(assessment: Assessment, wording: Wording) -> Reason | None:
    cut = wording.bound.scheme.cut(wording.bound.city.floor)
    if assessment.integrity.lower >= cut or assessment.integrity.upper < cut:
        return None
    short = wording.word(
        "reason.floor_open",
        lower=assessment.grade_lower,
        upper=assessment.grade_upper,
        floor=wording.bound.city.floor,
    )
    points = open_titles(assessment, wording)
    turns = wording.word("reason.turns_on", points=points)
    return Reason(text=f"{short} {turns}", short=short)


def _floor_reached(assessment: Assessment, wording: Wording) -> Reason:
    text = wording.word(
        "reason.floor_reached",
        lower=assessment.grade_lower,
        score=wording.score(assessment.integrity.lower),
        floor=wording.bound.city.floor,
    )
    return plain_reason(text)
