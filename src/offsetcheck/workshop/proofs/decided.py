"""Decisions as formulas: which verdicts can be concluded, and whether one always is.

Rules are clear, fail or are open in any combination; the bounds of integrity, value and each
dimension lie anywhere. What follows is reckoned as `decisions.expand` has it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import z3

from offsetcheck.engine.scores import BEST
from offsetcheck.rulebook.binding.bound import ConclusionRule, Decisions, Scheme
from offsetcheck.rulebook.decisions.expand import expand
from offsetcheck.rulebook.decisions.words import CONDITION_STANDS, EVERY_GATE_CLEAR, STATES
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.workshop.proofs.solve import patient
from offsetcheck.workshop.proofs.terms import Formula, every, opposite, some

STEPS = 100_000_000
Reply = tuple[str, ...] | None
"""The words of a combination, None where there is none."""


class DecidingRule(NamedTuple):
    """A rule as decisions see it: its words, and whether it can leave a condition behind."""

    id: str
    effect: str
    dimension: str
    draft: bool
    condition: bool


class UnansweredError(Exception):
    """The solver gave up."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was found of decisions: conclusions never drawn, and words that conclude no verdict.

    `hollow` are conclusions that nothing leads to because no rule is of the kind they speak of.
    """

    never: tuple[str, ...]
    hollow: tuple[str, ...]
    without_verdict: Reply
    unanswered: tuple[str, ...]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return what was found as it was kept."""
        words = kept["without_verdict"]
        combination = None if words is None else tuple(words)
        never, hollow = tuple(kept["never"]), tuple(kept["hollow"])
        return cls(never, hollow, combination, tuple(kept["unanswered"]))


class DecisionProof:
    """One decision file over the rules that it judges, a floor and a scheme."""

    def __init__(
        self,
        decisions: Decisions,
        rules: Sequence[DecidingRule],
        scheme: Scheme,
        floor: str,
        *,
        scored: bool,
    ) -> None:
        self._decisions = decisions
        self._rules = [rule for rule in rules if not rule.draft]
        self._scheme = scheme
        self._floor = scheme.cut(floor)
        self._names = ("integrity", "value", *(d.id for d in scheme.dimensions)) if scored else ()
        self._words = dict(self._given())
        self._ways: dict[str, list[ConclusionRule]] = {}
        for way in expand(decisions, self._rules):
            self._ways.setdefault(way.conclusion, []).append(way)
        self._solver = patient(STEPS)
        self._solver.add(*(one for one in self._held() if one is not True))

    def decided(self) -> Decided:
        """Return which conclusions are never drawn, and a combination without a verdict."""
        unanswered: list[str] = []

        def found(what: str, wanted: Formula) -> Reply:
            try:
                return self._find(wanted)
            except UnansweredError:
                unanswered.append(what)
                return ("?",)

        names = self._decisions.conclusions
        hollow = tuple(name for name in names if name not in self._ways)
        never = [n for n in self._ways if n in names and found(n, self._drawn(n)) is None]
        none = every(opposite(self._drawn(verdict)) for verdict in self._decisions.verdicts)
        words = found("a verdict for every combination", none)
        return Decided(tuple(never), hollow, None if words == ("?",) else words, tuple(unanswered))

    def _drawn(self, name: str) -> Formula:
        """Return when a conclusion is drawn; a verdict, when no earlier one is."""
        verdicts = self._decisions.verdicts
        before = verdicts[: verdicts.index(name)] if name in verdicts else ()
        return every((self._holds(name), *(opposite(self._holds(one)) for one in before)))

    def _holds(self, word: str) -> Formula:
        if word not in self._words:
            ways = self._ways.get(word, [])
            self._words[word] = some(every(map(self._holds, way.premises)) for way in ways)
        return self._words[word]

    def _given(self) -> Iterator[tuple[str, Formula]]:
        for rule in self._rules:
            for state in STATES:
                yield f"{rule.id} is {state}", z3.Bool(f"{rule.id} is {state}")
        gates = [rule for rule in self._rules if rule.effect == Effect.GATE]
        yield EVERY_GATE_CLEAR, every(z3.Bool(f"{rule.id} is clear") for rule in gates)
        yield CONDITION_STANDS, z3.Bool(CONDITION_STANDS)
        for name in self._names:
            yield from self._bounds(name)

    def _bounds(self, name: str) -> Iterator[tuple[str, Formula]]:
        lower, upper = z3.Int(f"{name} at least"), z3.Int(f"{name} at most")
        below, reaches = upper < self._floor, lower >= self._floor
        yield f"{name} below_floor", below
        yield f"{name} reaches_floor", reaches
        yield f"{name} floor_open", z3.Not(z3.Or(below, reaches))
        above = BEST + 1
        for letter, cut in self._scheme.grades:
            yield f"{name} at_best {letter}", upper < above
            yield f"{name} at_worst {letter}", lower >= cut
            above = cut

    def _held(self) -> Iterator[Formula]:
        for rule in self._rules:
            states = [z3.Bool(f"{rule.id} is {state}") for state in STATES]
            yield z3.PbEq([(state, 1) for state in states], 1)
        if not any(rule.condition for rule in self._rules):
            yield z3.Not(z3.Bool(CONDITION_STANDS))
        for name in self._names:
            lower, upper = z3.Int(f"{name} at least"), z3.Int(f"{name} at most")
            yield z3.And(lower >= 0, lower <= upper, upper <= BEST)

    def _find(self, wanted: Formula) -> Reply:
        """Return the words that count of a combination, those that differ from all is well."""
        answer = self._solver.check(*([] if wanted is True else [_truth(wanted)]))
        if answer == z3.unknown:
            raise UnansweredError
        if answer == z3.unsat:
            return None
        model = self._solver.model()
        holds = (w for w, f in self._words.items() if self._is_read(w) and _holds(model, f))
        return tuple(word for word in holds if not word.endswith(" is clear"))

    def _is_read(self, word: str) -> bool:
        known: Mapping[str, object] = self._decisions.conclusions
        return word not in known and "~" not in word and not word.endswith("_clear")


def _truth(formula: Formula) -> Formula:
    return z3.BoolVal(formula) if isinstance(formula, bool) else formula


def _holds(model: z3.ModelRef, formula: Formula) -> bool:
    return bool(z3.is_true(model.eval(_truth(formula), model_completion=True)))
