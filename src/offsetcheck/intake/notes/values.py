"""Fields, values and grades that an officer's entries state, checked against the dictionary."""

from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.forms import FormEntry
from offsetcheck.intake.normalise.ids import canonical_id
from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.intake.normalise.text import OneOf
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.problem import UnreadableError

Facts = dict[str, dict[int, Fact]]
"""What notes make of the facts of offers: by field and row."""

ID = "id"


def input_field(
    entry: FormEntry[Any], key: str | Steps, name: str, dictionary: Dictionary
) -> Field | None:
    """Return a field that can be stated, None with a note of why it cannot."""
    field = dictionary.candidate.get(name)
    if field is None:
        hint = did_you_mean(name, dictionary.candidate)
        entry.report(key, f"there is no field `{name}`", hint)
        return None
    if not field.is_input:
        entry.report(key, f"`{name}` is worked out from other fields and cannot be stated")
        return None
    return field


def noted_value(
    entry: FormEntry[Any], key: str | Steps, field: Field, text: str, programme: Value | None
) -> Value | None:
    """Return the value of a text, an id in the form of ids; None with a note where it has none."""
    try:
        value = reader_for(field, UNTOLD)(text)
    except UnreadableError as why:
        entry.report(key, why.reason, why.hint)
        return None
    if isinstance(value, OneOf) and value.lost is not None:
        entry.report(key, value.lost.reason, value.lost.hint)
        return None
    if isinstance(value, OneOf):
        entry.report(key, f"the value of {field.name} is one of several", "state which")
        return None
    if value is None:
        entry.report(key, f"the value of {field.name} is blank")
    if field.name == ID and isinstance(value, str):
        return canonical_id(value, programme if isinstance(programme, str) else None)
    return value


def grade_of_kind(entry: FormEntry[Any], kind: str, dictionary: Dictionary) -> EvidenceGrade | None:
    """Return the best grade that a kind of paper can give, None where there is no such kind."""
    if kind in dictionary.documents:
        return dictionary.documents[kind].ceiling
    near = did_you_mean(kind, dictionary.documents)
    hint = near or f"the kinds are {', '.join(dictionary.documents)}"
    entry.report("kind", f"there is no kind of document `{kind}`", hint)
    return None


def spoken(value: Value) -> str:
    """Return a value as a problem quotes it."""
    match value:
        case tuple():
            return ", ".join(map(str, value)) or "none"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return number_text(value)
        case _:
            return str(value)
