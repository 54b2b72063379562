"""A step of comparable tonnes without an offer: inputs, formula, sources and examples."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from offsetcheck.explain.sources import source_line
from offsetcheck.explain.tonnes.bounds import SHARE, bounds_line
from offsetcheck.explain.tonnes.choices import choice_line, chosen_words, parameter_words
from offsetcheck.explain.tonnes.texts import (
    choice_title,
    input_title,
    part_title,
    step_does,
    step_open,
    step_title,
    step_why,
)
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.rules import source
from offsetcheck.rulebook.expression.nodes import Derived, Lookup, Node
from offsetcheck.rulebook.expression.walk import inputs_of, walk
from offsetcheck.rulebook.fields.values import given_values
from offsetcheck.rulebook.rules.model import SHARED
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps
from offsetcheck.rulebook.tonnes.model import Case, Choice, StepExample, StepFile
from offsetcheck.vocabulary.step_explanation import (
    StepCase,
    StepChoice,
    StepExampleLine,
    StepExplanation,
    StepGiven,
    StepNumber,
    StepOffered,
    StepRead,
)
from offsetcheck.vocabulary.tonnes import Chosen, Span, Treatment


def explain_step(
    step: BoundStep, steps: BoundSteps, wording: Wording, differing: Collection[str] = ()
) -> StepExplanation:
    """Return a step as it is in force; `differing` are examples that come out otherwise."""
    file = step.file
    until = file.effective.until
    return StepExplanation(
        language=wording.language,
        city=wording.city(),
        as_of=steps.as_of.isoformat(),
        step=file.id,
        title=step_title(file, wording),
        place=file.place,
        since=file.effective.since.isoformat(),
        until=None if until is None else until.isoformat(),
        treatments=tuple(one.value for one in file.treatments),
        acts_under=acts_under(file, wording),
        why=step_why(file, wording),
        does=step_does(file, wording),
        open=step_open(file, wording),
        inputs=tuple(_read(name, file, wording) for name in file.inputs),
        choices=tuple(_choice(one, step, steps, wording) for one in _offered(step)),
        parts=tuple(
            StepNumber(
                name=name, title=part_title(file, name, wording), cases=_cases(part.value)
            )
            for name, part in file.parts.items()
        ),
        factor=_cases(file.factor),
        sources=tuple(source_line(source(one), wording) for one in file.sources),
        examples=tuple(
            _example(one, file, steps, wording, holds=one.name not in differing)
            for one in file.tests
        ),
        fields=fields_of(step),
        tables=tables_of(step),
    )  # fmt: skip


def acts_under(file: StepFile, wording: Wording) -> str:
    """Return the treatments of permanence under which a step acts, in words."""
    if not file.treatments or set(file.treatments) == set(Treatment):
        return wording.word("tonnes.page.every_treatment")
    return ", ".join(wording.word(f"tonnes.treatment.{one.value}") for one in file.treatments)


def fields_of(step: BoundStep) -> tuple[str, ...]:
    """Return the fields that the inputs of a step read, computed ones and those beneath them."""
    computed = (n.name for n in _nodes(step) if isinstance(n, Derived | Lookup))
    stated = inputs_of(*_trees(step))
    return tuple(dict.fromkeys((*computed, *stated)))


def tables_of(step: BoundStep) -> tuple[str, ...]:
    """Return the reference tables that the inputs of a step ask."""
    return tuple(dict.fromkeys(n.table for n in _nodes(step) if isinstance(n, Lookup)))


def _nodes(step: BoundStep) -> Iterator[Node]:
    for tree in _trees(step):
        yield from walk(tree)


def _trees(step: BoundStep) -> tuple[Node, ...]:
    found = (tree for trees in step.inputs.values() for tree in trees)
    return (*found, *step.unless.values())


def _read(name: str, file: StepFile, wording: Wording) -> StepRead:
    declared = file.inputs[name]
    within = None if declared.range is None else Span(*declared.range)
    return StepRead(
        name=name,
        title=input_title(file, name, wording),
        first_of=tuple(" ".join(one.split()) for one in declared.first_of),
        range=None if within is None else bounds_line(within, SHARE, wording).words,
        unless=None if declared.unless is None else " ".join(declared.unless.split()),
    )


def _cases(cases: Iterable[Case]) -> tuple[StepCase, ...]:
    """Return cases as their file writes them, each on one line."""
    return tuple(
        StepCase(
            when=None if one.when is None else " ".join(one.when.split()),
            value=" ".join(one.value.split()),
        )
        for one in cases
    )


def _offered(step: BoundStep) -> Iterator[Chosen]:
    """Yield what a city chooses in a step, chosen or not."""
    return (one for one in step.chosen if one.parameter in step.file.choices)


def _choice(chosen: Chosen, step: BoundStep, steps: BoundSteps, wording: Wording) -> StepChoice:
    file, name = step.file, chosen.parameter
    listed = file.choices[name]
    titles = [choice_title(file, name, one, wording) for one in listed]
    words = chosen_words(file, chosen, wording)
    line = choice_line(chosen, parameter_words(name, steps, wording), words, titles, wording)
    own = {key: getattr(line, key) for key in type(line).model_fields}
    offered = tuple(_value(name, one, file, wording) for one in listed)
    return StepChoice(**own, offered=offered)


def _value(name: str, one: Choice, file: StepFile, wording: Wording) -> StepOffered:
    return StepOffered(
        value=str(one.value),
        title=choice_title(file, name, one, wording),
        gives=tuple(one.gives.items()),
        source=source_line(source(one.source), wording),
    )


def _example(
    example: StepExample, file: StepFile, steps: BoundSteps, wording: Wording, *, holds: bool
) -> StepExampleLine:
    return StepExampleLine(
        name=example.name,
        day=None if example.as_of is None else wording.day(example.as_of),
        given=tuple(_given(one, file, steps, wording) for one in example.given.items()),
        factor=bounds_line(Span(*example.expect), EXAMPLE, wording).words,
        parts=tuple(
            (part_title(file, name, wording), bounds_line(Span(*one), EXAMPLE, wording).words)
            for name, one in example.parts.items()
        ),
        holds=holds,
    )


EXAMPLE = 6  # decimal places to which an example is held


def _given(one: tuple[str, Any], file: StepFile, steps: BoundSteps, wording: Wording) -> StepGiven:
    """Return what an example gives, a choice of the city by its title."""
    name, value = one
    if name.startswith(SHARED):
        title = parameter_words(name, steps, wording)
        own = tuple(value) if isinstance(value, list) else value
        known = name in file.choices
        words = chosen_words(file, Chosen(name, own), wording) if known else wording.bare(own)
        return StepGiven(name=name, title=title, value=words or "")
    return StepGiven(name=name, title=wording.title(name), value=_fact(name, value, wording))


def _fact(name: str, value: Any, wording: Wording) -> str:
    field = wording.field(name)
    values = given_values(value, field) if field is not None else ()
    if len(values) > 1:
        return wording.possible(name, values)
    found = values[0] if values else tuple(value) if isinstance(value, list) else value
    return wording.value(name, found) or wording.word("list.none")
