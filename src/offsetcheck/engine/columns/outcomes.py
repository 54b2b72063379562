"""One rule on all rows: outcomes, possible levels, states, and what each unknown awaits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from offsetcheck.engine.columns.at_once import at_once, lit, one
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.settled import (
    OUTCOMES,
    Asked,
    Settled,
    lit_outcome,
    settle_all,
    true,
)
from offsetcheck.engine.columns.typical import typical_points_of_rows
from offsetcheck.engine.columns.waits import Waits
from offsetcheck.engine.state import StateReason, condition_stands, open_state, signed_judgement
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.finding import Outcome, State

__all__ = ["OUTCOMES", "STATES", "RuleColumns", "judge_all", "judge_rows"]

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


def judge_rows(rule: BoundRule, columns: ColumnEvaluator) -> RuleColumns:
    """Return what a rule says of every row, as `evaluate_rule` says it of one."""
    return judge_all((rule,), columns)[0]


def judge_all(rules: Sequence[BoundRule], columns: ColumnEvaluator) -> list[RuleColumns]:
    """Return what each rule says of every row; what they need is computed together."""
    judged = settle_all([Asked(rule, rule.at_least, columns) for rule in rules], columns)
    ruled_out = _ruled_out(rules, columns, judged)
    judged = [
        each.but(ruled_out.get(rule.id), Outcome.NOT_APPLICABLE)
        for rule, each in zip(rules, judged, strict=True)
    ]
    met = _met_on_word(rules, columns, judged)
    judged = [
        each.but(met.get(rule.id), Outcome.PASS) for rule, each in zip(rules, judged, strict=True)
    ]
    none = columns.rows.none
    on_word = {rule.id: ruled_out.get(rule.id, none) | met.get(rule.id, none) for rule in rules}
    return _with_states(rules, columns, judged, on_word)


def _ruled_out(
    rules: Sequence[BoundRule], columns: ColumnEvaluator, judged: Sequence[Settled]
) -> Mapping[str, pl.Series]:
    """Return for some rules the rows to which they do not apply on the seller's word alone."""
    asked = {
        rule.id: (rule.heard, rule.applies_when, rule.at_least, each.unknown)
        for rule, each in zip(rules, judged, strict=True)
        if rule.heard and rule.applies_when is not None and each.unknown.any()
    }
    hearing = {fields: columns.hearing(fields) for fields, *_ in asked.values()}
    for fields, own in hearing.items():
        own.ahead((node, grade) for heard, node, grade, _ in asked.values() if heard == fields)
    applying = {
        rule: (hearing[fields].part(node, grade), unknown)
        for rule, (fields, node, grade, unknown) in asked.items()
    }
    forms = {rule: unknown & true(~applies) for rule, (applies, unknown) in applying.items()}
    return at_once(forms, columns.rows.height)


def _met_on_word(
    rules: Sequence[BoundRule], columns: ColumnEvaluator, judged: Sequence[Settled]
) -> Mapping[str, pl.Series]:
    """Return for some rules the rows in which they are met if the seller's word counts."""
    unknown = {
        rule.id: each.unknown
        for rule, each in zip(rules, judged, strict=True)
        if rule.declare and each.unknown.any()
    }
    asked = [Asked(rule, None, columns) for rule in rules if rule.id in unknown]
    relaxed = zip(asked, settle_all(asked, columns), strict=True)
    return {
        each.rule.id: unknown[each.rule.id] & (settled.outcome == Outcome.PASS.value)
        for each, settled in relaxed
    }


def _with_states(
    rules: Sequence[BoundRule],
    columns: ColumnEvaluator,
    judged: Sequence[Settled],
    on_word: Mapping[str, pl.Series],
) -> list[RuleColumns]:
    """Return outcomes with their states at the stage, after reviews and screenings."""
    parts = [_Part(*each, columns) for each in zip(rules, judged, on_word.values(), strict=True)]
    height = columns.rows.height
    states = at_once({part.rule.id: part.state for part in parts}, height)
    reviewed = {part.rule.id: part.reviewed(states[part.rule.id]) for part in parts}
    conditions = at_once(
        {part.rule.id: part.condition(reviewed[part.rule.id][1]) for part in parts}, height
    )
    points = {part.rule.id: part.typical for part in parts}
    typical = at_once({rule: form for rule, form in points.items() if form is not None}, height)
    return [
        RuleColumns(
            rule=part.rule,
            outcome=part.settled.outcome,
            state=reviewed[part.rule.id][0],
            lower=part.settled.lower,
            upper=part.settled.upper,
            typical=typical.get(part.rule.id),
            on_word=part.on_word,
            condition=conditions[part.rule.id],
            unscreened=reviewed[part.rule.id][1],
            waits=part.settled.waits,
        )
        for part in parts
    ]


@dataclass(frozen=True, slots=True)
class _Part:
    """One rule's outcomes on the way to their states."""

    rule: BoundRule
    settled: Settled
    on_word: pl.Series
    columns: ColumnEvaluator

    @property
    def open_rows(self) -> pl.Series:
        """The rows that are unknown, and not met anyway."""
        return self.settled.unknown & ~self.settled.met_anyway

    @property
    def typical(self) -> pl.Expr | None:
        """The points that stand in for the rule where it is unknown, None where none do."""
        return typical_points_of_rows(self.rule, self.columns.rows, self.settled.unknown)

    @property
    def alone(self) -> StateReason:
        """The state of what is open where nobody has looked."""
        return open_state(self.rule, self.columns.rows.purchase, searched=False)

    @property
    def state(self) -> pl.Expr:
        """The state of each row, before reviews."""
        if self.rule.draft:
            return lit_state(State.CLEAR)
        alone = self.alone
        searched = open_state(self.rule, self.columns.rows.purchase, searched=True)
        unknown = lit_state(alone.state)
        if searched.state is not alone.state:
            screened = lit(self.columns.rows.screened)
            unknown = pl.when(screened).then(lit_state(searched.state)).otherwise(unknown)
        return (
            pl.when(_is(self.settled.outcome, Outcome.FAIL))
            .then(lit_state(State.FAIL))
            .when(lit(self.open_rows))
            .then(unknown)
            .otherwise(lit_state(State.CLEAR))
        )

    def reviewed(self, state: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Return states after signed reviews, and the rows in which nobody has looked."""
        rule, rows = self.rule, self.columns.rows
        unscreened = rows.none if rule.draft or not self.alone.unscreened else self.open_rows
        if all(review.rule != rule.id for review in rows.purchase.reviews):
            return state, unscreened
        signed = [signed_judgement(rule, offer, rows.purchase, rows.day) for offer in rows.ids]
        return _reviewed(state, unscreened, signed)

    def condition(self, unscreened: pl.Series) -> pl.Expr:
        """Return where the rule's own condition stands, or that somebody looks first."""
        rule, outcome = self.rule, self.settled.outcome
        stands = pl.lit(value=False)
        if condition_stands(rule, Outcome.FAIL, on_word=False):
            stands |= _is(outcome, Outcome.FAIL)
        if condition_stands(rule, Outcome.PASS, on_word=True):
            stands |= lit(self.on_word) & _is(outcome, Outcome.PASS)
        if self.alone.search_due:
            stands |= lit(unscreened) & ~lit(self.columns.rows.screened)
        return stands


def with_identity_condition(rules: Sequence[RuleColumns]) -> list[RuleColumns]:
    """Return columns in which the condition of a rule `for_identity` stands, or does not.

    As `evaluate.with_identity_condition` says it of one offer.
    """
    named = [rule for rule in rules if rule.rule.for_identity]
    if not named:
        return list(rules)
    words = [
        pl.lit(r.on_word) & _is(r.outcome, Outcome.NOT_APPLICABLE) for r in rules if r.rule.heard
    ]
    word = one(pl.any_horizontal(pl.lit(rules[0].on_word) & pl.lit(value=False), *words))
    return [
        replace(r, condition=word & (not r.rule.draft)) if r.rule.for_identity else r for r in rules
    ]


def _reviewed(
    state: pl.Series, unscreened: pl.Series, signed: list[State | None]
) -> tuple[pl.Series, pl.Series]:
    judgements = pl.Series([word and word.value for word in signed], dtype=STATES)
    return one(pl.coalesce(judgements, state)), unscreened & judgements.is_null()


@cache
def lit_state(state: State) -> pl.Expr:
    """Return a state as one value."""
    return pl.lit(state.value, dtype=STATES)


def _is(outcomes: pl.Series, outcome: Outcome) -> pl.Expr:
    return lit(outcomes) == lit_outcome(outcome)
