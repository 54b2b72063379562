from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.asked import OFFERS, Asked, asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import show_lists, show_remarks

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation


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
    """
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
