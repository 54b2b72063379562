"""The verdict of every row: each distinct pattern of merged words is concluded once.

What a decision file cannot tell apart is put together in columns (`engine.merge`), so that a list
has a handful of patterns however much its rows differ.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from offsetcheck.engine.closure import first_verdict
from offsetcheck.engine.columns.distinct import BITS, as_numbers, distinct_rows
from offsetcheck.engine.columns.outcomes import STATES, RuleColumns
from offsetcheck.engine.columns.scores import BoundColumns, ScoreColumns
from offsetcheck.engine.merge import Kind, MergedWord
from offsetcheck.engine.plan import RulebookPlan, plan_for
from offsetcheck.engine.reduce import (
    CONDITION_STANDS,
    EVERY_GATE_CLEAR,
    INTEGRITY,
    VALUE,
    bounds_words,
    state_word,
)
from offsetcheck.engine.scores import BEST
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Bounds, Verdict
from offsetcheck.vocabulary.finding import Effect, State

VERDICTS = pl.Enum([verdict.value for verdict in Verdict])


def verdicts(
    columns: Sequence[RuleColumns], scores: ScoreColumns, bound: BoundRulebook
) -> pl.Series:
    """Return the verdict of every row."""
    plan = plan_for(bound)
    asked = _leaves(plan)
    bounds = list(_bounds(scores, bound, asked))
    frame = pl.DataFrame([*_held(columns), *bounds])
    known = _words(columns, asked) | {series.name: pl.col(series.name) for series in bounds}
    patterns = distinct_rows(frame.select(_numbers(plan, known)))
    concluded = [_conclude(row, plan) for row in patterns.frame.iter_rows()]
    return pl.Series(concluded, dtype=VERDICTS).gather(patterns.places)


def _conclude(pattern: tuple[int, ...], plan: RulebookPlan) -> str:
    """Return the verdict of a pattern: the bits of its numbers say which words hold."""
    words = (
        word
        for place, word in enumerate(plan.merged_chain.read)
        if pattern[place // BITS] >> place % BITS & 1
    )
    concluded = plan.merged_conclusions.remember(frozenset(words))
    return first_verdict(plan.bound.candidate_decisions.verdicts, concluded.words)


def _numbers(plan: RulebookPlan, known: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    """Return the pattern of a row as numbers, of which each bit says whether a word holds."""
    holds = dict(known)
    for name, merged in plan.merged_chain.merged.items():
        holds[name] = _merged(merged, holds)
    return as_numbers([holds.get(word, NEVER) for word in plan.merged_chain.read])


NEVER = pl.lit(value=False)


def _merged(merged: MergedWord, known: Mapping[str, pl.Expr]) -> pl.Expr:
    parts = [known.get(word, NEVER) for word in merged.words]
    return pl.any_horizontal(parts) if merged.kind is Kind.ANY else pl.all_horizontal(parts)


def _leaves(plan: RulebookPlan) -> set[str]:
    """Return the words that the decisions read and that findings and scores say."""
    return {word for rule in plan.candidate_chain for word in rule.premises}


def _held(columns: Sequence[RuleColumns]) -> Iterator[pl.Series]:
    for column in columns:
        yield column.state.alias(_state(column))
        yield column.condition.alias(_condition(column))


def _state(column: RuleColumns) -> str:
    return f"state {column.rule.id}"


def _condition(column: RuleColumns) -> str:
    return f"condition {column.rule.id}"


def _words(columns: Sequence[RuleColumns], asked: set[str]) -> dict[str, pl.Expr]:
    """Return where each word of states and flags holds."""
    known = {
        word: _is(column, state)
        for column in columns
        for state in State
        if (word := state_word(column.rule.id, state)) in asked
    }
    gates = [_is(c, State.CLEAR) for c in columns if c.rule.effect is Effect.GATE]
    stands = [pl.col(_condition(column)) for column in columns]
    always = pl.lit(value=True)
    flags = {
        EVERY_GATE_CLEAR: pl.all_horizontal(always, *gates),
        CONDITION_STANDS: pl.any_horizontal(NEVER, *stands),
    }
    return known | flags


def _is(column: RuleColumns, state: State) -> pl.Expr:
    return pl.col(_state(column)) == pl.lit(state.value, STATES)


def _bounds(scores: ScoreColumns, bound: BoundRulebook, asked: set[str]) -> Iterator[pl.Series]:
    """Yield for each word of bounds that is read where it holds, under its own name."""
    named = {INTEGRITY: scores.integrity, VALUE: scores.value}
    named |= {dimension.dimension: dimension.bounds for dimension in scores.dimensions}
    for name, bounds in named.items():
        words = sorted(word for word in asked if word.startswith(f"{name} "))
        if words:
            yield from _bound_words(name, bounds, bound, words)


def _bound_words(
    name: str, bounds: BoundColumns, bound: BoundRulebook, words: Sequence[str]
) -> Iterator[pl.Series]:
    """Yield where each word holds: it is asked once for each two cuts that bounds come down to."""
    cuts = sorted({cut for _, cut in bound.scheme.grades} | {bound.scheme.cut(bound.city.floor)})
    lower, upper = (_place(side.fill_null(BEST), cuts) for side in (bounds.lower, bounds.upper))
    places = lower * len(cuts) + upper
    said = [
        bounds_words(name, Bounds(low, high), bound) if low <= high else frozenset()
        for low in cuts
        for high in cuts
    ]
    for word in words:
        yield pl.Series(word, [word in each for each in said]).gather(places)


def _place(scores: pl.Series, cuts: Sequence[int]) -> pl.Series:
    """Return which cut scores come down to, the lowest being 0."""
    higher = [(pl.lit(scores) >= cut).cast(pl.UInt32) for cut in cuts[1:]]
    none = pl.lit(scores).cast(pl.UInt32) * 0
    return pl.select(pl.sum_horizontal(none, *higher)).to_series()
