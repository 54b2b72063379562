"""A list judged again and again with one rule or the scoring changed: only what changes is redone.

Rules may be replaced by ones with other values or weights, the scoring by another one. Effects,
caps, floor and decisions stay those of the rulebook, and so do the ways to each conclusion.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.outcomes import (
    RuleColumns,
    judge_all,
    judge_rows,
    with_identity_condition,
)
from offsetcheck.engine.columns.patterns import verdicts
from offsetcheck.engine.columns.scores import DimensionColumns, ScoreColumns, score_rows
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook, Scheme
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

NOTHING: Mapping[str, BoundRule] = {}
PARTS = ("outcome", "state", "lower", "upper", "condition", "typical")


@dataclass(frozen=True, slots=True)
class Answers:
    """What comes out of every row: verdict, score of each grade bound, and the working scores."""

    verdicts: pl.Series
    lower: pl.Series
    upper: pl.Series
    working: pl.Series
    value: pl.Series

    def turned(self, other: "Answers") -> tuple[int, int]:
        """Return how many rows have another verdict, and how many another grade alone."""
        verdict = self.verdicts != other.verdicts
        grade = (self.lower != other.lower) | (self.upper != other.upper)
        return int(verdict.sum()), int((grade & ~verdict).sum())


class Sweep:
    """A list under one bound rulebook, ready to be judged with some of it changed."""

    def __init__(self, table: CandidateTable, bound: BoundRulebook, purchase: Purchase) -> None:
        self._bound = bound
        self._rows = TableSlice(table, 0, len(table), purchase, bound.as_of, bound.screening_days)
        evaluator = ColumnEvaluator(self._rows)
        self._columns = judge_all(bound.candidate_rules, evaluator)
        self._dimensions: dict[str, DimensionColumns] = {}
        self.base = self._answers(self._columns, bound.scheme)

    def __len__(self) -> int:
        return self._rows.height

    def applies(self, rule: str) -> int:
        """Return to how many rows a rule applies or may apply."""
        return next(int(c.may_apply.sum()) for c in self._columns if c.rule.id == rule)

    def values(self, rule: BoundRule) -> Answers:
        """Return the answers where a rule has other values; those of the base where none moves."""
        made = judge_rows(rule, ColumnEvaluator(self._rows))
        known = next(column for column in self._columns if column.rule.id == rule.id)
        if all(_same(getattr(made, part), getattr(known, part)) for part in PARTS):
            return self.base
        columns = [made if column is known else column for column in self._columns]
        return self._answers(columns, self._bound.scheme, (rule.dimension,))

    def weights(
        self, rules: Mapping[str, BoundRule] = NOTHING, scheme: Scheme | None = None
    ) -> Answers:
        """Return the answers where rules have other weights, or dimensions have."""
        columns = [
            replace(column, rule=rules[column.rule.id]) if column.rule.id in rules else column
            for column in self._columns
        ]
        changed = [rule.dimension for rule in rules.values()]
        return self._answers(columns, scheme or self._bound.scheme, changed)

    def _answers(
        self, columns: Sequence[RuleColumns], scheme: Scheme, changed: Collection[str] = ()
    ) -> Answers:
        """Return what comes out; dimensions in which nothing changed are those of the base."""
        settled = with_identity_condition(columns)
        known = {name: one for name, one in self._dimensions.items() if name not in changed}
        scores = score_rows(settled, scheme, self._rows.height, known)
        if not self._dimensions:
            self._dimensions = {one.dimension: one for one in scores.dimensions}
        return Answers(
            verdicts(settled, scores, self._bound).cast(pl.String),
            self._cut(scores.integrity.lower),
            self._cut(scores.integrity.upper),
            scores.integrity_working,
            _value(scores),
        )

    def _cut(self, scores: pl.Series) -> pl.Series:
        """Return the lowest score of the grade of each row."""
        cuts = [pl.when(scores >= cut).then(cut) for _, cut in self._bound.scheme.grades]
        return pl.select(pl.coalesce(cuts)).to_series()


def _same(one: pl.Series | None, other: pl.Series | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.equals(other, null_equal=True)


def _value(scores: ScoreColumns) -> pl.Series:
    return scores.value.lower.fill_null(0)
