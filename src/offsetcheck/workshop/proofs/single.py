"""One rule alone: which outcomes it can come to, and a situation for each."""

from collections.abc import Iterable
from datetime import date

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.workshop.proofs.answers import Answer
from offsetcheck.workshop.proofs.outcomes import encoded
from offsetcheck.workshop.proofs.situation import Situation, outcome_in, spoken_outcome
from offsetcheck.workshop.proofs.solve import PATIENCE, find
from offsetcheck.workshop.proofs.world import World

PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not_applicable"


def outcomes_of(rule: BoundRule) -> tuple[str, ...]:
    """Return the outcomes that a rule is written to have, as examples name them."""
    if rule.is_scale:
        return tuple(str(points) for points, _ in rule.levels)
    return (PASS, FAIL)


def reachable(
    rule: BoundRule, dictionary: Dictionary, day: date, patience: int = PATIENCE
) -> dict[str, Answer]:
    """Return for each outcome of a rule how it can be come to, or that it never is."""
    world = World(dictionary, rule.expressions())
    outcomes = encoded(rule, world)
    return {
        name: Answer.of(find(world, outcomes.named(name), _confirms(rule, day, name), patience))
        for name in outcomes_of(rule)
    }


def _confirms(rule: BoundRule, day: date, wanted: str):
    def confirms(situation: Situation) -> bool:
        return spoken_outcome(outcome_in(rule, situation, day)) == wanted

    return confirms


def never(answers: dict[str, Answer], names: Iterable[str]) -> list[str]:
    """Return those of some outcomes that are never come to."""
    return [name for name in names if answers[name].said == "never"]
