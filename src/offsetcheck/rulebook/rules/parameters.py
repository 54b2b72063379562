"""Of which type a parameter is, and which of two values is tighter."""

import re
from decimal import Decimal

from offsetcheck.rulebook.fields.values import common_type, fits
from offsetcheck.rulebook.rules.model import Parameter, parameter_values
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import DIGITS

MEASURE = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(%|[^\W\d]+)?")


def parameter_type(parameter: Parameter) -> FieldType | None:
    """Return the type of a parameter: as declared, else as its values show."""
    if parameter.type is not None:
        return FieldType(parameter.type)
    values = parameter_values(parameter)
    if parameter.unit is not None and any(_measure(value) for value in values):
        return FieldType.NUMBER
    return common_type(values)


def out_of_range(value: object, parameter: Parameter) -> tuple[str, str] | None:
    """Return what to say of a number outside the range of its parameter, and how to mend it."""
    if parameter.range is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    low, high = parameter.range
    if low <= value <= high:
        return None
    message = f"`{value:g}` lies outside {low:g} to {high:g}"
    hint = f"write a number from {low:g} to {high:g}"
    if parameter.unit == "share" and high == 1 < value <= 100:  # noqa: PLR2004 - percent
        hint = f"write {Decimal(str(value)).scaleb(-2).normalize():f} for {value:g} %"
    return message, hint


def number_hint(value: object, kind: FieldType, unit: str | None) -> str | None:
    """Return how a number that was written with its unit or sign, as `60 years`, is written."""
    written = _measure(value) if kind in {FieldType.NUMBER, FieldType.INTEGER} else None
    if written is None:
        return None
    number, sign = written[1].replace(",", "."), written[2]
    if sign == "%" and unit == "share":
        return f"write {Decimal(number).scaleb(-2).normalize():f}: a share of the whole"
    return f"write {number} alone" + (f"; `unit: {unit}` says of what" if unit else "")


def _measure(value: object) -> re.Match[str] | None:
    """Return the number and the rest of a text that begins with a number, None for another."""
    return MEASURE.fullmatch(value.strip()) if isinstance(value, str) else None


def check_parameter(
    name: str, parameter: Parameter, document: Document, steps: Steps, problems: Problems
) -> FieldType | None:
    """Return the type of a parameter that stands at some steps; note values that do not fit it."""
    texts = {day: one.value for day, one in parameter.values.items() if isinstance(one.value, str)}
    if parameter.unit is not None and texts:
        for day, text in texts.items():
            where = (*steps, "values", day.isoformat(), "value")
            message = f"a number in {parameter.unit} is needed here, not `{text}`"
            problems.at_value(document, where, message, DIGITS)
        return FieldType.NUMBER
    kind = parameter_type(parameter)
    if kind is None:
        message = f"the values of `{name}` are of different kinds"
        problems.at_key(document, steps, message, "write its `type:`, or mend the values")
        return None
    _check_range(parameter, kind, document, steps, problems)
    for day, entry in parameter.values.items():
        where = (*steps, "values", day.isoformat(), "value")
        if outside := out_of_range(entry.value, parameter):
            problems.at_value(document, where, *outside)
        if not fits(entry.value, kind):
            hint = number_hint(entry.value, kind, parameter.unit)
            hint = hint or "mend the value, or the `type:` above it"
            problems.at_value(document, where, f"this value is not of type {kind.value}", hint)
    return kind


def _check_range(
    parameter: Parameter, kind: FieldType, document: Document, steps: Steps, problems: Problems
) -> None:
    if parameter.range is None:
        return
    if kind not in {FieldType.NUMBER, FieldType.INTEGER}:
        message, hint = f"a range is of numbers, not of {kind.value}", "remove it"
        problems.at_value(document, (*steps, "range"), message, hint)
    elif parameter.range[0] > parameter.range[1]:
        message = "the range ends before it begins"
        problems.at_value(document, (*steps, "range"), message, "write the least first")


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
