"""The order of the rooms for comparable tonnes: a tender -> what its offers come to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import offer_named, problems_of
from offsetcheck.api.request import Request
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.explain.tonnes.explain import explain_offer, explain_tonnes, offer_in_short
from offsetcheck.explain.tonnes.order import CURRENCY, PRICE, RATE, Made
from offsetcheck.report.format import Page
from offsetcheck.report.render import render
from offsetcheck.report.tonnes.page import MOST_OFFERS
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tonnes.binding import BoundSteps, bind_steps
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.tonnes_explanation import TonnesExplanation

TOLD = ("name", PRICE, CURRENCY, RATE)  # what of an offer its line and its place need


@dataclass(frozen=True, slots=True)
class TonnesView:
    """The comparable tonnes of a request's offers, and what could not be read."""

    case: Case
    explained: TonnesExplanation
    problems: tuple[Problem, ...]


class Shown(StrEnum):
    """How much of a list is explained: every offer whole, the first ones whole, or each in short.

    What is explained takes a hundredth of a second for each offer; the order is that of all.
    """

    WHOLE = "whole"
    FIRST = "first"
    SHORT = "short"


def shown_by(form: str, templates: Path | None = None) -> Shown:
    """Return how much of a list a format shows; a city's own templates may show all."""
    if templates is not None:
        return Shown.WHOLE
    return {"text": Shown.SHORT, "html": Shown.FIRST, "md": Shown.FIRST, "pdf": Shown.FIRST}.get(
        form, Shown.WHOLE
    )


def tonnes(
    request: Request, rulebook: Rulebook, offer: str | None = None, shown: Shown = Shown.WHOLE
) -> TonnesView:
    """Return what all offers of a request come to, or one with every step.

    Tonnes are of carbon dioxide equivalent. No verdict rests on them. Of a list as much is
    explained as `shown` says. Raises RequestError for an offer that is not there, InputError for
    what cannot be read.
    """
    return tonnes_of(open_case(request, rulebook), offer, shown)


def tonnes_of(case: Case, offer: str | None = None, shown: Shown = Shown.WHOLE) -> TonnesView:
    """Return what the offers of a case that is open come to, as `tonnes` says."""
    steps = bind_steps(case.chosen.rulebook, case.chosen.id, case.bound.as_of)
    if offer is not None:
        made = _whole(case, steps, [offer_named(case, offer)])
        return TonnesView(case, _explained(case, steps, made, made, single=True),
                          problems_of(case, offer))  # fmt: skip
    if shown is Shown.WHOLE or len(case.table) <= MOST_OFFERS:
        made = _whole(case, steps, case.table.candidates())
        return TonnesView(case, _explained(case, steps, made, made, single=False), case.problems)
    return TonnesView(case, _of_list(case, steps, shown), case.problems)


def _whole(case: Case, steps: BoundSteps, offers: Iterable[Candidate]) -> Made:
    return [(one, comparable_tonnes(steps, one, case.purchase)) for one in offers]


def _explained(
    case: Case, steps: BoundSteps, first: Made, every: Made, *, single: bool
) -> TonnesExplanation:
    """Return offers explained whole, in the order of every one."""
    wording = case.setting.wording
    offers = (explain_offer(candidate, one, steps, wording) for candidate, one in first)
    most = None if len(first) == len(every) else MOST_OFFERS
    return explain_tonnes(case.setting, steps, offers, every, single=single, most=most)


def _of_list(case: Case, steps: BoundSteps, shown: Shown) -> TonnesExplanation:
    """Return a long list explained as far as it is shown, its order from plain numbers."""
    from offsetcheck.engine.columns.tonnes.rows import plain_tonnes

    named = {name: case.table.columns[name] for name in TOLD if name in case.table.columns}
    told = replace(case.table, columns=named).candidates()
    every = list(zip(told, plain_tonnes(case.table, steps, case.purchase), strict=True))
    if shown is Shown.SHORT:
        wording = case.setting.wording
        offers = (offer_in_short(candidate, one, wording) for candidate, one in every)
        return explain_tonnes(case.setting, steps, offers, every, single=False)
    first = _whole(case, steps, (case.table.candidate(row) for row in range(MOST_OFFERS)))
    return _explained(case, steps, first, every, single=False)


def tonnes_text(made: TonnesView, form: str, templates: Path | None = None) -> Page:
    """Return a view of comparable tonnes in a format; RequestError for one that has none."""
    return render(made.explained, form, made.case.setting.wording.words, templates=templates)
