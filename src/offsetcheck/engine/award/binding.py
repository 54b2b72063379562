"""Which limits hold an answer: what the answer would be with one of them gone."""

from collections.abc import Iterator
from dataclasses import dataclass

from offsetcheck.engine.award.highs import Allowance
from offsetcheck.engine.award.lots import Choice, LimitName
from offsetcheck.engine.award.programme import Asked, find
from offsetcheck.engine.award.sets import AwardSet, Weighing, aims, covered_by, most_covered


@dataclass(frozen=True, slots=True)
class Held:
    """A limit without which more could be covered, or the same at less of the aim.

    `covered` are the tonnes of the need that could then be covered, `aim` what the set's first
    aim would come to for the tonnes that the set covers now (None where that was not asked).
    """

    name: LimitName
    covered: int
    aim: int | None


def holding(
    choice: Choice, made: AwardSet, weighing: Weighing | None, allowance: Allowance, most: int
) -> tuple[Held, ...]:
    """Return the limits that hold a set, those that hold its tonnes first; asks at most so many."""
    return tuple(_held(choice, made, weighing, allowance, most))


def _held(
    choice: Choice, made: AwardSet, weighing: Weighing | None, allowance: Allowance, most: int
) -> Iterator[Held]:
    short = made.covered < choice.limits.need
    for name in choice.names()[:most]:
        freed = choice.without(name)
        covered = _covered(freed, allowance) if short else made.covered
        if covered > made.covered:
            yield Held(name, covered, None)
            continue
        aim = aims(made.kind, freed.lots, weighing)[0]
        found = find(Asked(freed, made.covered, aim), allowance)
        if found.tonnes is not None and found.proven and aim.of(found.tonnes) < made.aim:
            yield Held(name, covered, aim.of(found.tonnes))


def _covered(choice: Choice, allowance: Allowance) -> int:
    found = most_covered(choice, allowance)
    return covered_by(choice, found.tonnes) if found.tonnes is not None else 0
