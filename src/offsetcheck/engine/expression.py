"""One expression on one subject: Kleene's logic, and for each unknown the fields it waits for."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple, cast

from offsetcheck.engine.arithmetic import (
    COMPARE,
    add_years,
    calculate,
    compare_count,
    days_between,
    key_text,
    typed,
    years_between,
)
from offsetcheck.engine.knowledge import IDENTITY, Facts, is_too_weak
from offsetcheck.engine.lookup import (
    SCREENED,
    TableAnswer,
    ask_table,
    awaits_screening,
    serves_unversioned,
)
from offsetcheck.engine.silence import cause_of_silence
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
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.evidence import Cause, Value
from offsetcheck.vocabulary.finding import Missing

SETTLED: frozenset[Missing] = frozenset()


class Answer(NamedTuple):
    """A value, or None with what it waits for; a settled answer waits for nothing."""

    value: Value | None
    missing: frozenset[Missing] = SETTLED


def evaluate(node: Node, facts: Facts) -> Answer:
    """Return the answer of an expression; unknown parameters wait under the name they carry."""
    known = facts.answers.get(id(node))
    if known is None:  # the node is kept beside its answer, so that its identity stays its own
        known = facts.answers[id(node)] = (node, _EVALUATORS[type(node)](node, facts))
    answer: Answer = known[1]
    return answer


def _constant(node: Constant, _facts: Facts) -> Answer:
    value = typed(node.value, node.type)
    if value is None:
        cause = node.cause or Cause.CITY_UNDECIDED
        return Answer(None, frozenset({Missing(node.name or "", cause)}))
    return Answer(value)


def _field(node: FieldRef, facts: Facts) -> Answer:
    seen = facts.read(node.name, node.type)
    if seen.cause is not None:
        return Answer(None, frozenset({Missing(node.name, seen.cause)}))
    return Answer(seen.value)


def _derived(node: Derived, facts: Facts) -> Answer:
    return evaluate(node.node, facts)


def _lookup(node: Lookup, facts: Facts) -> Answer:
    keys = [evaluate(key, facts) for key in node.keys]
    version = evaluate(node.version, facts) if node.version is not None else None
    unknown = [key for key in keys if key.value is None]
    key = tuple(key_text(answer.value) for answer in keys if answer.value is not None)
    needs_version = bool(unknown) or not serves_unversioned(node, key)
    if version is not None and version.value is None and needs_version:
        unknown.append(version)
    if unknown:
        return _unknown(unknown)
    text = key_text(version.value) if version is not None and version.value is not None else None
    return _table_answer(node, _screened(node, ask_table(node, key, text), facts), facts)


def _screened(node: Lookup, answer: TableAnswer, facts: Facts) -> TableAnswer:
    looked = answer.value is None and awaits_screening(node) and facts.screened
    return SCREENED if looked else answer


def _table_answer(node: Lookup, answer: TableAnswer, facts: Facts) -> Answer:
    if answer.cause is not None:
        of_id = facts.subject.fact(IDENTITY).cause
        return _because(node, cause_of_silence(node, answer.cause, of_id))
    if is_too_weak(answer.grade, facts.at_least):
        return _because(node, Cause.EVIDENCE_TOO_WEAK)
    return Answer(answer.value)


def _compare(node: Compare, facts: Facts) -> Answer:
    left, right = evaluate(node.left, facts), evaluate(node.right, facts)
    if left.value is None or right.value is None:
        return _unknown((left, right))
    return Answer(COMPARE[node.operator](left.value, right.value))


def _in(node: In, facts: Facts) -> Answer:
    item = evaluate(node.item, facts)
    options = [evaluate(option, facts) for option in node.options]
    if item.value is not None:
        if item.value in [option.value for option in options]:
            return Answer(value=True)
        if all(option.value is not None for option in options):
            return Answer(value=False)
    return _unknown((item, *options))


def _and(node: And, facts: Facts) -> Answer:
    answers = [evaluate(item, facts) for item in node.items]
    if any(answer.value is False for answer in answers):
        return Answer(value=False)
    return _unknown_or(answers, value=True)


def _or(node: Or, facts: Facts) -> Answer:
    answers = [evaluate(item, facts) for item in node.items]
    if any(answer.value is True for answer in answers):
        return Answer(value=True)
    return _unknown_or(answers, value=False)


def _not(node: Not, facts: Facts) -> Answer:
    answer = evaluate(node.item, facts)
    return answer if answer.value is None else Answer(not answer.value)


def _calculate(node: Calculate, facts: Facts) -> Answer:
    left, right = evaluate(node.left, facts), evaluate(node.right, facts)
    if left.value is None or right.value is None:
        return _unknown((left, right))
    value = calculate(node.operator, cast("float", left.value), cast("float", right.value))
    return Answer(value) if value is not None else _because(node, Cause.NOT_COMPUTABLE)


def _function(node: Function, facts: Facts) -> Answer:
    answers = [evaluate(argument, facts) for argument in node.arguments]
    if any(answer.value is None for answer in answers):
        return _unknown(answers)
    value = _FUNCTIONS[node.name](*(answer.value for answer in answers))
    return Answer(value) if value is not None else _because(node, Cause.NOT_COMPUTABLE)


def _count_true(node: CountTrue, facts: Facts) -> Answer:
    items = [evaluate(item, facts) for item in node.items]
    count = evaluate(node.count, facts)
    if count.value is not None:
        sure = sum(item.value is True for item in items)
        open_ = sum(item.value is None for item in items)
        value = compare_count(node.operator, sure, sure + open_, cast("float", count.value))
        if value is not None:
            return Answer(value)
    return _unknown((*items, count))


def _unknown(children: Iterable[Answer]) -> Answer:
    waits = (child.missing for child in children if child.value is None)
    return Answer(None, frozenset().union(*waits))


def _unknown_or(children: Iterable[Answer], *, value: bool) -> Answer:
    answers = tuple(children)
    unknown = any(answer.value is None for answer in answers)
    return _unknown(answers) if unknown else Answer(value)


def _because(node: Node, cause: Cause) -> Answer:
    return Answer(None, frozenset(Missing(field, cause) for field in inputs_of(node)))


def _contains(values: tuple[Any, ...], item: Any) -> bool:
    return item in values


def _count_in(values: tuple[Any, ...], *options: Any) -> float:
    wanted = {item for option in options for item in _items(option)}
    return float(sum(value in wanted for value in values))


def _items(option: Any) -> tuple[Any, ...]:
    return option if isinstance(option, tuple) else (option,)


def _size(values: tuple[Any, ...]) -> float:
    return float(len(values))


def _least(*values: Any) -> Any:
    return reduce(min, values)


def _greatest(*values: Any) -> Any:
    return reduce(max, values)


_FUNCTIONS: Mapping[str, Callable[..., Value | None]] = {
    "contains": _contains,
    "count_in": _count_in,
    "size": _size,
    "years_between": years_between,
    "days_between": days_between,
    "add_years": add_years,
    "least": _least,
    "greatest": _greatest,
}

_EVALUATORS: Mapping[type, Callable[[Any, Facts], Answer]] = {
    Constant: _constant,
    FieldRef: _field,
    Derived: _derived,
    Lookup: _lookup,
    Compare: _compare,
    In: _in,
    And: _and,
    Or: _or,
    Not: _not,
    Calculate: _calculate,
    Function: _function,
    CountTrue: _count_true,
}
