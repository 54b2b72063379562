"""One step of comparable tonnes: as it is in force, and as it comes out on some statements."""

from collections.abc import Iterable, Mapping
from datetime import date

from offsetcheck.api.binding import bound_on, city_or_guide
from offsetcheck.explain.tonnes.step import explain_step
from offsetcheck.explain.tonnes.step_trial import PURCHASE, explain_step_trial
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.statements import read_statements
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.rulebook.rules.model import SHARED
from offsetcheck.rulebook.tonnes.binding import (
    BoundStep,
    BoundSteps,
    bind_steps,
    reading_stated,
    with_choices,
)
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.rulebook.tonnes.stated import choice_fields
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import Fact, Value
from offsetcheck.vocabulary.problem import Place, Problem, RequestError
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.step_explanation import StepExplanation, StepTrial
from offsetcheck.workshop.step_tests import run_step_examples

TRIED = "tried"


def step_in_force(
    rulebook: Rulebook, step: str, city: str | None, as_of: date, language: str = "en"
) -> StepExplanation:
    """Return a step as it is for a city on a day, its examples held against what comes out.

    Raises RequestError for a step, city, day or language that is not there.
    """
    chosen = city_or_guide(rulebook, city)
    wording = Wording(bound_on(chosen.rulebook, chosen.id, as_of), language)
    steps = bind_steps(chosen.rulebook, chosen.id, as_of)
    own = _named(step, steps)
    results = run_step_examples(chosen.rulebook, [step])
    differing = {one.name for one in results if one.failure is not None}
    return explain_step(own, steps, wording, differing)


def try_step(
    rulebook: Rulebook,
    step: str,
    statements: Iterable[str],
    evidence: Iterable[str] = (),
    *,
    city: str | None = None,
    as_of: date,
    language: str = "en",
) -> StepTrial:
    """Return what a step comes to for a city on a day, where some fields are as stated.

    Statements are written as for a rule; what a city may choose or assume may be stated too, as
    `shared.tonnes_curve=lashof`, and counts for this trial alone. Raises RequestError for a step,
    city, day, field or value that is not there.
    """
    chosen = city_or_guide(rulebook, city)
    book = chosen.rulebook
    wording = Wording(bound_on(book, chosen.id, as_of), language)
    steps = bind_steps(book, chosen.id, as_of)
    _named(step, steps)
    loaded = book.steps[step]
    fields = example_fields(Subject.CANDIDATE, book.dictionary)
    facts = read_statements(statements, evidence, {**fields, **choice_fields(loaded, book.shared)})
    given = _choices(loaded, facts)
    stated = {name: fact for name, fact in facts.items() if not name.startswith(SHARED)}
    steps = with_choices(steps, given)
    posed = reading_stated(_named(step, steps), frozenset(stated))
    own = {name: fact for name, fact in stated.items() if not name.startswith(PURCHASE)}
    bought = {
        name.removeprefix(PURCHASE): fact
        for name, fact in stated.items()
        if name.startswith(PURCHASE)
    }
    return explain_step_trial(posed, steps, Candidate(TRIED, own), Purchase(facts=bought), wording)


def _named(step: str, steps: BoundSteps) -> BoundStep:
    """Return a step that is in force; raises RequestError for one that is not."""
    found = {one.file.id: one for one in steps.steps}
    if step not in found:
        said = f"no step `{step}` is in force on {steps.as_of}"
        raise RequestError.about("rule", said, did_you_mean(step, found))
    return found[step]


def _choices(step: LoadedStep, facts: Mapping[str, Fact]) -> dict[str, Value]:
    """Return what is given of a city's choices; raises RequestError for what no step offers."""
    given: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, fact in facts.items():
        if not name.startswith(SHARED):
            continue
        offered = [one.value for one in step.file.choices.get(name, ())]
        if fact.possible:
            said = f"`{name}` has one value, and several are stated"
            problems.append(Problem(said, Place("set"), "state one of them"))
        elif fact.value is not None and offered and fact.value not in offered:
            hint = f"write one of {', '.join(map(str, offered))}"
            said = f"`{fact.value}` cannot be chosen of `{name}`"
            problems.append(Problem(said, Place("set"), hint))
        elif fact.value is not None:
            given[name] = fact.value
    if problems:
        raise RequestError(problems)
    return given
