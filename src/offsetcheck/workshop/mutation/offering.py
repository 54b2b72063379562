"""Examples that would tell the mistakes that no example tells yet: the nearest case that does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.binding.given import with_given
from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.workshop.came_out import came_out
from offsetcheck.workshop.mutation.asserting import ASSERTED, KEYS
from offsetcheck.workshop.mutation.cases import Case, neighbourhood
from offsetcheck.workshop.mutation.killing import Examiner
from offsetcheck.workshop.mutation.mutant import Kind, Mutant
from offsetcheck.workshop.mutation.naming import name_of
from offsetcheck.workshop.rule_tests import default_day, pose

# No facts of one rule tell these: a scenario does.
BEYOND_FACTS = frozenset({Kind.WEIGHT, Kind.CRITICAL})


@dataclass(frozen=True, slots=True)
class Offer:
    """An example to be added to a rule, and the mistakes that it tells."""

    rule: str
    example: Example
    tells: tuple[Mutant, ...]


Came = Mapping[str, str]
"""What comes out of a case by key: `expect`, `effect`, of a scale also `points`."""


Known = tuple[tuple[int, ...], Case, Came]
"""How far a case is fetched, the case, and what comes out of the rule as it is."""


class Posed(NamedTuple):
    """A case as facts, and what of it a rule reads as stated."""

    candidate: Candidate
    purchase: Purchase
    fields: frozenset[str]
    city: tuple[tuple[str, Any], ...]


@dataclass(slots=True)
class Search:
    """The search for examples of one rule, near first."""

    examiner: Examiner
    rule: LoadedRule
    seed: int
    _asked: dict[object, BoundRule | None] = field(default_factory=dict)
    _posed_cases: dict[int, tuple[Case, "Posed | None"]] = field(default_factory=dict)
    _days: dict[int, date] = field(default_factory=dict)
    _kept: list[LoadedRule] = field(default_factory=list)

    def offers(self, survivors: Sequence[Mutant]) -> Iterator[Offer]:
        """Yield examples that tell survivors, each one where it tells one that none before did."""
        waiting = [one for one in survivors if one.kind not in BEYOND_FACTS]
        if not waiting:
            return
        hood = neighbourhood(self.examiner.rulebook, self.rule, self._latest(self.rule))
        names = {example.name for example in self.rule.file.tests}
        for cases in (hood.near(), hood.farther(self.seed)):
            known = sorted(self._posed(cases), key=lambda one: one[0])
            while waiting:
                offer = self._next(known, waiting, names)
                if offer is None:
                    break
                names.add(offer.example.name)
                waiting = [one for one in waiting if one not in offer.tells]
                yield offer
            if not waiting:
                return

    def _next(self, known: list[Known], waiting: list[Mutant], names: set[str]) -> Offer | None:
        for mutant in waiting:
            for _, case, came in known:
                if self._tells(case, came, mutant):
                    tells = tuple(one for one in waiting if self._tells(case, came, one))
                    return Offer(self.rule.file.id, self._example(case, came, mutant, names), tells)
        return None

    def _example(self, case: Case, came: Came, mutant: Mutant, names: set[str]) -> Example:
        fields = self.examiner.rulebook.dictionary
        name = name_of(case, came["expect"], mutant, self.rule, fields)
        count, unique = 2, name
        while unique in names:
            unique, count = f"{name} ({count})", count + 1
        example = case.example(unique, came["expect"])
        if mutant.kind not in ASSERTED or mutant.rule is None:
            return example
        other = self._came(mutant.rule, case) or {}
        differ = {key: came[key] for key in KEYS if key in came and other.get(key) != came[key]}
        return example.model_copy(update=differ)

    def _posed(self, cases: Iterable[Case]) -> Iterator[Known]:
        """Yield each case with what comes out of the rule as it is, and how far it is fetched."""
        for place, case in enumerate(cases):
            came = self._came(self.rule, case)
            if came is not None:
                yield (*_distance(case, came["expect"]), place), case, came

    def _tells(self, case: Case, came: Came, mutant: Mutant) -> bool:
        assert mutant.rule is not None  # noqa: S101 - mutants of rules alone are searched for
        other = self._came(mutant.rule, case)
        if other is None:
            return True
        asserted = mutant.kind in ASSERTED
        return other != came if asserted else other["expect"] != came["expect"]

    def _came(self, rule: LoadedRule, case: Case) -> Came | None:
        """Return what comes out of a rule on a case, None where it is not in force on the day."""
        day = case.as_of or self._latest(rule)
        posed = self._facts(case)
        if posed is None:
            return None
        key = (id(rule), day, posed.fields, posed.city)
        if key not in self._asked:
            self._kept.append(rule)
            bound = self.examiner.bound(rule, day)
            city = dict(posed.city)
            given = None if bound is None else with_given(bound, posed.fields, city)
            self._asked[key] = given
        stated = self._asked[key]
        if stated is None:
            return None
        finding = evaluate_rule(stated, posed.candidate, day, posed.purchase, traced=False)
        came = came_out(stated, finding)
        keys = KEYS if stated.is_scale else KEYS[:1]
        return {key: came[key] for key in ("expect", *keys)}

    def _facts(self, case: Case) -> "Posed | None":
        """Return the facts of a case, None where no day is one of the rule's."""
        if id(case) not in self._posed_cases:
            self._posed_cases[id(case)] = (case, self._pose(case))
        return self._posed_cases[id(case)][1]

    def _pose(self, case: Case) -> "Posed | None":
        bound = self.examiner.bound(self.rule, self._latest(self.rule))
        if bound is None:
            return None
        posed = pose(self.examiner.rulebook, bound, case.example())
        dotted = (f"purchase.{name}" for name in posed.purchase.facts)
        fields = frozenset((*posed.candidate.facts, *dotted))
        city = tuple((n, v) for n, v in case.given.items() if n.startswith("city."))
        return Posed(posed.candidate, posed.purchase, fields, _hashable(city))

    def _latest(self, rule: LoadedRule) -> date:
        if id(rule) not in self._days:
            self._kept.append(rule)
            self._days[id(rule)] = default_day(self.examiner.rulebook, rule)
        return self._days[id(rule)]


def _hashable(city: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in city)


def _distance(case: Case, came: str) -> tuple[int, ...]:
    """Say how far a case is fetched: little is exchanged, and something is settled by it."""
    open_ends = {"unknown": 2, "not_applicable": 1}.get(came, 0)
    exchanged = len(case.answers) + len(case.graded) + case.is_dated
    broad = sum(len(v) for n in case.answers if isinstance(v := case.given.get(n), list))
    return (exchanged, open_ends, -broad, len(case.given))
