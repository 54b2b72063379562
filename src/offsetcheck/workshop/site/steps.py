"""The page of each step of comparable tonnes: what it is, who chose what in it, what it reads."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.explain.tonnes.choices import chosen_words, parameter_words
from offsetcheck.explain.tonnes.step import explain_step, fields_of, tables_of
from offsetcheck.explain.tonnes.texts import step_title
from offsetcheck.rulebook.tonnes.binding import BoundStep
from offsetcheck.vocabulary.site_explanation import Named, StepPage, StepSet
from offsetcheck.vocabulary.tonnes import Chosen
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.step_tests import StepExampleResult


def step_pages(scope: Scope, results: Sequence[StepExampleResult]) -> tuple[StepPage, ...]:
    """Return a page for each step in force, in the order in which they are taken."""
    differing = {(one.step, one.name) for one in results if one.failure is not None}
    return tuple(_page(scope, step, differing) for step in scope.steps.steps)


def _page(scope: Scope, step: BoundStep, differing: set[tuple[str, str]]) -> StepPage:
    own = {name for of, name in differing if of == step.file.id}
    wording, effective = scope.wording, step.file.effective
    return StepPage(
        step=explain_step(step, scope.steps, wording, own),
        since=wording.day(effective.since),
        until=wording.day(effective.until) if effective.until else None,
        chosen=tuple(_chosen(scope, step.file.id)),
        reads=tuple(map(scope.field_named, fields_of(step))),
        tables=tuple(map(scope.table_named, tables_of(step))),
    )


def _chosen(scope: Scope, name: str) -> Iterator[StepSet]:
    """Yield what profiles chose or assume in a step; the guide's own values stand in its files."""
    for profile, steps in scope.steps_of.items():
        step = next(one for one in steps.steps if one.file.id == name)
        for chosen in step.chosen:
            if chosen.layer is not None and chosen.layer != "guide":
                yield StepSet(
                    profile=profile,
                    title=scope.profile_named(profile).title,
                    name=parameter_words(chosen.parameter, steps, scope.wordings[profile]),
                    value=_value(scope, step, chosen, profile),
                )


def _value(scope: Scope, step: BoundStep, chosen: Chosen, profile: str) -> str:
    wording = scope.wordings[profile]
    if chosen.parameter in step.file.choices:
        return chosen_words(step.file, chosen, wording) or ""
    return "" if chosen.value is None else wording.bare(chosen.value)


def steps_reading(scope: Scope) -> Mapping[str, tuple[Named, ...]]:
    """Return, by the name of a field, the steps that read it."""
    return _by(scope, [(fields_of(step), step) for step in scope.steps.steps])


def steps_asking(scope: Scope) -> Mapping[str, tuple[Named, ...]]:
    """Return, by the name of a table, the steps that ask it."""
    return _by(scope, [(tables_of(step), step) for step in scope.steps.steps])


def step_named(scope: Scope, name: str) -> Named | None:
    """Return the id and title of a step, None where there is none."""
    found = scope.rulebook.steps.get(name)
    return None if found is None else Named(id=name, title=step_title(found.file, scope.wording))


def _by(
    scope: Scope, found: Sequence[tuple[Sequence[str], BoundStep]]
) -> dict[str, tuple[Named, ...]]:
    made: dict[str, tuple[Named, ...]] = {}
    for names, step in found:
        own = Named(id=step.file.id, title=step_title(step.file, scope.wording))
        for name in names:
            made[name] = (*made.get(name, ()), own)
    return made
