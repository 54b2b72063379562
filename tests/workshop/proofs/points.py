"""One situation as values of the variables of a world, and random rules to try it with."""

from datetime import date
from random import Random
from typing import Any

import z3
from worlds import FIELDS, POOLS, PURCHASE_FIELDS, VERSIONS, Drawer

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Calculate, Constant, Node
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.workshop.proofs.outcomes import encoded
from offsetcheck.workshop.proofs.situation import Situation
from offsetcheck.workshop.proofs.terms import Day, Listed
from offsetcheck.workshop.proofs.world import World

NO_FIELDS = Dictionary(candidate={}, purchase={})
EXACT = (0, 1, 2, 2.5, 3, 5, 10, -3, 0.5, 1024)
"""Numbers of which doubles make no more and no less than they are, a few steps on."""


class Exact(Drawer):
    """Draws rules whose numbers doubles hold exactly, and facts that are known whole or not."""

    def constant(self, kind: FieldType) -> Constant:
        drawn = super().constant(kind)
        if drawn.value is None or kind is not FieldType.NUMBER:
            return drawn
        return Constant(self.random.choice(EXACT), kind, drawn.name)

    def calculated(self, depth: int) -> Node:
        operator = self.random.choice("+-*//")
        if operator == "/":
            halves = Constant(self.random.choice((0, -0.0, 2, 4, 0.5)), FieldType.NUMBER)
            return Calculate(operator, self.number(depth), halves)
        return Calculate(operator, self.number(depth), self.number(depth))

    def situation(self) -> Situation:
        given: dict[str, Value] = {}
        fields = {"id": FieldType.TEXT, **FIELDS}
        fields |= {f"purchase.{name}": kind for name, kind in PURCHASE_FIELDS.items()}
        for name, kind in fields.items():
            if self.chance(0.8):
                given[name] = self.whole(name, kind)
        grades = {n: self.random.choice(tuple(EvidenceGrade)) for n in given if self.chance(0.6)}
        return Situation(given, grades, self.chance(0.5))

    def whole(self, name: str, kind: FieldType) -> Value:
        if name == "id":
            return f"P{self.random.randint(0, 7)}"
        if name == "version":
            return self.random.choice((*VERSIONS, "0.9", "2.0.1", "99", "no number"))
        return self.random.choice(EXACT if kind is FieldType.NUMBER else POOLS[kind])


def drawn(seed: int) -> tuple[BoundRule, Situation, Exact]:
    """Return a random rule and situation."""
    drawer = Exact(Random(seed))
    return drawer.rule(1, route=False), drawer.situation(), drawer


def outcome_at(rule: BoundRule, situation: Situation) -> str:
    """Return what the formulas say of a rule in one situation, bounds of a scale beside it."""
    world = World(NO_FIELDS, rule.expressions(), situation.given.values())
    outcomes = encoded(rule, world)
    solver = z3.Solver()
    solver.add(*pinned(world, situation))
    assert solver.check() == z3.sat
    model = solver.model()
    names = ["pass", "fail", "not_applicable", "unknown", *(str(p) for p in outcomes.scored)]
    held = [name for name in names if _true(model, outcomes.named(name))]
    assert len(held) == 1, held
    bounds = [model.eval(one, model_completion=True).as_long() for one in _bounds(outcomes)]
    word = " on word" if _true(model, outcomes.on_word) else ""
    return f"{held[0]} {bounds[0]} {bounds[1]}{word}"


def pinned(world: World, situation: Situation) -> list[Any]:
    """Return that each variable of a world is what a situation says."""
    held: list[Any] = [world.screened == situation.screened]
    for name in world.fields:
        held += [world.stated(name) == (name in situation.given)]
        held += [world.grade(name) == int(situation.grade(name))]
        if name in situation.given:
            held += _is(world.value(name), world, situation.given[name])
    return held


def _is(variable: Any, world: World, value: Value) -> list[Any]:
    if isinstance(variable, Day):
        assert isinstance(value, date)
        parts = (value.year, value.month, value.day)
        return [one == part for one, part in zip(variable, parts, strict=True)]
    if isinstance(variable, Listed):
        assert isinstance(value, tuple)
        times = [one == value.count(item) for item, one in variable.times.items()]
        return [*times, variable.others == sum(item not in variable.times for item in value)]
    return [variable == world.constant(value)]


def _bounds(outcomes: Any) -> tuple[Any, Any]:
    return outcomes.lower, outcomes.upper


def _true(model: z3.ModelRef, formula: Any) -> bool:
    return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, True))
