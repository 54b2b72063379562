"""Why an expression came out as it did: its deciding comparisons, in words a report can format.

Deciding are the parts whose answer equals the whole's: all of a satisfied AND, only the false
ones of a failed one, only the unknown ones of an unknown one. Under NOT a comparison is turned
round, so that a leaf always reads the way it counts.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from offsetcheck.engine.expression import Answer, evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.engine.spelling import spell
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Constant,
    CountTrue,
    Derived,
    Function,
    In,
    Node,
    Not,
    Or,
)
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.finding import Leaf

OPPOSITE: Mapping[str, str] = {
    "=": "<>",
    "<>": "=",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "in": "not in",
    "contains": "not contains",
}
MIRRORED: Mapping[str, str] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


DecidingNode = tuple[Node, bool]  # a comparison, and whether it is turned round


def rule_leaves(rule: BoundRule, facts: Facts) -> tuple[Leaf, ...]:
    """Return the deciding leaves of a rule: of what it requires, or of the levels walked.

    Where the rule does not apply, they are those that say so; where that is unknown, both.
    """
    nodes = deciding_nodes(rule, facts)
    return tuple(dict.fromkeys(_leaf(node, facts, negated=negated) for node, negated in nodes))


def deciding_nodes(rule: BoundRule, facts: Facts) -> Iterator[DecidingNode]:
    """Yield the comparisons that decided a rule, in reading order."""
    if rule.applies_when is not None:
        applies = evaluate(rule.applies_when, facts).value
        if applies is not True:
            yield from _deciding(rule.applies_when, facts, negated=False)
        if applies is False:
            return
    if rule.requires is not None:
        yield from _deciding(rule.requires, facts, negated=False)
    else:
        yield from _of_levels(rule, facts)


def _of_levels(rule: BoundRule, facts: Facts) -> Iterator[DecidingNode]:
    for _, condition in rule.levels:
        if condition is None:
            return
        yield from _deciding(condition, facts, negated=False)
        if evaluate(condition, facts).value is True:
            return


def deciding_leaves(node: Node, facts: Facts) -> tuple[Leaf, ...]:
    """Return the comparisons that decide a condition, in reading order."""
    nodes = _deciding(node, facts, negated=False)
    return tuple(_leaf(one, facts, negated=negated) for one, negated in nodes)


def _deciding(node: Node, facts: Facts, *, negated: bool) -> Iterator[DecidingNode]:
    if isinstance(node, Not):
        yield from _deciding(node.item, facts, negated=not negated)
    elif isinstance(node, Derived):
        yield from _deciding(node.node, facts, negated=negated)
    elif isinstance(node, And | Or):
        yield from _same_answer(node.items, node, facts, negated=negated)
    else:
        yield node, negated
    if isinstance(node, CountTrue):
        yield from _counted(node, facts)


def _same_answer(
    items: tuple[Node, ...], node: Node, facts: Facts, *, negated: bool
) -> Iterator[DecidingNode]:
    whole = evaluate(node, facts).value
    for item in items:
        if evaluate(item, facts).value is whole:
            yield from _deciding(item, facts, negated=negated)


def _counted(node: CountTrue, facts: Facts) -> Iterator[DecidingNode]:
    """Yield the comparisons of the counted conditions that made the count high or low enough."""
    whole = evaluate(node, facts).value
    wanted = whole if node.operator in (">=", ">", "=") or whole is None else not whole
    for item in node.items:
        if evaluate(item, facts).value is wanted:
            yield from _deciding(item, facts, negated=False)


def _count_leaf(node: CountTrue, facts: Facts, *, negated: bool) -> Leaf:
    sure = sum(evaluate(item, facts).value is True for item in node.items)
    found = Answer(None if evaluate(node, facts).value is None else float(sure))
    return _compared(node, facts, found, node.operator, node.count, negated=negated)


def _leaf(node: Node, facts: Facts, *, negated: bool) -> Leaf:
    match node:
        case CountTrue():
            return _count_leaf(node, facts, negated=negated)
        case Compare(operator=operator, left=left, right=right):
            if inputs_of(right) and not inputs_of(left):
                left, right, operator = right, left, MIRRORED[operator]  # type: ignore[assignment]
            found = evaluate(left, facts)
            return _compared(node, facts, found, operator, right, negated=negated)
        case In():
            found = evaluate(node.item, facts)
            options = [evaluate(option, facts).value for option in node.options]
            return _leaf_of(node, facts, found, "in", _known(options), negated=negated)
        case Function(name="contains", arguments=(values, item)):
            return _contains_leaf(node, facts, values, item, negated=negated)
        case _:
            found = evaluate(node, facts)
            return _leaf_of(node, facts, found, "=", not negated, negated=False)


def _contains_leaf(node: Node, facts: Facts, values: Node, item: Node, *, negated: bool) -> Leaf:
    list_, one = evaluate(values, facts), evaluate(item, facts)
    if isinstance(values, Constant):
        return _leaf_of(node, facts, one, "in", list_.value, negated=negated)
    return _leaf_of(node, facts, list_, "contains", one.value, negated=negated)


def _known(options: list[Value | None]) -> Value | None:
    known = (option for option in options if option is not None)
    return tuple(known)  # type: ignore[return-value] # of texts or of numbers, as typed at load


def _compared(
    node: Node, facts: Facts, found: Answer, operator: str, limit: Node, *, negated: bool
) -> Leaf:
    threshold = evaluate(limit, facts).value
    return _leaf_of(node, facts, found, operator, threshold, negated=negated)


def _leaf_of(
    node: Node,
    facts: Facts,
    found: Answer,
    operator: str,
    threshold: Value | None,
    *,
    negated: bool,
) -> Leaf:
    truth = evaluate(node, facts).value
    text = spell(node)
    return Leaf(
        text=f"NOT ({text})" if negated else text,
        truth=None if truth is None else bool(truth) is not negated,
        fields=inputs_of(node),
        value=found.value,
        operator=OPPOSITE[operator] if negated else operator,
        threshold=threshold,
        distance=_distance(found.value, threshold),
        at=node.at or None,
        possible=found.possible,
    )


def _distance(found: Value | None, threshold: Value | None) -> float | None:
    if isinstance(found, bool) or isinstance(threshold, bool):
        return None
    if isinstance(found, int | float) and isinstance(threshold, int | float):
        return found - threshold
    if isinstance(found, date) and isinstance(threshold, date):
        return float((found - threshold).days)
    return None
