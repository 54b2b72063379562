"""One rule on one subject -> its finding: outcome, levels, missing fields, trace, what it saw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from offsetcheck.engine.deciders import deciders
from offsetcheck.engine.expression import SETTLED, Answer, evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.engine.observe import NOTHING, Observed, observe, observe_computed
from offsetcheck.engine.state import condition_stands, state_of
from offsetcheck.engine.trace import rule_leaves
from offsetcheck.engine.typical import TYPE_FIELD, possible_types, typical_points
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.finding import (
    NO_DECIDERS,
    Deciders,
    Finding,
    Leaf,
    Missing,
    Outcome,
    Seen,
)
from offsetcheck.vocabulary.purchase import Purchase

LOWEST, HIGHEST = 1, 5


class RuleOutcome(NamedTuple):
    """The outcome of a rule's expressions, before stage, reviews and screenings give it a state.

    `met_anyway` says of an unknown outcome that the requirement holds and only whether the rule
    applies is open. `on_word`: it is met, or does not apply, on the seller's word alone.
    """

    outcome: Outcome
    lower: int | None = None
    upper: int | None = None
    missing: frozenset[Missing] = SETTLED
    met_anyway: bool = False
    on_word: bool = False


class Settled(NamedTuple):
    """What a rule comes to, as far as it follows from what is told of the fields that it reads.

    `seen` are the computed fields of those observed; what else the arguments of a finding say.
    """

    result: RuleOutcome
    missing: tuple[Missing, ...]
    typical: int | None
    leaves: tuple[Leaf, ...]
    seen: Mapping[str, Seen]
    deciders: Deciders


def evaluate_rule(
    rule: BoundRule,
    subject: Candidate,
    day: date,
    purchase: Purchase,
    observed: Observed = NOTHING,
    *,
    traced: bool = True,
) -> Finding:
    """Return the finding of a rule on a candidate (or on the purchase or portfolio as facts).

    `observed` are the fields whose values the finding keeps, `traced` whether it keeps the deciding
    comparisons; a finding that nobody explains needs neither.
    """
    facts = Facts(subject, purchase, day, rule.at_least, rule.screening_days)
    return finding_of(rule, settle(rule, facts, observed, traced=traced), facts, observed)


def settle(rule: BoundRule, facts: Facts, observed: Observed, *, traced: bool) -> Settled:
    """Return what a rule comes to under facts, before stage, reviews and screenings count.

    Equal rules that are told the same come to the same, whoever the subject is.
    """
    result = rule_outcome(rule, facts)
    used = _used(rule, facts, result)
    return Settled(
        result=result,
        missing=_named(rule, result.missing),
        typical=_typical(rule, result, facts.subject, facts.day),
        leaves=rule_leaves(rule, used) if traced else (),
        seen=observe_computed(observed, used),
        deciders=deciders(rule, used) if observed else NO_DECIDERS,
    )


def finding_of(rule: BoundRule, settled: Settled, facts: Facts, observed: Observed) -> Finding:
    """Return what a rule comes to as a finding on the subject of facts."""
    result = settled.result
    met_on_word = result.on_word and result.outcome is Outcome.PASS
    reason = state_of(rule, result.outcome, result.met_anyway, facts)
    stands = condition_stands(rule, result.outcome, on_word=met_on_word)
    return Finding(
        rule=rule.id,
        outcome=result.outcome,
        state=reason.state,
        lower=result.lower,
        upper=result.upper,
        missing=settled.missing,
        on_word=result.on_word,
        condition=stands or reason.search_due,
        unscreened=reason.unscreened,
        not_demonstrated=reason.not_demonstrated,
        reviewed=reason.reviewed,
        typical=settled.typical,
        leaves=settled.leaves,
        seen=observe(observed, _used(rule, facts, result), settled.seen),
        deciders=settled.deciders,
    )


def _typical(rule: BoundRule, result: RuleOutcome, subject: Candidate, day: date) -> int | None:
    """Return the typical points of a scale that is unknown, as far as they are still possible."""
    if not rule.typical or result.lower is None or result.upper is None:
        return None
    if result.outcome is not Outcome.UNKNOWN:
        return None
    points = typical_points(rule, possible_types(subject.fact(TYPE_FIELD), day))
    return None if points is None else min(max(points, result.lower), result.upper)


def rule_outcome(rule: BoundRule, facts: Facts) -> RuleOutcome:
    """Return the outcome of a rule under facts.

    Where whether a rule applies is unknown, and it does not once the fields that identify the offer
    count at every grade, it does not apply `on_word`. Where a rule that may be declared is unknown,
    and met once every evidence grade counts, it is met `on_word`.
    """
    strict = _outcome_of(rule, facts)
    if strict.outcome is Outcome.UNKNOWN and _is_ruled_out(rule, facts.hearing(rule.heard)):
        return RuleOutcome(Outcome.NOT_APPLICABLE, on_word=True)
    if rule.declare and strict.outcome is Outcome.UNKNOWN:
        relaxed = _outcome_of(rule, facts.relaxed())
        if relaxed.outcome is Outcome.PASS:
            return relaxed._replace(on_word=True)
    return strict


def _is_ruled_out(rule: BoundRule, facts: Facts) -> bool:
    """Whether a rule does not apply by the fields that say who and what the offer is."""
    if not rule.heard or rule.applies_when is None:
        return False
    return evaluate(rule.applies_when, facts).value is False


def _used(rule: BoundRule, facts: Facts, result: RuleOutcome) -> Facts:
    """Return the facts that an outcome rests on."""
    if not result.on_word:
        return facts
    return facts.relaxed() if result.outcome is Outcome.PASS else facts.hearing(rule.heard)


def _outcome_of(rule: BoundRule, facts: Facts) -> RuleOutcome:
    applies = evaluate(rule.applies_when, facts) if rule.applies_when else Answer(value=True)
    if applies.value is False:
        return RuleOutcome(Outcome.NOT_APPLICABLE)
    if rule.requires is not None:
        return _requirement_outcome(applies, evaluate(rule.requires, facts))
    return _scale_outcome(rule, facts, applies)


def _requirement_outcome(applies: Answer, met: Answer) -> RuleOutcome:
    if applies.value is None or met.value is None:
        waits = applies.missing | met.missing
        return RuleOutcome(Outcome.UNKNOWN, missing=waits, met_anyway=met.value is True)
    return RuleOutcome(Outcome.PASS if met.value else Outcome.FAIL)


def _scale_outcome(rule: BoundRule, facts: Facts, applies: Answer) -> RuleOutcome:
    possible, waits = _walk_levels(rule, facts)
    if applies.value is None:
        return RuleOutcome(Outcome.UNKNOWN, LOWEST, HIGHEST, applies.missing | waits)
    lower, upper = min(possible), max(possible)
    if lower == upper:
        return RuleOutcome(Outcome.SCORED, lower, upper)
    return RuleOutcome(Outcome.UNKNOWN, lower, upper, waits)


def _walk_levels(rule: BoundRule, facts: Facts) -> tuple[list[int], frozenset[Missing]]:
    possible: list[int] = []
    waits = SETTLED
    for points, condition in rule.levels:
        answer = evaluate(condition, facts) if condition is not None else Answer(value=True)
        if answer.value is True:
            return [*possible, points], waits
        if answer.value is None:
            possible.append(points)
            waits |= answer.missing
    return [*possible, LOWEST], waits


def _named(rule: BoundRule, missing: frozenset[Missing]) -> tuple[Missing, ...]:
    """Return what is missing in order, a parameter under its full name: `$rule.parameter`."""
    return tuple(sorted(Missing(public_name(rule.id, m.field), m.cause) for m in missing))


def public_name(rule_id: str, name: str) -> str:
    """Return how a missing field is named outside its rule."""
    own = name.startswith("$") and not name.startswith(f"${rule_id}.")
    return f"${full_name(rule_id, name[1:])}" if own else name


def with_identity_condition(
    findings: tuple[Finding, ...], rules: Mapping[str, BoundRule]
) -> tuple[Finding, ...]:
    """Return findings in which the condition of a rule `for_identity` stands, or does not.

    It stands once for an offer of which any rule does not apply on the seller's word alone.
    """
    stands = any(f.on_word and f.outcome is Outcome.NOT_APPLICABLE for f in findings)
    return tuple(
        replace(f, condition=stands and not rules[f.rule].draft)
        if rules[f.rule].for_identity
        else f
        for f in findings
    )
