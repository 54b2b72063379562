"""Which nodes and input fields lie beneath a node."""

from collections.abc import Iterator

from offsetcheck.rulebook.bound import BoundRule
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


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly beneath a node, in reading order."""
    match node:
        case Constant() | FieldRef():
            return ()
        case Derived():
            return (node.node,)
        case Lookup():
            return node.keys if node.version is None else (*node.keys, node.version)
        case Compare() | Calculate():
            return (node.left, node.right)
        case In():
            return (node.item, *node.options)
        case And() | Or():
            return node.items
        case Not():
            return (node.item,)
        case Function():
            return node.arguments
        case CountTrue():
            return (*node.items, node.count)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all beneath it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def input_fields(node: Node) -> tuple[str, ...]:
    """Return the names of the stated fields beneath a node, in reading order, each once."""
    names = (part.name for part in walk(node) if isinstance(part, FieldRef))
    return tuple(dict.fromkeys(names))


def expressions(rule: BoundRule) -> tuple[Node, ...]:
    """Return all expressions of a rule: when it applies, then what it requires or its levels."""
    levels = (condition for _, condition in rule.levels)
    return tuple(node for node in (rule.applies_when, rule.requires, *levels) if node is not None)


def rule_inputs(rule: BoundRule) -> frozenset[str]:
    """Return the names of the stated fields that a rule reads."""
    return frozenset(name for node in expressions(rule) for name in input_fields(node))
