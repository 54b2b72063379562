"""Which rules a verdict follows from: the proof walked back to its first words."""

from collections.abc import Iterable, Iterator

from offsetcheck.engine.moving import still_moving
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment, ProofStep, PurchaseAssessment
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome

EVERY_GATE_CLEAR = "every_gate_clear"
CONDITION_STANDS = "condition_stands"
BELOW_FLOOR = "below_floor"
FLOOR_OPEN = "floor_open"


def first_words(verdict: str, proof: Iterable[ProofStep]) -> frozenset[str]:
    """Return the words, concluded from nothing else, that a verdict was concluded from."""
    steps: dict[str, list[ProofStep]] = {}
    for step in proof:
        steps.setdefault(step.conclusion, []).append(step)
    return frozenset(_walk(verdict, steps, set()))


def _walk(word: str, steps: dict[str, list[ProofStep]], seen: set[str]) -> Iterator[str]:
    if word in seen:
        return
    seen.add(word)
    if word not in steps:
        yield word
    for step in steps.get(word, ()):
        for premise in step.premises:
            yield from _walk(premise, steps, seen)


def deciding_rules(assessment: Assessment, bound: BoundRulebook) -> frozenset[str]:
    """Return the ids of the rules that a candidate's verdict follows from."""
    words = first_words(assessment.verdict.value, assessment.proof)
    named = {word.split(" ", 1)[0] for word in words} & set(bound.rules)
    may_apply = [f for f in assessment.findings if f.outcome is not Outcome.NOT_APPLICABLE]
    if EVERY_GATE_CLEAR in words:
        named |= {f.rule for f in may_apply if _is_gate(bound.rules[f.rule])}
    if CONDITION_STANDS in words:
        named |= {f.rule for f in may_apply if f.condition}
    if any(word.startswith("integrity ") for word in words):
        named |= _integrity_rules(words, assessment, may_apply, bound)
    return frozenset(named)


def deciding_purchase_rules(assessment: PurchaseAssessment, bound: BoundRulebook) -> frozenset[str]:
    """Return the ids of the rules that the purchase's verdict follows from."""
    words = first_words(assessment.verdict.value, assessment.proof)
    named = {word.split(" ", 1)[0] for word in words} & set(bound.rules)
    if named:
        return frozenset(named)
    may_apply = (f for f in assessment.findings if f.outcome is not Outcome.NOT_APPLICABLE)
    effects = (Effect.GATE, Effect.CLAIM_LIMIT)
    return frozenset(f.rule for f in may_apply if bound.rules[f.rule].effect in effects)


def applying(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the ids of the rules that apply or may apply."""
    return tuple(f.rule for f in findings if f.outcome is not Outcome.NOT_APPLICABLE)


def open_points(assessment: Assessment, bound: BoundRulebook) -> tuple[Finding, ...]:
    """Return the unknown findings that keep the integrity bounds apart."""
    moving = still_moving(assessment, bound)
    return tuple(
        finding
        for finding in assessment.findings
        if finding.rule in moving and moves_integrity(bound.rules[finding.rule], bound)
    )


def moves_integrity(rule: BoundRule, bound: BoundRulebook) -> bool:
    """Whether a rule can move the integrity grade."""
    if rule.draft:
        return False
    if rule.effect is Effect.CAP:
        return True
    weights = {d.id: d.integrity_weight for d in bound.scheme.dimensions}
    return rule.effect is Effect.SCORE and weights.get(rule.dimension, 0) > 0


def _is_gate(rule: BoundRule) -> bool:
    return rule.effect is Effect.GATE and not rule.draft


def _integrity_rules(
    words: frozenset[str],
    assessment: Assessment,
    may_apply: list[Finding],
    bound: BoundRulebook,
) -> set[str]:
    scored = {f.rule for f in may_apply if moves_integrity(bound.rules[f.rule], bound)}
    if any(word.endswith(FLOOR_OPEN) for word in words):
        return {f.rule for f in open_points(assessment, bound)}
    if any(word.endswith(BELOW_FLOOR) for word in words):
        return _binding(assessment, scored, bound) or scored
    return scored


def _binding(assessment: Assessment, scored: set[str], bound: BoundRulebook) -> set[str]:
    sources = {c.source for c in assessment.ceilings if c.binds}
    of_dimensions = {rule for rule in scored if bound.rules[rule].dimension in sources}
    return (sources & scored) | of_dimensions
