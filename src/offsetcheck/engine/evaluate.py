"""One rule on one subject: its outcome, its bounds, what it waits for and why it came out so."""

from datetime import date
from typing import NamedTuple

from offsetcheck.engine.expression import SETTLED, Answer, evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.engine.state import condition_stands, state_of
from offsetcheck.engine.trace import rule_leaves
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.finding import Finding, Missing, Outcome
from offsetcheck.vocabulary.purchase import Purchase

__all__ = ["Facts", "Judgement", "evaluate", "evaluate_rule", "judge_rule"]

LOWEST, HIGHEST = 1, 5


class Judgement(NamedTuple):
    """What a rule's expressions say, before the stage, reviews and screenings are heard.

    `met_anyway` says of an unknown outcome that the requirement holds and only whether the rule
    applies is open.
    """

    outcome: Outcome
    lower: int | None = None
    upper: int | None = None
    missing: frozenset[Missing] = SETTLED
    met_anyway: bool = False
    on_word: bool = False


def evaluate_rule(rule: BoundRule, subject: Candidate, day: date, purchase: Purchase) -> Finding:
    """Return the finding of a rule on a candidate (or on the purchase or portfolio as facts)."""
    facts = Facts(subject, purchase, day, rule.at_least)
    judgement = judge_rule(rule, facts)
    status = state_of(rule, judgement.outcome, judgement.met_anyway, subject.id, purchase)
    return Finding(
        rule=rule.id,
        outcome=judgement.outcome,
        state=status.state,
        lower=judgement.lower,
        upper=judgement.upper,
        missing=_named(rule, judgement.missing),
        on_word=judgement.on_word,
        condition=condition_stands(rule, judgement.outcome, on_word=judgement.on_word),
        unscreened=status.unscreened,
        not_demonstrated=status.not_demonstrated,
        reviewed=status.reviewed,
        leaves=rule_leaves(rule, facts.relaxed() if judgement.on_word else facts),
    )


def judge_rule(rule: BoundRule, facts: Facts) -> Judgement:
    """Return what a rule says of facts; where it may be declared, the seller's word is heard."""
    strict = _judge(rule, facts)
    if rule.declare and strict.outcome is Outcome.UNKNOWN:
        relaxed = _judge(rule, facts.relaxed())
        if relaxed.outcome is Outcome.PASS:
            return relaxed._replace(on_word=True)
    return strict


def _judge(rule: BoundRule, facts: Facts) -> Judgement:
    applies = evaluate(rule.applies_when, facts) if rule.applies_when else Answer(value=True)
    if applies.value is False:
        return Judgement(Outcome.NOT_APPLICABLE)
    if rule.requires is not None:
        return _judge_requirement(applies, evaluate(rule.requires, facts))
    return _judge_scale(rule, facts, applies)


def _judge_requirement(applies: Answer, met: Answer) -> Judgement:
    if applies.value is None or met.value is None:
        waits = applies.missing | met.missing
        return Judgement(Outcome.UNKNOWN, missing=waits, met_anyway=met.value is True)
    return Judgement(Outcome.PASS if met.value else Outcome.FAIL)


def _judge_scale(rule: BoundRule, facts: Facts, applies: Answer) -> Judgement:
    possible, waits = _walk_levels(rule, facts)
    if applies.value is None:
        return Judgement(Outcome.UNKNOWN, LOWEST, HIGHEST, applies.missing | waits)
    lower, upper = min(possible), max(possible)
    if lower == upper:
        return Judgement(Outcome.SCORED, lower, upper)
    return Judgement(Outcome.UNKNOWN, lower, upper, waits)


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
    """Return what is missing in order, a parameter under its rule's name: `$rule.parameter`."""
    return tuple(sorted(Missing(public_name(rule.id, m.field), m.cause) for m in missing))


def public_name(rule_id: str, name: str) -> str:
    """Return how a missing field is named outside its rule."""
    own = name.startswith("$") and not name.startswith(f"${rule_id}.")
    return f"${rule_id}.{name[1:]}" if own else name
