"""Ways through a tree of nodes: what lies beneath, which fields it reads, the tree rebuilt."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_

from offsetcheck.rulebook.expression.nodes import (
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


def with_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a node in which `change` has been made to each node directly beneath it.

    Where it changes none, the node is returned as it is.
    """
    beneath = children(node)
    made = tuple(map(change, beneath))
    if all(map(is_, made, beneath)):
        return node
    match node:
        case Constant() | FieldRef():
            return node
        case Derived():
            return replace(node, node=made[0])
        case Lookup():
            keys = made[: len(node.keys)]
            return replace(node, keys=keys, version=made[-1] if node.version is not None else None)
        case Compare() | Calculate():
            # Most nodes are of these kinds, and `replace` takes many times as long.
            return type(node)(node.operator, made[0], made[1], node.at)  # type: ignore[arg-type]
        case In():
            return In(made[0], made[1:], node.at)
        case And() | Or():
            return type(node)(made, node.at)
        case Not():
            return Not(made[0], node.at)
        case Function():
            return replace(node, arguments=made)
        case CountTrue():
            return replace(node, items=made[:-1], count=made[-1])


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all beneath it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def inputs_of(*nodes: Node | None) -> tuple[str, ...]:
    """Return the stated fields that trees can read, in reading order, each once."""
    parts = (part for node in nodes if node is not None for part in walk(node))
    return tuple(dict.fromkeys(part.name for part in parts if isinstance(part, FieldRef)))


def parameters_of(*nodes: Node | None) -> tuple[str, ...]:
    """Return the parameters that trees name, as `$name` in reading order, each once."""
    parts = (part for node in nodes if node is not None for part in walk(node))
    names = (part.name for part in parts if isinstance(part, Constant) and part.name is not None)
    return tuple(dict.fromkeys(name for name in names if name.startswith("$")))
