"""What a solver found, in the terms of the dictionary, and what the engine says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import z3

from offsetcheck.engine.evaluate import RuleOutcome, rule_outcome
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.fields.names import PURCHASE
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value, with_values
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Purchase, Screening
from offsetcheck.workshop.proofs.terms import Day, Formula, Listed, is_plain
from offsetcheck.workshop.proofs.world import World

NOBODY = "offer"


@dataclass(frozen=True, slots=True)
class Situation:
    """Fields that are stated, with values and grades; all others are not stated.

    `screened` says that a search for adverse events is on record, `several` names fields of which
    one of some values is right.
    """

    given: Mapping[str, Value]
    grades: Mapping[str, EvidenceGrade] = field(default_factory=dict)
    screened: bool = False
    several: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts by the names under which rules read them."""
        whole = {name: Fact(value, self.grade(name)) for name, value in self.given.items()}
        in_part = {
            name: with_values(Fact(grade=self.grade(name)), values)
            for name, values in self.several.items()
        }
        return whole | in_part

    def without(self, name: str) -> "Situation":
        """Return the same with one field not stated."""
        given = {other: value for other, value in self.given.items() if other != name}
        return replace(self, given=given)

    def certified(self, name: str) -> "Situation":
        """Return the same with one field of the best grade."""
        grades = {other: grade for other, grade in self.grades.items() if other != name}
        return replace(self, grades=grades)

    def grade(self, name: str) -> EvidenceGrade:
        """Return the grade of a field; what is not said is on record."""
        return self.grades.get(name, EvidenceGrade.E1)


def outcome_in(rule: BoundRule, situation: Situation, day: date) -> RuleOutcome:
    """Return what the engine makes of a rule in a situation."""
    return rule_outcome(rule, facts_in(rule, situation, day))


def facts_in(rule: BoundRule, situation: Situation, day: date) -> Facts:
    """Return a situation as the facts that a rule may read."""
    facts = situation.facts
    own = {name: fact for name, fact in facts.items() if not name.startswith(PURCHASE)}
    bought = {
        name.removeprefix(PURCHASE): fact
        for name, fact in facts.items()
        if name.startswith(PURCHASE)
    }
    looked = (Screening(NOBODY, day, ()),) if situation.screened else ()
    purchase = Purchase(facts=bought, screenings=looked)
    return Facts(Candidate(NOBODY, own), purchase, day, rule.at_least, rule.screening_days)


def spoken_outcome(outcome: RuleOutcome) -> str:
    """Return an outcome as examples name it: `pass`, `unknown`, `3` …."""
    scored = outcome.outcome is Outcome.SCORED
    return str(outcome.lower) if scored else outcome.outcome.value


def situation_of(model: z3.ModelRef, world: World) -> Situation:
    """Return the situation that a model of the solver is."""
    given: dict[str, Value] = {}
    grades: dict[str, EvidenceGrade] = {}
    for name, one in world.fields.items():
        if not _holds(model, world.stated(name)):
            continue
        given[name] = _value(model, world, name, one.type)
        grade = EvidenceGrade(_whole(model, world.grade(name)))
        if grade is not EvidenceGrade.E1:
            grades[name] = grade
    return Situation(given, grades, _holds(model, world.screened))


def _value(model: z3.ModelRef, world: World, name: str, kind: FieldType) -> Value:
    value = world.value(name)
    if kind is FieldType.BOOLEAN:
        return _holds(model, value)
    if isinstance(value, Day):
        return date(*(_whole(model, part) for part in value))
    if isinstance(value, Listed):
        listed: Value = _list(model, world, name, value)
        return listed
    found = model.eval(value, model_completion=True)
    if kind in {FieldType.TEXT, FieldType.CODE}:
        word: str = world.words[found.as_long()]
        return word
    exact = found.as_fraction() if z3.is_rational_value(found) else found.approx(9).as_fraction()
    whole: bool = exact.denominator == 1
    return int(exact) if whole else float(exact)


def _list(model: z3.ModelRef, world: World, name: str, value: Listed) -> Any:
    found = [one for one, times in value.times.items() for _ in range(_whole(model, times))]
    codes = world.codes(name)
    spare = [code for code in codes if code not in value.times]
    for number in range(_whole(model, value.others)):
        if value.times and not isinstance(next(iter(value.times)), str):
            found.append(1000 + number)
        else:
            found.append(spare[number % len(spare)] if spare else f"other {number + 1}")
    return tuple(int(one) if isinstance(one, float) and one.is_integer() else one for one in found)


def _holds(model: z3.ModelRef, formula: Formula) -> bool:
    return (
        formula
        if is_plain(formula)
        else bool(z3.is_true(model.eval(formula, model_completion=True)))
    )


def _whole(model: z3.ModelRef, formula: Formula) -> int:
    if isinstance(formula, int):
        return formula
    found: int = model.eval(formula, model_completion=True).as_long()
    return found
