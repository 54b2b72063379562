"""All mistakes of a rulebook tried: what tells each, what tells none, and what would."""

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.workshop.mutation.asserting import Assertion, assertions
from offsetcheck.workshop.mutation.killing import Examiner
from offsetcheck.workshop.mutation.mutant import Mutant
from offsetcheck.workshop.mutation.offering import Offer, Search
from offsetcheck.workshop.mutation.policies import of_policies
from offsetcheck.workshop.mutation.rules import of_rule
from offsetcheck.workshop.mutation.same import says_the_same
from offsetcheck.workshop.mutation.scenarios import Bench, bench_of
from offsetcheck.workshop.mutation.survivors import Reasoned, read_survivors


class Fate(StrEnum):
    """What became of a mistake."""

    TOLD = "told"
    UNTOLD = "untold"
    REASONED = "reasoned"  # untold, and survivors.yaml says why
    SAME = "same"  # the changed rule says the same: no mistake


@dataclass(frozen=True, slots=True)
class Tried:
    """One mistake, what became of it, and the example or scenario that tells it, or the reason."""

    mutant: Mutant
    fate: Fate
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be added to a rule's examples, so that they tell what they do not tell yet."""

    rule: str
    examples: tuple[Offer, ...] = ()
    assertions: tuple[Assertion, ...] = ()


@dataclass(frozen=True)
class MutationRun:
    """Everything that was tried, what is offered, and entries of survivors.yaml out of date."""

    tried: tuple[Tried, ...]
    offered: tuple[Offered, ...] = ()
    overtaken: tuple[Problem, ...] = ()

    @cached_property
    def untold(self) -> tuple[Tried, ...]:
        """The mistakes that nothing tells, those with a reason too, in order."""
        return tuple(one for one in self.tried if one.fate in {Fate.UNTOLD, Fate.REASONED})

    @property
    def share(self) -> float:
        """The percent of mistakes that are told; all of them where there are none."""
        counted = [one for one in self.tried if one.fate is not Fate.SAME]
        told = sum(one.fate is Fate.TOLD for one in counted)
        return 100.0 * told / len(counted) if counted else 100.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is tried: some rules, also what stands outside of rules, and whether to offer."""

    folder: Path
    rules: tuple[str, ...]
    with_policies: bool
    seed: int = 0
    most: int | None = None  # of a rule's mistakes, a seeded sample


def mutate(task: Task, jobs: int) -> MutationRun:
    """Try every mistake of a task in some processes, and search for what would tell the untold."""
    rulebook = load_rulebook(task.folder)
    reasoned = read_survivors(task.folder)
    done = list(_shared(rulebook, task, jobs))
    if task.with_policies:
        done.append((_of_policies(rulebook), Offered("")))
    tried = tuple(_with_reason(one, reasoned) for found, _ in done for one in found)
    told = [one.mutant for one in tried if one.fate is Fate.TOLD]
    overtaken = tuple(reasoned.overtaken(told, (one.mutant for one in tried)))
    offered = (offer for _, offer in done if offer.examples or offer.assertions)
    return MutationRun(tried, tuple(offered), overtaken)


Done = tuple[tuple[Tried, ...], Offered]


def _shared(rulebook: Rulebook, task: Task, jobs: int) -> Iterator[Done]:
    if jobs <= 1 or len(task.rules) < 2 * jobs:
        examiner, bench = Examiner(rulebook), bench_of(rulebook)
        yield from (_of_rule(examiner, bench, name, task) for name in task.rules)
        return
    with multiprocessing.get_context("spawn").Pool(jobs, _begin, (task,)) as pool:
        yield from pool.imap(_in_a_process, task.rules, chunksize=4)


_HERE: list[tuple[Examiner, Bench, Task]] = []


def _begin(task: Task) -> None:
    rulebook = load_rulebook(task.folder)
    _HERE[:] = [(Examiner(rulebook), bench_of(rulebook), task)]


def _in_a_process(name: str) -> Done:
    examiner, bench, task = _HERE[0]
    return _of_rule(examiner, bench, name, task)


def _of_rule(examiner: Examiner, bench: Bench, name: str, task: Task) -> Done:
    rule = examiner.rulebook.rules[name]
    tried = [_try(examiner, bench, one) for one in of_rule(rule, examiner.rulebook.first_day)]
    untold = [one.mutant for one in tried if one.fate is Fate.UNTOLD]
    offered = _offered(examiner, rule, untold, task.seed)
    would = {one.what for offer in offered.examples for one in offer.tells}
    would |= {one.what for assertion in offered.assertions for one in assertion.tells}
    settled = tuple(_settled(examiner, rule, one, would) for one in tried)
    return settled, offered


def _try(examiner: Examiner, bench: Bench, mutant: Mutant) -> Tried:
    assert mutant.rule is not None  # noqa: S101 - a mutant of a rule
    example = examiner.told_by(mutant.rule)
    if example is not None:
        return Tried(mutant, Fate.TOLD, example.name)
    scenario = bench.told_by_rule(mutant.rule)
    return Tried(mutant, Fate.UNTOLD if scenario is None else Fate.TOLD, scenario)


def _settled(examiner: Examiner, rule: LoadedRule, one: Tried, would: set[str]) -> Tried:
    """Return a mistake without its rule; one that nothing could tell may be none."""
    fate = one.fate
    if fate is Fate.UNTOLD and one.mutant.what not in would:
        fate = Fate.SAME if says_the_same(examiner, rule, one.mutant) else fate
    return replace(one, mutant=one.mutant.told, fate=fate)


def _offered(examiner: Examiner, rule: LoadedRule, untold: Sequence[Mutant], seed: int) -> Offered:
    asserted = tuple(assertions(examiner, rule, untold))
    told = {id(one) for assertion in asserted for one in assertion.tells}
    left = [one for one in untold if id(one) not in told]
    offers = tuple(_light(offer) for offer in Search(examiner, rule, seed).offers(left))
    light = (replace(one, tells=tuple(m.told for m in one.tells)) for one in asserted)
    return Offered(rule.file.id, offers, tuple(light))


def _light(offer: Offer) -> Offer:
    return replace(offer, tells=tuple(one.told for one in offer.tells))


def _of_policies(rulebook: Rulebook) -> tuple[Tried, ...]:
    bench = bench_of(rulebook)
    return tuple(_try_policy(bench, rulebook, one) for one in of_policies(rulebook))


def _try_policy(bench: Bench, rulebook: Rulebook, mutant: Mutant) -> Tried:
    assert mutant.change is not None  # noqa: S101 - a mutant outside of rules
    scenario = bench.told_by(mutant.change(rulebook), mutant.layer)
    fate = Fate.UNTOLD if scenario is None else Fate.TOLD
    return Tried(mutant.told, fate, scenario)


def _with_reason(one: Tried, reasoned: Reasoned) -> Tried:
    entry = reasoned.entry(one.mutant) if one.fate is Fate.UNTOLD else None
    if entry is None:
        return one
    return replace(one, fate=Fate.SAME if entry.same else Fate.REASONED, by=entry.reason)


def chosen(tried: Iterable[Tried], fate: Fate) -> tuple[Tried, ...]:
    """Return those of some mistakes that came to one fate."""
    return tuple(one for one in tried if one.fate is fate)
