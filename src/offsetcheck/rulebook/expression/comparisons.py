"""Comparisons and lists: two values of one type, with quoted texts read in the type beside them."""

from collections.abc import Sequence

from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Comparison,
    Constant,
    CountTrue,
    In,
    Node,
)
from offsetcheck.rulebook.expression.notes import ExpressionNotes, Typed
from offsetcheck.rulebook.expression.types import ORDERED, adapt, join_types, type_words
from offsetcheck.vocabulary.dictionary import FieldType

LISTS = frozenset((FieldType.CODES, FieldType.INTEGERS))


def compare(
    notes: ExpressionNotes, operator: Comparison, left: Typed, right: Typed
) -> Compare | None:
    """Compare two values of one type; a quoted text takes the type of the other side."""
    both = pair(notes, left, right)
    if both is None:
        return None
    first, second, kind = both
    if kind in LISTS:
        notes.problem("a list cannot be compared", first.at, "use `contains`, `count_in` or `size`")
        return None
    if operator not in {"=", "<>"} and kind not in ORDERED:
        message = f"`{operator}` cannot order {type_words(kind)}"
        notes.problem(message, first.at, "use `=`, `<>` or `IN (…)`")
        return None
    return Compare(operator, first, second, first.at)


def pair(notes: ExpressionNotes, left: Typed, right: Typed) -> tuple[Node, Node, FieldType] | None:
    """Give two values their common type, with dates and codes of quoted texts checked."""
    kind = join_types(left.type, right.type, left.node, right.node)
    if kind is None:
        words = f"{type_words(left.type)} and {type_words(right.type)} cannot be put together"
        notes.problem(words, right.node.at, "both sides must be of one type")
        return None
    first = notes.adapted(left, kind, right.name)
    second = notes.adapted(right, kind, left.name)
    return (first, second, kind) if first and second else None


def between(notes: ExpressionNotes, item: Typed, low: Typed, high: Typed) -> And | None:
    """Return `BETWEEN` as two comparisons."""
    above, below = compare(notes, ">=", item, low), compare(notes, "<=", item, high)
    return And((above, below), above.at) if above is not None and below is not None else None


def membership(
    notes: ExpressionNotes, item: Typed | None, listed: Sequence[Typed | None], at: int
) -> In | None:
    """Return `IN (…)`: an item and at least one value of its type."""
    if not listed:
        notes.problem("`IN` needs at least one value", at)
        return None
    values = options(notes, item, listed)
    if item is None or values is None:
        return None
    return In(adapt(item.node, item.type) or item.node, values, at)


def options(
    notes: ExpressionNotes, item: Typed | None, listed: Sequence[Typed | None]
) -> tuple[Node, ...] | None:
    """Return the values of `IN` or `count_in`: literals or parameters, each of the item's type."""
    read = [_option(notes, item, typed) for typed in listed]
    kept = tuple(node for node in read if node is not None)
    return kept if len(kept) == len(read) else None


def _option(notes: ExpressionNotes, item: Typed | None, typed: Typed | None) -> Node | None:
    if typed is None or item is None:
        return None
    at = typed.node.at
    if not isinstance(typed.node, Constant):
        notes.problem("only values and parameters can stand in a list", at)
        return None
    if typed.type in LISTS:
        notes.problem("a list cannot stand in a list", at, "use `contains($list, field)`")
        return None
    both = pair(notes, item, typed)
    return both[1] if both else None


def count_true(
    notes: ExpressionNotes,
    operator: Comparison,
    items: Sequence[Node | None],
    limit: Node | None,
    at: int,
) -> CountTrue | None:
    """Return `count_true(…)` compared with a whole number or a parameter."""
    kept = tuple(item for item in items if item is not None)
    if not items:
        notes.problem("`count_true` needs at least one condition", at)
    if not kept or len(kept) < len(items) or limit is None:
        return None
    if not isinstance(limit, Constant) or (limit.name is None and not isinstance(limit.value, int)):
        notes.problem("`count_true` is compared with a whole number or a parameter", limit.at)
        return None
    return CountTrue(operator, kept, limit, at)
