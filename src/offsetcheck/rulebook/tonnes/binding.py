"""The steps of comparable tonnes for one city on one day, with who chose what."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date

from offsetcheck.rulebook.binding.given import node_given
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.rulebook.expression.walk import with_children
from offsetcheck.rulebook.fields.values import typed_value
from offsetcheck.rulebook.policies.city_values import city_constants
from offsetcheck.rulebook.policies.layers import Layer, LayerValue, layer_values, layers_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SharedParameter
from offsetcheck.rulebook.tonnes.chosen import PERMANENCE
from offsetcheck.rulebook.tonnes.model import CaseTrees, LoadedStep, StepFile
from offsetcheck.vocabulary.dictionary import FieldType, Words
from offsetcheck.vocabulary.evidence import Cause, Value
from offsetcheck.vocabulary.tonnes import Chosen, Treatment

NUMBER = FieldType.NUMBER


@dataclass(frozen=True, slots=True, eq=False)
class BoundStep:
    """A step with every parameter filled in that has a value.

    `open` are the parameters with choices that nobody has chosen, as `shared.name`; `chosen` are
    all that its formula and inputs name. Each is equal to itself alone.
    """

    file: StepFile
    inputs: Mapping[str, tuple[Node, ...]]
    unless: Mapping[str, Node]
    parts: Mapping[str, CaseTrees]
    factor: CaseTrees
    open: tuple[str, ...]
    chosen: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class BoundSteps:
    """All steps in their order, the treatment that the city chose, and titles of parameters."""

    as_of: date
    city: str
    steps: tuple[BoundStep, ...]
    treatment: Chosen
    titles: Mapping[str, Words] = field(default_factory=dict)

    @property
    def chosen(self) -> Treatment | None:
        """The treatment of permanence that the city chose."""
        return None if self.treatment.value is None else Treatment(str(self.treatment.value))


def bind_steps(rulebook: Rulebook, city: str | None, day: date) -> BoundSteps:
    """Return the steps in force for a city on a day; no city is the guide alone.

    Raises KeyError for a city that the rulebook does not have.
    """
    policy = None if city is None else rulebook.cities[city]
    layers = layers_of(policy, rulebook.jurisdictions)
    binder = Binder(rulebook, day, city_constants(rulebook, policy, day))
    values = {name: _value(one, layers, day) for name, one in rulebook.shared.items()}
    steps = tuple(
        _bound(step, values, rulebook.shared, binder) for step in steps_in_force(rulebook, day)
    )
    treatment = _chosen(PERMANENCE, values.get(PERMANENCE))
    titles = {name: one.parameter.title or {} for name, one in rulebook.shared.items()}
    return BoundSteps(day, city or "guide", steps, treatment, titles)


def steps_in_force(rulebook: Rulebook, day: date) -> tuple[LoadedStep, ...]:
    """Return the steps that act on a day, in their order."""
    return tuple(step for step in rulebook.steps.values() if _in_force(step, day))


def with_choices(steps: BoundSteps, given: Mapping[str, Value]) -> BoundSteps:
    """Return steps as if a city had chosen these values of `shared.name`, and nothing else new."""
    made = tuple(_as_chosen(with_values(step, given), given) for step in steps.steps)
    if PERMANENCE not in given:
        return replace(steps, steps=made)
    return replace(steps, steps=made, treatment=Chosen(PERMANENCE, given[PERMANENCE]))


def _as_chosen(step: BoundStep, given: Mapping[str, Value]) -> BoundStep:
    """Return a step that tells values as chosen, and by no layer."""
    chosen = (
        Chosen(one.parameter, given[one.parameter]) if one.parameter in given else one
        for one in step.chosen
    )
    return replace(step, chosen=tuple(chosen))


def _value(one: SharedParameter, layers: tuple[Layer, ...], day: date) -> LayerValue | None:
    found = layer_values(one.parameter, one.name, layers, day)
    return found[-1] if found else None


def _in_force(step: LoadedStep, day: date) -> bool:
    effective = step.file.effective
    return effective.since <= day and (effective.until is None or day < effective.until)


def _bound(
    step: LoadedStep,
    values: Mapping[str, LayerValue | None],
    shared: Mapping[str, SharedParameter],
    binder: Binder,
) -> BoundStep:
    unknown = {
        f"${name}": Constant(None, kind, f"${name}", Cause.CITY_UNDECIDED)
        for name, kind in {**step.shared, **dict.fromkeys(_given(step.file), NUMBER)}.items()
    }

    def bound(tree: Node) -> Node:
        return binder.bind(tree, unknown)

    named = {name: values[name] for name in (*step.shared, *step.file.choices)}
    made = BoundStep(
        file=step.file,
        inputs={name: tuple(map(bound, trees)) for name, trees in step.inputs.items()},
        unless={name: bound(tree) for name, tree in step.unless.items()},
        parts={name: changed(part, bound) for name, part in step.parts.items()},
        factor=changed(step.factor, bound),
        open=tuple(step.file.choices),
        chosen=tuple(_chosen(name, value) for name, value in named.items()),
    )
    known = {name: value.value for name, value in named.items() if value is not None}
    return with_values(made, {n: typed_value(v, shared[n].type) for n, v in known.items()})


def with_values(step: BoundStep, given: Mapping[str, Value]) -> BoundStep:
    """Return a step in which parameters have these values, with the numbers of its choices."""
    filling: dict[str, Value] = {}
    for name, value in given.items():
        filling |= {f"${name}": value, **_numbers(step.file, name, value)}

    def fill(node: Node) -> Node:
        if isinstance(node, Constant) and node.name in filling:
            return replace(node, value=filling[node.name], cause=None)
        return with_children(node, fill)

    return replace(
        step,
        inputs={name: tuple(map(fill, trees)) for name, trees in step.inputs.items()},
        unless={name: fill(tree) for name, tree in step.unless.items()},
        parts={name: changed(part, fill) for name, part in step.parts.items()},
        factor=changed(step.factor, fill),
        open=tuple(name for name in step.open if name not in given),
    )


def reading_stated(step: BoundStep, fields: AbstractSet[str]) -> BoundStep:
    """Return a step that reads computed fields of these names as stated."""
    inputs = {
        name: tuple(node_given(tree, fields, {}) for tree in trees)
        for name, trees in step.inputs.items()
    }
    unless = {name: node_given(tree, fields, {}) for name, tree in step.unless.items()}
    return replace(step, inputs=inputs, unless=unless)


def changed(cases: CaseTrees, change: Callable[[Node], Node]) -> CaseTrees:
    """Return cases with each of their trees changed."""
    return tuple((when and change(when), change(value)) for when, value in cases)


def _given(step: StepFile) -> tuple[str, ...]:
    """Return the numbers that come with choices, by name."""
    given = (name for choices in step.choices.values() for one in choices for name in one.gives)
    return tuple(dict.fromkeys(given))


def _numbers(step: StepFile, name: str, value: Value) -> dict[str, Value]:
    """Return the numbers that come with a choice, as `$name`; none for what is no choice."""
    entry = next((one for one in step.choices.get(name, ()) if one.value == value), None)
    return {} if entry is None else {f"${one}": number for one, number in entry.gives.items()}


def _chosen(name: str, value: LayerValue | None) -> Chosen:
    return Chosen(name, None) if value is None else Chosen(name, value.value, value.layer)
