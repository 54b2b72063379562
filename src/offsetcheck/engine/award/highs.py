"""The solver: one mixed-integer programme, solved by HiGHS with one thread and a fixed seed.

Numbers are doubles here; who asks checks every answer in whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from math import gcd

import highspy

LARGEST = 1e6  # of a factor: beyond it a row is scaled, so that tolerances mean what they say
SEED = 1
NO_GAP = 0.4  # objectives are whole numbers: two that differ less are one
FEASIBLE = 1e-7
NONE = frozenset(
    {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}
)


class Ended(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    TIME = "time"


@dataclass(slots=True)
class Allowance:
    """The seconds of computing that are left for all solves of one answer, and how many ran."""

    seconds: float = 60.0
    solves: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of columns times factors that is at most `most`, and no less than `least` if any."""

    factors: Mapping[int, int]
    most: int
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """Whole columns between bounds, and lines; the objective, by column, is made small."""

    columns: Sequence[tuple[int, int]]
    lines: Sequence[Line]
    objective: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a solve ended, the columns where there are some, and the relative gap.

    `settled` are the columns that are the same in every answer as good as this one.
    """

    ended: Ended
    columns: tuple[int, ...] | None = None
    gap: float = 0.0
    settled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A programme solved without whole numbers: its bound, values, and what a unit more costs."""

    bound: float
    values: tuple[float, ...]
    costs: tuple[float, ...]


class _Silent(highspy.Highs):
    """A solver that says nothing; as it comes, it prints a line on standard output when made."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
        """Turn its output off before the first call that prints."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solve(programme: Programme, allowance: Allowance) -> Answer:
    """Return the columns that make the objective smallest, proven unless the time ran out."""
    if allowance.seconds <= 0:
        return Answer(Ended.TIME)
    model, scale = _model(programme, allowance, whole=True)
    model.setOptionValue("mip_abs_gap", NO_GAP * _step(programme) / scale)
    _run(model, allowance)
    return _answer(model)


def relax(programme: Programme, allowance: Allowance) -> Relaxed | None:
    """Return a programme's answer where columns need not be whole, None where there is none."""
    if allowance.seconds <= 0:
        return None
    model, scale = _model(programme, allowance, whole=False)
    _run(model, allowance)
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = model.getSolution()
    return Relaxed(
        model.getInfo().objective_function_value * scale,
        tuple(solution.col_value),
        tuple(cost * scale for cost in solution.col_dual),
    )


def _run(model: highspy.Highs, allowance: Allowance) -> None:
    model.run()
    allowance.seconds -= model.getRunTime()
    allowance.solves += 1


def _answer(model: highspy.Highs) -> Answer:
    status = model.getModelStatus()
    if status in NONE:
        return Answer(Ended.INFEASIBLE)
    info = model.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Answer(Ended.TIME)
    done = status == highspy.HighsModelStatus.kOptimal
    values = tuple(round(value) for value in model.getSolution().col_value)
    return Answer(Ended.OPTIMAL if done else Ended.TIME, values, info.mip_gap)


def _model(
    programme: Programme, allowance: Allowance, *, whole: bool
) -> tuple[highspy.Highs, float]:
    """Return a model, and how much of the objective one unit of the model's is."""
    model = _Silent()  # type: ignore[no-untyped-call]
    options = {
        "threads": 1, "random_seed": SEED, "mip_rel_gap": 0.0,
        "time_limit": allowance.seconds, "mip_feasibility_tolerance": FEASIBLE,
        "primal_feasibility_tolerance": FEASIBLE,
    }  # fmt: skip
    for name, value in options.items():
        model.setOptionValue(name, value)
    scale = _scale(programme)
    for place, (least, most) in enumerate(programme.columns):
        cost = programme.objective.get(place, 0) / scale
        model.addCol(cost, float(least), float(most), 0, [], [])
        if whole:
            model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for line in programme.lines:
        places, factors, least_sum, most_sum = _scaled(line)
        model.addRow(least_sum, most_sum, len(places), places, factors)
    return model, scale


def _scaled(line: Line) -> tuple[list[int], list[float], float, float]:
    places = [place for place, factor in line.factors.items() if factor]
    numbers = [line.factors[place] for place in places]
    common = reduce(gcd, numbers, 0) or 1
    scale = max(1.0, max(map(abs, numbers), default=1) / common / LARGEST)
    # Columns are whole: what is no multiple of the common factor cannot be reached.
    least = -highspy.kHighsInf if line.least is None else -(-line.least // common) / scale
    return places, [n // common / scale for n in numbers], least, line.most // common / scale


def _step(programme: Programme) -> int:
    """Return what every value of the objective is a multiple of."""
    return reduce(gcd, programme.objective.values(), 0) or 1


def _scale(programme: Programme) -> float:
    step = _step(programme)
    largest = max(map(abs, programme.objective.values()), default=1) / step
    return max(1.0, largest / LARGEST) * step
