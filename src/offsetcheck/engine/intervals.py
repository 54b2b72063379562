"""Expressions over numbers with bounds: whatever an unknown is, the result lies within.

Interval arithmetic holds the discipline of scores with bounds: an input known better gives bounds
that lie within those before. A number that cannot be computed could be any.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import exp, inf, isnan, sqrt

from offsetcheck.engine.arithmetic import COMPARE
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    FieldRef,
    Function,
    In,
    Node,
    Not,
    Or,
)
from offsetcheck.rulebook.expression.walk import children, with_children
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.tonnes import ANYTHING, Held, Span

NUMBERS = frozenset((FieldType.NUMBER, FieldType.INTEGER))
Known = Mapping[str, Held]
Cases = Sequence[tuple[Node | None, Node]]


def bounds(node: Node, known: Known) -> Span:
    """Return the bounds of an expression that is a number; `known` holds its names."""
    held = _held(node, known)
    return held if isinstance(held, Span) else ANYTHING


def truth(node: Node, known: Known) -> bool | None:
    """Return whether a condition holds, None where it could and could not."""
    held = _held(node, known)
    return bool(held[0]) if isinstance(held, tuple) and len(held) == 1 else None


def bounds_of_cases(cases: Cases, known: Known, otherwise: Span = ANYTHING) -> Span:
    """Return the bounds of the first case that holds, of all that may be it where it is unknown.

    `otherwise` stands where no case holds.
    """
    found: list[Span] = []
    for when, value in cases:
        holds = True if when is None else truth(when, known)
        if holds is not False:
            found.append(bounds(value, known))
        if holds:
            break
    else:
        found.append(otherwise)
    return Span(min(one.low for one in found), max(one.high for one in found))


def folded(node: Node) -> Node:
    """Return a tree in which arithmetic on numbers alone is worked out; its bounds are the same."""
    made = with_children(node, folded)
    if not isinstance(made, Calculate | Function):
        return made
    if not all(isinstance(one, Constant) and one.value is not None for one in children(made)):
        return made
    number = bounds(made, {}).central
    return made if number is None else Constant(number, FieldType.NUMBER)


def held_value(value: Value | None, kind: FieldType) -> Held:
    """Return a known value as it is held here; None for an unknown one."""
    if value is None:
        return ANYTHING if kind in NUMBERS else None
    return Span(float(value), float(value)) if kind in NUMBERS else (value,)  # type: ignore[arg-type] # a number


def _held(node: Node, known: Known) -> Held:
    match node:
        case Constant():
            return held_value(node.value, node.type)
        case FieldRef():
            return known[node.name]
        case Compare():
            return _compared(node, known)
        case In():
            return _among(node, known)
        case And() | Or():
            return _chain(node, known)
        case Not():
            holds = truth(node.item, known)
            return None if holds is None else (not holds,)
        case Calculate():
            return _calculated(node, known)
        case Function():
            return _applied(node, known)
    raise TypeError(f"a step's formula cannot hold {type(node).__name__}")


def _compared(node: Compare, known: Known) -> Held:
    left, right = _held(node.left, known), _held(node.right, known)
    if isinstance(left, Span) and isinstance(right, Span):
        return _compared_numbers(node, left, right)
    if not isinstance(left, tuple) or not isinstance(right, tuple):
        return None
    return _one({bool(COMPARE[node.operator](a, b)) for a, b in product(left, right)})


def _compared_numbers(node: Compare, left: Span, right: Span) -> Held:
    if node.operator in ("=", "<>"):
        if left.high < right.low or right.high < left.low:
            return (node.operator == "<>",)
        same = left.central is not None and left.central == right.central
        return (node.operator == "=",) if same else None
    compare = COMPARE[node.operator]
    return _one({bool(compare(left.low, right.high)), bool(compare(left.high, right.low))})


def _among(node: In, known: Known) -> Held:
    item, options = _held(node.item, known), [_held(one, known) for one in node.options]
    if not isinstance(item, tuple) or not all(isinstance(one, tuple) for one in options):
        return None
    words = {word for one in options if isinstance(one, tuple) for word in one}
    return _one({value in words for value in item})


def _chain(node: And | Or, known: Known) -> Held:
    settles = isinstance(node, Or)
    held = [truth(item, known) for item in node.items]
    if settles in held:
        return (settles,)
    return None if None in held else (not settles,)


def _one(answers: set[bool]) -> Held:
    return tuple(answers) if len(answers) == 1 else None


def _calculated(node: Calculate, known: Known) -> Span:
    left, right = bounds(node.left, known), bounds(node.right, known)
    match node.operator:
        case "+":
            return _span(left.low + right.low, left.high + right.high)
        case "-":
            return _span(left.low - right.high, left.high - right.low)
        case "*":
            return _multiplied(left, right)
    if right.low <= 0 <= right.high and (right.low < 0 < right.high or right.low == right.high):
        return ANYTHING
    return _multiplied(left, Span(_inverse(right.high, -inf), _inverse(right.low, inf)))


def _multiplied(left: Span, right: Span) -> Span:
    ends = [
        0.0 if 0 in (a, b) else a * b  # no number is infinite: it is only not known how large
        for a, b in product((left.low, left.high), (right.low, right.high))
    ]
    return _span(min(ends), max(ends))


def _inverse(number: float, of_zero: float) -> float:
    return of_zero if number == 0 else 1 / number


def _applied(node: Function, known: Known) -> Held:
    spans = [bounds(argument, known) for argument in node.arguments]
    function = FUNCTIONS.get(node.name)
    if function is None:
        raise TypeError(f"a step's formula cannot hold the function {node.name}")
    return function(spans)


def _least(spans: Sequence[Span]) -> Span:
    return Span(min(one.low for one in spans), min(one.high for one in spans))


def _greatest(spans: Sequence[Span]) -> Span:
    return Span(max(one.low for one in spans), max(one.high for one in spans))


def _exp(spans: Sequence[Span]) -> Span:
    return Span(power(spans[0].low), power(spans[0].high))


def power(number: float) -> float:
    """Return e to the power of a number, infinity where no double is as large."""
    try:
        return exp(number)
    except OverflowError:
        return inf


def _sqrt(spans: Sequence[Span]) -> Span:
    (one,) = spans
    return ANYTHING if one.low < 0 else Span(sqrt(one.low), sqrt(one.high))


def _span(low: float, high: float) -> Span:
    return Span(-inf if isnan(low) else low, inf if isnan(high) else high)


FUNCTIONS: Mapping[str, Callable[[Sequence[Span]], Span]] = {
    "least": _least,
    "greatest": _greatest,
    "exp": _exp,
    "sqrt": _sqrt,
}
