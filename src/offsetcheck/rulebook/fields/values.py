"""Values as files state them: of which type they are, and whether a field can hold them."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.types import NUMBERS, read_date, type_words
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.scalars import spoken
from offsetcheck.vocabulary.problem import Place, Problem

FEW_CODES = 8  # as many fit into a hint
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})


def value_type(value: Value) -> FieldType:
    """Return the type that a value of a file shows; a text that is a date is a date."""
    if isinstance(value, bool):
        return FieldType.BOOLEAN
    if isinstance(value, int | float):
        return FieldType.NUMBER
    if isinstance(value, tuple):
        numbers = any(isinstance(item, int | float) for item in value)
        return FieldType.INTEGERS if numbers else FieldType.CODES
    return FieldType.DATE if isinstance(value, date) or read_date(value) else FieldType.CODE


def common_type(values: Iterable[Value]) -> FieldType | None:
    """Return the one type of several values, None where they differ or there are none."""
    kinds = {value_type(value) for value in values}
    return kinds.pop() if len(kinds) == 1 else None


def usual_type(values: Iterable[Value]) -> FieldType | None:
    """Return the type that more than half of several values have, None where there is none."""
    kinds = Counter(value_type(value) for value in values)
    most = max(kinds, key=lambda kind: kinds[kind], default=None)
    return most if most is not None and 2 * kinds[most] > kinds.total() else None


def fits(value: Value, kind: FieldType) -> bool:
    """Whether a value can be one of a type; an empty list fits any list."""
    shown = value_type(value)
    if value == ():
        return kind in LISTS
    if kind is FieldType.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in NUMBERS:
        return shown in NUMBERS
    if kind in {FieldType.TEXT, FieldType.CODE}:
        return isinstance(value, str)
    return shown == kind


def typed_value(value: Value, kind: FieldType) -> Value:
    """Return a value as the tree holds it: dates as dates."""
    day = read_date(value) if kind is FieldType.DATE else None
    return day or value


def given_value(value: Any, kind: FieldType) -> Value | None:
    """Return a value of a file as a value of a type, None where it is none."""
    if kind is FieldType.DATE:
        return read_date(value)
    if isinstance(value, dict) or value is None:
        return None
    read: Value = tuple(value) if isinstance(value, list) else value
    if isinstance(read, tuple) and not all(isinstance(item, str | int) for item in read):
        return None
    if kind is FieldType.CODES and read and not isinstance(read, tuple):
        return None
    return read if fits(read, kind) else None


def given_values(value: Any, field: Field) -> tuple[Value, ...]:
    """Return the values of which a field has one: a list gives several, a broad word its codes.

    Empty where a part of it cannot be a value of the field.
    """
    several = isinstance(value, list) and field.type not in LISTS
    parts = [given_value(item, field.type) for item in (value if several else (value,))]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return ()
    words = (field.stands_for(part) if isinstance(part, str) else (part,) for part in known)
    return tuple(dict.fromkeys(word for narrow in words for word in narrow))


def check_value(value: Any, field: Field, place: Callable[[], Place]) -> Problem | None:
    """Return why a value of a file cannot be one of the field's, None where it can.

    `place` finds where it stands, which nobody asks of a value that can.
    """
    if value is None:
        hint = "leave the field out where it is not stated"
        return Problem("nothing is given here", place(), hint)
    read = given_values(value, field)
    if not read and field.type is FieldType.BOOLEAN:
        message = f"`{field.name}` is true or false here, not {spoken(value)}"
        return Problem(message, place(), "write `true` or `false`, without quotes")
    if not read:
        message = f"`{field.name}` is {type_words(field.type)}, not {spoken(value)}"
        return Problem(message, place(), f"write {type_words(field.type)}")
    for item in (item for part in read for item in (part if isinstance(part, tuple) else (part,))):
        if field.codes and isinstance(item, str) and item not in field.codes:
            message = f"`{item}` is not a code of `{field.name}`"
            hint = did_you_mean(item, field.codes) or f"its codes are {_few(field.codes)}"
            return Problem(message, place(), hint)
    return None


def _few(codes: Iterable[str]) -> str:
    """Return the first codes of a field as a hint names them."""
    known = list(codes)
    return ", ".join([*known[:FEW_CODES], *(["…"] if len(known) > FEW_CODES else [])])
