"""What each node comes to, as an expression of Polars over the columns of what lies beneath it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from operator import and_, or_
from typing import Any

import polars as pl

from offsetcheck.engine.arithmetic import COMPARE, calculate, compare_count
from offsetcheck.engine.columns import functions
from offsetcheck.engine.columns.held import DTYPES, LISTS
from offsetcheck.engine.functions import FUNCTIONS, is_one_of
from offsetcheck.engine.possible import Alternatives, over
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    CountTrue,
    FieldRef,
    Function,
    In,
    Node,
    Not,
    Or,
)
from offsetcheck.rulebook.expression.walk import children
from offsetcheck.vocabulary.dictionary import FieldType

Form = Callable[[Any, Sequence[pl.Expr]], pl.Expr]
Judge = Callable[..., Alternatives | None]


def literal(node: Constant) -> pl.Expr:
    """Return a constant as one value, which costs no column."""
    if node.type not in LISTS or node.value is None:
        return pl.lit(node.value, dtype=DTYPES[node.type])
    items = node.value if isinstance(node.value, tuple) else (node.value,)
    return pl.lit(pl.Series([list(items)], dtype=DTYPES[node.type])).first()


def has_form(node: Node) -> bool:
    """Whether a node is an expression of what lies beneath it.

    Fields and answers of tables are none, and what is counted among words that differ by row.
    """
    if isinstance(node, Function) and node.name == "count_in":
        return all(isinstance(option, Constant) for option in node.arguments[1:])
    return type(node) in FORMS


def of_one_field(node: Node) -> FieldRef | None:
    """Return the only field of which a node asks what takes longer than to take an answer by place.

    A function, or a comparison of texts, that reads nothing else; None for any other.
    """
    if not isinstance(node, Function | Compare | In):
        return None
    parts = [part for part in children(node) if not isinstance(part, Constant)]
    if len(parts) != 1 or not isinstance(parts[0], FieldRef):
        return None
    is_long = isinstance(node, Function) or parts[0].type in (FieldType.TEXT, FieldType.CODE)
    return parts[0] if is_long else None


def _compare(node: Compare, parts: Sequence[pl.Expr]) -> pl.Expr:
    compared: pl.Expr = functions.COMPARE[node.operator](*parts)
    return compared


def _in(_node: In, parts: Sequence[pl.Expr]) -> pl.Expr:
    item, *options = parts
    return reduce(or_, (item == option for option in options))


def _and(_node: And, parts: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(and_, parts)


def _or(_node: Or, parts: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(or_, parts)


def _not(_node: Not, parts: Sequence[pl.Expr]) -> pl.Expr:
    return ~parts[0]


def _calculate(node: Calculate, parts: Sequence[pl.Expr]) -> pl.Expr:
    return functions.finite(functions.CALCULATE[node.operator](*parts))


def _function(node: Function, parts: Sequence[pl.Expr]) -> pl.Expr:
    if node.name == "count_in":
        result = functions.count_in_all(parts[0], functions.words_of(node.arguments[1:]))
    else:
        result = functions.FUNCTIONS[node.name](*parts)
    return pl.when(reduce(and_, (part.is_not_null() for part in parts))).then(result)


def _count_true(node: CountTrue, parts: Sequence[pl.Expr]) -> pl.Expr:
    """Return the form of a count, whose parts are the least, the most, and what is asked for."""
    sure, most, count = parts
    return functions.compare_count(node.operator, sure, most, count)


FORMS: Mapping[type, Form] = {
    Compare: _compare,
    In: _in,
    And: _and,
    Or: _or,
    Not: _not,
    Calculate: _calculate,
    Function: _function,
    CountTrue: _count_true,
}


def _is_in(item: Alternatives | None, *options: Alternatives | None) -> Alternatives | None:
    known = [option[0] if option is not None else None for option in options]
    return over(partial(is_one_of, known), (item,))


def _over(apply: Callable[..., Any]) -> Judge:
    return lambda *arguments: over(apply, arguments)


JUDGES: Mapping[type, Callable[[Any], Judge]] = {
    Compare: lambda node: _over(COMPARE[node.operator]),
    In: lambda _node: _is_in,
    Calculate: lambda node: _over(partial(calculate, node.operator)),
    Function: lambda node: _over(FUNCTIONS[node.name]),
    CountTrue: lambda node: _over(partial(compare_count, node.operator)),
}
"""How a node judges what is known in part: the alternatives of its parts, those of the node."""
