"""Plain Python: closures over one row, in which None is unknown."""

from collections.abc import Callable, Mapping
from functools import partial

from peer_rules import FAIL, NOT_APPLICABLE, PASS

from offsetcheck.engine.arithmetic import COMPARE, calculate, typed
from offsetcheck.engine.functions import FUNCTIONS
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    Derived,
    FieldRef,
    Function,
    In,
    Node,
    Not,
    Or,
)

Row = Mapping[str, object]
Closure = Callable[[Row], object]


def python_form(node: Node) -> Closure:
    """Return a function of one row, in which None is unknown."""
    match node:
        case Constant():
            value = typed(node.value, node.type)
            return lambda _row: value
        case FieldRef():
            name = node.name
            return lambda row: row[name]
        case Derived():
            return python_form(node.node)
        case Compare():
            return _compared(node.operator, python_form(node.left), python_form(node.right))
        case In():
            item = python_form(node.item)
            return _any([_compared("=", item, python_form(option)) for option in node.options])
        case And():
            return _not(_any([_not(python_form(part)) for part in node.items]))
        case Or():
            return _any([python_form(part) for part in node.items])
        case Not():
            return _not(python_form(node.item))
        case Calculate():
            parts = [python_form(node.left), python_form(node.right)]
            return _known(partial(calculate, node.operator), parts)
        case Function():
            return _known(FUNCTIONS[node.name], [python_form(part) for part in node.arguments])
    raise TypeError(type(node).__name__)


def _compared(operator: str, left: Closure, right: Closure) -> Closure:
    test = COMPARE[operator]  # type: ignore[index] # a comparison of the closed list

    def holds(row: Row) -> object:
        a, b = left(row), right(row)
        return None if a is None or b is None else test(a, b)

    return holds


def _known(apply: Callable[..., object], parts: list[Closure]) -> Closure:
    def value(row: Row) -> object:
        answers = [part(row) for part in parts]
        return None if None in answers else apply(*answers)

    return value


def _any(parts: list[Closure]) -> Closure:
    def holds(row: Row) -> object:
        answers = [part(row) for part in parts]
        return True if True in answers else None if None in answers else False

    return holds


def _not(part: Closure) -> Closure:
    def holds(row: Row) -> object:
        answer = part(row)
        return None if answer is None else not answer

    return holds


def outcome(rule: BoundRule) -> Closure:
    """Return a function of what a requirement comes to, None where that is unknown."""
    assert rule.requires is not None
    met = python_form(rule.requires)
    applies = python_form(rule.applies_when) if rule.applies_when else lambda _row: True

    def comes_to(row: Row) -> object:
        asked = applies(row)
        if asked is None or not asked:
            return None if asked is None else NOT_APPLICABLE
        answer = met(row)
        return None if answer is None else PASS if answer else FAIL

    return comes_to
