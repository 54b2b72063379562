"""The steps of comparable tonnes on one offer: factors with bounds, and the tonnes behind each.

An input that nobody states is an assumption of the city, told as one, or the step stays open with
bounds. A choice that the city has not made is not made for it: every value that it could choose
counts, so that what comes out is a range.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from statistics import median_low

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.intervals import bounds_of_cases, folded, held_value
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import children, walk
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps, changed, with_values
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

TONNES, PRICE = "tonnes", "price"
STEPS_KEPT = 256  # of a few cities and days
TYPES = {"number": FieldType.NUMBER, "boolean": FieldType.BOOLEAN, "code": FieldType.CODE}


def comparable_tonnes(
    steps: BoundSteps, candidate: Candidate, purchase: Purchase
) -> ComparableTonnes:
    """Return what the steps make of one offer's tonnes, under each treatment of permanence."""
    facts = Facts(candidate, purchase, steps.as_of)
    offered = _number(facts, TONNES)
    if offered is None:
        return ComparableTonnes(candidate.id, None, steps.chosen)
    factors = {step.file.id: _taken(step, facts) for step in steps.steps}
    waterfalls = tuple(_waterfall(one, steps, factors, offered) for one in Treatment)
    made = ComparableTonnes(candidate.id, offered, steps.chosen, waterfalls)
    return replace(made, price=made.priced(_number(facts, PRICE)))


def _number(facts: Facts, name: str) -> Span | None:
    """Return a number of the offer, with bounds where it is known in part; None for no number."""
    stated = facts.read(name, FieldType.NUMBER)
    if stated.cause is not None and not stated.possible:
        return None
    values = [float(one) for one in stated.possible or (stated.value,)]  # type: ignore[arg-type] # a number
    return Span(min(values), max(values))


def _waterfall(
    treatment: Treatment, steps: BoundSteps, taken: dict[str, StepTaken], offered: Span
) -> Waterfall:
    """Return the steps that act under a treatment, one behind the other."""
    made, tonnes, central = list[StepTaken](), offered, offered.middle
    for step in steps.steps:
        if treatment in step.file.acts_under:
            one = taken[step.file.id]
            tonnes = tonnes.times(one.factor)
            known = central is not None and one.central is not None
            central = central * one.central if known else None  # type: ignore[operator] # see above
            made.append(replace(one, tonnes=tonnes, central_tonnes=central))
    return Waterfall(treatment, tuple(made), tonnes)


def factor_of(step: BoundStep, candidate: Candidate, purchase: Purchase, day: date) -> StepTaken:
    """Return one step on one offer, as if it began with a single tonne."""
    return _taken(step, Facts(candidate, purchase, day))


def _taken(step: BoundStep, facts: Facts) -> StepTaken:
    """Return a step's factor, over every value of the choices that nobody has made."""
    inputs = tuple(_input(name, step, facts) for name in step.inputs)
    known = {one.name: one.held for one in inputs}
    made = [(way.choices, *_formula(way.step, known)) for way in ways(step)]
    factor = hull([factor for _, factor, _ in made])
    named = made[0][2]
    parts = {name: hull([parts[name] for _, _, parts in made]) for name in named}
    options = tuple(Option(chosen, one) for chosen, one, _ in made) if step.open else ()
    central = _central(step, inputs, [one for _, one, _ in made])
    return StepTaken(step.file.id, factor, factor, inputs, parts, options, central)


def _central(step: BoundStep, inputs: Sequence[UsedInput], factors: Sequence[Span]) -> float | None:
    """Return the factor half-way between what is stated in part, along the middle way."""
    if any(one.central is None for one in factors):
        if not any(one.in_part for one in inputs):
            return None
        halfway = {one.name: _halfway(one) for one in inputs}
        factors = [_formula(way.step, halfway)[0] for way in ways(step)]
    known = [one.central for one in factors if one.central is not None]
    return median_low(known) if len(known) == len(factors) else None


def _halfway(one: UsedInput) -> Held:
    """Return an input, the number half-way between several where it is known in part."""
    middle = one.held.middle if one.in_part and isinstance(one.held, Span) else None
    return one.held if middle is None else Span(middle, middle)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which open choices can be made: what is chosen, and the step with it."""

    choices: tuple[Chosen, ...]
    step: BoundStep


@lru_cache(STEPS_KEPT)
def ways(step: BoundStep) -> tuple[Way, ...]:
    """Return every way in which the open choices of a step can be made, one where none is open."""
    listed = [[entry.value for entry in step.file.choices[name]] for name in step.open]
    made = (dict(zip(step.open, values, strict=True)) for values in product(*listed))
    return tuple(
        Way(tuple(map(Chosen, one, one.values())), _folded(with_values(step, one))) for one in made
    )


def _folded(step: BoundStep) -> BoundStep:
    """Return a step in whose formula arithmetic on numbers alone is worked out once for all."""
    parts = {name: changed(cases, folded) for name, cases in step.parts.items()}
    return replace(step, parts=parts, factor=changed(step.factor, folded))


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
    """Return an input: the first of its expressions of which anything is known.

    What is stated in part comes before what a table or an assumption knows in full.
    """
    declared = step.file.inputs[name]
    sources = sources_of(step)[name]
    for place, (tree, (origin, names)) in enumerate(zip(step.inputs[name], sources, strict=True)):
        if origin is Origin.TABLE and _of_other_units(name, step, facts):
            continue
        answer = evaluate(tree, facts)
        if answer.value is not None:
            held = held_value(answer.value, TYPES[declared.type])
            against = _against(answer.value, name, step, place, facts)
            return UsedInput(name, held, origin, names, against=against)
        if answer.possible:
            held = _in_part(answer.possible, TYPES[declared.type])
            return UsedInput(name, held, Origin.OPEN, names, in_part=True)
    every = tuple(one for _, names in sources for one in names)
    return UsedInput(name, _any(declared), Origin.OPEN, every)


def _of_other_units(name: str, step: BoundStep, facts: Facts) -> bool:
    """Return whether a table speaks of other units than those offered, for sure."""
    return name in step.unless and evaluate(step.unless[name], facts).value is True


def _against(value: Value, name: str, step: BoundStep, place: int, facts: Facts) -> tuple[str, ...]:
    """Return the fields by which a table says yes where the offer says no, or the reverse."""
    sources = sources_of(step)[name]
    if not isinstance(value, bool) or sources[place][0] is not Origin.STATED:
        return ()
    tables = [
        (tree, names)
        for tree, (origin, names) in zip(step.inputs[name], sources, strict=True)
        if origin is Origin.TABLE
    ]
    if not tables or _of_other_units(name, step, facts):
        return ()
    return tuple(
        one for tree, names in tables if evaluate(tree, facts).value is (not value) for one in names
    )


@lru_cache(STEPS_KEPT)
def sources_of(step: BoundStep) -> Mapping[str, tuple[tuple[Origin, tuple[str, ...]], ...]]:
    """Return of each input where its expressions have their values from, and what they name."""
    return {
        name: tuple((_origin(tree), tuple(_names(tree))) for tree in trees)
        for name, trees in step.inputs.items()
    }


def _in_part(possible: Sequence[Value], kind: FieldType) -> Held:
    """Return what is known of an input that has one of several values."""
    if kind is not FieldType.NUMBER:
        return tuple(possible)
    numbers = [float(one) for one in possible]  # type: ignore[arg-type] # a number
    return Span(min(numbers), max(numbers))


def _any(declared: StepInput) -> Held:
    """Return what an input can be of which nothing is known."""
    if declared.type != "number":
        return None
    return Span(*declared.range) if declared.range else ANYTHING


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
    nothing = _any(step.file.inputs[name])
    known = {one.name: nothing if one.name == name else one.held for one in taken.inputs}
    return hull([_formula(way.step, known)[0] for way in ways(step)]) != taken.factor
