"""Trees of expressions with some named values and tables replaced by others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from offsetcheck.rulebook.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Function,
    In,
    Lookup,
    Node,
    Not,
    Or,
)

Others = Mapping[str | None, Node]


def rebuilt(node: Node, others: Others) -> Node:
    """Return a tree in which constants and tables of these names are the others."""
    match node:
        case Constant():
            return others.get(node.name, node) if node.name is not None else node
        case FieldRef():
            return node
        case Lookup():
            return others.get(node.name) or _keys_rebuilt(node, others)
        case Derived():
            return replace(node, node=rebuilt(node.node, others))
        case Not():
            return replace(node, item=rebuilt(node.item, others))
        case And() | Or():
            return replace(node, items=_all(node.items, others))
        case Compare() | Calculate():
            left, right = _all((node.left, node.right), others)
            return replace(node, left=left, right=right)
        case In():
            item, *options = _all((node.item, *node.options), others)
            return replace(node, item=item, options=tuple(options))
        case Function():
            return replace(node, arguments=_all(node.arguments, others))
        case CountTrue():
            count, *items = _all((node.count, *node.items), others)
            return replace(node, items=tuple(items), count=count)
        case _:
            assert_never(node)


def _all(nodes: tuple[Node, ...], others: Others) -> tuple[Node, ...]:
    return tuple(rebuilt(node, others) for node in nodes)


def _keys_rebuilt(node: Lookup, others: Others) -> Lookup:
    version = None if node.version is None else rebuilt(node.version, others)
    return replace(node, keys=_all(node.keys, others), version=version)
