"""How many answers of a list turn where a threshold or a weight is another number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from offsetcheck.difference.inputs import values_put_in
from offsetcheck.engine.columns.sweep import Answers, Sweep
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook, Scheme
from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.vocabulary.finding import Effect

FACTORS = (0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2.0)
STEPS = (-5, -2, -1, 1, 2, 5)
SHARES = frozenset(("share", "fraction", "1"))
YEARS = frozenset(("calendar year",))
HUNDREDTH = 0.01
RULE_WEIGHTS = (1, 2, 3, 4, 5)
TENTH = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One number tried, and what turned: verdicts, and grades alone."""

    value: float
    verdicts: int
    grades: int


@dataclass(frozen=True, slots=True)
class Swept:
    """A threshold or weight with all that was tried; `rule` is None for a dimension's weight."""

    kind: str
    rule: str | None
    name: str
    current: float
    unit: str | None
    step: float
    applies: int
    points: tuple[Point, ...]

    @property
    def most(self) -> int:
        """How many answers turn at the worst of the numbers tried."""
        return max((point.verdicts + point.grades for point in self.points), default=0)

    def by_one_step(self) -> int:
        """Return how many answers the least step turns, whichever way is worse."""
        near = (p for p in self.points if abs(p.value - self.current) <= self.step * 1.001)
        return max((point.verdicts + point.grades for point in near), default=0)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to sweep, its numbers, and how the list is judged with each."""

    kind: str
    rule: str | None
    name: str
    current: float
    unit: str | None
    step: float
    numbers: tuple[float, ...]
    judged: Callable[[float], Answers]


def tasks(sweep: Sweep, bound: BoundRulebook) -> tuple[Task, ...]:
    """Return every number of a bound rulebook that can be swept on a list, in its order."""
    return (
        *_thresholds(sweep, bound),
        *_rule_weights(sweep, bound),
        *_dimension_weights(sweep, bound),
    )


def swept(task: Task, sweep: Sweep) -> Swept:
    """Return what turns at each number of a task."""
    points = []
    for number in task.numbers:
        verdicts, grades = task.judged(number).turned(sweep.base)
        points.append(Point(number, verdicts, grades))
    applies = sweep.applies(task.rule) if task.rule else len(sweep)
    return Swept(
        task.kind, task.rule, task.name, task.current, task.unit, task.step, applies, tuple(points)
    )


def _thresholds(sweep: Sweep, bound: BoundRulebook) -> Iterator[Task]:
    for rule in bound.candidate_rules:
        for name, parameter in rule.parameters.items():
            value = parameter.value
            if isinstance(value, bool) or not isinstance(value, (int, float)) or rule.draft:
                continue
            step = step_of(value, parameter.unit)

            def judged(number: float, rule: BoundRule = rule, name: str = name) -> Answers:
                return sweep.values(with_value(rule, name, number))

            numbers = grid(value, step, parameter.unit)
            yield Task("value", rule.id, name, value, parameter.unit, step, numbers, judged)


def with_value(rule: BoundRule, name: str, number: float) -> BoundRule:
    """Return a rule in which a parameter has another number."""
    parameter = rule.parameters[name]
    value = int(number) if isinstance(parameter.value, int) and number == int(number) else number
    constant = Constant(value, parameter.type, f"${name}")
    changed = values_put_in(rule, {f"${name}": constant})
    own = {**rule.parameters, name: replace(parameter, value=value)}
    return replace(changed, parameters=own)


def step_of(value: float, unit: str | None) -> float:
    """Return the least sensible step of a number: one, or a hundredth of a share."""
    if unit in SHARES or (unit is None and isinstance(value, float) and abs(value) <= 1):
        return HUNDREDTH
    size = abs(value)
    return 1.0 if size <= TENTH * 100 or unit in YEARS else float(10 ** (len(str(int(size))) - 2))


def grid(value: float, step: float, unit: str | None) -> tuple[float, ...]:
    """Return the numbers to try around one: some steps, and parts and multiples; never itself."""
    tried = [value + step * steps for steps in STEPS]
    if unit not in YEARS:
        tried += [round(value * factor / step) * step for factor in FACTORS]
    top = 1.0 if unit in SHARES else float("inf")
    kept = {round(number, 6) for number in tried if 0 <= number <= top or value < 0}
    return tuple(sorted(kept - {round(float(value), 6)}))


def _rule_weights(sweep: Sweep, bound: BoundRulebook) -> Iterator[Task]:
    weighed = {one.id for one in bound.scheme.dimensions if one.integrity_weight}
    for rule in bound.candidate_rules:
        scores = rule.is_scale and rule.effect is Effect.SCORE and not rule.draft
        if not scores or rule.dimension not in weighed:
            continue

        def judged(number: float, rule: BoundRule = rule) -> Answers:
            return sweep.weights({rule.id: replace(rule, weight=int(number))})

        numbers = tuple(float(w) for w in RULE_WEIGHTS if w != rule.weight)
        yield Task("weight", rule.id, "weight", rule.weight, None, 1.0, numbers, judged)


def _dimension_weights(sweep: Sweep, bound: BoundRulebook) -> Iterator[Task]:
    for dimension in bound.scheme.dimensions:
        weight = dimension.integrity_weight
        if not weight:
            continue

        def judged(number: float, name: str = dimension.id) -> Answers:
            return sweep.weights(scheme=with_weights(bound.scheme, {name: int(number)}))

        numbers = tuple(number for number in grid(weight, 1.0, None) if number >= 1)
        yield Task("dimension", None, dimension.id, weight, None, 1.0, numbers, judged)


def with_weights(scheme: Scheme, weights: dict[str, int]) -> Scheme:
    """Return a scheme in which some dimensions have other weights in integrity."""
    dimensions = tuple(
        replace(one, integrity_weight=weights[one.id]) if one.id in weights else one
        for one in scheme.dimensions
    )
    return replace(scheme, dimensions=dimensions)
