"""Situations drawn at random, by a seed: what can be told apart without the solver."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.workshop.proofs.situation import Situation
from offsetcheck.workshop.proofs.world import LISTS, TEXTS, World, is_unset, words_in

SEED = 20_260_101
STATED, IN_PART, ON_RECORD, LOOKED, NAMED = 0.85, 0.6, 0.6, 0.5, 0.7
MOST_LISTED = 3
SOME_DAY = date(2020, 2, 29)


class Sampler:
    """Draws situations of one world, around the numbers, days and words that its rules name."""

    def __init__(self, world: World, seed: int = SEED) -> None:
        self._world = world
        self._random = Random(seed)  # noqa: S311 - the same on every run; nothing secret
        constants = [one.value for one in world.nodes if isinstance(one, Constant)]
        numbers = [one for one in constants if isinstance(one, int | float)]
        self._numbers = [n + step for n in (0, *numbers) for step in (0, -1, 1, -0.5, 0.5)]
        days = [one for one in constants if isinstance(one, date)] or [SOME_DAY]
        self._named = {word for one in constants if one is not None for word in words_in((one,))}
        self._days = [one + timedelta(days=n) for one in days for n in (0, -1, 1, -400, -4000)]

    def situations(self, count: int, *, in_part: bool = False) -> Iterator[Situation]:
        """Yield situations; `in_part`: fields may be known as one of several values."""
        for _ in range(count):
            yield self._situation(in_part=in_part)

    def _situation(self, *, in_part: bool) -> Situation:
        given: dict[str, Value] = {}
        several: dict[str, tuple[Value, ...]] = {}
        grades: dict[str, EvidenceGrade] = {}
        for name, field in self._world.fields.items():
            if not self._chance(STATED):
                continue
            if not is_unset(name) and not self._chance(ON_RECORD):
                grades[name] = self._random.choice(tuple(EvidenceGrade))
            if in_part and self._chance(IN_PART):
                count = self._random.choice((2, 2, 3))
                draws = (self._value(name, field.type) for _ in range(count))
                several[name] = tuple(draws)
            else:
                given[name] = self._value(name, field.type)
        return Situation(given, grades, self._chance(LOOKED), several)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _value(self, name: str, kind: FieldType) -> Value:
        if kind is FieldType.BOOLEAN:
            return self._chance(0.5)
        if kind is FieldType.DATE:
            return self._random.choice(self._days)
        if kind in TEXTS or kind in LISTS:
            return self._words(name, kind)
        return self._number(name, kind)

    def _words(self, name: str, kind: FieldType) -> Value:
        words: Any = self._world.codes(name) or self._world.words
        if kind is FieldType.INTEGERS:
            words = [int(one) for one in self._world.numbers] or [1]
        named = [one for one in words if one in self._named]
        if named and self._chance(NAMED):
            words = named
        if kind in TEXTS:
            drawn: Value = self._random.choice(words)
            return drawn
        most = min(MOST_LISTED, len(words))
        return tuple(self._random.sample(words, self._random.randint(0, most)))

    def _number(self, name: str, kind: FieldType) -> float:
        drawn = self._random.choice(self._numbers)
        field = self._world.definition(name)
        low, high = field.range if field is not None and field.range is not None else (None, None)
        drawn = drawn if low is None else max(low, drawn)
        drawn = drawn if high is None else min(high, drawn)
        return int(drawn) if kind is FieldType.INTEGER else drawn
