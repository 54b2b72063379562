from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import MADE_WITH, OFFERS_OF_ANY_CITY, Asked
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
@OFFERS_OF_ANY_CITY
@page_format("comparison")
@FILE
@MADE_WITH
@options.FORCE
def compare(
    *,
    path: Path,
    candidate: str,
    cities: str,
    asked: Asked,
    form: str,
    output: Path | None,
    force: bool,
) -> Exit:
    """Show one offer under several cities and standards: what differs, and which rule makes it so.

    \b
    Examples:
      offsetcheck compare samples/turku ACR1129 --as-of 2026-09-30
      offsetcheck compare list.csv VCS902 --cities turku,bogota,melbourne
      offsetcheck compare samples/turku ACR1129 --format html -o compare.html
    """
    from offsetcheck.api.compare import compare as compare_profiles
    from offsetcheck.api.compare import text_of

    refuse_file(output, replace=force)
    made = compare_profiles(asked.request(path), asked.rulebook(), candidate, cities)
    show_lists(made.readings, made.problems)
    page = text_of(made.explained, form, made.speech, asked.templates)
    deliver(page, path_of(form, output, made.speech.words), replace=force)
    return status(made.problems, (), ())
