"""The words of decisions: what a premise may be.

The closed words that a premise may be:

- `RULE is clear`, `RULE is fail`, `RULE is open`: the state of one rule's finding
- `NAME below_floor`, `NAME floor_open`, `NAME reaches_floor`: NAME is `integrity`, `value` or a
  dimension; its upper bound lies below the floor, its bounds on both sides, its lower bound at it
- `NAME at_best D`, `NAME at_worst B`: its upper bound is of grade D or worse, its lower bound of
  grade B or better
- `every_gate_clear`: no gate fails and none is open
- `condition_stands`: the condition of at least one rule stands
- the name of another conclusion
"""

from collections.abc import Collection
from dataclasses import dataclass

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.problem import Place, Problem

EVERY_GATE_CLEAR = "every_gate_clear"
CONDITION_STANDS = "condition_stands"
STATES = ("clear", "fail", "open")
FLOOR_WORDS = ("below_floor", "floor_open", "reaches_floor")
GRADE_WORDS = ("at_best", "at_worst")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What premises may name; None where that is not known because guide.yaml is wrong."""

    rules: Collection[str]
    dimensions: Collection[str] | None
    grades: Collection[str] | None
    conclusions: Collection[str]


def check_word(word: str, known: KnownWords, place: Place) -> Problem | None:
    """Return what is wrong with a premise, None where it is one of the closed words."""
    free = (EVERY_GATE_CLEAR, CONDITION_STANDS, *known.conclusions)
    if word in free:
        return None
    match word.split():
        case [rule, "is", state]:
            return _check_state(rule, state, known.rules, place)
        case [name, floor] if floor in FLOOR_WORDS:
            return _check_name(name, known.dimensions, place)
        case [name, grade, letter] if grade in GRADE_WORDS:
            wrong_name = _check_name(name, known.dimensions, place)
            return wrong_name or _check_grade(letter, known.grades, place)
        case ["not" | "NOT", *_]:
            message = "`NOT` cannot stand in a decision"
            return Problem(message, place, "name the state: `RULE is fail`")
    hint = did_you_mean(word, free) or _near_ending(word) or f"words are {', '.join(free)}"
    return Problem(f"`{word}` is not a word of decisions", place, hint)


def check_state(state: str, place: Place) -> Problem | None:
    """Return what is wrong with the state of a finding, None where there is such a state."""
    if state in STATES:
        return None
    return Problem(f"`{state}` is not a finding", place, "write clear, fail or open")


def _near_ending(word: str) -> str | None:
    return did_you_mean(word.rsplit(maxsplit=1)[-1], (*FLOOR_WORDS, *GRADE_WORDS))


def _check_state(rule: str, state: str, rules: Collection[str], place: Place) -> Problem | None:
    if rule not in rules:
        hint = did_you_mean(rule, rules)
        return Problem(f"there is no rule `{rule}`", place, hint, names=f"rule {rule}")
    return check_state(state, place)


def _check_name(name: str, names: Collection[str] | None, place: Place) -> Problem | None:
    if names is None or name in names:
        return None
    hint = did_you_mean(name, names)
    return Problem(f"there is no dimension `{name}`", place, hint, names=f"dimension {name}")


def _check_grade(letter: str, grades: Collection[str] | None, place: Place) -> Problem | None:
    if grades is None or letter in grades:
        return None
    hint = f"write {', '.join(grades)}"
    return Problem(f"there is no grade `{letter}`", place, hint, names=f"grade {letter}")
