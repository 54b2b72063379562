from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, path_of, refuse_file
from offsetcheck.cli.terminal import show_lists

ALL = "all"


@click.command(cls=Command)
@options.INPUT
@click.argument("candidate", metavar="ID")
@click.option(
    "--cities",
    default=ALL,
    show_default=True,
    metavar="all|A,B,…",
    help="The cities and standards to compare; the first is what the others are set against.",
)
@options.AS_OF
@options.REGISTRY
@options.COLUMNS
@options.NUMBERS
@options.DATES
@options.KNOWLEDGE
@page_format("comparison")
@FILE
@options.RULES
@options.TEMPLATES
@options.LANGUAGE
@options.FORCE
def compare(
    *,
    path: Path,
    candidate: str,
    cities: str,
    as_of: date,
    registries: tuple[Path, ...],
    columns: Path | None,
    numbers: str | None,
    dates: str | None,
    knowledge: str,
    form: str,
    output: Path | None,
    rules: Path | None,
    templates: Path | None,
    language: str,
    force: bool,
) -> Exit:
    """Show one offer under several cities and standards: what differs, and which rule makes it so.

    \b
    Examples:
      offsetcheck compare samples/turku ACR1129 --as-of 2026-09-30
      offsetcheck compare list.csv VCS902 --cities turku,bogota,melbourne
      offsetcheck compare samples/turku ACR1129 --format html -o compare.html
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.compare import compare as compare_profiles
    from offsetcheck.api.compare import text_of
    from offsetcheck.api.request import Request, columns_file, known_by

    refuse_file(output, replace=force)
    request = Request(
        path, None, as_of, registries=registries, knowledge=known_by(knowledge), language=language,
        numbers=numbers, dates=dates, columns=columns_file(columns),
    )  # fmt: skip
    made = compare_profiles(request, open_rulebook(rules), candidate, cities)
    show_lists(made.readings, made.problems)
    page = text_of(made.explained, form, made.speech, templates)
    deliver(page, path_of(form, output, made.speech.words), replace=force)
    return status(made.problems, (), ())
