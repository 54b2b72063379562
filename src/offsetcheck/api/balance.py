"""The order of the rooms for a balance: a tender with its sinks -> the terms of the city's year."""

from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.request import Request
from offsetcheck.engine.assess import assess
from offsetcheck.engine.balance import balance_of
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.explain.balance import explain_balance
from offsetcheck.intake.sinks.read import SINKS, read_sinks
from offsetcheck.report.format import Page
from offsetcheck.report.render import render
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.sinks.load import sink_rules_of
from offsetcheck.rulebook.tonnes.binding import bind_steps
from offsetcheck.vocabulary.balance_explanation import BalanceExplanation
from offsetcheck.vocabulary.problem import Problem, RequestError


@dataclass(frozen=True, slots=True)
class BalanceView:
    """The balance of a tender's city, and what of its offers could not be read."""

    case: Case
    explained: BalanceExplanation
    problems: tuple[Problem, ...]


def balance(request: Request, rulebook: Rulebook) -> BalanceView:
    """Return the balance of a tender folder with `sinks.yaml`.

    Tonnes are of carbon dioxide equivalent a year. No verdict rests on them. Raises RequestError
    where there is no such file, InputError for what cannot be read; of a statement of sinks every
    mistake does, as nothing is balanced with half of one.
    """
    return balance_of_case(open_case(request, rulebook))


def has_sinks(case: Case) -> bool:
    """Return whether the tender of a case states sinks of its city."""
    return case.folder is not None and (case.folder / SINKS).is_file()


def balance_of_case(case: Case) -> BalanceView:
    """Return the balance of a case that is open, as `balance` says."""
    read = None if case.folder is None else read_sinks(case.folder)
    if read is None:
        hint = f"write {SINKS} into the folder of the tender, as docs/sinks.md shows"
        raise RequestError.whole(f"there is no {SINKS} to balance with", hint)
    statement, sinks_hash = read
    steps = bind_steps(case.chosen.rulebook, case.chosen.id, case.bound.as_of)
    offers = list(case.table.candidates())
    made = [
        (
            one,
            comparable_tonnes(steps, one, case.purchase),
            assess(one, case.bound, case.purchase).verdict,
        )
        for one in offers
    ]
    found = balance_of(statement, steps, made, case.purchase)
    rules = sink_rules_of(case.chosen.rulebook)
    explained = explain_balance(
        case.setting, steps, found, rules, offers=offers, sinks_hash=sinks_hash
    )
    return BalanceView(case, explained, case.problems)


def balance_text(made: BalanceView, form: str, templates: Path | None = None) -> Page:
    """Return a balance in a format; RequestError for one that has none."""
    return render(made.explained, form, made.case.setting.wording.words, templates=templates)
