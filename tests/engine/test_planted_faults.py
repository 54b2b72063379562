"""A fault in either evaluator is seen by comparing both: a dozen are planted in each."""

from random import Random

import polars as pl
import pytest
from agreement import disagreements
from worlds import Drawer

from offsetcheck.engine import evaluate as evaluate_module
from offsetcheck.engine import expression, knowledge, scores
from offsetcheck.engine.columns import (
    evaluator,
    fields,
    forms,
    functions,
    held,
    lookups,
    means,
    questions,
    settled,
)
from offsetcheck.engine.columns.sets import PartColumn
from offsetcheck.engine.expression import Answer
from offsetcheck.rulebook.expression.nodes import And, Function, In, Not, Or
from offsetcheck.vocabulary.evidence import Cause

WORLDS = 60


def is_caught():
    """Return whether some fixed world tells the evaluators apart."""
    return any(disagreements(Drawer(Random(seed)).world(7, 14)) for seed in range(WORLDS))


def swap(monkeypatch, table, key, fault):
    """Plant a fault in a table of functions; it is handed the right function."""
    right = table[key]
    monkeypatch.setitem(table, key, lambda *arguments: fault(right, *arguments))


def replace(monkeypatch, module, name, fault):
    """Plant a fault in a module's function; it is handed the right function."""
    right = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *arguments: fault(right, *arguments))


def unknown_is_false(right, *arguments):
    answer = right(*arguments)
    return Answer(value=False) if answer.value is None else answer


def no_missing(right, *arguments):
    return right(*arguments)._replace(missing=frozenset())


def python_division_by_zero_is_zero(right, operator, left, divisor):
    return 0.0 if operator == "/" and divisor == 0 else right(operator, left, divisor)


def python_empty_list_contains_nothing(right, values, item):
    return right(values, item) or None if not values else right(values, item)


def python_last_level_only(right, rule, facts):
    possible, waits = right(rule, facts)
    return possible[-1:], waits


def python_ignores_later(right, *fact):
    seen = right(*fact)
    return seen._replace(cause=Cause.NOT_STATED) if seen.cause is Cause.NOT_KNOWN_YET else seen


PYTHON = {
    "an unknown conjunction is false": lambda m: swap(
        m, expression._EVALUATORS, And, unknown_is_false
    ),
    "an unknown alternative is false": lambda m: swap(
        m, expression._EVALUATORS, Or, unknown_is_false
    ),
    "NOT leaves a value as it is": lambda m: swap(
        m,
        expression._EVALUATORS,
        Not,
        lambda right, node, facts: expression.evaluate(node.item, facts),
    ),
    "a division by zero is zero": lambda m: replace(
        m, expression, "calculate", python_division_by_zero_is_zero
    ),
    "membership forgets what it waits for": lambda m: swap(
        m, expression._EVALUATORS, In, no_missing
    ),
    "a year is 365 days": lambda m: m.setitem(
        expression.FUNCTIONS, "years_between", lambda a, b: float((b - a).days // 365)
    ),
    "a list without items has no answer": lambda m: swap(
        m, expression.FUNCTIONS, "contains", python_empty_list_contains_nothing
    ),
    "only the last possible level counts": lambda m: replace(
        m, evaluate_module, "_walk_levels", python_last_level_only
    ),
    "what is known later is not stated": lambda m: replace(
        m, knowledge, "see", python_ignores_later
    ),
    "of several possible values the first counts": lambda m: replace(
        m, expression, "over", python_first_of_several
    ),
    "a critical scale bounds nothing": lambda m: m.setattr(scores, "CRITICAL_MARGIN", 4000),
}


def python_first_of_several(right, apply, arguments):
    return right(apply, [known and known[:1] for known in arguments])


def column_nulls_false(right, *arguments):
    return right(*arguments).fill_null(value=False)


def column_least_of_known(_right, node, parts):
    if node.name == "count_in":
        return functions.count_in_all(parts[0], functions.words_of(node.arguments[1:]))
    return functions.FUNCTIONS[node.name](*parts)


def asked_row_by_row(monkeypatch):
    monkeypatch.setattr(questions, "MOST_ASKED", 0)


def column_key_unknown(_right, _lookup, seen, *_rest):
    return seen


COLUMNS = {
    "evidence below the asked grade counts": lambda m: m.setattr(
        held, "_weak", lambda grades, at_least, height: None
    ),
    "an unknown conjunction is false": lambda m: swap(m, forms.FORMS, And, column_nulls_false),
    "an unknown alternative is false": lambda m: swap(m, forms.FORMS, Or, column_nulls_false),
    "a list that holds null, a least of some": lambda m: swap(
        m, forms.FORMS, Function, column_least_of_known
    ),
    "what is known in part is unknown": lambda m: m.setattr(
        evaluator, "judged", lambda judge, columns, values: PartColumn(values)
    ),
    "a table answers to whole keys only": lambda m: (
        asked_row_by_row(m),
        replace(m, lookups, "_with_possible", column_key_unknown),
    ),
    "a result that is not finite counts": lambda m: m.setattr(functions, "finite", lambda s: s),
    "a count leaves out what is unknown": lambda m: m.setattr(
        functions, "compare_count",
        lambda op, sure, _most, n: functions.COMPARE[op](sure, n),
    ),
    "a looked-up value is as good as its key": lambda m: (
        asked_row_by_row(m),
        replace(m, lookups, "_strong_enough", lambda right, answer, grade: right(answer, None)),
    ),
    "an answer that rows share is as good as its key": lambda m: m.setattr(
        evaluator, "answer_to",
        lambda lookup, key, at_least: lookups.answer_to(lookup, key, None),
    ),
    "nobody's screening is heard": lambda m: m.setattr(
        fields.TableSlice,
        "screened",
        property(lambda rows: pl.Series([False]).new_from_index(0, rows.height)),
    ),
    "what is met anyway stays open": lambda m: replace(
        m, settled, "true", lambda right, truth: right(truth) & False
    ),
    "means are rounded down": lambda m: replace(
        m, means.Sums, "mean",
        lambda right, *of_sums: right(*of_sums) - 1,
    ),
}  # fmt: skip


def test_no_fault_is_seen_where_none_is_planted():
    """The comparison is silent on right evaluators, so that what it says means a fault."""
    assert not any(disagreements(Drawer(Random(seed)).world(7, 14)) for seed in range(12))


@pytest.mark.parametrize("fault", PYTHON)
def test_a_fault_in_the_evaluator_of_one_candidate_is_caught(monkeypatch, fault):
    """Comparing both evaluators shows the fault."""
    PYTHON[fault](monkeypatch)
    assert is_caught()


@pytest.mark.parametrize("fault", COLUMNS)
def test_a_fault_in_the_evaluator_of_a_table_is_caught(monkeypatch, fault):
    """Comparing both evaluators shows the fault."""
    COLUMNS[fault](monkeypatch)
    assert is_caught()
