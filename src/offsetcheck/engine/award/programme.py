"""A choice as a programme for the solver, and its answer as whole tonnes that were checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from offsetcheck.engine.award.highs import (
    Allowance,
    Ended,
    Line,
    Programme,
)
from offsetcheck.engine.award.lots import Choice, LimitName, Lot
from offsetcheck.engine.award.narrow import solve_narrowed
from offsetcheck.engine.award.rows import Row, keeps, rows_of

TRIES = 5  # a limit that the solver passed by its tolerance is drawn tighter so often


@dataclass(frozen=True, slots=True)
class Aim:
    """What is made small: a whole number for each tonne of each lot."""

    each: tuple[int, ...]

    def of(self, tonnes: Sequence[int]) -> int:
        """Return what tonnes of each lot come to."""
        return sum(factor * taken for factor, taken in zip(self.each, tonnes, strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the least of an aim where at least `need` tonnes are taken.

    `locks` are aims that may not come to more than they did. `covering` asks instead for the most
    of the need that can be covered, `passing` for the fewest tonnes by which one limit is passed.
    `settled` are tonnes of lots, by place, that are known to be in every answer.
    """

    choice: Choice
    need: int = 0
    aim: Aim | None = None
    locks: tuple[tuple[Aim, int], ...] = ()
    covering: int | None = None
    passing: LimitName | None = None
    settled: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """Tonnes of each lot, exact; `proven` says that no better answer is, `gap` how far one could.

    `tonnes` None: there is no answer, or none was found in time (`proven` False). `settled` are the
    tonnes that every answer as good as this one takes of some lots, by place.
    """

    tonnes: tuple[int, ...] | None
    proven: bool
    gap: float = 0.0
    settled: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Drawn:
    """A programme while it is drawn up: the factor of each lot's column, and extra columns."""

    asked: Asked
    columns: list[tuple[int, int]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    factors: list[int] = field(default_factory=list)
    objective: dict[int, int] = field(default_factory=dict)
    total: int = 0
    tighter: dict[int, int] = field(default_factory=dict)

    def add(self, most: int) -> int:
        """Return the place of a new column."""
        self.columns.append((0, most))
        return len(self.columns) - 1


def find(asked: Asked, allowance: Allowance) -> Found:
    """Return the answer to a question; what the solver says counts only where it holds exactly."""
    tighter: dict[int, int] = {}
    gap = 0.0
    for _ in range(TRIES):
        drawn = _draw(asked, tighter)
        answer = solve_narrowed(Programme(drawn.columns, drawn.lines, drawn.objective), allowance)
        if answer.columns is None:
            return Found(None, answer.ended is Ended.INFEASIBLE)
        tonnes = tuple(factor * answer.columns[place] for place, factor in enumerate(drawn.factors))
        gap = max(gap, answer.gap)
        passed = _passed(asked, tonnes)
        if not passed:
            settled = {i: tonnes[i] for i in sorted(answer.settled) if i < len(tonnes)}
            return Found(tonnes, answer.ended is Ended.OPTIMAL, gap, settled)
        for place, by in passed.items():
            tighter[place] = tighter.get(place, 0) + 2 * by
    return Found(None, proven=False)


def _passed(asked: Asked, tonnes: tuple[int, ...]) -> dict[int, int]:
    """Return by how much each row is passed, rows by number; locks follow, then the need."""
    rows = rows_of(asked.choice)
    found = {
        place: row.passed_by(tonnes)
        for place, row in enumerate(rows)
        if asked.passing is None or row.name != asked.passing
    }
    for place, (aim, most) in enumerate(asked.locks, len(rows)):
        found[place] = aim.of(tonnes) - most
    found[len(rows) + len(asked.locks)] = asked.need - sum(tonnes)
    return {place: by for place, by in found.items() if by > 0}


def _draw(asked: Asked, tighter: dict[int, int]) -> _Drawn:
    drawn = _Drawn(asked, tighter=tighter)
    for lot in asked.choice.lots:
        drawn.factors.append(_factor(lot))
        drawn.add(0 if asked.choice.limits.bars(lot) else lot.most // drawn.factors[-1])
    for place, tonnes in asked.settled.items():
        drawn.columns[place] = (tonnes // drawn.factors[place],) * 2
    drawn.total = drawn.add(sum(lot.most for lot in asked.choice.lots))
    for place, lot in enumerate(asked.choice.lots):
        _least(drawn, place, lot)
    whole = dict(enumerate(drawn.factors))
    drawn.lines.append(Line({**whole, drawn.total: -1}, 0, least=0))
    _limits(drawn)
    if asked.aim is not None:
        drawn.objective |= _times(drawn, asked.aim)
    if asked.covering is not None:
        covered = drawn.add(asked.covering)
        drawn.lines.append(Line({covered: 1, drawn.total: -1}, 0))
        drawn.objective[covered] = -1
    return drawn


def _factor(lot: Lot) -> int:
    """Return the tonnes of one unit of a lot's column: the whole lot, or its step."""
    return lot.most if lot.least == lot.most else lot.step


def _least(drawn: _Drawn, place: int, lot: Lot) -> None:
    """Let nothing of a lot be taken, or at least its least: `most` is its own, no large number."""
    factor = drawn.factors[place]
    if lot.least <= factor or drawn.columns[place][1] == 0:
        return
    taken = drawn.add(1)
    drawn.lines.append(Line({place: 1, taken: -(lot.most // factor)}, 0))
    drawn.lines.append(Line({place: -1, taken: lot.least // factor}, 0))


def _limits(drawn: _Drawn) -> None:
    asked, rows = drawn.asked, rows_of(drawn.asked.choice)
    slack = None
    if asked.passing is not None:
        slack = drawn.add(sum(lot.most for lot in asked.choice.lots))
        drawn.objective[slack] = 1
    for place, row in enumerate(rows):
        factors = {lot: factor * drawn.factors[lot] for lot, factor in row.each.items()}
        if row.whole:
            factors[drawn.total] = row.whole
        if slack is not None and row.name == asked.passing:
            factors[slack] = -_a_tonne(row)
        drawn.lines.append(Line(factors, row.most - drawn.tighter.get(place, 0)))
    for place, (aim, most) in enumerate(asked.locks, len(rows)):
        most -= drawn.tighter.get(place, 0)  # noqa: PLW2901 - the same limit, drawn tighter
        drawn.lines.append(Line(_times(drawn, aim), most))
    last = len(rows) + len(asked.locks)
    drawn.lines.append(Line({drawn.total: -1}, -asked.need - drawn.tighter.get(last, 0)))


def _a_tonne(row: Row) -> int:
    """Return what a row counts one tonne of its own part or group as."""
    return max((abs(factor) for factor in row.each.values()), default=abs(row.whole))


def _times(drawn: _Drawn, aim: Aim) -> dict[int, int]:
    return {place: factor * drawn.factors[place] for place, factor in enumerate(aim.each) if factor}


def holds(choice: Choice, need: int, tonnes: tuple[int, ...]) -> bool:
    """Whether a choice keeps every limit and takes at least so many tonnes, exactly."""
    return sum(tonnes) >= need and keeps(choice, tonnes)
