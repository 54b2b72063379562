"""Findings and scores reduced to the closed words that decisions read (rules.md §7)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from offsetcheck.engine.scores import BEST, Scores
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.finding import Effect, Finding, State

EVERY_GATE_CLEAR = "every_gate_clear"
CONDITION_STANDS = "condition_stands"
INTEGRITY, VALUE = "integrity", "value"


def rule_words(rules: Mapping[str, BoundRule], findings: Iterable[Finding]) -> frozenset[str]:
    """Return `RULE is STATE` for every finding, whether gates are clear and conditions stand."""
    words: set[str] = set()
    gates_clear, condition = True, False
    for finding in findings:
        words.add(state_word(finding.rule, finding.state))
        condition |= finding.condition
        if rules[finding.rule].effect is Effect.GATE:
            gates_clear &= finding.state is State.CLEAR
    words |= {EVERY_GATE_CLEAR} if gates_clear else set()
    return frozenset(words | ({CONDITION_STANDS} if condition else set()))


@lru_cache(maxsize=4096)
def state_word(rule: str, state: State) -> str:
    """Return the word for one rule's state."""
    return f"{rule} is {state.value}"


def score_words(scores: Scores, bound: BoundRulebook) -> frozenset[str]:
    """Return the words of integrity, value and every dimension against floor and grades."""
    known: dict[str, Bounds | None] = {INTEGRITY: scores.integrity, VALUE: scores.value}
    known |= {dimension.dimension: dimension.bounds for dimension in scores.dimensions}
    floor, grades = bound.scheme.cut(bound.city.floor), bound.scheme.grades
    return frozenset().union(
        *(_bounds_words(name, b or Bounds(BEST, BEST), floor, grades) for name, b in known.items())
    )


def bounds_words(name: str, bounds: Bounds, bound: BoundRulebook) -> frozenset[str]:
    """Return `NAME below_floor` and its like, `NAME at_best D` and `NAME at_worst B`."""
    return _bounds_words(name, bounds, bound.scheme.cut(bound.city.floor), bound.scheme.grades)


@lru_cache(maxsize=8192)
def _bounds_words(
    name: str, bounds: Bounds, floor: int, grades: tuple[tuple[str, int], ...]
) -> frozenset[str]:
    letters = [letter for letter, _ in grades]
    best = next(i for i, (_, cut) in enumerate(grades) if bounds.upper >= cut)
    worst = next(i for i, (_, cut) in enumerate(grades) if bounds.lower >= cut)
    return frozenset(
        (
            f"{name} {floor_word(bounds, floor)}",
            *(f"{name} at_best {letter}" for letter in letters[: best + 1]),
            *(f"{name} at_worst {letter}" for letter in letters[worst:]),
        )
    )


def floor_word(bounds: Bounds, floor: int) -> str:
    """Return where bounds lie against a floor in thousandths."""
    if bounds.upper < floor:
        return "below_floor"
    return "reaches_floor" if bounds.lower >= floor else "floor_open"
