"""Peers' forms of bound expressions: Polars expressions, and plain Python of closures."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_, or_

import polars as pl

from offsetcheck.engine.arithmetic import COMPARE, typed
from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Constant,
    Derived,
    FieldRef,
    In,
    Node,
    Not,
    Or,
)
from offsetcheck.rulebook.expression.walk import children

Row = Mapping[str, object]
Closure = Callable[[Row], object]

FORMED = (And, Compare, Constant, Derived, FieldRef, In, Not, Or)


def is_formed(node: Node) -> bool:
    """Whether every part of an expression has a form here; others are left out of the measure."""
    return isinstance(node, FORMED) and all(is_formed(part) for part in children(node))


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
    raise TypeError(type(node).__name__)


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
    raise TypeError(type(node).__name__)


def _compared(operator: str, left: Closure, right: Closure) -> Closure:
    test = COMPARE[operator]  # type: ignore[index] # a comparison of the closed list

    def holds(row: Row) -> object:
        a, b = left(row), right(row)
        return None if a is None or b is None else test(a, b)

    return holds


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
