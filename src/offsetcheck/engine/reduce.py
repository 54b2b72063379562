"""Findings and scores reduced to the closed words that decisions read (rules.md §7)."""

from collections.abc import Iterable, Iterator, Mapping

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


def state_word(rule: str, state: State) -> str:
    """Return the word for one rule's state."""
    return f"{rule} is {state.value}"


def score_words(scores: Scores, bound: BoundRulebook) -> frozenset[str]:
    """Return the words of integrity, value and every dimension against floor and grades."""
    known: dict[str, Bounds | None] = {INTEGRITY: scores.integrity, VALUE: scores.value}
    known |= {dimension.dimension: dimension.bounds for dimension in scores.dimensions}
    return frozenset(
        word
        for name, bounds in known.items()
        for word in bounds_words(name, bounds or Bounds(BEST, BEST), bound)
    )


def bounds_words(name: str, bounds: Bounds, bound: BoundRulebook) -> Iterator[str]:
    """Yield `NAME below_floor` and its like, `NAME at_best D` and `NAME at_worst B`."""
    floor = bound.scheme.cut(bound.city.floor)
    yield f"{name} {floor_word(bounds, floor)}"
    letters = [letter for letter, _ in bound.scheme.grades]
    best = letters.index(bound.scheme.grade(bounds.upper))
    worst = letters.index(bound.scheme.grade(bounds.lower))
    yield from (f"{name} at_best {letter}" for letter in letters[: best + 1])
    yield from (f"{name} at_worst {letter}" for letter in letters[worst:])


def floor_word(bounds: Bounds, floor: int) -> str:
    """Return where bounds lie against a floor in thousandths."""
    if bounds.upper < floor:
        return "below_floor"
    return "reaches_floor" if bounds.lower >= floor else "floor_open"
