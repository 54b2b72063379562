"""The nearest values on the other side of a rule's comparisons, field by field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from math import ceil, floor, inf, isfinite, nextafter
from typing import Any, TypeGuard

from offsetcheck.engine.assess import with_changed
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.explain.mending import can_still_change
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import (
    Compare,
    Constant,
    FieldRef,
    Function,
    In,
    Lookup,
    Node,
)
from offsetcheck.rulebook.expression.walk import inputs_of, walk
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import Outcome

STRIDES = (1, 31, 366, 3653, 36525)  # days: from a day to a century
MAX_CODES = 6
FLIP = 1.0  # what another code or answer weighs against the relative change of a number


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another fact for one field, and how far it lies from the stated one (0: evidence only).

    `before` is what was stated of the field by the day.
    """

    field: str
    fact: Fact
    cost: float
    before: Fact


def changeable(rule: BoundRule, context: SentenceContext) -> tuple[Field, ...]:
    """Return the fields of a candidate that a rule reads and a seller can still change.

    None of them helps a rule that is not met and cannot be mended.
    """
    finding = context.findings.get(rule.id)
    if finding is not None and finding.outcome is Outcome.FAIL and not rule.curable:
        return ()
    fields = (context.wording.bound.dictionary.candidate.get(name) for name in rule.inputs)
    return tuple(
        field
        for field in fields
        if field is not None and can_still_change(field, context.seen(field.name, rule).stated)
    )


def proposals(
    rule: BoundRule, context: SentenceContext, needed: Mapping[str, EvidenceGrade]
) -> Iterator[Proposal]:
    """Yield changes that turn a comparison of the rule; `needed` is the grade each field needs."""
    for field in changeable(rule, context):
        fact = context.seen(field.name, rule).stated
        grade = min(fact.grade, needed.get(field.name, fact.grade))
        if fact.value is not None and grade < fact.grade:
            yield Proposal(field.name, replace(fact, grade=grade, as_of=None), 0.0, fact)
        for value in turning_values(field, fact, rule, context.facts()):
            other = Fact(value=value, grade=grade)
            yield Proposal(field.name, other, _cost(fact.value, value), fact)


def turning_values(field: Field, now: Fact, rule: BoundRule, facts: Facts) -> Iterator[Value]:
    """Yield other values of a field than now that turn a comparison of a rule under facts.

    Of a field that is known in part they are among its possible values.
    """
    seen: set[Value] = set()
    for node in _comparisons(rule, field.name):
        for value in _turning(node, field, facts):
            could_be = not now.possible or value in now.possible
            if could_be and value not in seen and value != now.value:
                seen.add(value)
                yield value


def _comparisons(rule: BoundRule, field: str) -> Iterator[Node]:
    for expression in rule.expressions():
        for node in walk(expression):
            compared = isinstance(node, (Compare, In)) or _is_truth(node)
            if compared and field in inputs_of(node):
                yield node


def _is_truth(node: Node) -> bool:
    if isinstance(node, FieldRef):
        return node.type is FieldType.BOOLEAN
    return isinstance(node, Function) and node.name == "contains"


def _turning(node: Node, field: Field, facts: Facts) -> Iterator[Value]:
    """Yield the values of a field that give a comparison another, settled truth."""
    before = evaluate(node, facts).value
    truth = _truth_of(node, field.name, facts)
    for value in _nearest(node, field, facts, truth):
        if _in_range(value, field) and truth(value) not in (None, before):
            yield value


Truth = Callable[[Value], bool | None]


def _truth_of(node: Node, field: str, facts: Facts) -> Truth:
    def truth(value: Value) -> bool | None:
        answer = evaluate(node, _with(facts, field, value)).value
        return answer if isinstance(answer, bool) else None

    return truth


def _with(facts: Facts, field: str, value: Value) -> Facts:
    fact = Fact(value=value, grade=EvidenceGrade.E1)
    changed, purchase = with_changed(facts.subject, facts.purchase, {field: fact})
    # Anew: facts remember what expressions came to, and what was read.
    return Facts(changed, purchase, facts.day, None, facts.screening_days, facts.heard)


def _nearest(node: Node, field: Field, facts: Facts, truth: Truth) -> Iterator[Value]:
    match field.type:
        case FieldType.BOOLEAN:
            yield from (True, False)
        case FieldType.CODE | FieldType.TEXT:
            yield from _codes(node, field)
        case FieldType.CODES | FieldType.INTEGERS:
            yield from _lists(node, field, facts)
        case FieldType.DATE:
            yield from _days(node, field, facts, truth)
        case FieldType.NUMBER | FieldType.INTEGER:
            yield from _numbers(node, field, facts)


def _codes(node: Node, field: Field) -> Iterator[Value]:
    # What a table answers to a free text, such as a methodology, is no text that one could state.
    looked_up = not field.codes and any(isinstance(part, Lookup) for part in walk(node))
    constants = () if looked_up else _constants(node)
    named = [value for value in constants if not isinstance(value, tuple)]
    known = [value for value in named if value in field.codes or not field.codes]
    yield from islice(dict.fromkeys([*known, *field.narrow]), MAX_CODES)


def _lists(node: Node, field: Field, facts: Facts) -> Iterator[Value]:
    now = facts.read(field.name, field.type).value
    held: tuple[Any, ...] = now if isinstance(now, tuple) else ()
    constants: tuple[Any, ...] = tuple(_flat(_constants(node)))
    items = _items(field)
    named = tuple(value for value in constants if value in items) if items else constants
    for value in named:
        yield (*held, value)
    yield (*held, *named)
    yield tuple(v for v in held if v not in named)
    # Where the length counts: as many entries as are asked for, of those that are not named.
    free = (*held, *(item for item in items if item not in held and item not in named))
    for length in dict.fromkeys(v for v in constants if _is_number(v)):
        yield free[: max(0, ceil(length))]


def _items(field: Field) -> tuple[Any, ...]:
    """Return what a list of a field may hold, as far as it is known."""
    if field.type is FieldType.CODES:
        return tuple(field.codes)
    low, high = field.range or (None, None)
    return () if low is None or high is None else tuple(range(ceil(low), floor(high) + 1))


def _flat(values: Iterator[Value]) -> Iterator[Value]:
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


def _constants(node: Node) -> Iterator[Value]:
    for part in walk(node):
        if isinstance(part, Constant) and part.value is not None:
            yield part.value


def _days(node: Node, field: Field, facts: Facts, truth: Truth) -> Iterator[Value]:
    now = facts.read(field.name, field.type).value
    start = now if isinstance(now, date) else facts.day
    for constant in _constants(node):
        if isinstance(constant, date):
            yield from (constant, *_moved(constant, 1), *_moved(constant, -1))
    for sign in (1, -1):
        turned = _first_turn(start, sign, truth)
        if turned is not None:
            yield from (turned, *_moved(turned, -sign))
    if not isinstance(now, date):
        yield start


def _first_turn(start: date, sign: int, truth: Truth) -> date | None:
    """Return the nearest day, in one direction, on which a truth turns, by halving."""
    before, near = truth(start), 0
    for stride in STRIDES:
        far = _moved(start, sign * stride)
        if far and truth(far[0]) not in (None, before):
            return _halved(start, sign, near, stride, truth)
        near = stride
    return None


def _halved(start: date, sign: int, near: int, far: int, truth: Truth) -> date:
    before = truth(start)
    while far - near > 1:
        middle = (near + far) // 2
        turned = truth(start + timedelta(days=sign * middle)) not in (None, before)
        near, far = (near, middle) if turned else (middle, far)
    return start + timedelta(days=sign * far)


def _moved(day: date, days: int) -> tuple[date, ...]:
    try:
        return (day + timedelta(days=days),)
    except OverflowError:
        return ()


def _numbers(node: Node, field: Field, facts: Facts) -> Iterator[Value]:
    limits = [float(v) for v in _flat(_constants(node)) if _is_number(v)]
    root = _root(node, field.name, facts)
    whole = field.type is FieldType.INTEGER
    for limit in dict.fromkeys([*([] if root is None else [root]), *limits]):
        if whole:
            yield from (floor(limit), ceil(limit), floor(limit) - 1, ceil(limit) + 1)
        else:
            yield from (limit, nextafter(limit, inf), nextafter(limit, -inf))


def _is_number(value: Value | None) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _root(node: Node, field: str, facts: Facts) -> float | None:
    """Return where both sides of a comparison meet, if they differ by a straight line."""
    if not isinstance(node, Compare):
        return None
    at_zero, at_one = (_difference(node, _with(facts, field, x)) for x in (0.0, 1.0))
    if at_zero is None or at_one is None or at_zero == at_one:
        return None
    root = at_zero / (at_zero - at_one)
    return root if isfinite(root) else None


def _difference(node: Compare, facts: Facts) -> float | None:
    left, right = evaluate(node.left, facts).value, evaluate(node.right, facts).value
    if isinstance(left, float) and isinstance(right, float):
        return left - right
    return None


def _in_range(value: Value, field: Field) -> bool:
    if field.range is None or not _is_number(value):
        return True
    low, high = field.range
    return (low is None or value >= low) and (high is None or value <= high)


def _cost(before: Value | None, after: Value) -> float:
    if isinstance(before, date) and isinstance(after, date):
        return abs((after - before).days) / 3653
    if _is_number(before) and _is_number(after):
        return abs(after - before) / max(abs(before), abs(after), 1e-9)
    return FLIP
