"""One rule alone: which outcomes it can come to, and a situation for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from offsetcheck.engine.expression import evaluate
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.workshop.proofs.answers import FOUND, NEVER, OPEN, Answer
from offsetcheck.workshop.proofs.outcomes import encoded
from offsetcheck.workshop.proofs.situation import (
    Situation,
    facts_in,
    outcome_in,
    spoken_outcome,
)
from offsetcheck.workshop.proofs.solve import PATIENCE, Confirms, find
from offsetcheck.workshop.proofs.world import World

PASS, FAIL, APPLIES = "pass", "fail", "applies"


@dataclass(frozen=True, slots=True)
class Reachable:
    """How each outcome of a rule is come to, by the name that examples give it.

    `applies` is asked only of a rule that never comes to any of them.
    """

    answers: Mapping[str, Answer]

    @property
    def never(self) -> tuple[str, ...]:
        """The outcomes that are never come to, `applies` alone where the rule never applies."""
        found = tuple(name for name, answer in self.answers.items() if answer.said == NEVER)
        return (APPLIES,) if APPLIES in found else found

    @property
    def not_proved(self) -> tuple[str, ...]:
        """The outcomes of which nothing was shown."""
        return tuple(name for name, answer in self.answers.items() if answer.said == OPEN)

    def instead(self) -> tuple[str, Answer] | None:
        """Return an outcome that is come to, None where there is none."""
        outcomes = ((n, one) for n, one in self.answers.items() if n != APPLIES)
        return next(((n, one) for n, one in outcomes if one.said == FOUND), None)

    def kept(self) -> dict[str, Any]:
        """Return the answers as JSON."""
        return {name: answer.kept() for name, answer in self.answers.items()}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return answers as they were kept."""
        return cls({name: Answer.read(answer) for name, answer in kept.items()})


def outcomes_of(rule: BoundRule) -> tuple[str, ...]:
    """Return the outcomes that a rule is written to have, as examples name them."""
    if rule.is_scale:
        return tuple(str(points) for points, _ in rule.levels)
    return (PASS, FAIL)


def reachable(
    rule: BoundRule, dictionary: Dictionary, day: date, patience: int = PATIENCE
) -> Reachable:
    """Return for each outcome of a rule how it can be come to, or that it never is."""
    world = World(dictionary, rule.expressions())
    outcomes = encoded(rule, world)
    answers = {
        name: Answer.of(find(world, outcomes.named(name), _comes_to(rule, day, name), patience))
        for name in outcomes_of(rule)
    }
    if all(answer.said == NEVER for answer in answers.values()):
        applies = find(world, outcomes.applies, _applies(rule, day), patience)
        answers[APPLIES] = Answer.of(applies)
    return Reachable(answers)


def _comes_to(rule: BoundRule, day: date, wanted: str) -> Confirms:
    def confirms(situation: Situation) -> bool:
        return spoken_outcome(outcome_in(rule, situation, day)) == wanted

    return confirms


def _applies(rule: BoundRule, day: date) -> Confirms:
    def confirms(situation: Situation) -> bool:
        condition, facts = rule.applies_when, facts_in(rule, situation, day)
        return condition is None or evaluate(condition, facts).value is True

    return confirms
