"""An expression as short text, with field names and `$parameters` as a rule's author wrote them."""

from datetime import date

from offsetcheck.engine.arithmetic import NUMBERS, key_text
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
from offsetcheck.vocabulary.evidence import Value


def spell(node: Node) -> str:
    """Return a node as text; derived and looked-up fields stay names."""
    match node:
        case Constant():
            return node.name or _literal(node)
        case FieldRef() | Derived() | Lookup():
            return node.name
        case Compare() | Calculate():
            return f"{_inner(node.left)} {node.operator} {_inner(node.right)}"
        case In():
            return f"{_inner(node.item)} IN ({_list(node.options)})"
        case And():
            return " AND ".join(map(_inner, node.items))
        case Or():
            return " OR ".join(map(_inner, node.items))
        case Not():
            return f"NOT {_inner(node.item)}"
        case Function():
            return f"{node.name}({_list(node.arguments)})"
        case CountTrue():
            return f"count_true({_list(node.items)}) {node.operator} {_inner(node.count)}"


def _inner(node: Node) -> str:
    text = spell(node)
    compound = isinstance(node, Compare | Calculate | In | And | Or | Not | CountTrue)
    return f"({text})" if compound else text


def _list(nodes: tuple[Node, ...]) -> str:
    return ", ".join(map(spell, nodes))


def _literal(node: Constant) -> str:
    if node.value is None:
        return "unknown"
    if isinstance(node.value, tuple):
        return f"[{', '.join(map(_scalar, node.value))}]"
    if node.type in NUMBERS and not isinstance(node.value, str | date):
        return key_text(float(node.value))
    return _scalar(node.value)


def _scalar(value: Value) -> str:
    return f"'{value}'" if isinstance(value, str | date) else key_text(value)
