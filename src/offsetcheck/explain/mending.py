"""What a seller can still mend of a refused offer: tried by forgetting what he can still change.

A statement that he can still change is taken as unknown; whatever fails all the same fails for
good, because a settled outcome stays whatever an unknown turns out to be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offsetcheck.engine.assess import assess_changed
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.scores import score
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.dictionary import BidderCanChange, Field
from offsetcheck.vocabulary.evidence import NOT_STATED, EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State
from offsetcheck.vocabulary.finding_explanation import FindingLine
from offsetcheck.vocabulary.purchase import Stage

BARRING = frozenset({Effect.GATE, Effect.CAP})


@dataclass(frozen=True, slots=True)
class Mending:
    """The requirements not met that can still be mended, and whether the offer is past mending."""

    rules: frozenset[str] = frozenset()
    for_good: bool = False


def can_still_change(field: Field, fact: Fact) -> bool:
    """Whether a seller can still change a statement.

    The project he can change; what only a paper could change, unless a registry, verifier or
    public body has settled it.
    """
    if not field.is_input or field.changes is BidderCanChange.NEVER:
        return False
    settled = fact.value is not None and fact.grade <= EvidenceGrade.E2
    return field.changes is BidderCanChange.PROJECT or not settled


def mending(assessment: Assessment, context: SentenceContext) -> Mending:
    """Return what of a refused offer can be mended; nothing of it at the final stage."""
    if assessment.verdict is not Verdict.NOT_ELIGIBLE:
        return Mending()
    turned = frozenset(_turned(assessment.findings, context))
    final = context.setting.purchase.stage is Stage.FINAL
    refused = _is_refused(_mended(turned, assessment, context), context)
    return Mending(frozenset() if final else turned, for_good=refused)


def in_this_case(line: FindingLine, case: Mending, assessment: Assessment) -> FindingLine:
    """Return a finding's line without a cure or a condition that would not help this offer."""
    if assessment.verdict is not Verdict.NOT_ELIGIBLE:
        return line
    failed = line.outcome == Outcome.FAIL.value
    curable = line.curable and not case.for_good and (line.rule in case.rules or not failed)
    return line.model_copy(update={"curable": curable, "condition": None})


def _turned(findings: Iterable[Finding], context: SentenceContext) -> Iterator[str]:
    """Yield the unmet requirements that may be met once what can change is taken as unknown."""
    bound, purchase = context.setting.bound, context.setting.purchase
    forgotten = context.candidate.with_facts(dict.fromkeys(_changeable(context), NOT_STATED))
    for finding in findings:
        rule = bound.rules[finding.rule]
        if _is_unmet(finding) and rule.curable and rule.effect in BARRING:
            after = evaluate_rule(rule, forgotten, bound.as_of, purchase)
            if after.outcome is not Outcome.FAIL:
                yield rule.id


def _mended(
    rules: frozenset[str], assessment: Assessment, context: SentenceContext
) -> tuple[Finding, ...]:
    """Return the findings once what these rules rest on is open; what else is unmet stays so.

    A scale moves only where it reads what a requirement asks to have mended.
    """
    setting = context.setting
    read = {name for rule in rules for name in setting.bound.rules[rule].inputs}
    opened = dict.fromkeys(read & _changeable(context), NOT_STATED)
    after = assess_changed(assessment, context.candidate, opened, setting.bound, setting.purchase)
    return tuple(
        old if _is_unmet(old) and old.rule not in rules else new
        for old, new in zip(assessment.findings, after.findings, strict=True)
    )


def _changeable(context: SentenceContext) -> set[str]:
    """Return the stated fields that the seller can still change."""
    known = context.setting.bound.dictionary.candidate
    facts = context.candidate.facts.items()
    return {name for name, fact in facts if name in known and can_still_change(known[name], fact)}


def _is_unmet(finding: Finding) -> bool:
    return finding.outcome is Outcome.FAIL and finding.state is State.FAIL


def _is_refused(findings: tuple[Finding, ...], context: SentenceContext) -> bool:
    """Whether an unmet gate or the grade bars the offer whatever may still be sent."""
    bound = context.setting.bound
    unmet = (finding for finding in findings if _is_unmet(finding))
    if any(bound.rules[finding.rule].effect is Effect.GATE for finding in unmet):
        return True
    scores = score(bound.rules, findings, bound.scheme)
    return scores.integrity.upper < bound.scheme.cut(bound.city.floor)
