"""Of which type a parameter is, and which of two values is tighter."""

from offsetcheck.rulebook.fields.values import common_type
from offsetcheck.rulebook.rules.model import Parameter, parameter_values
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value


def parameter_type(parameter: Parameter) -> FieldType | None:
    """Return the type of a parameter: as declared, else as its values show."""
    if parameter.type is not None:
        return FieldType(parameter.type)
    return common_type(parameter_values(parameter))


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
