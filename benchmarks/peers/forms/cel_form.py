"""The Common Expression Language: one program that gives a list of truths, three a rule."""

import json
from collections.abc import Mapping, Sequence

from peer_rails import (
    All,
    Any,
    Count,
    Field,
    Has,
    Holds,
    Known,
    Operation,
    Rail,
    Size,
    Term,
    Test,
    Value,
)

# How a value is known: it is not null, or, where null compares with nothing, a flag says so.
NULL, BESIDE = "{} != null", "{}k"
SPELLED = {"=": "==", "<>": "!="}


def cel_form(rail: Rail, names: Mapping[str, str], known: str = NULL) -> str:
    """Return a rail as text; `names` are what its fields are called, `known` how one is asked."""
    match rail:
        case All(items):
            return _joined(items, " && ", "true", names, known)
        case Any(items):
            return _joined(items, " || ", "false", names, known)
        case Known(name):
            return known.format(names[name])
        case Holds(name, true):
            return names[name] if true else f"!{names[name]}"
        case Has(name, value, true):
            return f"{'' if true else '!'}({_value(value)} in {names[name]})"
        case Test(operator, left, right):
            said = SPELLED.get(operator, operator)
            return f"{_term(left, names)} {said} {_term(right, names)}"


def program(rails: Sequence[Rail], names: Mapping[str, str], known: str = NULL) -> str:
    """Return one expression of all rails."""
    return f"[{', '.join(cel_form(rail, names, known) for rail in rails)}]"


def _joined(
    items: Sequence[Rail], word: str, none: str, names: Mapping[str, str], known: str
) -> str:
    return f"({word.join(cel_form(item, names, known) for item in items)})" if items else none


def _term(term: Term, names: Mapping[str, str]) -> str:
    match term:
        case Field(name):
            return names[name]
        case Value(value):
            return _value(value)
        case Operation(operator, left, right):
            return f"({_term(left, names)} {operator} {_term(right, names)})"
        case Size(name):
            return f"double(size({names[name]}))"
        case Count(name, among):
            wanted = ", ".join(map(_value, among))
            return f"double(size({names[name]}.filter(x, x in [{wanted}])))"


def _value(value: object) -> str:
    return repr(value) if isinstance(value, float) else json.dumps(value)
