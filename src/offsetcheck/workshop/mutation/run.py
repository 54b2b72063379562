"""All mistakes of a rulebook tried: what tells each, what tells none, and what would."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from offsetcheck.ground.shared_work import HelperEndedError, NotStartedError, shared_out
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.workshop.mutation.asserting import Assertion, assertions
from offsetcheck.workshop.mutation.killing import Examiner
from offsetcheck.workshop.mutation.mutant import OUTSIDE, Mutant
from offsetcheck.workshop.mutation.offering import Offer, Search
from offsetcheck.workshop.mutation.policies import of_policies
from offsetcheck.workshop.mutation.rules import of_rule
from offsetcheck.workshop.mutation.same import says_the_same
from offsetcheck.workshop.mutation.scenarios import Bench, bench_of
from offsetcheck.workshop.mutation.steps import StepExaminer, of_step
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
    """Everything that was tried, what is offered, and entries of survivors.yaml out of date.

    `remarks` say what became of the processes that shared the work.
    """

    tried: tuple[Tried, ...]
    offered: tuple[Offered, ...] = ()
    overtaken: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()

    @cached_property
    def untold(self) -> tuple[Tried, ...]:
        """The mistakes that nothing tells, those with a reason too, in order."""
        return tuple(one for one in self.tried if one.fate in {Fate.UNTOLD, Fate.REASONED})

    @property
    def inside(self) -> tuple[Tried, ...]:
        """The mistakes in rules."""
        return tuple(one for one in self.tried if one.mutant.kind not in OUTSIDE)

    @property
    def outside(self) -> tuple[Tried, ...]:
        """The mistakes in the guide's scheme, in decisions and in values of cities."""
        return tuple(one for one in self.tried if one.mutant.kind in OUTSIDE)


def share_of(tried: Sequence[Tried]) -> float:
    """Return the percent of mistakes that are told; all of them where there are none."""
    counted = [one for one in tried if one.fate is not Fate.SAME]
    told = sum(one.fate is Fate.TOLD for one in counted)
    return 100.0 * told / len(counted) if counted else 100.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is tried: rules and steps, also what stands outside of them, and the search's seed."""

    folder: Path
    rules: tuple[str, ...]
    with_policies: bool
    seed: int = 0


def mutate(
    task: Task, jobs: int, told: Callable[[int, int], object] = lambda *_: None
) -> MutationRun:
    """Try every mistake of a task in some processes, and search for what would tell the untold.

    `told` hears after each part of the work how many of how many are done. Where the system ends
    a process, one other tries the rest; raises InputError for what ends that one too.
    """
    rulebook = load_rulebook(task.folder)
    reasoned = read_survivors(task.folder)
    parts: list[Part] = [*task.rules]
    if task.with_policies:
        parts += range(sum(1 for _ in of_policies(rulebook)))
    remarks: list[str] = []
    done: list[Done] = []
    for one in _shared(rulebook, task, parts, jobs, remarks):
        done.append(one)
        told(len(done), len(parts))
    tried = tuple(_with_reason(one, reasoned) for found, _ in done for one in found)
    killed = [one.mutant for one in tried if one.fate is Fate.TOLD]
    overtaken = tuple(reasoned.overtaken(killed, (one.mutant for one in tried)))
    offered = (offer for _, offer in done if offer.examples or offer.assertions)
    return MutationRun(tried, tuple(offered), overtaken, tuple(remarks))


Done = tuple[tuple[Tried, ...], Offered]
Part = str | int
"""A rule or step by its id, or a mistake outside of them by its place among them."""
AT_ONCE = 4  # parts that a process is given in one go
ENDED = (
    "the system ended a process that tried mistakes, as it does where memory runs out; one other "
    "process tried the other {rest:,} parts of the work"
)
ALONE = "the process that tries the mistakes of this is ended by the system, also alone"
SMALLER = "it may need more memory than there is: free some, or name the other rules"
ALONE_FOR_WANT = "one process tried all mistakes, because others cannot be started: {why}"
FEW = 8  # parts that a process alone has tried before another has begun


@dataclass(slots=True)
class Worker:
    """What one process tries parts of a task with."""

    task: Task
    examiner: Examiner
    of_steps: StepExaminer
    bench: Bench
    reasoned: Reasoned
    policies: tuple[Mutant, ...]

    def done(self, part: Part) -> Done:
        """Return what came of one part."""
        if isinstance(part, str) and part in self.of_steps.rulebook.steps:
            return _of_step(self.of_steps, part)
        if isinstance(part, str):
            return _of_rule(self, part)
        return (_try_policy(self.bench, self.policies[part]),), Offered("")


def _worker(rulebook: Rulebook, task: Task) -> Worker:
    policies = tuple(of_policies(rulebook)) if task.with_policies else ()
    reasoned = read_survivors(task.folder)
    of_steps = StepExaminer(rulebook)
    return Worker(task, Examiner(rulebook), of_steps, bench_of(rulebook), reasoned, policies)


def _shared(
    rulebook: Rulebook, task: Task, parts: Sequence[Part], jobs: int, remarks: list[str]
) -> Iterator[Done]:
    """Yield what came of each part, and add to the remarks what became of other processes."""
    if jobs <= 1 or len(parts) < FEW * jobs:
        worker = _worker(rulebook, task)
        yield from map(worker.done, parts)
        return
    done = 0
    try:
        for one in _by_others(task, parts, jobs, AT_ONCE):
            done += 1
            yield one
    except NotStartedError as error:
        remarks.append(ALONE_FOR_WANT.format(why=error))
        yield from _shared(rulebook, task, parts, 1, remarks)
    except HelperEndedError:
        remarks.append(ENDED.format(rest=len(parts) - done))
        yield from _one_by_one(task, parts[done:])


def _one_by_one(task: Task, parts: Sequence[Part]) -> Iterator[Done]:
    """Try the rest in one other process; raise InputError for the part that ends it."""
    done = 0
    try:
        for one in _by_others(task, parts, 1, 1):
            done += 1
            yield one
    except HelperEndedError:
        name = parts[done] if isinstance(parts[done], str) else "values and decisions"
        raise InputError([Problem(ALONE, Place(str(name)), SMALLER)]) from None


def _by_others(task: Task, parts: Sequence[Part], jobs: int, most: int) -> Iterator[Done]:
    pieces = [parts[start : start + most] for start in range(0, len(parts), most)]
    with closing(shared_out(_in_a_process, pieces, jobs, _begin, task)) as done:
        for some in done:
            yield from some


_HERE: list[Worker] = []


def _begin(task: Task) -> None:
    _HERE[:] = [_worker(load_rulebook(task.folder), task)]


def _in_a_process(parts: Sequence[Part]) -> list[Done]:
    return [_HERE[0].done(part) for part in parts]


def _of_step(examiner: StepExaminer, name: str) -> Done:
    """Return what came of the mistakes in a step; no example is searched for one."""
    step = examiner.rulebook.steps[name]
    tried = (_try_step(examiner, one) for one in of_step(examiner.rulebook, step))
    return tuple(tried), Offered(name)


def _try_step(examiner: StepExaminer, mutant: Mutant) -> Tried:
    assert mutant.step is not None  # noqa: S101 - a mutant of a step
    example = examiner.told_by(mutant.step)
    if example is None and examiner.says_the_same(mutant.step):
        return Tried(mutant.told, Fate.SAME)
    return Tried(mutant.told, Fate.UNTOLD if example is None else Fate.TOLD, example)


def _of_rule(worker: Worker, name: str) -> Done:
    """Return what came of a rule's mistakes; for one with a reason nothing is searched."""
    examiner = worker.examiner
    rule = examiner.rulebook.rules[name]
    tried = [_try(examiner, worker.bench, one) for one in of_rule(examiner.rulebook, rule)]
    untold = [one.mutant for one in tried if one.fate is Fate.UNTOLD]
    open_ones = [one for one in untold if worker.reasoned.entry(one) is None]
    offered = _offered(examiner, rule, open_ones, worker.task.seed)
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


def _try_policy(bench: Bench, mutant: Mutant) -> Tried:
    assert mutant.change is not None  # noqa: S101 - a mutant outside of rules
    scenario = bench.told_by(mutant.change(bench.rulebook), mutant.layer)
    return Tried(mutant.told, Fate.UNTOLD if scenario is None else Fate.TOLD, scenario)


def _with_reason(one: Tried, reasoned: Reasoned) -> Tried:
    entry = reasoned.entry(one.mutant) if one.fate is Fate.UNTOLD else None
    if entry is None:
        return one
    return replace(one, fate=Fate.SAME if entry.same else Fate.REASONED, by=entry.reason)
