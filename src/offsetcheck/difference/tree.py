"""Trees of expressions with some named values and tables replaced by others."""

from collections.abc import Mapping

from offsetcheck.rulebook.expression.nodes import Constant, Lookup, Node
from offsetcheck.rulebook.expression.walk import with_children

Others = Mapping[str | None, Node]


def rebuilt(node: Node, others: Others) -> Node:
    """Return a tree in which constants and tables of these names are the others."""
    if isinstance(node, Constant | Lookup) and node.name is not None and node.name in others:
        return others[node.name]
    return with_children(node, lambda child: rebuilt(child, others))
