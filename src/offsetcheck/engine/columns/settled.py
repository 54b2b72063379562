"""What rules come to on all rows, before the stage, reviews and screenings give it a state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from offsetcheck.engine.columns.at_once import at_once, lit, number, one
from offsetcheck.engine.columns.evaluator import ColumnEvaluator, Grade
from offsetcheck.engine.columns.means import LEVEL
from offsetcheck.engine.columns.waits import Waits, merged, only
from offsetcheck.engine.evaluate import HIGHEST, LOWEST
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.vocabulary.finding import Outcome

OUTCOMES = pl.Enum([outcome.value for outcome in Outcome])
ALWAYS = pl.lit(value=True)


@dataclass(frozen=True, slots=True)
class Settled:
    """One rule's outcomes by row; `lower` and `upper` are null where it has no level.

    `unknown` are the rows where the outcome is, `met_anyway` those of them in which the rule would
    be met if it applied.
    """

    outcome: pl.Series
    lower: pl.Series
    upper: pl.Series
    unknown: pl.Series
    met_anyway: pl.Series
    waits: Waits

    def but(self, rows: pl.Series | None, outcome: Outcome) -> "Settled":
        """Return outcomes in which some rows have another one, no level, and wait for nothing."""
        if rows is None or not rows.any():
            return self
        return Settled(
            outcome=one(pl.when(rows).then(lit_outcome(outcome)).otherwise(self.outcome)),
            lower=one(pl.when(~rows).then(self.lower)),
            upper=one(pl.when(~rows).then(self.upper)),
            unknown=self.unknown & ~rows,
            met_anyway=self.met_anyway & ~rows,
            waits=only(self.waits, ~rows),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule asked at an evidence grade, of some rows."""

    rule: BoundRule
    grade: Grade
    columns: ColumnEvaluator

    def nodes(self) -> Iterator[tuple[Node, Grade]]:
        """Yield all that the rule asks, with the grade."""
        conditions = (condition for _, condition in self.rule.levels)
        nodes = (self.rule.applies_when, self.rule.requires, *conditions)
        return ((node, self.grade) for node in nodes if node is not None)

    @property
    def applies(self) -> pl.Expr:
        """Whether the rule applies."""
        when = self.rule.applies_when
        return ALWAYS if when is None else self.columns.part(when, self.grade)

    def levels(self) -> list[tuple[int, pl.Expr]]:
        """Return the levels of a scale, the highest first, with whether each is reached."""
        return [
            (points, ALWAYS if condition is None else self.columns.part(condition, self.grade))
            for points, condition in self.rule.levels
        ]


def settle_all(asked: Sequence[Asked], columns: ColumnEvaluator) -> list[Settled]:
    """Return the outcomes of rules; what they need is computed together."""
    columns.ahead(pair for each in asked for pair in each.nodes())
    height = columns.rows.height
    scales = {place: each for place, each in enumerate(asked) if each.rule.requires is None}
    lower = at_once({place: lower_form(scale) for place, scale in scales.items()}, height)
    upper = at_once({place: upper_form(scale) for place, scale in scales.items()}, height)
    outcomes = at_once(
        {
            place: requirement_form(each)
            if each.rule.requires is not None
            else scale_form(each, lit(lower[place]), lit(upper[place]))
            for place, each in enumerate(asked)
        },
        height,
    )
    unknown = at_once({place: _is_unknown(rows) for place, rows in outcomes.items()}, height)
    met = at_once(
        {place: _met_anyway(each) for place, each in enumerate(asked) if place not in scales},
        height,
    )
    return [
        Settled(
            outcome=outcomes[place],
            lower=lower.get(place, columns.rows.no_level),
            upper=upper.get(place, columns.rows.no_level),
            unknown=unknown[place],
            met_anyway=met.get(place, columns.rows.none),
            waits=_waits(each, unknown[place]),
        )
        for place, each in enumerate(asked)
    ]


def requirement_form(asked: Asked) -> pl.Expr:
    """Return the outcome of a requirement."""
    assert asked.rule.requires is not None  # noqa: S101 - a requirement
    met = asked.columns.part(asked.rule.requires, asked.grade)
    outcome = (
        pl.when(met)
        .then(lit_outcome(Outcome.PASS))
        .when(~met)
        .then(lit_outcome(Outcome.FAIL))
        .otherwise(lit_outcome(Outcome.UNKNOWN))
    )
    return _where_it_applies(asked, outcome)


def _where_it_applies(asked: Asked, outcome: pl.Expr) -> pl.Expr:
    """Return an outcome where a rule applies; unknown where that is unknown."""
    if asked.rule.applies_when is None:
        return outcome
    return (
        pl.when(asked.applies)
        .then(outcome)
        .when(~asked.applies)
        .then(lit_outcome(Outcome.NOT_APPLICABLE))
        .otherwise(lit_outcome(Outcome.UNKNOWN))
    )


def _met_anyway(asked: Asked) -> pl.Expr:
    assert asked.rule.requires is not None  # noqa: S101 - a requirement
    met = asked.columns.part(asked.rule.requires, asked.grade)
    return true(met) & asked.applies.is_null()


def scale_form(asked: Asked, lower: pl.Expr, upper: pl.Expr) -> pl.Expr:
    """Return the outcome of a scale between its bounds."""
    settled = pl.when(lower == upper).then(lit_outcome(Outcome.SCORED))
    return _where_it_applies(asked, settled.otherwise(lit_outcome(Outcome.UNKNOWN)))


def upper_form(asked: Asked) -> pl.Expr:
    """Return the first level that is reached or may be; the highest where no level is sure."""
    possible = [(points, holds.fill_null(value=True)) for points, holds in asked.levels()]
    return _level(asked, possible, HIGHEST)


def lower_form(asked: Asked) -> pl.Expr:
    """Return the first level that is reached; the lowest where the rule may not apply at all."""
    return _level(asked, asked.levels(), LOWEST)


def _level(asked: Asked, levels: Sequence[tuple[int, pl.Expr]], otherwise: int) -> pl.Expr:
    """Return the first level that holds, the lowest where none does.

    `otherwise` where the rule may not apply at all, null where it does not.
    """
    level = number(LOWEST, LEVEL)
    for points, holds in reversed(levels):
        level = pl.when(holds).then(number(points, LEVEL)).otherwise(level)
    if asked.rule.applies_when is None:
        return level
    unknown = pl.when(asked.applies.is_null()).then(number(otherwise, LEVEL))
    return pl.when(asked.applies).then(level).otherwise(unknown)


def _waits(asked: Asked, unknown: pl.Series) -> Waits:
    """Return what a rule waits for in the rows where it is unknown."""
    if not unknown.any():
        return {}
    rule, columns, grade = asked.rule, asked.columns, asked.grade
    applies = columns.waits(rule.applies_when, grade) if rule.applies_when else {}
    if rule.requires is not None:
        return only(merged((applies, columns.waits(rule.requires, grade))), unknown)
    return only(merged((applies, *_level_waits(asked))), unknown)


def _level_waits(asked: Asked) -> Iterator[Waits]:
    """Yield what each level waits for in the rows where no level above it is reached."""
    going: pl.Series | None = None
    for _, condition in asked.rule.levels:
        if condition is None:
            continue
        waits = asked.columns.waits(condition, asked.grade)
        if waits:
            yield waits if going is None else only(waits, going)
        not_reached = ~asked.columns.value(condition, asked.grade)
        unknown = asked.columns.unknown(condition, asked.grade)
        on = not_reached if unknown is None else not_reached | unknown
        going = on if going is None else going & on


@cache
def lit_outcome(outcome: Outcome) -> pl.Expr:
    """Return an outcome as one value."""
    return pl.lit(outcome.value, dtype=OUTCOMES)


def true(truth: pl.Expr) -> pl.Expr:
    """Return where a truth holds, false where it is unknown."""
    return truth.fill_null(value=False)


def _is_unknown(outcomes: pl.Series) -> pl.Expr:
    return lit(outcomes) == lit_outcome(Outcome.UNKNOWN)
