"""Trees of expressions with named values and tables put in, or without their place in a text."""

from collections.abc import Mapping
from dataclasses import replace

from offsetcheck.rulebook.expression.nodes import Constant, Lookup, Node
from offsetcheck.rulebook.expression.walk import with_children

Named = Mapping[str | None, Node]


def rebuilt(node: Node, others: Named) -> Node:
    """Return a tree in which the constants and tables that `others` names are replaced by those."""
    if isinstance(node, Constant | Lookup) and node.name is not None and node.name in others:
        return others[node.name]
    return with_children(node, lambda child: rebuilt(child, others))


def without_columns(node: Node) -> Node:
    """Return a tree whose nodes do not say in which column of the text they stood."""
    return replace(with_children(node, without_columns), at=0)
