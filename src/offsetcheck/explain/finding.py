"""One finding in words, walked back to clause, standing, evidence and raw cell."""

import re

from offsetcheck.explain.decided import decided_lines, weakest_standing
from offsetcheck.explain.evidence import evidence_lines
from offsetcheck.explain.missing import missing_lines
from offsetcheck.explain.rule_text import rule_text
from offsetcheck.explain.said import said_before, say_again
from offsetcheck.explain.screening import is_search
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.evidence import Cause, Value
from offsetcheck.vocabulary.finding import Effect, Finding, Leaf, Outcome, State
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status, TraceLine

ORDER = tuple(Status)
EFFECT_ORDER = (
    Effect.GATE,
    Effect.REVIEW,
    Effect.CAP,
    Effect.CLAIM_LIMIT,
    Effect.SCORE,
    Effect.NOTE,
)
QUOTED = re.compile(r"'[^']*'")
NAMES = re.compile(r"(?<![$\w.])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?")  # of fields, in an expression
MOST_TRACES = 8192  # offers of one list are decided by the same comparisons again and again
LOW_LEVEL = 3  # at this level and below a scale says what is wrong
TRUTHS = {True: "truth.true", False: "truth.false", None: "truth.unknown"}


UNMET = {Effect.REVIEW: Status.NEEDS_PERSON, Effect.NOTE: Status.NOTED}


def status_of(finding: Finding, rule: BoundRule) -> Status:
    """Return how a reader sees a finding."""
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return Status.NOT_APPLICABLE
    if finding.reviewed:
        return Status.NOT_MET if finding.state is State.FAIL else Status.MET
    if finding.not_demonstrated:
        return Status.NOT_DEMONSTRATED
    if finding.outcome is Outcome.UNKNOWN:
        return _status_of_unknown(finding, rule)
    if finding.outcome is Outcome.SCORED:
        return Status.SCORED
    if finding.outcome is Outcome.PASS:
        return Status.MET
    return UNMET.get(rule.effect, Status.NOT_MET)


def _status_of_unknown(finding: Finding, rule: BoundRule) -> Status:
    if finding.unscreened:
        return Status.NOT_SCREENED
    if finding.state is State.CLEAR and not rule.is_scale and not rule.draft:
        return Status.MET
    contradicted = any(m.cause is Cause.SOURCES_CONTRADICT for m in finding.missing)
    person = rule.effect is Effect.REVIEW or contradicted
    return Status.NEEDS_PERSON if person else Status.OPEN


def sort_key(line: FindingLine) -> tuple[int, bool, bool, int, int]:
    """Return where a finding stands in a report.

    What is unmet, open or for a person comes first, and of that what decides the verdict.
    """
    status = ORDER.index(line.status)
    group = max(status, ORDER.index(Status.NOT_SCREENED))
    return group, line.draft, not line.decides, effect_rank(line.effect), status


def effect_rank(effect: str) -> int:
    """Return how weighty an effect is, gates first."""
    return EFFECT_ORDER.index(Effect(effect))


def finding_line(
    finding: Finding, rule: BoundRule, context: SentenceContext, decides: frozenset[str]
) -> FindingLine:
    """Return a finding in words; `decides` names the rules that the verdict follows from."""
    line = said_before(finding, context, decides=rule.id in decides)
    if line is None:
        line = _line(finding, rule, context, decides=rule.id in decides)
        say_again(line, finding, context)
    evidence = evidence_lines(rule, context)
    return line.model_copy(update={"evidence": evidence}) if evidence else line


def _line(
    finding: Finding, rule: BoundRule, context: SentenceContext, *, decides: bool
) -> FindingLine:
    """Return a finding in words without its evidence."""
    wording = context.wording
    said = rule_text(rule, context.setting)
    status = status_of(finding, rule)
    missing = missing_lines(finding, rule, context)
    decided = decided_lines(finding, rule, context)
    standing = weakest_standing(decided, rule)
    return FindingLine(
        rule=rule.id,
        code=rule.code,
        title=wording.rule_title(rule),
        dimension=rule.dimension,
        dimension_title=said.dimension_title,
        effect=rule.effect.value,
        effect_words=said.effect_words,
        draft=rule.draft,
        outcome=finding.outcome.value,
        state=finding.state.value,
        status=status,
        status_words=_status_words(status, finding, rule, wording),
        decides=decides,
        lower=finding.lower,
        upper=finding.upper,
        requires=context.sentence_with_gaps(said.says.requires, rule),
        found=_found(said.says.found, finding, rule, context),
        fails=fails_words(finding, rule, context),
        unknown=_unknown(finding, [line.words for line in missing], wording),
        why=said.why,
        consequence=said.consequence,
        condition=condition_words(finding, rule, context),
        translated=said.translated,
        curable=rule.curable,
        at_least=said.at_least,
        documents=said.documents,
        missing=missing,
        evidence=(),
        decided_by=decided,
        standing=standing.value,
        standing_words=wording.word(f"standing.{standing.value}"),
        sources=said.sources,
        parameters=said.parameters,
        changes=said.changes,
        trace=tuple(trace_line(leaf, context.setting) for leaf in finding.leaves),
        notes=_notes(finding, rule, context),
    )


def condition_words(finding: Finding, rule: BoundRule, context: SentenceContext) -> str | None:
    """Return who does what by when, where a condition stands: the rule's own, or the search."""
    if not finding.condition:
        return None
    if finding.unscreened:
        return context.wording.word("screening.condition")
    return context.sentence_with_gaps(context.wording.condition(rule), rule)


def score_text(finding: Finding, wording: Wording) -> str:
    """Return the score of a scale, as one number or as bounds."""
    if finding.lower == finding.upper:
        return wording.word("finding.score", score=finding.lower)
    return wording.word("finding.score_open", lower=finding.lower, upper=finding.upper)


def trace_line(leaf: Leaf, setting: Setting) -> TraceLine:
    """Return one deciding comparison in words, remembered by the setting."""
    known = setting.trace_lines.get(leaf)
    if known is None:
        if len(setting.trace_lines) >= MOST_TRACES:
            setting.trace_lines.clear()
        known = setting.trace_lines[leaf] = _trace_line(leaf, setting.wording)
    return known


def _trace_line(leaf: Leaf, wording: Wording) -> TraceLine:
    fields = _fields_named(leaf, wording)
    name = fields[0] if len(fields) == 1 else ""
    key, values = "trace.value", {"value": _leaf_value(leaf.value, name, wording)}
    if leaf.possible:
        key, values = "trace.possible", {"list": wording.possible(name, leaf.possible)}
    elif leaf.value is None or leaf.truth is None:
        key = "trace.unknown"
    elif leaf.distance:
        key = "trace.needs"
        values["limit"] = _leaf_value(leaf.threshold, name, wording)
        values["distance"] = _leaf_value(abs(leaf.distance), name, wording)
    titles = "; ".join(map(wording.title, fields))
    if not titles:
        key, titles = "trace.unknown", wording.word("trace.policy")
    words = wording.word(key, text=titles, **values)
    truth = wording.word(TRUTHS[leaf.truth])
    said = wording.word("trace.line", words=words, truth=truth)
    return TraceLine(text=leaf.text, truth=leaf.truth, words=said)


def _fields_named(leaf: Leaf, wording: Wording) -> tuple[str, ...]:
    """Return the fields that a comparison names, computed ones too, in the order of its text."""
    plain = QUOTED.sub("", leaf.text)
    return tuple(name for name in dict.fromkeys(NAMES.findall(plain)) if wording.field(name))


def _leaf_value(value: Value | None, name: str, wording: Wording) -> str:
    return "" if value is None else wording.value(name, value)


def _status_words(status: Status, finding: Finding, rule: BoundRule, wording: Wording) -> str:
    if status is Status.NOT_SCREENED and not is_search(rule):
        return wording.word("status.not_known")
    word = wording.word(f"status.{status.value}")
    if finding.lower is None or status is Status.NOT_APPLICABLE:
        return word
    score = score_text(finding, wording)
    return score if status is Status.SCORED else f"{word}: {score}"


def _found(
    template: str | None, finding: Finding, rule: BoundRule, context: SentenceContext
) -> str | None:
    """Return what was found, only where all that it names is known.

    A sentence that names no field says that the requirement is met, so it is used for that alone.
    """
    if template and _names_empty_lists(template, rule, context):
        return context.wording.word("finding.nothing_on_record")
    if template and (context.names_of(template) or finding.outcome is Outcome.PASS):
        text = context.sentence(template, rule)
        if text is not None:
            return text
    if finding.outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE):
        return None
    names = dict.fromkeys(name for leaf in finding.leaves for name in leaf.fields)
    said = [f"{context.wording.title(n)}: {w}" for n in names if (w := context.words(n, rule))]
    return "; ".join(said) + "." if said else None


def _names_empty_lists(template: str, rule: BoundRule, context: SentenceContext) -> bool:
    """Whether all that a sentence names are lists that hold nothing."""
    names = context.names_of(template)
    return bool(names) and all(context.seen(name, rule).value == () for name in names)


def fails_words(finding: Finding, rule: BoundRule, context: SentenceContext) -> str | None:
    """Return what is wrong, only where something is and all that the sentence names is known."""
    template = context.wording.fails(rule)
    low = finding.outcome is Outcome.SCORED and (finding.upper or 0) <= LOW_LEVEL
    if template is None or not (low or finding.outcome is Outcome.FAIL):
        return None
    return context.sentence(template, rule)


def _unknown(finding: Finding, words: list[str], wording: Wording) -> str | None:
    if finding.outcome is not Outcome.UNKNOWN or not words:
        return None
    return wording.word("finding.unknown", list=" ".join(words))


def _notes(finding: Finding, rule: BoundRule, context: SentenceContext) -> tuple[str, ...]:
    wording = context.wording
    flags = {
        "finding.draft": rule.draft,
        "finding.on_word": finding.on_word and finding.outcome is Outcome.PASS,
        "finding.ruled_out_on_word": finding.on_word and finding.outcome is not Outcome.PASS,
        "finding.silent": finding.unscreened and not is_search(rule),
        "finding.unscreened": finding.unscreened and is_search(rule) and not context.searched,
        "finding.not_found_out": finding.unscreened and is_search(rule) and context.searched,
        "finding.not_demonstrated": finding.not_demonstrated,
    }
    notes = [wording.word(key) for key, stands in flags.items() if stands]
    if finding.typical is not None:
        notes.append(wording.word("finding.typical", points=finding.typical))
    return (*notes, *_review_notes(finding, context)) if finding.reviewed else tuple(notes)


def _review_notes(finding: Finding, context: SentenceContext) -> list[str]:
    return [
        context.wording.word(
            "finding.reviewed",
            by=review.by,
            role=review.role,
            on=context.wording.day(review.on),
            reason=review.reason,
        )
        for review in context.setting.purchase.reviews
        if review.rule == finding.rule and review.offer == context.candidate.id
    ]
