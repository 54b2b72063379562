"""Which types go together, and what a quoted text becomes beside another type."""

import math
from dataclasses import replace
from datetime import date

from offsetcheck.ground.limits import MAX_SAFE_INTEGER
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.vocabulary.dictionary import FieldType

NUMBERS = frozenset((FieldType.NUMBER, FieldType.INTEGER))
TEXTS = frozenset((FieldType.TEXT, FieldType.CODE))
ORDERED = frozenset((FieldType.NUMBER, FieldType.INTEGER, FieldType.DATE))

TYPE_WORDS = {
    FieldType.NUMBER: "a number",
    FieldType.INTEGER: "a whole number",
    FieldType.BOOLEAN: "yes or no",
    FieldType.DATE: "a date",
    FieldType.TEXT: "a text",
    FieldType.CODE: "a code",
    FieldType.CODES: "a list of codes",
    FieldType.INTEGERS: "a list of whole numbers",
}


def type_words(kind: FieldType) -> str:
    """Return a type in the words of a message."""
    return TYPE_WORDS[kind]


def literal_number(text: str) -> int | float | None:
    """Return the number of a literal, None where a double does not hold it exactly enough."""
    number = float(text)
    if not math.isfinite(number):
        return None
    if not text.isdecimal():
        return number
    return int(text) if int(text) <= MAX_SAFE_INTEGER else None


def read_date(text: object) -> date | None:
    """Return the date of an ISO text, None where it is none."""
    if not isinstance(text, str) or len(text) != len("2021-01-31"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def join_types(left: FieldType, right: FieldType, first: Node, second: Node) -> FieldType | None:
    """Return the type in which two values are put together, None where there is none."""
    if left == right:
        return left
    if left in NUMBERS and right in NUMBERS:
        return FieldType.NUMBER
    if left in TEXTS and right in TEXTS:
        return FieldType.CODE
    if FieldType.DATE in {left, right}:
        text, kind = (first, left) if right == FieldType.DATE else (second, right)
        return FieldType.DATE if kind in TEXTS and is_literal(text) else None
    return None


def is_literal(node: Node) -> bool:
    """Whether a node is written in the expression itself and not named."""
    return isinstance(node, Constant) and node.name is None


def adapt(node: Node, kind: FieldType) -> Node | None:
    """Return a constant in the type of the other side; None where its text is not a date."""
    if not isinstance(node, Constant) or node.type == kind:
        return node
    if kind == FieldType.DATE:
        day = read_date(node.value)
        return replace(node, value=day, type=kind) if day else None
    return replace(node, type=kind)
