"""One rule on all rows: outcomes, possible levels, states, and what each unknown awaits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import polars as pl

from offsetcheck.engine.columns.evaluator import ColumnEvaluator, Waits, merged
from offsetcheck.engine.columns.typical import typical_points_of_rows
from offsetcheck.engine.evaluate import HIGHEST, LOWEST
from offsetcheck.engine.state import (
    condition_stands,
    open_state,
    signed_judgement,
)
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import Outcome, State

OUTCOMES = pl.Enum([outcome.value for outcome in Outcome])
STATES = pl.Enum([state.value for state in State])


@dataclass(frozen=True, slots=True)
class RuleColumns:
    """What one rule says of every row; `lower` and `upper` are null where it has no level.

    `typical` are the points that stand in for it in the working score, null where none do.
    """

    rule: BoundRule
    outcome: pl.Series
    state: pl.Series
    lower: pl.Series
    upper: pl.Series
    typical: pl.Series | None
    on_word: pl.Series
    condition: pl.Series
    unscreened: pl.Series
    waits: Waits

    @property
    def may_apply(self) -> pl.Series:
        """The rows to which the rule applies or may apply."""
        return self.outcome != Outcome.NOT_APPLICABLE.value


@dataclass(frozen=True, slots=True)
class _RuleOutcomes:
    """One rule's outcomes by row, before the stage, reviews and screenings give them a state."""

    outcome: pl.Series
    lower: pl.Series
    upper: pl.Series
    met_anyway: pl.Series
    waits: Waits


def judge_rows(rule: BoundRule, columns: ColumnEvaluator) -> RuleColumns:
    """Return what a rule says of every row, as `evaluate_rule` says it of one."""
    outcomes = _outcomes_of(rule, columns, rule.at_least)
    ruled_out = _ruled_out(rule, columns, outcomes)
    outcomes = _settled(outcomes, ruled_out, Outcome.NOT_APPLICABLE)
    met = _none(columns)
    if rule.declare and (outcomes.outcome == Outcome.UNKNOWN.value).any():
        relaxed = _outcomes_of(rule, columns, None)
        met = _is(outcomes.outcome, Outcome.UNKNOWN) & _is(relaxed.outcome, Outcome.PASS)
        outcomes = _settled(outcomes, met, Outcome.PASS)
    return _with_state(rule, columns, outcomes, ruled_out | met)


def _ruled_out(rule: BoundRule, columns: ColumnEvaluator, outcomes: _RuleOutcomes) -> pl.Series:
    """Return the rows to which a rule does not apply on the seller's word alone."""
    unknown = _is(outcomes.outcome, Outcome.UNKNOWN)
    if not rule.heard or rule.applies_when is None or not unknown.any():
        return _none(columns)
    applies = columns.hearing(rule.heard).value(rule.applies_when, rule.at_least)
    return unknown & (~applies).fill_null(value=False)


def _settled(outcomes: _RuleOutcomes, rows: pl.Series, outcome: Outcome) -> _RuleOutcomes:
    """Return outcomes in which some rows have another one, without level, waiting for nothing."""
    if not rows.any():
        return outcomes
    settled = pl.when(rows).then(_outcome(outcome)).otherwise(outcomes.outcome)
    return _RuleOutcomes(
        outcome=pl.select(settled).to_series(),
        lower=pl.select(pl.when(~rows).then(outcomes.lower)).to_series(),
        upper=pl.select(pl.when(~rows).then(outcomes.upper)).to_series(),
        met_anyway=outcomes.met_anyway & ~rows,
        waits={what: waiting & ~rows for what, waiting in outcomes.waits.items()},
    )


def _outcomes_of(
    rule: BoundRule, columns: ColumnEvaluator, grade: EvidenceGrade | None
) -> _RuleOutcomes:
    applies = columns.value(rule.applies_when, grade) if rule.applies_when else ~_none(columns)
    if rule.requires is not None:
        return _requirement_outcomes(rule, columns, applies, grade)
    return _scale_outcomes(rule, columns, applies, grade)


def _requirement_outcomes(
    rule: BoundRule, columns: ColumnEvaluator, applies: pl.Series, grade: EvidenceGrade | None
) -> _RuleOutcomes:
    assert rule.requires is not None  # noqa: S101 - a requirement
    met = columns.value(rule.requires, grade)
    outcome = _outcomes(
        {
            Outcome.NOT_APPLICABLE: ~applies,
            Outcome.PASS: applies & met,
            Outcome.FAIL: applies & ~met,
        }
    )
    unknown = _is(outcome, Outcome.UNKNOWN)
    no_level = pl.Series([None], dtype=pl.Int64).new_from_index(0, columns.rows.height)
    waits = merged((_applies_waits(rule, columns, grade), columns.waits(rule.requires, grade)))
    return _RuleOutcomes(outcome, no_level, no_level, _true(met) & unknown, _only(waits, unknown))


def _scale_outcomes(
    rule: BoundRule, columns: ColumnEvaluator, applies: pl.Series, grade: EvidenceGrade | None
) -> _RuleOutcomes:
    possible, waits = _walk_levels(rule, columns, grade)
    upper = _first_level(list(possible.items()), applies, HIGHEST)
    lower = _first_level(list(possible.items())[::-1], applies, LOWEST)
    outcome = _outcomes(
        {Outcome.NOT_APPLICABLE: ~applies, Outcome.SCORED: applies & (lower == upper)}
    )
    unknown = _is(outcome, Outcome.UNKNOWN)
    waits = merged((_applies_waits(rule, columns, grade), waits))
    return _RuleOutcomes(outcome, lower, upper, _none(columns), _only(waits, unknown))


def _walk_levels(
    rule: BoundRule, columns: ColumnEvaluator, grade: EvidenceGrade | None
) -> tuple[Mapping[int, pl.Series], Waits]:
    """Return in which rows each level is possible, the highest first, and what they wait for."""
    possible: dict[int, pl.Series] = {}
    waits: Waits = {}
    going = ~_none(columns)
    for points, condition in (*rule.levels, (LOWEST, None)):
        holds = columns.value(condition, grade) if condition is not None else ~_none(columns)
        here = going & holds.fill_null(value=True)
        possible[points] = possible[points] | here if points in possible else here
        if condition is not None:
            waits = merged((waits, _only(columns.waits(condition, grade), going)))
        going = going & ~_true(holds)
    return possible, waits


def _first_level(
    possible: list[tuple[int, pl.Series]], applies: pl.Series, otherwise: int
) -> pl.Series:
    """Return the first possible level; `otherwise` where the rule may not apply at all."""
    levels = [pl.when(rows).then(points) for points, rows in possible]
    level = pl.when(applies).then(pl.coalesce(levels)).when(applies.is_null()).then(otherwise)
    return pl.select(level.cast(pl.Int64)).to_series()


def _applies_waits(rule: BoundRule, columns: ColumnEvaluator, grade: EvidenceGrade | None) -> Waits:
    return columns.waits(rule.applies_when, grade) if rule.applies_when else {}


def _with_state(
    rule: BoundRule, columns: ColumnEvaluator, outcomes: _RuleOutcomes, on_word: pl.Series
) -> RuleColumns:
    open_rows = _is(outcomes.outcome, Outcome.UNKNOWN) & ~outcomes.met_anyway
    alone, searched = (open_state(rule, columns.rows.purchase, searched=x) for x in (False, True))
    unscreened = open_rows if alone.unscreened else _none(columns)
    state = pl.select(
        pl.when(_is(outcomes.outcome, Outcome.FAIL))
        .then(_state(State.FAIL))
        .when(open_rows)
        .then(
            pl.when(columns.rows.screened)
            .then(_state(searched.state))
            .otherwise(_state(alone.state))
        )
        .otherwise(_state(State.CLEAR))
    ).to_series()
    if rule.draft:
        state, unscreened = _every(_state(State.CLEAR), columns), _none(columns)
    if any(review.rule == rule.id for review in columns.rows.purchase.reviews):
        purchase, day = columns.rows.purchase, columns.rows.day
        signed = [signed_judgement(rule, offer, purchase, day) for offer in columns.rows.ids]
        state, unscreened = _reviewed(state, unscreened, signed)
    due = unscreened & ~columns.rows.screened if alone.search_due else _none(columns)
    return RuleColumns(
        rule=rule,
        outcome=outcomes.outcome,
        state=state,
        lower=outcomes.lower,
        upper=outcomes.upper,
        typical=typical_points_of_rows(rule, columns.rows, outcomes.outcome),
        on_word=on_word,
        condition=_conditions(rule, outcomes, on_word, due),
        unscreened=unscreened,
        waits=outcomes.waits,
    )


def _conditions(
    rule: BoundRule, outcomes: _RuleOutcomes, on_word: pl.Series, due: pl.Series
) -> pl.Series:
    """Return the rows in which the rule's own condition stands, or that somebody looks first."""
    unmet = _is(outcomes.outcome, Outcome.FAIL) & condition_stands(
        rule, Outcome.FAIL, on_word=False
    )
    met = on_word & _is(outcomes.outcome, Outcome.PASS)
    return unmet | (met & condition_stands(rule, Outcome.PASS, on_word=True)) | due


def with_identity_condition(rules: Sequence[RuleColumns]) -> list[RuleColumns]:
    """Return columns in which the condition of a rule `for_identity` stands, or does not.

    As `evaluate.with_identity_condition` says it of one offer.
    """
    words = [r.on_word & _is(r.outcome, Outcome.NOT_APPLICABLE) for r in rules]
    return [
        replace(r, condition=reduce(pl.Series.__or__, words) & (not r.rule.draft))
        if r.rule.for_identity
        else r
        for r in rules
    ]


def _reviewed(
    state: pl.Series, unscreened: pl.Series, signed: list[State | None]
) -> tuple[pl.Series, pl.Series]:
    judgements = pl.Series([word and word.value for word in signed], dtype=STATES)
    return (
        pl.select(pl.coalesce(judgements, state)).to_series(),
        unscreened & judgements.is_null(),
    )


def _outcomes(rows: Mapping[Outcome, pl.Series]) -> pl.Series:
    """Return the outcome whose rows hold, unknown where none does."""
    branches = [pl.when(mask).then(_outcome(outcome)) for outcome, mask in rows.items()]
    return pl.select(pl.coalesce(*branches, _outcome(Outcome.UNKNOWN))).to_series()


def _outcome(outcome: Outcome) -> pl.Expr:
    return pl.lit(outcome.value, dtype=OUTCOMES)


def _state(state: State) -> pl.Expr:
    return pl.lit(state.value, dtype=STATES)


def _is(outcomes: pl.Series, outcome: Outcome) -> pl.Series:
    return outcomes == outcome.value


def _true(truth: pl.Series) -> pl.Series:
    return truth.fill_null(value=False)


def _none(columns: ColumnEvaluator) -> pl.Series:
    return pl.Series([False]).new_from_index(0, columns.rows.height)


def _every(word: pl.Expr, columns: ColumnEvaluator) -> pl.Series:
    return pl.select(word).to_series().new_from_index(0, columns.rows.height)


def _only(waits: Waits, rows: pl.Series) -> Waits:
    return {what: mask & rows for what, mask in waits.items()}
