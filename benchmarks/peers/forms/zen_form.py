"""zen-engine: one compiled expression, and a decision graph of one node for each rule."""

import json
from collections.abc import Mapping, Sequence

from peer_rails import All, Any, Count, Field, Has, Holds, Known, Rail, Size, Term, Test, Value

SPELLED = {"=": "==", "<>": "!="}


def zen_form(rail: Rail, names: Mapping[str, str]) -> str:
    """Return a rail as text. Raises TypeError of arithmetic, which is decimal and not of doubles."""
    match rail:
        case All(items):
            return _joined(items, " and ", "true", names)
        case Any(items):
            return _joined(items, " or ", "false", names)
        case Known(name):
            return f"{names[name]} != null"
        case Holds(name, true):
            return f"{names[name]} == {json.dumps(true)}"
        case Has(name, value, true):
            said = "some" if true else "none"
            return f"{said}({names[name]}, # == {json.dumps(value)})"
        case Test(operator, left, right):
            said = SPELLED.get(operator, operator)
            return f"{_term(left, names)} {said} {_term(right, names)}"


def program(rails: Sequence[Rail], names: Mapping[str, str]) -> str:
    """Return one expression of all rails."""
    return f"[{', '.join(zen_form(rail, names) for rail in rails)}]"


def graph(rails: Sequence[Rail], names: Mapping[str, str]) -> str:
    """Return a decision graph as JSON, in which one node of expressions says each rule."""
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = []
    for first in range(0, len(rails), 3):
        said = [
            {"id": f"e{at}", "key": f"r{at}", "value": zen_form(rails[at], names)}
            for at in range(first, first + 3)
        ]
        node = f"n{first}"
        content = {"expressions": said, "passThrough": False}
        nodes.append({"id": node, "name": node, "type": "expressionNode", "content": content})
        edges.append({"id": f"a{first}", "sourceId": "in", "targetId": node, "type": "edge"})
        edges.append({"id": f"b{first}", "sourceId": node, "targetId": "out", "type": "edge"})
    return json.dumps({"nodes": nodes, "edges": edges})


def _joined(items: Sequence[Rail], word: str, none: str, names: Mapping[str, str]) -> str:
    return f"({word.join(zen_form(item, names) for item in items)})" if items else none


def _term(term: Term, names: Mapping[str, str]) -> str:
    match term:
        case Field(name):
            return names[name]
        case Value(value):
            return json.dumps(value)
        case Size(name):
            return f"len({names[name]})"
        case Count(name, among):
            return f"len(filter({names[name]}, # in {json.dumps(list(among))}))"
    raise TypeError("arithmetic of decimals")
