"""Polars expressions, whose null is the unknown of Kleene's logic: the limit of the measure."""

from collections.abc import Sequence
from functools import reduce
from operator import add, and_, mul, or_, sub, truediv

import polars as pl
from peer_rules import FAIL, NOT_APPLICABLE, PASS

from offsetcheck.engine.arithmetic import COMPARE, typed
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

ARITHMETIC = {"+": add, "-": sub, "*": mul, "/": truediv}


def polars_form(node: Node) -> pl.Expr:
    """Return one tree as an expression. Raises TypeError where it has no form."""
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
            left, right = polars_form(node.left), polars_form(node.right)
            result = ARITHMETIC[node.operator](left, right)
            return pl.when(result.is_finite()).then(result)
        case Function():
            return _applied(node)
    raise TypeError(type(node).__name__)


def _applied(node: Function) -> pl.Expr:
    values, *options = map(polars_form, node.arguments)
    match node.name:
        case "size":
            return values.list.len().cast(pl.Float64)
        case "contains":
            return values.list.contains(options[0], nulls_equal=False)
        case "count_in":
            count = values.list.eval(pl.element().is_in(flat_options(node))).list.sum()
            return pl.when(values.is_not_null()).then(count.cast(pl.Float64))
        case "days_between":
            return (options[0] - values).dt.total_days().cast(pl.Float64)
        case "years_between":
            return ((_number(options[0]) - _number(values)) // 10000).cast(pl.Float64)
    raise TypeError(node.name)


def _number(day: pl.Expr) -> pl.Expr:
    year = day.dt.year().cast(pl.Int64)
    return year * 10000 + day.dt.month().cast(pl.Int64) * 100 + day.dt.day().cast(pl.Int64)


def flat_options(node: Function) -> list[object]:
    """Return what `count_in` counts. Raises TypeError where it is not written down."""
    wanted: list[object] = []
    for option in node.arguments[1:]:
        if not isinstance(option, Constant) or option.value is None:
            raise TypeError("count_in of what is not written down")
        value = typed(option.value, option.type)
        wanted += value if isinstance(value, tuple) else (value,)
    return wanted


def outcome(rule: BoundRule) -> pl.Expr:
    """Return what a requirement comes to, null where that is unknown."""
    assert rule.requires is not None
    met = polars_form(rule.requires)
    if rule.applies_when is None:
        return pl.when(met).then(PASS).when(~met).then(FAIL)
    applies = polars_form(rule.applies_when)
    passes = pl.when(~applies).then(NOT_APPLICABLE).when(applies & met).then(PASS)
    return passes.when(applies & ~met).then(FAIL)


def bounds(rule: BoundRule) -> tuple[pl.Expr, pl.Expr]:
    """Return the lowest and the highest level that a scale can have, null where it has none."""
    lower, upper = pl.lit(1, pl.Int64), pl.lit(1, pl.Int64)
    for points, node in reversed(rule.levels):
        holds = pl.lit(True) if node is None else polars_form(node)
        here = pl.lit(points, pl.Int64)
        lower = pl.when(holds).then(here).otherwise(lower)
        upper = pl.when(holds.fill_null(value=True)).then(here).otherwise(upper)
    if rule.applies_when is None:
        return lower, upper
    applies = polars_form(rule.applies_when)
    return (
        pl.when(applies).then(lower).when(applies.is_null()).then(1),
        pl.when(applies).then(upper).when(applies.is_null()).then(5),
    )


def mean(entries: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
    """Return a weighted mean in thousandths of the entries that are not null."""
    total = reduce(add, [points.is_not_null().cast(pl.Int64) * w for w, points in entries])
    summed = reduce(add, [points.fill_null(0) * weight for weight, points in entries])
    return pl.when(total > 0).then((summed * 2000 + total) // (total * 2))
