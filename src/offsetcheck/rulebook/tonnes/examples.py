"""The examples of a step: what is given must be sayable, what is expected a part of the step."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.fields.values import check_value
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.rulebook.rules.model import SHARED, SharedParameter
from offsetcheck.rulebook.tonnes.model import Choice, StepExample, StepFile
from offsetcheck.vocabulary.dictionary import Dictionary, Field, Subject
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import FileProblems


def check_step_examples(
    step: StepFile,
    dictionary: Dictionary,
    shared: Mapping[str, SharedParameter],
    file: FileProblems,
) -> None:
    """Note a step without examples, and what of its examples cannot be said."""
    if not step.tests:
        file.at_value((), "no example stands here", "write at least one under `tests:`")
    fields = example_fields(Subject.CANDIDATE, dictionary)
    names: set[str] = set()
    for index, example in enumerate(step.tests):
        steps: Steps = ("tests", index)
        if example.name in names:
            hint = "say in the name what is special of each"
            file.at_value((*steps, "name"), "two examples have this name", hint)
        names.add(example.name)
        for name, value in example.given.items():
            where = (*steps, "given", name)
            if not name.startswith(SHARED):
                _check_field(name, value, fields, file, where)
            elif name not in shared:
                message, near = f"there is no parameter `{name}`", did_you_mean(name, shared)
                file.at_key(where, message, near, names=f"parameter {name}")
            else:
                _check_chosen(value, step.choices.get(name, ()), file, where)
        _check_parts(step, example, steps, file)


def _check_chosen(
    value: Any, choices: tuple[Choice, ...], file: FileProblems, where: Steps
) -> None:
    offered = [one.value for one in choices]
    if offered and value not in offered:
        hint = f"write one of {', '.join(map(str, offered))}"
        file.at_value(where, f"`{value}` cannot be chosen here", hint)


def _check_field(
    name: str, value: Any, fields: Mapping[str, Field], file: FileProblems, where: Steps
) -> None:
    if name not in fields:
        message, hint = f"there is no field `{name}`", did_you_mean(name, fields)
        file.at_key(where, message, hint, names=f"field {name}")
        return
    place = partial(file.document.value_place, where)
    file.problems.note(check_value(value, fields[name], place))


def _check_parts(step: StepFile, example: StepExample, steps: Steps, file: FileProblems) -> None:
    for name in example.parts:
        if name not in step.parts:
            message, hint = f"the step has no part `{name}`", did_you_mean(name, step.parts)
            file.at_key((*steps, "parts", name), message, hint)
