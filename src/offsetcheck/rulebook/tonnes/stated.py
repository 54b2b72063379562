"""The choices of a step as fields, so that a statement of one is read as a statement of a field."""

from collections.abc import Mapping

from offsetcheck.rulebook.rules.model import SharedParameter
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.vocabulary.dictionary import Code, Field, FieldType, Subject


def choice_fields(step: LoadedStep, shared: Mapping[str, SharedParameter]) -> dict[str, Field]:
    """Return what a step reads of a city by `shared.name`, with the words that can be chosen."""
    named = dict.fromkeys((*step.shared, *step.file.choices))
    return {name: _field(name, shared[name], step) for name in named if name in shared}


def _field(name: str, one: SharedParameter, step: LoadedStep) -> Field:
    words = {
        choice.value: Code(title=dict(choice.title))
        for choice in step.file.choices.get(name, ())
        if isinstance(choice.value, str)
    }
    return Field(
        name=name,
        subject=Subject.PURCHASE,
        type=FieldType.CODE if words else one.type,
        unit=one.parameter.unit,
        range=one.parameter.range,
        codes=words,
        title=dict(one.parameter.title or {"en": name}),
    )
