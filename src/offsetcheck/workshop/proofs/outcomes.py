"""What a rule comes to, as formulas: passed, failed, scored, not applicable or unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import z3

from offsetcheck.engine.evaluate import HIGHEST, LOWEST
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.workshop.proofs.encode import Encoder
from offsetcheck.workshop.proofs.terms import (
    Formula,
    Term,
    both,
    choose,
    every,
    opposite,
    same,
    some,
)
from offsetcheck.workshop.proofs.world import World

POINTS = tuple(range(LOWEST, HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class Outcomes:
    """When a rule comes to each outcome: exactly one of them holds.

    `applies` says that it is known to apply, `scored` is by points; `lower` and `upper` are the
    bounds of a scale, whole numbers. `on_word`: it is met, or does not apply, on the seller's word.
    """

    applies: Formula
    passed: Formula
    failed: Formula
    not_applicable: Formula
    unknown: Formula
    scored: Mapping[int, Formula]
    lower: Formula
    upper: Formula
    on_word: Formula

    def named(self, outcome: str) -> Formula:
        """Return when the rule has an outcome as examples name it: `pass`, `unknown`, `3` …."""
        if outcome.isdecimal():
            return self.scored.get(int(outcome), False)
        by_name = {
            "pass": self.passed,
            "fail": self.failed,
            "not_applicable": self.not_applicable,
            "unknown": self.unknown,
        }
        return by_name[outcome]

    def differ(self, other: "Outcomes") -> Formula:
        """Return when two rules come to different things."""
        alike = [
            same(self.passed, other.passed),
            same(self.failed, other.failed),
            same(self.not_applicable, other.not_applicable),
            same(self.lower, other.lower),
            same(self.upper, other.upper),
            same(self.on_word, other.on_word),
        ]
        return opposite(every(alike))


@dataclass(frozen=True, slots=True)
class _Plain:
    """What a rule comes to under one way of reading facts."""

    applies: Term
    passed: Formula
    failed: Formula
    not_applicable: Formula
    possible: Mapping[int, Formula]


def encoded(rule: BoundRule, world: World) -> Outcomes:
    """Return when a rule comes to what, as `engine.evaluate.rule_outcome` has it."""
    strict = _plain(rule, Encoder(world, rule.at_least))
    ruled_out = both(_is_open(strict), _ruled_out(rule, world))
    met_on_word = _met_on_word(rule, world, strict, ruled_out)
    passed = some((strict.passed, met_on_word))
    not_applicable = some((strict.not_applicable, ruled_out))
    scored = {points: _scored(strict, points) for points in POINTS} if rule.is_scale else {}
    settled = some((passed, strict.failed, not_applicable, *scored.values()))
    bounded = opposite(not_applicable)
    return Outcomes(
        applies=strict.applies.true,
        passed=passed,
        failed=strict.failed,
        not_applicable=not_applicable,
        unknown=opposite(settled),
        scored=scored,
        lower=_bound(strict, bounded, POINTS),
        upper=_bound(strict, bounded, POINTS[::-1]),
        on_word=some((ruled_out, met_on_word)),
    )


def _plain(rule: BoundRule, encoder: Encoder) -> _Plain:
    always = Term(known=True, value=True)
    applies = encoder.term(rule.applies_when) if rule.applies_when is not None else always
    if rule.requires is not None:
        met = encoder.term(rule.requires)
        passed, failed = both(applies.true, met.true), both(applies.true, met.false)
        return _Plain(applies, passed, failed, applies.false, {})
    possible = _levels(rule.levels, encoder)
    return _Plain(
        applies, passed=False, failed=False, not_applicable=applies.false, possible=possible
    )


def _levels(levels: Sequence[tuple[int, Node | None]], encoder: Encoder) -> Mapping[int, Formula]:
    """Return by points when a scale can still give them."""
    reached: Formula = True
    possible: dict[int, Formula] = {}
    for points, condition in levels:
        met = encoder.term(condition) if condition is not None else Term(known=True, value=True)
        here = both(reached, opposite(met.false))
        possible[points] = some((possible.get(points, False), here))
        reached = both(reached, opposite(met.true))
    return {**possible, LOWEST: some((possible.get(LOWEST, False), reached))}


def _scored(plain: _Plain, points: int) -> Formula:
    others = (one for level, one in plain.possible.items() if level != points)
    alone = every(opposite(one) for one in others)
    return every((plain.applies.true, plain.possible.get(points, False), alone))


def _is_open(plain: _Plain) -> Formula:
    if not plain.possible:
        return opposite(some((plain.passed, plain.failed, plain.not_applicable)))
    settled = some(_scored(plain, points) for points in plain.possible)
    return opposite(some((plain.not_applicable, settled)))


def _ruled_out(rule: BoundRule, world: World) -> Formula:
    if not rule.heard or rule.applies_when is None:
        return False
    return Encoder(world, rule.at_least, rule.heard).term(rule.applies_when).false


def _met_on_word(rule: BoundRule, world: World, strict: _Plain, ruled_out: Formula) -> Formula:
    if not rule.declare:
        return False
    relaxed = _plain(rule, Encoder(world, None))
    return every((_is_open(strict), opposite(ruled_out), relaxed.passed))


def _bound(plain: _Plain, stands: Formula, points: Sequence[int]) -> Formula:
    """Return the first of some points that are possible; all are where it is open if it applies."""
    if not plain.possible:
        return z3.IntVal(0)
    bound: Formula = z3.IntVal(points[-1])
    for one in points[-2::-1]:
        can_be = some((plain.possible.get(one, False), opposite(plain.applies.known)))
        bound = choose(can_be, z3.IntVal(one), bound)
    return choose(stands, bound, z3.IntVal(0))
