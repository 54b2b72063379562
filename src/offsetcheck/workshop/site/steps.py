"""The page of each step of comparable tonnes: its formula as written, its sources, its examples."""

from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.explain.tonnes.texts import (
    choice_title,
    input_title,
    part_title,
    step_does,
    step_open,
    step_title,
)
from offsetcheck.rulebook.tonnes.model import Case, LoadedStep, StepExample, StepFile
from offsetcheck.vocabulary.site_explanation import (
    GivenFact,
    StepChoice,
    StepExampleLine,
    StepPage,
    StepPart,
    StepValue,
)
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.step_tests import run_step_examples


def step_pages(scope: Scope) -> tuple[StepPage, ...]:
    """Return a page for each step of comparable tonnes, in their order; their examples are run."""
    failed: dict[str, set[int]] = {}
    for result in run_step_examples(scope.rulebook):
        if result.failure is not None:
            failed.setdefault(result.step, set()).add(result.index)
    steps = scope.rulebook.steps
    return tuple(_page(scope, one, failed.get(name, set())) for name, one in steps.items())


def _page(scope: Scope, step: LoadedStep, failed: set[int]) -> StepPage:
    file, wording = step.file, scope.wording
    until = file.effective.until
    return StepPage(
        id=file.id,
        title=step_title(file, wording),
        place=int(file.place),
        does=step_does(file, wording),
        open=step_open(file, wording),
        why=file.why,
        since=wording.day(file.effective.since),
        until=wording.day(until) if until else None,
        treatments=tuple(wording.word(f"tonnes.treatment.{one.value}") for one in file.treatments),
        sources=tuple(filter(None, map(scope.source, file.sources))),
        inputs=tuple(_inputs(scope, file)),
        parts=tuple(_parts(scope, file)),
        factor=_values(file.factor),
        choices=tuple(_choices(scope, file)),
        examples=tuple(
            _example(scope, one, holds=index not in failed) for index, one in enumerate(file.tests)
        ),
    )


def _inputs(scope: Scope, file: StepFile) -> Iterator[StepPart]:
    for name, one in file.inputs.items():
        title = input_title(file, name, scope.wording)
        values = tuple(StepValue(value=text, when=None) for text in one.first_of)
        yield _part(name, title or name, values, one.range)


def _parts(scope: Scope, file: StepFile) -> Iterator[StepPart]:
    for name, one in file.parts.items():
        title = part_title(file, name, scope.wording)
        yield _part(name, title or name, _values(one.value), one.range)


def _part(
    name: str, title: str, values: tuple[StepValue, ...], bounds: tuple[float, float] | None
) -> StepPart:
    lowest, highest = (None, None) if bounds is None else (f"{one:g}" for one in bounds)
    return StepPart(name=name, title=title, values=values, lowest=lowest, highest=highest)


def _values(cases: Iterable[Case]) -> tuple[StepValue, ...]:
    return tuple(StepValue(value=case.value, when=case.when) for case in cases)


def _choices(scope: Scope, file: StepFile) -> Iterator[StepChoice]:
    wording = scope.wording
    for parameter, choices in file.choices.items():
        titles = scope.rulebook.shared[parameter].parameter.title or {}
        title = wording.titled_parameter(parameter, titles, "") or parameter
        for one in choices:
            words = choice_title(file, parameter, one, wording) or str(one.value)
            source = scope.source(one.source)
            yield StepChoice(parameter=parameter, title=title, words=words, source=source)


def _example(scope: Scope, example: StepExample, *, holds: bool) -> StepExampleLine:
    low, high = example.expect
    factor = f"{low:g}" if low == high else f"{low:g} – {high:g}"
    return StepExampleLine(
        name=example.name,
        day=scope.wording.day(example.as_of) if example.as_of else None,
        facts=tuple(_facts(scope, example.given)),
        factor=factor,
        holds=holds,
    )


def _facts(scope: Scope, given: Mapping[str, object]) -> Iterator[GivenFact]:
    for name, value in given.items():
        named = scope.field_named(name)
        shown = tuple(value) if isinstance(value, list) else value
        said = scope.wording.bare(shown)  # type: ignore[arg-type]
        yield GivenFact(field=named.id, title=named.title, value=said, grade=None)
