"""What steps of comparable tonnes reckon otherwise: the tonnes change by it, and no answer."""

from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.difference.meaning.model import Books, Change, Topic, names_of_both
from offsetcheck.rulebook.tonnes.model import Case, Choice, LoadedStep, StepFile, StepInput
from offsetcheck.vocabulary.forms.document import Steps

Told = Mapping[Steps, str]
"""What counts of a step, as text, by where in its file it stands."""


def step_changes(books: Books) -> Iterator[Change]:
    """Yield steps that are new or gone, and what they read, offer and reckon otherwise."""
    for name in names_of_both(books.old.steps, books.new.steps):
        was, now = books.old.steps.get(name), books.new.steps.get(name)
        if was is None or now is None:
            sides = (None, name) if was is None else (name, None)
            yield _change("step", was or now, (), sides)  # type: ignore[arg-type] # one is there
            continue
        before, after = _told(was.file), _told(now.file)
        for at in dict.fromkeys([*before, *after]):
            if before.get(at) != after.get(at):
                yield _change("step_part", now, at, (before.get(at), after.get(at)))


def _change(key: str, step: LoadedStep, at: Steps, sides: tuple[str | None, str | None]) -> Change:
    return Change(
        Topic.TONNES, key, step.document.file, (step.file.id,), at,
        name=": ".join(map(str, at)), before=sides[0], after=sides[1], decides=False,
    )  # fmt: skip


def _told(step: StepFile) -> Told:
    days = [step.effective.since, *filter(None, [step.effective.until])]
    found: dict[Steps, str] = {
        ("place",): str(step.place),
        ("effective",): " – ".join(day.isoformat() for day in days),
        ("treatments",): ", ".join(step.acts_under),
        ("factor",): _cases(step.factor),
    }
    if step.standard_error is not None:
        found["standard_error",] = step.standard_error
    for name, one in step.inputs.items():
        found["inputs", name] = _input(one)
    for name, choices in step.choices.items():
        found["choices", name] = "; ".join(map(_choice, choices))
    for name, part in step.parts.items():
        found["parts", name] = _cases(part.value) + _range(part.range)
    return found


def _input(one: StepInput) -> str:
    unless = "" if one.unless is None else f", unless {_plain(one.unless)}"
    return f"{'; '.join(map(_plain, one.first_of))} ({one.type}){_range(one.range)}{unless}"


def _choice(one: Choice) -> str:
    given = ", ".join(f"{name} {number}" for name, number in sorted(one.gives.items()))
    return f"{one.value} ({given})" if given else str(one.value)


def _cases(cases: Iterable[Case]) -> str:
    """Return cases in the terms of the file."""
    return "; ".join(
        _plain(one.value) if one.when is None else f"{_plain(one.value)} when {_plain(one.when)}"
        for one in cases
    )


def _range(bounds: tuple[float, float] | None) -> str:
    return "" if bounds is None else f" [{bounds[0]:g}, {bounds[1]:g}]"


def _plain(text: str) -> str:
    """Return an expression on one line: where it breaks does not count."""
    return " ".join(text.split())
