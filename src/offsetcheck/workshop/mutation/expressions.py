"""Mistakes in one expression: each operator, connective, option and number in it, one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from offsetcheck.engine.spelling import spell
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
from offsetcheck.rulebook.expression.walk import children, with_children
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.workshop.mutation.mutant import Kind

AT_THE_EDGE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
THE_REVERSE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*"}
FUNCTIONS = {"least": "greatest", "greatest": "least"}
LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Changed:
    """An expression with one mistake: its kind, its column, what stood and stands there."""

    kind: Kind
    at: int
    before: str
    after: str
    tree: Node


def changed(tree: Node) -> Iterator[Changed]:
    """Yield an expression with each mistake that can be made in it, in reading order."""
    yield from _here(tree)
    for index, child in enumerate(children(tree)):
        for one in changed(child):
            made = _with_child(tree, index, one.tree)
            yield _as_compared(tree, replace(one, tree=made))


def _as_compared(tree: Node, one: Changed) -> Changed:
    """Say a mistake in a side of a comparison as one of the whole comparison."""
    if not isinstance(tree, Compare | CountTrue) or one.kind not in {Kind.THRESHOLD, Kind.OPERATOR}:
        return one
    return replace(one, before=spell(tree), after=spell(one.tree))


def _with_child(node: Node, index: int, new: Node) -> Node:
    beneath = list(children(node))
    beneath[index] = new
    following = iter(beneath)
    return with_children(node, lambda _: next(following))


def _here(node: Node) -> Iterator[Changed]:
    match node:
        case Compare() | CountTrue():
            yield from _compared(node)
            if isinstance(node, CountTrue):
                yield from _counted(node)
        case And() | Or():
            yield from _connected(node)
        case Not():
            yield Changed(Kind.CONNECTIVE, node.at, spell(node), spell(node.item), node.item)
        case In():
            yield from _options(node)
        case Calculate():
            other = replace(node, operator=ARITHMETIC[node.operator])  # type: ignore[arg-type] # of the list
            yield Changed(Kind.OPERATOR, node.at, spell(node), spell(other), other)
        case Function():
            yield from _called(node)
        case FieldRef(type=FieldType.BOOLEAN):
            yield _negated(node)
        case Constant(name=None):
            yield from _moved(node)
        case _:
            return


def _compared(node: Compare | CountTrue) -> Iterator[Changed]:
    for operators in AT_THE_EDGE, THE_REVERSE:
        operator = operators.get(node.operator)
        if operator is not None:
            other = replace(node, operator=operator)  # type: ignore[arg-type] # one of the closed list
            yield Changed(Kind.OPERATOR, node.at, spell(node), spell(other), other)


def _counted(node: CountTrue) -> Iterator[Changed]:
    for index, item in enumerate(node.items):
        kept = (*node.items[:index], *node.items[index + 1 :])
        if kept:
            rest = replace(node, items=kept)
            yield Changed(Kind.CONNECTIVE, node.at, spell(item), LEFT_OUT, rest)


def _connected(node: And | Or) -> Iterator[Changed]:
    other = Or(node.items, node.at) if isinstance(node, And) else And(node.items, node.at)
    yield Changed(Kind.CONNECTIVE, node.at, spell(node), spell(other), other)
    for index, item in enumerate(node.items):
        kept = (*node.items[:index], *node.items[index + 1 :])
        rest = replace(node, items=kept) if len(kept) > 1 else kept[0]
        yield Changed(Kind.CONNECTIVE, node.at, spell(item), LEFT_OUT, rest)


def _negated(node: Node) -> Changed:
    other = Not(node, node.at)
    return Changed(Kind.CONNECTIVE, node.at, spell(node), spell(other), other)


def _options(node: In) -> Iterator[Changed]:
    yield _negated(node)
    for index, option in enumerate(node.options):
        kept = (*node.options[:index], *node.options[index + 1 :])
        if kept:
            rest = replace(node, options=kept)
            yield Changed(Kind.OPTION, option_at(node, option), spell(option), LEFT_OUT, rest)


def option_at(node: In | Function, option: Node) -> int:
    """Return the column of an option, that of the whole list where the option has none."""
    return option.at or node.at


def _called(node: Function) -> Iterator[Changed]:
    if node.type is FieldType.BOOLEAN:
        yield _negated(node)
    if node.name in FUNCTIONS:
        other = replace(node, name=FUNCTIONS[node.name])  # type: ignore[arg-type] # of the closed list
        yield Changed(Kind.OPERATOR, node.at, spell(node), spell(other), other)
    if node.name == "count_in":
        yield from _counted_in(node)


def _counted_in(node: Function) -> Iterator[Changed]:
    listed, *options = node.arguments
    for index, option in enumerate(options):
        kept = (listed, *options[:index], *options[index + 1 :])
        if len(kept) > 1:
            rest = replace(node, arguments=kept)
            yield Changed(Kind.LIST_ENTRY, option_at(node, option), spell(option), LEFT_OUT, rest)


def _moved(node: Constant) -> Iterator[Changed]:
    for value in beside(node.value):
        other = replace(node, value=value)
        yield Changed(Kind.THRESHOLD, node.at, spell(node), spell(other), other)


def beside(value: Value | None) -> tuple[Value, ...]:
    """Return the values one step below and above: a day, a whole, or one in the last decimal."""
    if isinstance(value, bool):
        return ()
    if isinstance(value, date):
        return (value - timedelta(days=1), value + timedelta(days=1))
    if isinstance(value, int):
        return (value - 1, value + 1)
    if isinstance(value, float):
        decimals = 0 if value.is_integer() else len(repr(value).partition(".")[2])
        step = 10.0**-decimals
        return (round(value - step, decimals), round(value + step, decimals))
    return ()
