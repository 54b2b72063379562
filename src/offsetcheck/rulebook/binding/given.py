"""A bound rule in which some computed fields and city values are given and not computed."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import with_children
from offsetcheck.rulebook.fields.values import typed_value


def with_given(rule: BoundRule, fields: AbstractSet[str], city: Mapping[str, Any]) -> BoundRule:
    """Return a rule that reads computed fields named here as stated, and other city values.

    An example may so give `storage_type: biogenic` without a project type that looks it up.
    """
    return rule.with_expressions(lambda node: node_given(node, fields, city))


def node_given(node: Node, fields: AbstractSet[str], city: Mapping[str, Any]) -> Node:
    """Return an expression that reads computed fields named here as stated."""
    match node:
        case Constant():
            return _constant(node, city)
        case Derived() | Lookup() if node.name in fields:
            return FieldRef(node.name, node.type, node.at)
        case _:
            return with_children(node, lambda child: node_given(child, fields, city))


def _constant(node: Constant, city: Mapping[str, Any]) -> Constant:
    if node.name is None or node.name not in city:
        return node
    stated = city[node.name]
    value = tuple(stated) if isinstance(stated, list) else stated
    return replace(node, value=typed_value(value, node.type), cause=None)
