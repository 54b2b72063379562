"""What kind of value a parameter or a city's fact holds, and which way is tighter."""

from collections.abc import Iterable
from datetime import date

from offsetcheck.rulebook.expression.types import NUMBERS, read_date
from offsetcheck.rulebook.rules.model import Parameter, parameter_values
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value


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


def parameter_type(parameter: Parameter) -> FieldType | None:
    """Return the type of a parameter: as declared, else as its values show."""
    if parameter.type is not None:
        return FieldType(parameter.type)
    return common_type(parameter_values(parameter))


def fits(value: Value, kind: FieldType) -> bool:
    """Whether a value can be one of a type; an empty list fits any list."""
    shown = value_type(value)
    if value == ():
        return kind in {FieldType.CODES, FieldType.INTEGERS}
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


def is_tighter(new: Value, old: Value, side: str) -> bool:
    """Whether a value is on the tighter side of another, or equal to it."""
    if new == old:
        return True
    if isinstance(new, tuple) and isinstance(old, tuple):
        return _list_is_tighter(frozenset(new), frozenset(old), side)
    if isinstance(new, bool) or isinstance(old, bool) or side not in {"higher", "lower"}:
        return False
    try:
        return bool(new > old if side == "higher" else new < old)  # type: ignore[operator] # see except
    except TypeError:
        return False


def _list_is_tighter(new: frozenset[object], old: frozenset[object], side: str) -> bool:
    if new == old:
        return True
    return new < old if side == "fewer" else new > old if side == "more" else False
