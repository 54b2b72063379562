"""Which comparisons decided a rule in which rows, all at once, as `trace` says it of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from offsetcheck.engine.columns.evaluator import ColumnEvaluator, Grade
from offsetcheck.engine.columns.outcomes import RuleColumns
from offsetcheck.engine.spelling import spell
from offsetcheck.engine.trace import MIRRORED, OPPOSITE
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
from offsetcheck.vocabulary.finding import Outcome

EQUAL = "="
TRUE, FALSE = pl.Series([True]), pl.Series([False])


@dataclass(frozen=True, slots=True)
class Decided:
    """A comparison that decided a rule in some rows: there `rows` is true.

    `negated` where it counts turned round; `columns` and `grade` are how it was evaluated there.
    """

    node: Node
    negated: bool
    rows: pl.Series
    columns: ColumnEvaluator
    grade: Grade

    def value(self, node: Node) -> pl.Series:
        """Return the value of a part of the comparison in every row."""
        return self.columns.value(node, self.grade)

    @property
    def truth(self) -> pl.Series:
        """Whether it holds as it counts, null where that is not known."""
        truth = self.value(self.node)
        return ~truth if self.is_turned else truth

    @property
    def text(self) -> str:
        """The comparison as its rule has it."""
        return f"NOT ({spell(self.node)})" if self.is_turned else spell(self.node)

    @property
    def is_turned(self) -> bool:
        """Whether NOT stands before it: of a mere truth it is said whether that is wanted."""
        node = self.node
        contains = isinstance(node, Function) and node.name == "contains"
        return self.negated and (contains or isinstance(node, CountTrue | Compare | In))


@dataclass(frozen=True, slots=True)
class Said:
    """What a comparison compares: a value, by an operator, with thresholds.

    `found` and `limits` are columns. Of a list (`is_list`) those limits count that are known.
    Without `limits` the threshold is `wanted`.
    """

    found: pl.Series
    operator: str
    limits: tuple[pl.Series, ...] = ()
    is_list: bool = False
    wanted: bool | None = None


@dataclass(frozen=True, slots=True)
class DecidingColumns:
    """Finds what decided rules in the rows that an evaluator holds."""

    columns: ColumnEvaluator
    _hearing: dict[tuple[str, ...], ColumnEvaluator] = field(default_factory=dict)

    def decided(self, judged: RuleColumns, rows: pl.Series) -> Iterator[Decided]:
        """Yield what decided a rule in some rows, in reading order; what is said twice is once."""
        told: dict[object, pl.Series] = {}
        for columns, grade, own in self._evaluated(judged, rows):
            for one in _Walk(columns, grade).of_rule(judged.rule, own):
                key = columns.memory.numbers.number(one.node), one.node.at, one.negated
                before = told.get(key)
                told[key] = one.rows if before is None else before | one.rows
                new = one.rows if before is None else one.rows & ~before
                if new.any():
                    yield Decided(one.node, one.negated, new, columns, grade)

    def _evaluated(
        self, judged: RuleColumns, rows: pl.Series
    ) -> Iterator[tuple[ColumnEvaluator, Grade, pl.Series]]:
        """Yield the rows whose outcome rests on the same facts, and what evaluates them so."""
        rule, on_word = judged.rule, rows & judged.on_word
        met = on_word & (judged.outcome == Outcome.PASS.value)
        out = on_word & ~met
        yield self.columns, rule.at_least, rows & ~on_word
        if met.any():
            yield self.columns, None, met
        if out.any():
            if rule.heard not in self._hearing:
                self._hearing[rule.heard] = self.columns.hearing(rule.heard)
            yield self._hearing[rule.heard], rule.at_least, out


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks the conditions of a rule as they are evaluated at one grade."""

    columns: ColumnEvaluator
    grade: Grade

    def of_rule(self, rule: BoundRule, rows: pl.Series) -> Iterator[Decided]:
        if rule.applies_when is not None:
            applies = self._value(rule.applies_when)
            yield from self._of(rule.applies_when, rows & applies.ne_missing(TRUE), negated=False)
            rows = rows & applies.ne_missing(FALSE)
        if rule.requires is not None:
            yield from self._of(rule.requires, rows, negated=False)
            return
        for _, condition in rule.levels:
            if condition is None:
                return
            yield from self._of(condition, rows, negated=False)
            rows = rows & self._value(condition).ne_missing(TRUE)

    def _of(self, node: Node, rows: pl.Series, *, negated: bool) -> Iterator[Decided]:
        if not rows.any():
            return
        if isinstance(node, Not):
            yield from self._of(node.item, rows, negated=not negated)
        elif isinstance(node, Derived):
            yield from self._of(node.node, rows, negated=negated)
        elif isinstance(node, And | Or):
            yield from self._same(node.items, self._value(node), rows, negated=negated)
        else:
            yield Decided(node, negated, rows, self.columns, self.grade)
        if isinstance(node, CountTrue):
            whole = self._value(node)
            wanted = whole if node.operator in (">=", ">", EQUAL) else ~whole
            yield from self._same(node.items, wanted, rows, negated=False)

    def _same(
        self, items: Iterable[Node], wanted: pl.Series, rows: pl.Series, *, negated: bool
    ) -> Iterator[Decided]:
        for item in items:
            own = rows & self._value(item).eq_missing(wanted)
            yield from self._of(item, own, negated=negated)

    def _value(self, node: Node) -> pl.Series:
        return self.columns.value(node, self.grade)


def said(decided: Decided) -> Said:
    """Return what a comparison compares with what."""
    node, value = decided.node, decided.value
    match node:
        case CountTrue(operator=operator, count=count):
            return Said(_sure(node, decided), _turned(operator, decided), (value(count),))
        case Compare(operator=operator, left=left, right=right):
            if inputs_of(right) and not inputs_of(left):
                left, right, operator = right, left, MIRRORED[operator]  # type: ignore[assignment]
            return Said(value(left), _turned(operator, decided), (value(right),))
        case In(item=item, options=options):
            limits = tuple(value(option) for option in options)
            return Said(value(item), _turned("in", decided), limits, is_list=True)
        case Function(name="contains", arguments=(Constant() as values, item)):
            return Said(value(item), _turned("in", decided), (value(values),))
        case Function(name="contains", arguments=(values, item)):
            return Said(value(values), _turned("contains", decided), (value(item),))
        case _:
            return Said(value(node), EQUAL, wanted=not decided.negated)


def _turned(operator: str, decided: Decided) -> str:
    return OPPOSITE[operator] if decided.negated else operator


def _sure(node: CountTrue, decided: Decided) -> pl.Series:
    """Return how many conditions hold for sure, null where it is open whether they are enough."""
    holds = (pl.lit(decided.value(item)).fill_null(value=False) for item in node.items)
    sure = pl.sum_horizontal(*(one.cast(pl.Float64) for one in holds))
    known = pl.lit(decided.value(node)).is_not_null()
    return pl.select(pl.when(known).then(sure)).to_series()
