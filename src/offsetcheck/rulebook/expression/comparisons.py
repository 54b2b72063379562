"""Comparisons and lists: two values of one type, with quoted texts read in the type beside them."""

from collections.abc import Sequence

from sqlglot import exp

from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Comparison,
    Constant,
    CountTrue,
    In,
    Node,
)
from offsetcheck.rulebook.expression.reading import Reading, Typed
from offsetcheck.rulebook.expression.types import ORDERED, adapt, join_types, type_words
from offsetcheck.vocabulary.dictionary import FieldType

COMPARISONS: dict[type[exp.Expr], Comparison] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}


def comparison(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Read a comparison; `count_true` on its left makes it another node."""
    operator = COMPARISONS[type(tree)]
    if _counts(tree.this):
        return count_true(reading, operator, tree.this, tree.expression)
    left, right = reading.typed(tree.this), reading.typed(tree.expression)
    made = compare(reading, operator, left, right) if left and right else None
    return (made, FieldType.BOOLEAN, None) if made else None


def compare(reading: Reading, operator: Comparison, left: Typed, right: Typed) -> Compare | None:
    """Compare two values of one type; a quoted text takes the type of the other side."""
    both = pair(reading, left, right)
    if both is None:
        return None
    first, second, kind = both
    if kind in {FieldType.CODES, FieldType.INTEGERS}:
        reading.fault("a list cannot be compared", first.at, "use `contains`, `count_in` or `size`")
        return None
    if operator not in {"=", "<>"} and kind not in ORDERED:
        reading.fault(
            f"`{operator}` cannot order {type_words(kind)}",
            first.at,
            "use `=`, `<>` or `IN (…)`",
        )
        return None
    return Compare(operator, first, second, first.at)


def pair(reading: Reading, left: Typed, right: Typed) -> tuple[Node, Node, FieldType] | None:
    """Give two values their common type, with dates and codes of quoted texts checked."""
    kind = join_types(left[1], right[1], left[0], right[0])
    if kind is None:
        words = f"{type_words(left[1])} and {type_words(right[1])} cannot be put together"
        reading.fault(words, right[0].at, "both sides must be of one type")
        return None
    first = reading.adapted(left, kind, right[2])
    second = reading.adapted(right, kind, left[2])
    return (first, second, kind) if first and second else None


def between(reading: Reading, tree: exp.Between) -> Typed | None:
    """Read `BETWEEN` as two comparisons."""
    item, low, high = (reading.typed(tree.args[key]) for key in ("this", "low", "high"))
    if item is None or low is None or high is None:
        return None
    above, below = compare(reading, ">=", item, low), compare(reading, "<=", item, high)
    if above is None or below is None:
        return None
    return And((above, below), above.at), FieldType.BOOLEAN, None


def membership(reading: Reading, tree: exp.In) -> Typed | None:
    """Read `IN (…)`: an item and at least one value of its type."""
    item = reading.typed(tree.this)
    listed = tree.args.get("expressions") or []
    if not listed:
        reading.fault("`IN` needs at least one value", reading.at(tree))
        return None
    values = options(reading, item, listed)
    if item is None or values is None:
        return None
    node = adapt(item[0], item[1]) or item[0]
    return In(node, values, reading.at(tree)), FieldType.BOOLEAN, None


def options(
    reading: Reading, item: Typed | None, listed: Sequence[exp.Expr]
) -> tuple[Node, ...] | None:
    """Read the values of `IN` or `count_in`: literals or parameters, each of the item's type."""
    read = [option(reading, item, tree) for tree in listed]
    kept = tuple(node for node in read if node is not None)
    return kept if len(kept) == len(read) else None


def option(reading: Reading, item: Typed | None, tree: exp.Expr) -> Node | None:
    """Read one value of a list."""
    typed = reading.typed(tree)
    if typed is None or item is None:
        return None
    if not isinstance(typed[0], Constant):
        reading.fault("only values and parameters can stand in a list", typed[0].at)
        return None
    if typed[1] in {FieldType.CODES, FieldType.INTEGERS}:
        reading.fault("a list cannot stand in a list", typed[0].at, "use `contains($list, field)`")
        return None
    both = pair(reading, item, typed)
    return both[1] if both else None


def count_true(
    reading: Reading, operator: Comparison, call: exp.Expr, limit: exp.Expr
) -> Typed | None:
    """Read `count_true(…)` compared with a whole number or a parameter."""
    branches = call.args.get("expressions") or []
    items = [reading.read(branch, FieldType.BOOLEAN) for branch in branches]
    count = reading.read(limit, FieldType.NUMBER)
    kept = tuple(item for item in items if item is not None)
    if not branches:
        reading.fault("`count_true` needs at least one condition", reading.at(call))
    if not kept or len(kept) < len(items) or count is None:
        return None
    if not isinstance(count, Constant) or (count.name is None and not isinstance(count.value, int)):
        reading.fault("`count_true` is compared with a whole number or a parameter", count.at)
        return None
    return CountTrue(operator, kept, count, reading.at(call)), FieldType.BOOLEAN, None


def _counts(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.Anonymous) and str(tree.this) == "count_true"
