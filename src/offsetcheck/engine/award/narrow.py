"""A long programme made short: columns that no better answer can move are fixed first.

Without whole numbers the programme tells what a unit more of each column costs. Where that is
more than lies between this bound and an answer that is known, no answer as good moves the column.
"""

from collections.abc import Collection
from dataclasses import replace

from offsetcheck.engine.award.highs import (
    Allowance,
    Answer,
    Ended,
    Programme,
    Relaxed,
    relax,
    solve,
)

SHORT = 40  # columns: a programme with fewer is solved as it is
NEAREST = 30  # columns beside those in use that an answer is first looked for among
NOISE = 1e-7  # of the bound: what doubles may have lost


def solve_narrowed(programme: Programme, allowance: Allowance) -> Answer:
    """Return what `solve` returns, of long programmes sooner."""
    if sum(least < most for least, most in programme.columns) <= SHORT:
        return solve(programme, allowance)
    relaxed = relax(programme, allowance)
    if relaxed is None:
        return solve(programme, allowance)
    near = _nearest(relaxed)
    first = solve(_fixed(programme, relaxed, near), allowance)
    if first.columns is None:
        return solve(programme, allowance)
    kept = _movable(programme, relaxed, first.columns)
    last = first if kept <= near else solve(_fixed(programme, relaxed, kept), allowance)
    if last.columns is None:
        return Answer(Ended.TIME, first.columns, 1.0)
    return replace(last, settled=frozenset(range(len(programme.columns))) - kept)


def _nearest(relaxed: Relaxed) -> frozenset[int]:
    """Return the columns in use, and those that come next."""
    costs = relaxed.costs
    ordered = sorted(range(len(costs)), key=lambda place: (abs(costs[place]), place))
    used = [place for place in ordered if abs(costs[place]) <= NOISE]
    return frozenset(ordered[: len(used) + NEAREST])


def _movable(programme: Programme, relaxed: Relaxed, known: tuple[int, ...]) -> frozenset[int]:
    """Return the columns that an answer as good as the one known may still move."""
    reached = sum(factor * known[place] for place, factor in programme.objective.items())
    room = reached - relaxed.bound + NOISE * max(1.0, abs(relaxed.bound))
    return frozenset(place for place, cost in enumerate(relaxed.costs) if abs(cost) <= room)


def _fixed(programme: Programme, relaxed: Relaxed, moving: Collection[int]) -> Programme:
    columns = [
        bounds if place in moving else (round(relaxed.values[place]),) * 2
        for place, bounds in enumerate(programme.columns)
    ]
    return Programme(columns, programme.lines, programme.objective)
