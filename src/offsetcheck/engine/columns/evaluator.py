"""Expressions on all rows at once: Kleene's logic as Polars has it, and what each unknown awaits.

Every distinct subtree is computed once for each evidence grade, as a column of its own. (One lazy
query of all rules was tried: its plan grows with every rule that shares a derived field.)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from typing import Any

import polars as pl

from offsetcheck.engine.arithmetic import COMPARE, calculate, compare_count
from offsetcheck.engine.columns import functions
from offsetcheck.engine.columns.fields import SeenColumn, TableSlice
from offsetcheck.engine.columns.lookups import ask_table_for_rows
from offsetcheck.engine.columns.sets import PartColumn, judged
from offsetcheck.engine.columns.tree_numbers import TreeNumbers
from offsetcheck.engine.functions import FUNCTIONS, is_one_of
from offsetcheck.engine.possible import Alternatives, over
from offsetcheck.engine.silence import is_of_events
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
from offsetcheck.rulebook.expression.walk import children, inputs_of
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade

# What an unknown waits for: (field, cause) -> the rows; cause None is the field's own.
Waits = dict[tuple[str, Cause | None], pl.Series]


@dataclass(frozen=True)
class ColumnEvaluator:
    """The values of expressions over some rows, with what has been computed so far."""

    rows: TableSlice
    numbers: TreeNumbers = field(default_factory=TreeNumbers)
    _columns: dict[tuple[int, EvidenceGrade | None], PartColumn] = field(default_factory=dict)
    _waits: dict[tuple[int, EvidenceGrade | None], Waits] = field(default_factory=dict)
    _answers: dict[tuple[int, EvidenceGrade | None], SeenColumn] = field(default_factory=dict)
    _hearing: dict[tuple[str, ...], "ColumnEvaluator"] = field(default_factory=dict)

    def hearing(self, fields: tuple[str, ...]) -> "ColumnEvaluator":
        """Return an evaluator of the same rows to which some fields count at every grade."""
        if fields not in self._hearing:
            self._hearing[fields] = ColumnEvaluator(self.rows.hearing(fields), self.numbers)
        return self._hearing[fields]

    def value(self, node: Node, at_least: EvidenceGrade | None) -> pl.Series:
        """Return a node's value in every row, null where it is unknown."""
        return self.column(node, at_least).values

    def column(self, node: Node, at_least: EvidenceGrade | None) -> PartColumn:
        """Return a node's value in every row, or the values of which it has one."""
        key = (self.numbers.number(node), at_least)
        if key not in self._columns:
            self._columns[key] = _COLUMNS[type(node)](self, node, at_least)
        return self._columns[key]

    def waits(self, node: Node, at_least: EvidenceGrade | None) -> Waits:
        """Return, for the rows where a node is unknown, which fields it waits for and why."""
        key = (self.numbers.number(node), at_least)
        if key not in self._waits:
            values = self.value(node, at_least)
            unknown = values.null_count() > 0
            self._waits[key] = self._find_waits(node, values.is_null(), at_least) if unknown else {}
        return self._waits[key]

    def answer(self, node: Lookup, at_least: EvidenceGrade | None) -> SeenColumn:
        """Return what a lookup's table answers in every row."""
        key = (self.numbers.number(node), at_least)
        if key not in self._answers:
            self._answers[key] = ask_table_for_rows(
                node,
                [self.column(part, at_least) for part in node.keys],
                self.column(node.version, at_least) if node.version is not None else None,
                self.rows.screened,
                at_least,
            )
            self._answers[key] = _silenced(node, self._answers[key], self.rows.id_causes)
        return self._answers[key]

    def _find_waits(self, node: Node, unknown: pl.Series, at_least: EvidenceGrade | None) -> Waits:
        if isinstance(node, FieldRef):
            return {(node.name, None): unknown}
        if isinstance(node, Constant):
            return {(node.name or "", node.cause or Cause.CITY_UNDECIDED): unknown}
        asked = unknown
        if isinstance(node, Lookup):  # an answer that no key could change waits for no key
            asked = unknown & self.answer(node, at_least).causes.is_null()
        below = merged(
            {what: rows & asked for what, rows in self.waits(child, at_least).items()}
            for child in children(node)
        )
        return merged((below, self._own_waits(node, unknown, at_least)))

    def _own_waits(self, node: Node, unknown: pl.Series, at_least: EvidenceGrade | None) -> Waits:
        """Return what a node waits for of itself, in rows where everything beneath is known."""
        if isinstance(node, Lookup):
            causes = self.answer(node, at_least).causes
            found = [cause for cause in Cause if (causes == cause.value).any()]
            rows = {cause: (causes == cause.value).fill_null(value=False) for cause in found}
        elif isinstance(node, Calculate | Function):
            below = (self.value(child, at_least).is_not_null() for child in children(node))
            rows = {Cause.NOT_COMPUTABLE: reduce(pl.Series.__and__, below, unknown)}
        else:
            return {}
        return {
            (name, cause): mask
            for cause, mask in rows.items()
            if mask.any()
            for name in inputs_of(node)
        }


def _silenced(lookup: Lookup, answer: SeenColumn, of_id: pl.Series) -> SeenColumn:
    """Return a table's answers, which wait for the id where the table can hold no row of it."""
    if not is_of_events(lookup) or of_id.null_count() == len(of_id):
        return answer
    silent = (answer.causes == Cause.NO_ROW.value) & of_id.is_not_null()
    causes = pl.select(pl.when(silent).then(of_id).otherwise(answer.causes)).to_series()
    return replace(answer, causes=causes)


def merged(parts: Iterable[Waits]) -> Waits:
    """Return what several nodes wait for together."""
    together: Waits = {}
    for part in parts:
        for what, rows in part.items():
            together[what] = together[what] | rows if what in together else rows
    return together


Grade = EvidenceGrade | None


def _constant(columns: ColumnEvaluator, node: Constant, _grade: Grade) -> PartColumn:
    return PartColumn(columns.rows.constant(node.value, node.type))


def _field(columns: ColumnEvaluator, node: FieldRef, grade: Grade) -> PartColumn:
    return columns.rows.see(node.name, node.type, grade).column


def _derived(columns: ColumnEvaluator, node: Derived, grade: Grade) -> PartColumn:
    return columns.column(node.node, grade)


def _lookup(columns: ColumnEvaluator, node: Lookup, grade: Grade) -> PartColumn:
    return columns.answer(node, grade).column


def _compare(columns: ColumnEvaluator, node: Compare, grade: Grade) -> PartColumn:
    sides = [columns.column(side, grade) for side in (node.left, node.right)]
    left, right = (side.values for side in sides)
    compared: pl.Series = functions.COMPARE[node.operator](left, right)
    return judged(_over(COMPARE[node.operator]), sides, compared)


def _in(columns: ColumnEvaluator, node: In, grade: Grade) -> PartColumn:
    parts = [columns.column(part, grade) for part in (node.item, *node.options)]
    matches = (parts[0].values == option.values for option in parts[1:])
    return judged(_is_in, parts, reduce(pl.Series.__or__, matches))


def _is_in(item: Alternatives | None, *options: Alternatives | None) -> Alternatives | None:
    known = [option[0] if option is not None else None for option in options]
    return over(partial(is_one_of, known), (item,))


def _and(columns: ColumnEvaluator, node: And, grade: Grade) -> PartColumn:
    values = (columns.value(item, grade) for item in node.items)
    return PartColumn(reduce(pl.Series.__and__, values))


def _or(columns: ColumnEvaluator, node: Or, grade: Grade) -> PartColumn:
    values = (columns.value(item, grade) for item in node.items)
    return PartColumn(reduce(pl.Series.__or__, values))


def _not(columns: ColumnEvaluator, node: Not, grade: Grade) -> PartColumn:
    return PartColumn(~columns.value(node.item, grade))


def _calculate(columns: ColumnEvaluator, node: Calculate, grade: Grade) -> PartColumn:
    sides = [columns.column(side, grade) for side in (node.left, node.right)]
    left, right = (side.values for side in sides)
    values = functions.finite(functions.CALCULATE[node.operator](left, right))
    return judged(_over(partial(calculate, node.operator)), sides, values)


def _function(columns: ColumnEvaluator, node: Function, grade: Grade) -> PartColumn:
    parts = [columns.column(argument, grade) for argument in node.arguments]
    arguments = [part.values for part in parts]
    known = reduce(pl.Series.__and__, (argument.is_not_null() for argument in arguments))
    result = functions.FUNCTIONS[node.name](*arguments)
    values = pl.select(pl.when(known).then(result)).to_series()
    return judged(_over(FUNCTIONS[node.name]), parts, values)


def _count_true(columns: ColumnEvaluator, node: CountTrue, grade: Grade) -> PartColumn:
    items = [columns.value(item, grade) for item in node.items]
    count = columns.column(node.count, grade)
    sure, most = functions.count_interval(items)
    values = functions.compare_count(node.operator, sure, most, count.values)
    parts = [PartColumn(sure), PartColumn(most), count]
    return judged(_over(partial(compare_count, node.operator)), parts, values)


def _over(apply: Callable[..., Any]) -> Callable[..., Alternatives | None]:
    return lambda *arguments: over(apply, arguments)


_COLUMNS: Mapping[type, Callable[[ColumnEvaluator, Any, Grade], PartColumn]] = {
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
