"""Questions to the solver: a situation in which something holds, the simplest that is found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import z3

from offsetcheck.workshop.proofs.situation import Situation, situation_of
from offsetcheck.workshop.proofs.terms import Formula
from offsetcheck.workshop.proofs.world import World

PATIENCE = 4_000
"""Milliseconds that the solver is given for one question."""


@dataclass(frozen=True, slots=True)
class Never:
    """It is proved that no situation is so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A situation that is so, as the engine confirms."""

    situation: Situation


@dataclass(frozen=True, slots=True)
class NotProved:
    """Neither was shown: the solver gave up, or the engine did not confirm what it found."""


Reply = Never | Found | NotProved
Confirms = Callable[[Situation], bool]


def find(world: World, wanted: Formula, confirms: Confirms, patience: int = PATIENCE) -> Reply:
    """Return a situation in which a formula holds, confirmed by the engine, or that there is none.

    Where it can be, all is stated on record.
    """
    if wanted is False:
        return Never()
    solver = z3.Solver()
    solver.set("timeout", patience)
    solver.add(world.known())
    solver.add(wanted)
    first = _ask(solver, world, confirms, plain=True)
    return first if isinstance(first, Found) else _ask(solver, world, confirms, plain=False)


def _ask(solver: z3.Solver, world: World, confirms: Confirms, *, plain: bool) -> Reply:
    on_record = [world.grade(name) == 1 for name in world.fields] if plain else []
    answer = solver.check(*on_record)
    if answer == z3.unsat:
        return Never()
    if answer != z3.sat:
        return NotProved()
    situation = situation_of(solver.model(), world)
    return Found(simplest(situation, confirms)) if confirms(situation) else NotProved()


def simplest(situation: Situation, confirms: Confirms) -> Situation:
    """Return the situation without whatever is not needed for it."""
    for name in situation.given:
        fewer = situation.without(name)
        if confirms(fewer):
            situation = fewer
    for name in situation.grades:
        better = situation.certified(name)
        if confirms(better):
            situation = better
    grades = {name: g for name, g in situation.grades.items() if name in situation.facts}
    return replace(situation, grades=grades)
