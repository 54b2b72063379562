"""Two requirements that read the same fields: whether they say the same, or exclude each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import FieldRef
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.workshop.proofs.answers import FOUND, NEVER, Answer
from offsetcheck.workshop.proofs.outcomes import encoded
from offsetcheck.workshop.proofs.single import FAIL, PASS
from offsetcheck.workshop.proofs.situation import Situation, outcome_in, spoken_outcome
from offsetcheck.workshop.proofs.solve import PATIENCE, find
from offsetcheck.workshop.proofs.terms import every
from offsetcheck.workshop.proofs.world import World

BOTH, FIRST, SECOND, NEITHER = (PASS, PASS), (PASS, FAIL), (FAIL, PASS), (FAIL, FAIL)
WAYS = (BOTH, FIRST, SECOND, NEITHER)
Way = tuple[str, str]
NOT_BINDING = frozenset((Effect.NOTE, Effect.SCORE))


class Judged(NamedTuple):
    """A rule, its hash, and the situations in which it is met and is not."""

    rule: BoundRule
    key: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Pair:
    """What was found of two rules, by the outcomes that they have together."""

    ways: Mapping[Way, Answer]

    @property
    def contradict(self) -> bool:
        """Whether each can be met where the other applies too, and never both."""
        each = self.said(FIRST) == FOUND and self.said(SECOND) == FOUND
        return each and self.said(BOTH) == NEVER

    @property
    def alike(self) -> bool:
        """Whether what meets the one meets the other, and the same of what does not."""
        settled = self.said(BOTH) == FOUND and self.said(NEITHER) == FOUND
        return settled and self.said(FIRST) == NEVER and self.said(SECOND) == NEVER

    @property
    def is_open(self) -> bool:
        """Whether the solver gave up on one of the questions."""
        return any(answer.said == "open" for answer in self.ways.values())

    def said(self, way: Way) -> str | None:
        """Return what was answered of one way, None where that was not asked."""
        return self.ways[way].said if way in self.ways else None


def pairs_of(judged: Sequence[Judged]) -> Iterator[tuple[Judged, Judged]]:
    """Yield each two requirements of one effect about one subject that read one field."""
    binding = [one for one in judged if _binds(one.rule)]
    for one, other in combinations(binding, 2):
        shares = set(one.rule.inputs) & set(other.rule.inputs)
        kinds = {(rule.subject, rule.effect) for rule in (one.rule, other.rule)}
        if shares and len(kinds) == 1:
            yield one, other


def _binds(rule: BoundRule) -> bool:
    return not rule.is_scale and not rule.draft and rule.effect not in NOT_BINDING


def compare(
    one: Judged, other: Judged, dictionary: Dictionary, day: date, patience: int = PATIENCE
) -> Pair:
    """Return how two rules stand to each other; most are told apart without the solver."""
    found = dict(_tried(one, other, day))
    if _is_settled(found):
        return Pair(found)
    solver = _Solver(one.rule, other.rule, dictionary, day, patience)
    for way in WAYS:
        if _is_settled(found):
            break
        if way not in found:
            found[way] = solver.answer(way)
    return Pair(found)


def _is_settled(found: Mapping[Way, Answer]) -> bool:
    """Whether it is known that the rules do not contradict each other and do not say the same."""
    said = {way: answer.said for way, answer in found.items()}
    differ = FOUND in {said.get(FIRST), said.get(SECOND)}
    apart = NEVER in {said.get(FIRST), said.get(SECOND)}
    return differ and (said.get(BOTH) == FOUND or apart)


def _tried(one: Judged, other: Judged, day: date) -> Iterator[tuple[Way, Answer]]:
    """Yield ways in which situations of both rules, laid over each other, are found to be."""
    for first in _situations(one):
        for second in _situations(other):
            for laid in (_laid(first, second), _laid(second, first)):
                way = _way(one.rule, other.rule, laid, day)
                if way in WAYS:
                    yield way, Answer.found(laid)


def _situations(judged: Judged) -> list[Situation]:
    nodes = (part for tree in judged.rule.expressions() for part in walk(tree))
    kinds = {part.name: part.type for part in nodes if isinstance(part, FieldRef)}
    found = (answer for answer in judged.answers.values() if answer.said == FOUND)
    return [_situation(answer, kinds) for answer in found]


def _situation(answer: Answer, kinds: Mapping[str, FieldType]) -> Situation:
    given = {name: _value(value, kinds[name]) for name, value in answer.given.items()}
    return Situation(given, screened=answer.screened)


def _value(value: Any, kind: FieldType) -> Any:
    if kind is FieldType.DATE:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _laid(below: Situation, above: Situation) -> Situation:
    screened = below.screened or above.screened
    return replace(below, given={**below.given, **above.given}, screened=screened)


def _way(one: BoundRule, other: BoundRule, situation: Situation, day: date) -> Way:
    first, second = (outcome_in(rule, situation, day) for rule in (one, other))
    return spoken_outcome(first), spoken_outcome(second)


class _Solver:
    """Asks of two rules in one world."""

    def __init__(
        self, one: BoundRule, other: BoundRule, dictionary: Dictionary, day: date, patience: int
    ) -> None:
        self._rules = one, other
        self._day = day
        self._patience = patience
        self._world = World(dictionary, (*one.expressions(), *other.expressions()))
        self._outcomes = encoded(one, self._world), encoded(other, self._world)

    def answer(self, way: Way) -> Answer:
        """Return whether two rules can come to two outcomes together."""
        named = (outcomes.named(one) for outcomes, one in zip(self._outcomes, way, strict=True))
        wanted = every(named)
        return Answer.of(find(self._world, wanted, lambda s: self._is(s, way), self._patience))

    def _is(self, situation: Situation, way: Way) -> bool:
        return _way(*self._rules, situation, self._day) == way
