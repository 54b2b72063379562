"""The order of the rooms for comparable tonnes: a tender -> what its offers come to."""

from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import offer_named, problems_of
from offsetcheck.api.request import Request
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.explain.tonnes.explain import explain_tonnes
from offsetcheck.report.format import Page
from offsetcheck.report.render import render
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tonnes.binding import bind_steps
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.tonnes_explanation import TonnesExplanation


@dataclass(frozen=True, slots=True)
class TonnesView:
    """The comparable tonnes of a request's offers, and what could not be read."""

    case: Case
    explained: TonnesExplanation
    problems: tuple[Problem, ...]


def tonnes(request: Request, rulebook: Rulebook, offer: str | None = None) -> TonnesView:
    """Return what all offers of a request come to, or one with every step.

    Tonnes are of carbon dioxide equivalent. No verdict rests on them. Raises RequestError for an
    offer that is not there, InputError for what cannot be read.
    """
    return tonnes_of(open_case(request, rulebook), offer)


def tonnes_of(case: Case, offer: str | None = None) -> TonnesView:
    """Return what the offers of a case that is open come to, as `tonnes` says."""
    steps = bind_steps(case.chosen.rulebook, case.chosen.id, case.bound.as_of)
    offers = list(case.table.candidates()) if offer is None else [offer_named(case, offer)]
    made = [(one, comparable_tonnes(steps, one, case.purchase)) for one in offers]
    explained = explain_tonnes(case.setting, steps, made, single=offer is not None)
    problems = case.problems if offer is None else problems_of(case, offer)
    return TonnesView(case, explained, problems)


def tonnes_text(made: TonnesView, form: str, templates: Path | None = None) -> Page:
    """Return a view of comparable tonnes in a format; RequestError for one that has none."""
    return render(made.explained, form, made.case.setting.wording.words, templates=templates)
