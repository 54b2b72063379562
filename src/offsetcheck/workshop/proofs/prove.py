"""All proofs of a rulebook: each rule alone, pairs of rules, and the decisions."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.binding.bound import Decisions
from offsetcheck.rulebook.policies.layers import GUIDE
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.forms.problems import in_order
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.workshop.proofs.answers import Answer
from offsetcheck.workshop.proofs.decided import Decided, DecidingRule, DecisionProof
from offsetcheck.workshop.proofs.kept import Memory
from offsetcheck.workshop.proofs.keys import Fingerprints
from offsetcheck.workshop.proofs.pairs import WAYS, Judged, Pair, compare, pairs_of
from offsetcheck.workshop.proofs.settings import Setting, Settings
from offsetcheck.workshop.proofs.single import Reachable, reachable
from offsetcheck.workshop.proofs.solve import PATIENCE
from offsetcheck.workshop.proofs.told import Told
from offsetcheck.workshop.proofs.told_decisions import Conclusions


def prove(
    rulebook: Rulebook, memory: Memory | None = None, patience: int = PATIENCE
) -> list[Problem]:
    """Return what can be proved against a rulebook, in the order of files and lines.

    `memory` knows what was answered before, `patience` is steps for each question.
    """
    remembered = memory or Memory()
    prover = Prover(rulebook, remembered, patience)
    found = list(in_order([*prover.singles(), *prover.pairs(), *prover.decisions()]))
    remembered.write()
    return found


class Prover:
    """Asks of one rulebook what it has not been told before."""

    def __init__(self, rulebook: Rulebook, memory: Memory, patience: int) -> None:
        self._rulebook = rulebook
        self._memory = memory
        self._patience = patience
        self._settings = Settings(rulebook)
        self._prints = Fingerprints(rulebook.dictionary)
        self._told = Told(rulebook, self._settings.last_day)
        self._in_force: dict[str, frozenset[str]] = {}

    def singles(self) -> Iterator[Problem]:
        """Yield what rules never come to, as the guide has them and with what cities set."""
        known: dict[str, set[str]] = {}
        seen: set[str] = set()
        said: set[tuple[str, str]] = set()
        for setting in self._settings.all():
            key = self._prints.of(setting.rule)
            if key in seen:
                continue
            seen.add(key)
            found = self._reachable(setting, key)
            for problem in self._of(setting, found, known.setdefault(setting.rule.id, set())):
                if (str(problem.place), problem.message) not in said:
                    said.add((str(problem.place), problem.message))
                    yield problem

    def _of(self, setting: Setting, found: Reachable, known: set[str]) -> Iterator[Problem]:
        yield from self._told.not_proved(setting, found)
        if not setting.is_guide:
            yield from self._told.of_city(setting, found, known)
        elif not set(found.never) <= known:
            yield from self._told.of_guide(setting, found)
            known.update(found.never)

    def pairs(self) -> Iterator[Problem]:
        """Yield rules that contradict each other or say the same, for somebody who has both."""
        settings = {setting.rule.id: setting for setting in self._settings.guide()}
        guide = {name: self._judged(setting) for name, setting in settings.items()}
        for one, other in pairs_of(list(guide.values())):
            names = one.rule.id, other.rule.id
            if self._have_both(*names):
                first, second = (settings[name] for name in names)
                yield from self._told.of_pair(first, second, self._compared(one, other))
        for city in self._rulebook.cities.values():
            yield from self._pairs_of(city, settings, guide)

    def _pairs_of(
        self, city: CityFile, settings: Mapping[str, Setting], guide: Mapping[str, Judged]
    ) -> Iterator[Problem]:
        """Yield what holds of two rules with what a city sets for one of them."""
        own = {s.rule.id: s for s in self._settings.of_city(city)}
        judged = {name: self._judged(s) for name, s in own.items()}
        changed = {n for n, one in judged.items() if n in guide and one.key != guide[n].key}
        force = self._rules_of(city.id)
        rules = [judged.get(name, one) for name, one in guide.items() if name in force]
        for one, other in pairs_of(rules):
            names = one.rule.id, other.rule.id
            if changed.intersection(names):
                first, second = (own.get(name, settings[name]) for name in names)
                yield from self._told.of_pair(first, second, self._compared(one, other))

    def decisions(self) -> Iterator[Problem]:
        """Yield conclusions that are never drawn, and findings that lead to no verdict."""
        for purchase in (False, True):
            subject = Subject.PURCHASE if purchase else Subject.CANDIDATE
            file = self._rulebook.decisions.purchase if purchase else self._rulebook.decisions
            told_of = Conclusions(self._rulebook, ("purchase",) if purchase else ())
            for city in (None, *self._rulebook.cities.values()):
                proof = self._decided(file.decisions(), subject, city)
                yield from told_of.problems(proof, GUIDE if city is None else city.id)

    def _decided(self, decisions: Decisions, subject: Subject, city: CityFile | None) -> Decided:
        rules = tuple(self._deciding(subject, city))
        scheme, floor = self._rulebook.guide.scheme(), self._rulebook.guide.floor.integrity
        lowest = floor if city is None or city.floor is None else city.floor.integrity
        scored = subject is Subject.CANDIDATE
        key = content_hash([decisions, rules, scheme, lowest, scored])

        def ask() -> dict[str, Any]:
            return asdict(DecisionProof(decisions, rules, scheme, lowest, scored=scored).decided())

        return Decided.read(self._memory.answer(f"decisions {key}", ask))

    def _deciding(self, subject: Subject, city: CityFile | None) -> Iterator[DecidingRule]:
        for rule in self._rulebook.rules.values():
            file, effective = rule.file, effective_under(self._rulebook, rule, city)
            if file.subject == subject and file.status != "retired" and effective is not None:
                yield DecidingRule(
                    file.id, effective.effect, file.dimension, file.draft, bool(file.condition)
                )

    def _reachable(self, setting: Setting, key: str) -> Reachable:
        def ask() -> dict[str, Any]:
            dictionary = self._rulebook.dictionary
            return reachable(setting.rule, dictionary, setting.day, self._patience).kept()

        return Reachable.read(self._memory.answer(f"rule {key}", ask))

    def _judged(self, setting: Setting) -> Judged:
        key = self._prints.of(setting.rule)
        return Judged(setting.rule, key, self._reachable(setting, key).answers)

    def _compared(self, one: Judged, other: Judged) -> Pair:
        def ask() -> list[dict[str, Any] | None]:
            day = self._settings.last_day
            pair = compare(one, other, self._rulebook.dictionary, day, self._patience)
            return [pair.ways[way].kept() if way in pair.ways else None for way in WAYS]

        kept = self._memory.answer(f"pair {one.key} {other.key}", ask)
        ways = zip(WAYS, kept, strict=True)
        return Pair({way: Answer.read(found) for way, found in ways if found is not None})

    def _have_both(self, one: str, other: str) -> bool:
        return any({one, other} <= self._rules_of(name) for name in (GUIDE, *self._rulebook.cities))

    def _rules_of(self, name: str) -> frozenset[str]:
        """Return the rules that a city has; of the guide those that are not optional."""
        if name not in self._in_force:
            rules, city = self._rulebook.rules, self._rulebook.cities.get(name)
            had = (
                rule.file.id
                for rule in rules.values()
                if effective_under(self._rulebook, rule, city) is not None
                and (city is not None or not rule.file.is_optional)
            )
            self._in_force[name] = frozenset(had)
        return self._in_force[name]
