"""Peers' forms of bound expressions: Polars expressions, and plain Python of closures."""

from collections.abc import Callable, Mapping
from functools import partial, reduce
from operator import add, and_, mul, or_, sub, truediv

import polars as pl

from offsetcheck.engine.arithmetic import COMPARE, calculate, typed
from offsetcheck.engine.functions import FUNCTIONS
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
from offsetcheck.rulebook.expression.walk import children

Row = Mapping[str, object]
Closure = Callable[[Row], object]

ARITHMETIC = {"+": add, "-": sub, "*": mul, "/": truediv}
FUNCTIONS_FORMED = ("contains", "count_in", "size")
FORMED = (And, Calculate, Compare, Constant, Derived, FieldRef, Function, In, Not, Or)


def is_formed(node: Node) -> bool:
    """Whether every part of an expression has a form here; others are left out of the measure."""
    if isinstance(node, Function) and not _is_formed_function(node):
        return False
    return isinstance(node, FORMED) and all(is_formed(part) for part in children(node))


def _is_formed_function(node: Function) -> bool:
    """Whether a function has a form: of `count_in` where what it counts is written down."""
    if node.name == "count_in":
        return all(isinstance(option, Constant) for option in node.arguments[1:])
    return node.name in FUNCTIONS_FORMED


def polars_form(node: Node) -> pl.Expr:
    """Return an expression of Polars, whose null is the unknown of Kleene's logic."""
    match node:
        case Constant():
            return pl.lit(typed(node.value, node.type))
        case FieldRef():
            return pl.col(node.name)
        case Derived():
            return polars_form(node.node)
        case Compare():
            return COMPARE[node.operator](polars_form(node.left), polars_form(node.right))
        case In():
            item = polars_form(node.item)
            return reduce(or_, [item == polars_form(option) for option in node.options])
        case And():
            return reduce(and_, map(polars_form, node.items))
        case Or():
            return reduce(or_, map(polars_form, node.items))
        case Not():
            return ~polars_form(node.item)
        case Calculate():
            return _calculated(node)
        case Function():
            return _applied(node)
    raise TypeError(type(node).__name__)


def _calculated(node: Calculate) -> pl.Expr:
    left, right = polars_form(node.left), polars_form(node.right)
    result = ARITHMETIC[node.operator](left, right)
    return pl.when(result.is_finite()).then(result)


def _applied(node: Function) -> pl.Expr:
    values, *options = map(polars_form, node.arguments)
    if node.name == "size":
        return values.list.len().cast(pl.Float64)
    if node.name == "contains":
        return values.list.contains(options[0], nulls_equal=False)
    known = reduce(and_, [option.is_not_null() for option in options], values.is_not_null())
    wanted = [c.value for c in node.arguments[1:] if isinstance(c, Constant)]
    flat = [v for w in wanted for v in (w if isinstance(w, tuple) else (w,))]
    count = values.list.eval(pl.element().is_in(flat)).list.sum().cast(pl.Float64)
    return pl.when(known).then(count)


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
