"""The steps of comparable tonnes on one offer: factors with bounds, and the tonnes behind each.

An input that nobody states is an assumption of the city, told as one, or the step stays open with
bounds. A choice that the city has not made is not made for it: every value that it could choose
counts, so that what comes out is a range.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product
from math import isclose

from offsetcheck.engine.expression import Answer, evaluate
from offsetcheck.engine.intervals import bounds_of_cases, held_value
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import children, walk
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps, with_values
from offsetcheck.rulebook.tonnes.model import StepInput
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.tonnes import (
    ANYTHING,
    ZERO_TO_ONE,
    Chosen,
    ComparableTonnes,
    Held,
    Option,
    Origin,
    Span,
    StepTaken,
    Treatment,
    UsedInput,
    Waterfall,
    hull,
)

TONNES = "tonnes"
TYPES = {"number": FieldType.NUMBER, "boolean": FieldType.BOOLEAN, "code": FieldType.CODE}


def comparable_tonnes(
    steps: BoundSteps, candidate: Candidate, purchase: Purchase
) -> ComparableTonnes:
    """Return what the steps make of one offer's tonnes, under each treatment of permanence."""
    facts = Facts(candidate, purchase, steps.as_of)
    stated = facts.read(TONNES, FieldType.NUMBER)
    if stated.cause is not None and not stated.possible:
        return ComparableTonnes(candidate.id, None, steps.chosen)
    values = [float(one) for one in stated.possible or (stated.value,)]  # type: ignore[arg-type] # a number
    offered = Span(min(values), max(values))
    factors = {step.file.id: _taken(step, facts) for step in steps.steps}
    waterfalls = tuple(_waterfall(one, steps, factors, offered) for one in Treatment)
    return ComparableTonnes(candidate.id, offered, steps.chosen, waterfalls)


def _waterfall(
    treatment: Treatment, steps: BoundSteps, taken: dict[str, StepTaken], offered: Span
) -> Waterfall:
    """Return the steps that act under a treatment, one behind the other."""
    made, tonnes = [], offered
    for step in steps.steps:
        if treatment in step.file.acts_under:
            one = taken[step.file.id]
            tonnes = tonnes.times(one.factor)
            made.append(_behind(one, tonnes))
    return Waterfall(treatment, tuple(made), tonnes)


def _behind(one: StepTaken, tonnes: Span) -> StepTaken:
    return StepTaken(one.step, one.factor, tonnes, one.inputs, one.parts, one.options)


def factor_of(step: BoundStep, candidate: Candidate, purchase: Purchase, day: date) -> StepTaken:
    """Return one step on one offer, as if it began with a single tonne."""
    return _taken(step, Facts(candidate, purchase, day))


def _taken(step: BoundStep, facts: Facts) -> StepTaken:
    """Return a step's factor, over every value of the choices that nobody has made."""
    inputs = tuple(_input(name, step, facts) for name in step.inputs)
    known = {one.name: one.held for one in inputs}
    ways = [(chosen, *_formula(with_values(step, given), known)) for chosen, given in _ways(step)]
    factor = hull([factor for _, factor, _ in ways])
    named = ways[0][2]
    parts = {name: hull([parts[name] for _, _, parts in ways]) for name in named}
    options = tuple(Option(chosen, one) for chosen, one, _ in ways) if step.open else ()
    return StepTaken(step.file.id, factor, factor, inputs, parts, options)


def _ways(step: BoundStep) -> Iterator[tuple[tuple[Chosen, ...], dict[str, Value]]]:
    """Yield every way in which the open choices of a step can be made, one where none is open."""
    listed = [[entry.value for entry in step.file.choices[name]] for name in step.open]
    for values in product(*listed):
        given = dict(zip(step.open, values, strict=True))
        yield tuple(Chosen(name, value) for name, value in given.items()), given


def _formula(step: BoundStep, inputs: dict[str, Held]) -> tuple[Span, dict[str, Span]]:
    """Return the factor of a step, a share from 0 to 1, and the parts of its formula."""
    known, parts = dict(inputs), dict[str, Span]()
    for name, cases in step.parts.items():
        limits = step.file.parts[name].range
        otherwise = Span(*limits) if limits else ANYTHING
        part = bounds_of_cases(cases, known, otherwise)
        parts[name] = part.within(*limits) if limits else part
        known[name] = parts[name]
    factor = bounds_of_cases(step.factor, known, ZERO_TO_ONE)
    return factor.within(0.0, 1.0), parts


def _input(name: str, step: BoundStep, facts: Facts) -> UsedInput:
    """Return an input: the first of its expressions that is known, else what is known in part."""
    declared = step.file.inputs[name]
    answers = [(tree, evaluate(tree, facts)) for tree in step.inputs[name]]
    for tree, answer in answers:
        if answer.value is not None:
            held = held_value(answer.value, TYPES[declared.type])
            return UsedInput(name, held, _origin(tree), tuple(_names(tree)))
    names = tuple(name for tree, _ in answers for name in _names(tree))
    return UsedInput(name, _in_part(declared, [one for _, one in answers]), Origin.OPEN, names)


def _in_part(declared: StepInput, answers: Sequence[Answer]) -> Held:
    """Return what is known of an input that no expression knows for sure."""
    possible: Sequence[Value] = next((one.possible for one in answers if one.possible), ())
    if declared.type != "number":
        return tuple(possible) or None
    limits = Span(*declared.range) if declared.range else ANYTHING
    if not possible:
        return limits
    numbers = [float(one) for one in possible]  # type: ignore[arg-type] # a number
    return Span(min(numbers), max(numbers))


def _origin(tree: Node) -> Origin:
    """Return where an expression has its value from; what an offer states comes first."""
    parts = list(walk(tree))
    if isinstance(tree, Constant):
        return Origin.ASSUMED if tree.name else Origin.MEANING
    if any(isinstance(one, Lookup) for one in parts):
        return Origin.TABLE
    return Origin.STATED


def _names(tree: Node) -> Iterable[str]:
    """Yield the fields and parameters that an expression names itself, each once."""
    seen = dict[str, None]()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FieldRef | Derived | Lookup) or (
            isinstance(node, Constant) and node.name
        ):
            seen[str(node.name)] = None
        else:
            waiting += children(node)
    return seen


def acts(step: BoundStep, taken: StepTaken, name: str) -> bool:
    """Return whether the factor of a step rests on an input: it would be another without it."""
    declared = step.file.inputs[name]
    limits = Span(*declared.range) if declared.range else ANYTHING
    nothing = limits if declared.type == "number" else None
    known = {one.name: nothing if one.name == name else one.held for one in taken.inputs}
    given = [{one.parameter: one.value for one in way.choices} for way in taken.options] or [{}]
    chosen = [{k: v for k, v in one.items() if v is not None} for one in given]
    factor = hull([_formula(with_values(step, one), known)[0] for one in chosen])
    same = isclose(factor.low, taken.factor.low) and isclose(factor.high, taken.factor.high)
    return not same
