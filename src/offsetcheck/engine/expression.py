"""One expression on one subject: Kleene's logic, and for each unknown the fields it waits for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from offsetcheck.engine.arithmetic import COMPARE, calculate, compare_count, typed
from offsetcheck.engine.functions import FUNCTIONS, is_one_of
from offsetcheck.engine.knowledge import IDENTITY, Facts
from offsetcheck.engine.lookup import (
    NO_VERSION,
    Asked,
    awaits_screening,
    key_texts,
    possible_answer,
)
from offsetcheck.engine.possible import Alternatives, over
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
    """A value, or None with what it waits for; a settled answer waits for nothing.

    `possible` are the values of which the answer is one, where it is known in part.
    """

    value: Value | None
    missing: frozenset[Missing] = SETTLED
    possible: tuple[Value, ...] = ()

    @property
    def alternatives(self) -> Alternatives | None:
        """The values of which the answer is one, None where it could be any."""
        return (self.value,) if self.value is not None else self.possible or None


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
        return Answer(None, frozenset({Missing(node.name, seen.cause)}), seen.possible)
    return Answer(seen.value)


def _derived(node: Derived, facts: Facts) -> Answer:
    return evaluate(node.node, facts)


def _lookup(node: Lookup, facts: Facts) -> Answer:
    keys = [evaluate(key, facts) for key in node.keys]
    version = evaluate(node.version, facts) if node.version is not None else None
    parts = tuple(key_texts(key.alternatives) for key in keys)
    versions = key_texts(version.alternatives) if version is not None else NO_VERSION
    screened = awaits_screening(node) and facts.screened
    answer = possible_answer(node, Asked(parts, versions, screened, facts.at_least))
    if answer.cause is not None:
        of_id = facts.subject.fact(IDENTITY).cause
        return _because(node, cause_of_silence(node, answer.cause, of_id))
    waits = keys if version is None else (*keys, version)
    return _one_of(answer.alternatives, waits)


def _compare(node: Compare, facts: Facts) -> Answer:
    return _truth(COMPARE[node.operator], _evaluated((node.left, node.right), facts))


def _in(node: In, facts: Facts) -> Answer:
    item, *options = _evaluated((node.item, *node.options), facts)
    test = partial(is_one_of, [option.value for option in options])
    truth = _truth(test, (item,))
    return truth if truth.value is not None else _unknown((item, *options))


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
    apply = partial(calculate, node.operator)
    return _applied(node, apply, _evaluated((node.left, node.right), facts))


def _function(node: Function, facts: Facts) -> Answer:
    return _applied(node, FUNCTIONS[node.name], _evaluated(node.arguments, facts))


def _applied(
    node: Calculate | Function, apply: Callable[..., Value | None], answers: Sequence[Answer]
) -> Answer:
    result = over(apply, [answer.alternatives for answer in answers])
    if result is None and all(answer.value is not None for answer in answers):
        return _because(node, Cause.NOT_COMPUTABLE)
    return _one_of(result, answers)


def _count_true(node: CountTrue, facts: Facts) -> Answer:
    items = _evaluated(node.items, facts)
    count = evaluate(node.count, facts)
    sure = sum(item.value is True for item in items)
    open_ = sum(item.value is None for item in items)
    truth = _truth(partial(compare_count, node.operator, sure, sure + open_), (count,))
    return truth if truth.value is not None else _unknown((*items, count))


def _evaluated(nodes: Iterable[Node], facts: Facts) -> list[Answer]:
    return [evaluate(node, facts) for node in nodes]


def _truth(test: Callable[..., bool | None], answers: Sequence[Answer]) -> Answer:
    """Return whether a test holds: true for every possible value, false for none, else unknown."""
    return _one_of(over(test, [answer.alternatives for answer in answers]), answers)


def _one_of(result: Alternatives | None, children: Iterable[Answer]) -> Answer:
    """Return a result as an answer, which waits for its unknown children unless it is settled."""
    if result is not None and len(result) == 1:
        return Answer(result[0])
    return Answer(None, _unknown(children).missing, result or ())


def _unknown(children: Iterable[Answer]) -> Answer:
    waits = (child.missing for child in children if child.value is None)
    return Answer(None, frozenset().union(*waits))


def _unknown_or(children: Iterable[Answer], *, value: bool) -> Answer:
    answers = tuple(children)
    unknown = any(answer.value is None for answer in answers)
    return _unknown(answers) if unknown else Answer(value)


def _because(node: Node, cause: Cause) -> Answer:
    return Answer(None, frozenset(Missing(field, cause) for field in inputs_of(node)))


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
