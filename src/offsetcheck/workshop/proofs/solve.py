"""Questions to the solver: a situation in which something holds, the simplest that is found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import z3

from offsetcheck.workshop.proofs.situation import Situation, situation_of
from offsetcheck.workshop.proofs.terms import Formula
from offsetcheck.workshop.proofs.world import World

PATIENCE = 50_000_000
"""Steps of the solver, as it counts them, that one question is given: some seconds.

Steps and not time, so that a busy machine proves what an idle one does.
"""

LONGEST = 120_000
"""Milliseconds after which a question is given up however few steps were counted."""


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


def patient(steps: int) -> z3.Solver:
    """Return a solver that gives a question up after so many steps."""
    solver = z3.Solver()
    solver.set("rlimit", steps)
    solver.set("timeout", LONGEST)
    return solver


def find(world: World, wanted: Formula, confirms: Confirms, patience: int = PATIENCE) -> Reply:
    """Return a situation in which a formula holds, confirmed by the engine, or that there is none.

    Where it can be, all is stated on record.
    """
    if wanted is False:
        return Never()
    solver = patient(patience)
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
