"""What an example that stands may assert besides, so that it tells what a rule does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.workshop.came_out import came_out
from offsetcheck.workshop.mutation.killing import Examiner
from offsetcheck.workshop.mutation.mutant import Kind, Mutant
from offsetcheck.workshop.rule_tests import find

# What these say shows in what a finding does, and seldom in what comes out.
ASSERTED = frozenset({Kind.EFFECT, Kind.CAP, Kind.LIMIT, Kind.UNKNOWN})
KEYS = ("effect", "points")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A key to be added to an example that stands, and the mistakes that it then tells."""

    rule: str
    index: int
    name: str
    key: str
    value: str
    tells: tuple[Mutant, ...]


def assertions(
    examiner: Examiner, rule: LoadedRule, survivors: Sequence[Mutant]
) -> Iterator[Assertion]:
    """Yield what examples of a rule may assert besides, each where it tells one more mistake."""
    waiting = [one for one in survivors if one.kind in ASSERTED]
    came = (
        [_came(examiner, rule, index) for index in range(len(rule.file.tests))] if waiting else []
    )
    while waiting:
        found = _first(examiner, rule, waiting[0], came)
        if found is None:
            waiting = waiting[1:]
            continue
        index, key = found
        told = tuple(one for one in waiting if _differs(examiner, one, came, index, key))
        name = rule.file.tests[index].name
        yield Assertion(rule.file.id, index, name, key, came[index].get(key, ""), told)
        waiting = [one for one in waiting if one not in told]


def _first(
    examiner: Examiner, rule: LoadedRule, mutant: Mutant, came: Sequence[Mapping[str, str]]
) -> tuple[int, str] | None:
    for index, example in enumerate(rule.file.tests):
        for key in KEYS:
            free = getattr(example, key) is None
            if free and _differs(examiner, mutant, came, index, key):
                return index, key
    return None


def _differs(
    examiner: Examiner,
    mutant: Mutant,
    came: Sequence[Mapping[str, str]],
    index: int,
    key: str,
) -> bool:
    if mutant.rule is None or key not in came[index]:
        return False
    return _came(examiner, mutant.rule, index).get(key) != came[index][key]


def _came(examiner: Examiner, rule: LoadedRule, index: int) -> Mapping[str, str]:
    """Return all that comes out of an example, nothing where the rule is not in force."""
    example, day = list(examiner.days(rule))[index]
    bound = examiner.bound(rule, day)
    if bound is None:
        return {}
    finding = find(examiner.rulebook, bound, example, day)
    return _sayable(bound, came_out(bound, finding))


def _sayable(bound: BoundRule, came: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the example of a rule may assert: a requirement gives no points."""
    return came if bound.is_scale else {k: v for k, v in came.items() if k != "points"}
