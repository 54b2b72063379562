"""Formulas of steps over all rows: the same trees that `engine/intervals.py` walks for one row.

What depends on words alone is worked out by that module, once for each distinct combination of
words; numbers are worked out column by column. What several ways to choose have in common is
worked out once.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

import polars as pl

from offsetcheck.engine import intervals
from offsetcheck.engine.columns.at_once import one
from offsetcheck.engine.columns.sets import PartColumn, combinations
from offsetcheck.engine.columns.tonnes.spans import (
    FUNCTIONS,
    Spans,
    calculated,
    compared,
    spans,
)
from offsetcheck.engine.columns.tree_numbers import TreeNumbers
from offsetcheck.engine.intervals import NUMBERS, Cases
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    FieldRef,
    Function,
    Node,
    Not,
    Or,
)
from offsetcheck.vocabulary.tonnes import ANYTHING, Span

Held = Spans | PartColumn
Known = Mapping[str, Held]
Truth = pl.Series | bool | None
"""Whether something holds in every row, null where it could and could not; or in all alike."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of one step over so many rows, with what has been worked out of them.

    What was worked out is kept with the names that it read: the ways to choose differ in some.
    """

    height: int
    numbers: TreeNumbers = field(default_factory=TreeNumbers)
    _spans: dict[Hashable, Spans] = field(default_factory=dict)
    _truths: dict[Hashable, Truth] = field(default_factory=dict)

    def bounds(self, node: Node, known: Known) -> Spans:
        """Return the bounds of an expression that is a number; `known` holds its names."""
        key = self._key((node,), known)
        if key not in self._spans:
            self._spans[key] = self._bounds(node, known)
        return self._spans[key]

    def truth(self, node: Node, known: Known) -> Truth:
        """Return where a condition holds."""
        key = self._key((node,), known)
        if key not in self._truths:
            self._truths[key] = self._truth(node, known)
        return self._truths[key]

    def bounds_of_cases(self, cases: Cases, known: Known, otherwise: Span) -> Spans:
        """Return the bounds of the first case that holds, of all that may be it where unknown."""
        key = ("cases", otherwise, self._cases_key(cases, known))
        if key not in self._spans:
            self._spans[key] = self._of_cases(cases, known, otherwise)
        return self._spans[key]

    def part(self, cases: Cases, known: Known, limits: tuple[float, float] | None) -> Spans:
        """Return a named number of a formula, within its limits where it has any."""
        key = ("part", limits, self._cases_key(cases, known))
        if key not in self._spans:
            otherwise = ANYTHING if limits is None else Span(*limits)
            made = self.bounds_of_cases(cases, known, otherwise)
            self._spans[key] = made if limits is None else made.within(*limits)
        return self._spans[key]

    def _cases_key(self, cases: Cases, known: Known) -> Hashable:
        nodes = tuple(node for case in cases for node in case if node is not None)
        return tuple(when is None for when, _ in cases), self._key(nodes, known)

    def _key(self, nodes: Sequence[Node], known: Known) -> Hashable:
        """Return what tells trees apart: the trees, and what is known under the names in them."""
        names = sorted({name for node in nodes for name in self.numbers.fields(node)})
        return tuple(map(self.numbers.number, nodes)), tuple(id(known[name]) for name in names)

    def _of_cases(self, cases: Cases, known: Known, otherwise: Span) -> Spans:
        found: list[tuple[Truth, Spans]] = []
        left: Truth = True
        for when, value in cases:
            holds = True if when is None else self.truth(when, known)
            here = _truth_of(_lit(left) & _lit(holds).fill_null(value=True))
            if _anywhere(here):
                found.append((here, self.bounds(value, known)))
            left = _truth_of(_lit(left) & ~_lit(holds).fill_null(value=False))
            if not _anywhere(left):
                break
        else:
            found.append((left, Spans.of(otherwise)))
        if len(found) == 1:
            return found[0][1]
        return spans(
            pl.min_horizontal(pl.when(_lit(here)).then(each.low_end) for here, each in found),
            pl.max_horizontal(pl.when(_lit(here)).then(each.high_end) for here, each in found),
        )

    def _bounds(self, node: Node, known: Known) -> Spans:
        if not self.numbers.fields(node):
            return Spans.of(intervals.bounds(node, {}))
        match node:
            case FieldRef():
                held = known[node.name]
                return held if isinstance(held, Spans) else Spans.of(ANYTHING)
            case Calculate():
                left, right = self.bounds(node.left, known), self.bounds(node.right, known)
                return calculated(node.operator, left, right)
            case Function() if node.name in FUNCTIONS:
                return FUNCTIONS[node.name]([self.bounds(each, known) for each in node.arguments])
        raise TypeError(f"a step's formula cannot hold {type(node).__name__}")

    def _truth(self, node: Node, known: Known) -> Truth:
        if not self.numbers.fields(node):
            return intervals.truth(node, {})
        match node:
            case FieldRef():
                held = known[node.name]
                return held.values if isinstance(held, PartColumn) else None
            case And() | Or():
                items = [_lit(self.truth(item, known)) for item in node.items]
                return _truth_of(reduce(and_ if isinstance(node, And) else or_, items))
            case Not():
                return _truth_of(~_lit(self.truth(node.item, known)))
            case Compare() if _is_number(node.left) and _is_number(node.right):
                left, right = self.bounds(node.left, known), self.bounds(node.right, known)
                return _truth_of(compared(node.operator, left, right))
        return self._of_words(node, known)

    def _of_words(self, node: Node, known: Known) -> Truth:
        """Return where a condition on words holds: it is asked once for each combination."""
        names = sorted(self.numbers.fields(node))
        columns = [column for name in names if isinstance(column := known[name], PartColumn)]
        if len(columns) < len(names):  # a number among words
            return None
        rows = pl.Series([True]).new_from_index(0, self.height)
        found, places = combinations(columns, rows)
        answers = [intervals.truth(node, dict(zip(names, each, strict=True))) for each in found]
        return pl.Series(answers, dtype=pl.Boolean).gather(places)


def _is_number(node: Node) -> bool:
    if isinstance(node, Constant | FieldRef | Function):
        return node.type in NUMBERS
    return isinstance(node, Calculate)


def _lit(truth: Truth) -> pl.Expr:
    return pl.lit(truth, dtype=pl.Boolean)


def _truth_of(expression: pl.Expr) -> Truth:
    column = one(expression)
    return column.item() if len(column) == 1 else column


def _anywhere(truth: Truth) -> bool:
    return truth.any() if isinstance(truth, pl.Series) else bool(truth)
