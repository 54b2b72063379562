"""One number for equal trees, so that what several rules share is computed once."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from offsetcheck.rulebook.expression.nodes import (
    Calculate,
    Compare,
    Constant,
    CountTrue,
    FieldRef,
    Function,
    Lookup,
    Node,
)
from offsetcheck.rulebook.expression.walk import children, inputs_of


@dataclass(frozen=True)
class TreeNumbers:
    """A number for each expression tree; equal trees have one number wherever they stand."""

    _numbers: dict[Hashable, int] = field(default_factory=dict)
    _known: dict[int, tuple[Node, int]] = field(default_factory=dict)

    _fields: dict[int, frozenset[str]] = field(default_factory=dict)

    def fields(self, node: Node) -> frozenset[str]:
        """Return the names of the fields that a tree reads."""
        number = self.number(node)
        if number not in self._fields:
            self._fields[number] = frozenset(inputs_of(node))
        return self._fields[number]

    def number(self, node: Node) -> int:
        """Return the number of a tree; positions in the text do not count."""
        known = self._known.get(id(node))
        if known is None:
            content = (type(node), _content(node), *map(self.number, children(node)))
            known = node, self._numbers.setdefault(content, len(self._numbers))
            self._known[id(node)] = known
        return known[1]


def _content(node: Node) -> Hashable:
    """Return what tells a node from others of its type with the same children."""
    match node:
        case Constant():
            return node.value, type(node.value), node.type, node.name, node.cause
        case FieldRef():
            return node.name, node.type
        case Lookup():
            return id(node.rows), node.type, node.collect, node.absent, node.stale
        case Compare() | Calculate() | CountTrue():
            return node.operator
        case Function():
            return node.name
        case _:
            return None
