"""The examples of steps of comparable tonnes, run through the engine on values of the guide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from offsetcheck.engine.tonnes import factor_of
from offsetcheck.rulebook.binding.nodes import tables_read
from offsetcheck.rulebook.expression.nodes import Derived, Lookup, Node
from offsetcheck.rulebook.expression.walk import inputs_of, walk
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.rulebook.rules.model import SHARED
from offsetcheck.rulebook.tonnes.binding import bind_steps, reading_stated, with_choices
from offsetcheck.rulebook.tonnes.model import LoadedStep, StepExample
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.tonnes import Span, StepTaken
from offsetcheck.workshop.marks import Places
from offsetcheck.workshop.rule_tests import CANDIDATE, stated

PLACES = 6  # decimal places of a factor or part that are compared


@dataclass(frozen=True, slots=True)
class StepExampleResult:
    """One example of a step and what came out; `failure` is None where that was expected."""

    step: str
    index: int
    name: str
    taken: StepTaken | None
    failure: Problem | None


def run_step_examples(
    rulebook: Rulebook, steps: Iterable[str] | None = None
) -> tuple[StepExampleResult, ...]:
    """Run the examples of all steps, or of those named, in their order.

    An example runs on its `as_of`, else on the latest day in the step or in the tables it reads.
    Raises KeyError for a step that the rulebook does not have.
    """
    named = rulebook.steps if steps is None else steps
    chosen = [rulebook.steps[name] for name in named]
    return tuple(
        _run(rulebook, step, index) for step in chosen for index, _ in enumerate(step.file.tests)
    )


def _run(rulebook: Rulebook, step: LoadedStep, index: int) -> StepExampleResult:
    example, name = step.file.tests[index], step.file.id
    day = day_of(rulebook, step, example)
    taken = comes_out(rulebook, step, example, day)
    said = difference(example, taken, day)
    failure = None
    if said is not None:
        place = Places(rulebook).of_example(name, index)
        failure = Problem(f"the example “{example.name}” failed: {said}", place, _hint(taken))
    return StepExampleResult(name, index, example.name, taken, failure)


def comes_out(
    rulebook: Rulebook, step: LoadedStep, example: StepExample, day: date
) -> StepTaken | None:
    """Return the step on what an example gives; None where it is not in force."""
    bound = bind_steps(rulebook, None, day)
    chosen = {n: _value(v) for n, v in example.given.items() if n.startswith(SHARED)}
    fields = example_fields(Subject.CANDIDATE, rulebook.dictionary)
    facts = {n: stated(v, fields[n], "E1") for n, v in example.given.items() if n in fields}
    own = with_choices(bound, chosen)
    found = next((one for one in own.steps if one.file.id == step.file.id), None)
    if found is None:
        return None
    posed = reading_stated(found, frozenset(facts))
    return factor_of(posed, Candidate(CANDIDATE, facts), Purchase(), day)


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value] # checked


def day_of(rulebook: Rulebook, step: LoadedStep, example: StepExample) -> date:
    """Return the day on which an example runs: its own, else the latest of step and tables."""
    return example.as_of or _latest_day(rulebook, step)


def _latest_day(rulebook: Rulebook, step: LoadedStep) -> date:
    trees = [tree for input_ in step.inputs.values() for tree in input_]
    tables = tables_read(rulebook, _names(trees))
    days = [e.published for name in tables for e in rulebook.tables[name].entry.editions]
    return max((step.file.effective.since, *days))


def _names(trees: Iterable[Node]) -> Iterator[str]:
    yield from inputs_of(*trees)
    for tree in trees:
        yield from (one.name for one in walk(tree) if isinstance(one, Derived | Lookup))


def difference(example: StepExample, taken: StepTaken | None, day: date) -> str | None:
    """Say what came out differently, None where nothing did."""
    if taken is None:
        return f"the step does not act on {day.isoformat()}"
    pairs = [("the factor", Span(*example.expect), taken.factor)]
    pairs += [(f"`{n}`", Span(*bounds), taken.parts[n]) for n, bounds in example.parts.items()]
    for name, wanted, came in pairs:
        if _rounded(wanted) != _rounded(came):
            return f"{name} is {_words(came)}, not {_words(wanted)}"
    return None


def _hint(taken: StepTaken | None) -> str | None:
    return None if taken is None else f"it came to: expect: {_words(taken.factor)}"


def _rounded(span: Span) -> tuple[float, float]:
    return round(span.low, PLACES), round(span.high, PLACES)


def _words(span: Span) -> str:
    low, high = (f"{number:.{PLACES}f}".rstrip("0").rstrip(".") for number in _rounded(span))
    return low if low == high else f"{low} to {high}"
