from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from offsetcheck.cli import options, page
from offsetcheck.cli.asked import OFFERS, Asked, asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import show_lists, show_remarks
from offsetcheck.ground.blocks import blocks_at

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

PURCHASE = "purchase.yaml"
OF_A_LIST = ("city", "as_of", "registries", "columns", "numbers", "dates", "knowledge", "supposed")


@click.command(cls=Command)
@options.INPUT
@click.argument("candidate", metavar="ID")
@OFFERS
@click.option(
    "--set",
    "supposed",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Show the offer also as it would be with this; may be repeated. `@E2` after the value "
    "says on which evidence it would stand.",
)
@page.page_format("candidate")
@asked(options.RULES, options.LANGUAGE)
def explain(
    *,
    path: Path,
    candidate: str,
    asked: Asked,
    supposed: tuple[str, ...],
    form: str,
) -> Exit:
    """Print why one offer got its verdict, what is missing, and what would change it.

    \b
    Examples:
      offsetcheck explain samples/turku ACR1129 --as-of 2026-09-30
      offsetcheck explain list.csv VCS902 --city bogota
      offsetcheck explain samples/turku VCS214 --set vintage=2024 --set price=9
      offsetcheck explain out VCS902
    """
    if (kept := blocks_at(path)) is not None:
        return _explain_kept(kept, candidate, asked, form)
    if path.is_dir() and not (path / PURCHASE).exists():
        _refuse_results(path)
    from offsetcheck.api.case import open_case
    from offsetcheck.api.judge import explain_offer, problems_of
    from offsetcheck.report.render import render

    case = open_case(asked.request(path), asked.rulebook())
    show_remarks(case.remarks)
    explained: Explanation
    if supposed:
        from offsetcheck.api.suppose import suppose_offer

        explained = suppose_offer(case, candidate, supposed).explained
    else:
        explained = explain_offer(case, candidate).explained
    problems = problems_of(case, candidate)
    show_lists(case.readings, problems)
    words = case.setting.wording.words
    text = render(explained, form, words, templates=case.templates)
    page.deliver(text, page.path_of(form, None, words), replace=False)
    return status(problems, (), ())


def _refuse_results(path: Path) -> None:
    """Raise InputError for a folder of results, which holds no offers."""
    from offsetcheck.ground.publish.foreign import listed
    from offsetcheck.vocabulary.problem import InputError, Place, Problem

    if listed(path):
        said = "this folder holds results without their offers"
        hint = "explain the list or tender itself, or judge a list with `batch --explainable`"
        raise InputError([Problem(said, Place(str(path)), hint)])


def _explain_kept(kept: Path, candidate: str, asked: Asked, form: str) -> Exit:
    """Print one offer out of a result of `batch --explainable`."""
    from offsetcheck.api.kept_offers import explain_kept
    from offsetcheck.report.render import render

    _refuse(*OF_A_LIST)
    told = explain_kept(kept, candidate, asked.rulebook(), language=asked.language)
    show_remarks(told.remarks)
    words = told.setting.wording.words
    text = render(told.judged.explained, form, words, templates=told.templates)
    page.deliver(text, page.path_of(form, None, words), replace=False)
    return Exit.DONE


def _refuse(*names: str) -> None:
    """Raise a usage error for an option that says how a list is read or judged."""
    context = click.get_current_context()
    given = [p for p in context.command.params if p.name in names
             and context.get_parameter_source(p.name) is ParameterSource.COMMANDLINE]  # fmt: skip
    if given:
        said = f"{given[0].opts[0]} is for a list or a tender; a result is explained as judged"
        raise click.UsageError(said, context)
