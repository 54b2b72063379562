"""Examples and scenarios that were run, as one list: what it was, where it stands, what failed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.workshop.marks import Places
from offsetcheck.workshop.rule_tests import ExampleResult
from offsetcheck.workshop.scenario_runs import ScenarioResult
from offsetcheck.workshop.step_tests import StepExampleResult


class Kind(StrEnum):
    """What was run."""

    EXAMPLE = "example"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Tried:
    """One example or scenario; `of` is its rule or its file, `index` its place there from 0.

    `stands` says where it stands, which is looked up only when somebody asks.
    """

    kind: Kind
    of: str
    index: int
    name: str
    failure: Problem | None
    stands: Callable[[], Place]

    @property
    def place(self) -> Place:
        """Where it stands: file, line and column."""
        return self.stands()

    def as_data(self) -> dict[str, object]:
        """Return it as plain data; `message` and `hint` where it came out differently."""
        place = self.place
        failure = self.failure
        return {
            "kind": self.kind.value,
            "of": self.of,
            "name": self.name,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "as_expected": failure is None,
            "message": None if failure is None else failure.message,
            "hint": None if failure is None else failure.hint,
        }


def tried_examples(rulebook: Rulebook, results: Iterable[ExampleResult]) -> Iterator[Tried]:
    """Yield the results of examples as they were tried."""
    places = Places(rulebook)
    for one in results:
        stands = partial(places.of_example, one.rule, one.index)
        yield Tried(Kind.EXAMPLE, one.rule, one.index, one.name, one.failure, stands)


def tried_steps(rulebook: Rulebook, results: Iterable[StepExampleResult]) -> Iterator[Tried]:
    """Yield the results of the examples of steps as they were tried."""
    places = Places(rulebook)
    for one in results:
        stands = partial(places.of_example, one.step, one.index)
        yield Tried(Kind.EXAMPLE, one.step, one.index, one.name, one.failure, stands)


def tried_scenarios(results: Iterable[ScenarioResult]) -> Iterator[Tried]:
    """Yield the results of scenarios as they were tried."""
    for one in results:
        scenario = one.scenario
        stands = partial(scenario.document.value_place, scenario.steps)
        yield Tried(
            Kind.SCENARIO, scenario.file, scenario.index, scenario.name, one.failure, stands
        )
