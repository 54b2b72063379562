"""The verdict of every row: each distinct pattern of closed words is concluded once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from offsetcheck.engine.closure import first_verdict
from offsetcheck.engine.columns.outcomes import RuleColumns
from offsetcheck.engine.columns.scores import BoundColumns, ScoreColumns
from offsetcheck.engine.plan import plan_for
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
PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class _Feature:
    """A small closed set in every row, and the words that each of its values stands for."""

    values: pl.Series
    words: Callable[[str], Iterable[str]]


def verdicts(
    columns: Sequence[RuleColumns], scores: ScoreColumns, bound: BoundRulebook
) -> pl.Series:
    """Return the verdict of every row."""
    read = {word for rule in plan_for(bound).candidate_chain for word in rule.premises}
    features = [*_states(columns, read), *_flags(columns), *_bounds(scores, bound, read)]
    frame = pl.DataFrame([f.values.alias(str(i)) for i, f in enumerate(features)])
    patterns = frame.unique(maintain_order=True)
    concluded = [_conclude(row, features, bound) for row in patterns.iter_rows()]
    known = patterns.with_columns(pl.Series(PATTERN, concluded, dtype=VERDICTS))
    joined = frame.join(known, on=frame.columns, how="left", maintain_order="left")
    return joined[PATTERN]


def _conclude(row: tuple[str, ...], features: Sequence[_Feature], bound: BoundRulebook) -> str:
    words = (w for value, feature in zip(row, features, strict=True) for w in feature.words(value))
    concluded = plan_for(bound).candidate_conclusions.conclude(words)
    return first_verdict(bound.candidate_decisions.verdicts, concluded.words)


def _states(columns: Sequence[RuleColumns], read: set[str]) -> Iterator[_Feature]:
    for column in columns:
        rule = column.rule.id
        if any(state_word(rule, state) in read for state in State):
            yield _Feature(column.state.cast(pl.String), _state_words(rule))


def _state_words(rule: str) -> Callable[[str], Iterable[str]]:
    return lambda state: (state_word(rule, State(state)),)


def _flags(columns: Sequence[RuleColumns]) -> Iterator[_Feature]:
    gates = [c.state == State.CLEAR.value for c in columns if c.rule.effect is Effect.GATE]
    yield from _flag(EVERY_GATE_CLEAR, gates, pl.Series.__and__, columns, start=True)
    conditions = [column.condition for column in columns]
    yield from _flag(CONDITION_STANDS, conditions, pl.Series.__or__, columns, start=False)


def _flag(
    word: str,
    parts: Sequence[pl.Series],
    combine: Callable[[pl.Series, pl.Series], pl.Series],
    columns: Sequence[RuleColumns],
    *,
    start: bool,
) -> Iterator[_Feature]:
    first = pl.Series([start]).new_from_index(0, len(columns[0].state))
    holds = reduce(combine, parts, first)
    yield _Feature(holds.cast(pl.String), lambda value: (word,) if value == "true" else ())


def _bounds(scores: ScoreColumns, bound: BoundRulebook, read: set[str]) -> Iterator[_Feature]:
    known = {INTEGRITY: scores.integrity, VALUE: scores.value}
    known |= {dimension.dimension: dimension.bounds for dimension in scores.dimensions}
    for name, bounds in known.items():
        if any(word.startswith(f"{name} ") for word in read):
            yield _Feature(_rounded(bounds, bound), _bound_words(name, bound))


def _rounded(bounds: BoundColumns, bound: BoundRulebook) -> pl.Series:
    """Return both bounds lowered to the next cut, which is all that words can tell apart."""
    cuts = sorted({cut for _, cut in bound.scheme.grades} | {bound.scheme.cut(bound.city.floor)})
    lower, upper = (_to_cut(side.fill_null(BEST), cuts) for side in (bounds.lower, bounds.upper))
    return pl.select(pl.format("{} {}", lower, upper)).to_series()


def _to_cut(scores: pl.Series, cuts: Sequence[int]) -> pl.Series:
    branches = [pl.when(scores >= cut).then(cut) for cut in reversed(cuts)]
    return pl.select(pl.coalesce(branches)).to_series()


def _bound_words(name: str, bound: BoundRulebook) -> Callable[[str], Iterable[str]]:
    def words(value: str) -> Iterable[str]:
        lower, upper = value.split()
        return bounds_words(name, Bounds(int(lower), int(upper)), bound)

    return words
