"""What decides a row as one short text, and the verdict of each text, concluded once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from offsetcheck.engine.closure import first_verdict
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
from offsetcheck.engine.spark.columns import Sql, joined, sql
from offsetcheck.engine.spark.outcomes import RuleSql
from offsetcheck.engine.spark.scores import BoundsSql, ScoresSql
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.finding import Effect, State

STATES = {state.value[0]: state for state in State}


@dataclass(frozen=True, slots=True)
class _Feature:
    """A small closed set, one letter in the pattern, and the words that a letter stands for."""

    letter: Sql
    words: Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Patterns:
    """What decides a candidate under a rulebook, as the letters of one text."""

    features: Sequence[_Feature]
    bound: BoundRulebook

    @property
    def pattern(self) -> Sql:
        """The pattern of a row as SQL."""
        letters = [feature.letter for feature in self.features]
        return Sql(f"concat{joined(', ', letters, '()').text}")

    def verdict(self, pattern: str) -> str:
        """Return the verdict that is concluded from a pattern."""
        words = (
            word
            for letter, feature in zip(pattern, self.features, strict=True)
            for word in feature.words(letter)
        )
        concluded = plan_for(self.bound).candidate_conclusions.conclude(words)
        return first_verdict(self.bound.candidate_decisions.verdicts, concluded.words)


def patterns(rules: Sequence[RuleSql], scores: ScoresSql, bound: BoundRulebook) -> Patterns:
    """Return what decides a candidate: the states, flags and bounds that the decisions read."""
    read = {word for rule in plan_for(bound).candidate_chain for word in rule.premises}
    return Patterns([*_states(rules, read), *_flags(rules), *_bounds(scores, bound, read)], bound)


def _states(rules: Sequence[RuleSql], read: set[str]) -> Iterator[_Feature]:
    for one in rules:
        name = one.rule.id
        if any(state_word(name, state) in read for state in State):
            yield _Feature(sql("left({}, 1)", one.state), _state_words(name))


def _state_words(rule: str) -> Callable[[str], Iterable[str]]:
    return lambda letter: (state_word(rule, STATES[letter]),)


def _flags(rules: Sequence[RuleSql]) -> Iterator[_Feature]:
    gates = [one.is_state(State.CLEAR) for one in rules if one.rule.effect is Effect.GATE]
    yield _flag(EVERY_GATE_CLEAR, joined(" AND ", gates, "true"))
    yield _flag(CONDITION_STANDS, joined(" OR ", [one.condition for one in rules], "false"))


def _flag(word: str, holds: Sql) -> _Feature:
    return _Feature(sql("IF({}, '1', '0')", holds), lambda letter: (word,) if letter == "1" else ())


def _bounds(scores: ScoresSql, bound: BoundRulebook, read: set[str]) -> Iterator[_Feature]:
    known = {INTEGRITY: scores.integrity, VALUE: scores.value}
    known |= {dimension.dimension: dimension.bounds for dimension in scores.dimensions}
    cuts = sorted({cut for _, cut in bound.scheme.grades} | {bound.scheme.cut(bound.city.floor)})
    for name, bounds in known.items():
        if any(word.startswith(f"{name} ") for word in read):
            yield _Feature(_letter(bounds, cuts), _bound_words(name, cuts, bound))


def _letter(bounds: BoundsSql, cuts: Sequence[int]) -> Sql:
    """Return both bounds, lowered to the next cut, as one letter: words tell no more apart."""
    places = [_place(side, cuts) for side in (bounds.lower, bounds.upper)]
    return sql(f"char({ord('A')} + {{}} * {len(cuts)} + {{}})", *places)


def _place(scores: Sql, cuts: Sequence[int]) -> Sql:
    branches = " ".join(
        f"WHEN coalesce({{0}}, {BEST}) >= {cut} THEN {place}"
        for place, cut in reversed(list(enumerate(cuts)))
    )
    return sql(f"(CASE {branches} END)", scores)


def _bound_words(
    name: str, cuts: Sequence[int], bound: BoundRulebook
) -> Callable[[str], Iterable[str]]:
    def words(letter: str) -> Iterable[str]:
        lower, upper = divmod(ord(letter) - ord("A"), len(cuts))
        return bounds_words(name, Bounds(cuts[lower], cuts[upper]), bound)

    return words
