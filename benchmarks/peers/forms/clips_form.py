"""CLIPS: a template of one row, and a rule of production for each rail."""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from peer_rails import All, Any, Field, Has, Holds, Known, Operation, Rail, Size, Term, Test, Value


def clips_form(rail: Rail, names: Mapping[str, str], lists: AbstractSet[str]) -> str:
    """Return a rail as a test. Raises TypeError where there is none."""

    def said(part: Rail) -> str:
        match part:
            case All(items):
                return f"(and TRUE TRUE {' '.join(map(said, items))})"
            case Any(items):
                return f"(or FALSE FALSE {' '.join(map(said, items))})"
            case Known(name):
                return (
                    f"(neq {_variable(name)} nil)"
                    if name not in lists
                    else f"(eq ?{names[name]}k TRUE)"
                )
            case Holds(name, true):
                return f"(eq {_variable(name)} {'TRUE' if true else 'FALSE'})"
            case Has(name, value, true):
                has = f"(member$ {_value(value)} ${_variable(name)})"
                return f"(neq {has} FALSE)" if true else f"(eq {has} FALSE)"
            case Test(operator, left, right):
                return _compared(operator, left, right)

    def _variable(name: str) -> str:
        return f"?{names[name]}"

    def _term(term: Term) -> str:
        match term:
            case Field(name):
                return _variable(name)
            case Value(value):
                return _value(value)
            case Operation(operator, left, right):
                return f"({operator} {_term(left)} {_term(right)})"
            case Size(name):
                return f"(length$ ${_variable(name)})"
        raise TypeError("a count of some in a list")

    def _compared(operator: str, left: Term, right: Term) -> str:
        # Every number is a double, so that `eq` serves for numbers and texts.
        said = {"=": "eq", "<>": "neq"}.get(operator, operator)
        return f"({said} {_term(left)} {_term(right)})"

    return said(rail)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return repr(value) if isinstance(value, float) else json.dumps(value)


def template(names: Mapping[str, str], lists: AbstractSet[str]) -> str:
    """Return the template of a row: of a list also whether it is known."""
    slots = [
        f"(multislot {said}) (slot {said}k)" if name in lists else f"(slot {said})"
        for name, said in names.items()
    ]
    return f"(deftemplate row {' '.join(slots)})"


def production(
    at: int, test: str, read: Sequence[str], lists: AbstractSet[str], names: Mapping[str, str]
) -> str:
    """Return a rule that tells its number where its test holds."""
    slots = [
        f"({names[n]} $?{names[n]}) ({names[n]}k ?{names[n]}k)"
        if n in lists
        else f"({names[n]} ?{names[n]})"
        for n in read
    ]
    return f"(defrule r{at} (row {' '.join(slots)}) (test {test}) => (holds {at}))"
