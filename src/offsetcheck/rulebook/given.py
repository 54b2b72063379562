"""A bound rule in which some computed fields and city values are given and not computed."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, assert_never

from offsetcheck.rulebook.bind_nodes import inputs_of
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
from offsetcheck.rulebook.parameters import typed_value


def with_given(rule: BoundRule, fields: AbstractSet[str], city: Mapping[str, Any]) -> BoundRule:
    """Return a rule that reads computed fields named here as stated, and other city values.

    An example may so give `storage_type: biogenic` without a project type that looks it up.
    """

    def given(node: Node | None) -> Node | None:
        return None if node is None else _given(node, fields, city)

    levels = tuple((points, given(node)) for points, node in rule.levels)
    applies_when, requires = given(rule.applies_when), given(rule.requires)
    inputs = inputs_of(applies_when, requires, *(node for _, node in levels))
    return replace(rule, applies_when=applies_when, requires=requires, levels=levels, inputs=inputs)


def _given(node: Node, fields: AbstractSet[str], city: Mapping[str, Any]) -> Node:
    def all_of(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(_given(item, fields, city) for item in nodes)

    match node:
        case Constant():
            return _constant(node, city)
        case FieldRef():
            return node
        case Derived() | Lookup() if node.name in fields:
            return FieldRef(node.name, node.type, node.at)
        case Derived():
            return replace(node, node=_given(node.node, fields, city))
        case Lookup():
            version = None if node.version is None else _given(node.version, fields, city)
            return replace(node, keys=all_of(node.keys), version=version)
        case And() | Or():
            return replace(node, items=all_of(node.items))
        case Not():
            return replace(node, item=_given(node.item, fields, city))
        case Compare() | Calculate():
            left, right = all_of((node.left, node.right))
            return replace(node, left=left, right=right)
        case In():
            item, *options = all_of((node.item, *node.options))
            return replace(node, item=item, options=tuple(options))
        case Function():
            return replace(node, arguments=all_of(node.arguments))
        case CountTrue():
            count, *items = all_of((node.count, *node.items))
            return replace(node, items=tuple(items), count=count)
        case _:
            assert_never(node)


def _constant(node: Constant, city: Mapping[str, Any]) -> Constant:
    if node.name is None or node.name not in city:
        return node
    stated = city[node.name]
    value = tuple(stated) if isinstance(stated, list) else stated
    return replace(node, value=typed_value(value, node.type), cause=None)
