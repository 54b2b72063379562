from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import show_lists, show_remarks

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation


@click.command(cls=Command)
@options.INPUT
@click.argument("candidate", metavar="ID")
@options.CITY
@options.AS_OF
@options.REGISTRY
@options.COLUMNS
@options.NUMBERS
@options.DATES
@options.KNOWLEDGE
@click.option(
    "--set",
    "supposed",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Show the offer also as it would be with this; may be repeated. `@E2` after the value "
    "says on which evidence it would stand.",
)
@page.page_format("candidate")
@options.RULES
@options.LANGUAGE
def explain(
    *,
    path: Path,
    candidate: str,
    city: str | None,
    as_of: date,
    registries: tuple[Path, ...],
    columns: Path | None,
    numbers: str | None,
    dates: str | None,
    knowledge: str,
    supposed: tuple[str, ...],
    form: str,
    rules: Path | None,
    language: str,
) -> Exit:
    """Print why one offer got its verdict, what is missing, and what would change it.

    \b
    Examples:
      offsetcheck explain samples/turku ACR1129 --as-of 2026-09-30
      offsetcheck explain list.csv VCS902 --city bogota
      offsetcheck explain samples/turku VCS214 --set vintage=2024 --set price=9
    """
    from offsetcheck.api.case import open_rulebook, open_tender
    from offsetcheck.api.judge import explain_offer, problems_of
    from offsetcheck.report.render import render

    case = open_tender(
        path, open_rulebook(rules),
        as_of=as_of, city=city, registries=registries, knowledge=knowledge, language=language,
        numbers=numbers, dates=dates, columns=columns,
    )  # fmt: skip
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
