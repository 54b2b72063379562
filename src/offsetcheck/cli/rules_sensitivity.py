"""`offsetcheck rules sensitivity`."""

from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import LISTS, Asked, asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, path_of, refuse_file
from offsetcheck.cli.terminal import show_lists


@click.command("sensitivity", cls=Command)
@click.option(
    "--on",
    "path",
    required=True,
    type=click.Path(path_type=Path),
    metavar="LIST|TENDER",
    help="The offers on which each number is tried.",
)
@asked(options.CITY, options.AS_OF, *LISTS)
@click.option(
    "--draws",
    type=click.IntRange(0, 20_000),
    default=500,
    show_default=True,
    metavar="N",
    help="How many sets of weights are drawn for the order of bidders.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    metavar="N",
    help="The same seed draws the same weights.",
)
@click.option(
    "--knife-edge",
    type=click.FloatRange(0, 100),
    default=1.0,
    show_default=True,
    metavar="PERCENT",
    help="What share of the offers one step must turn to be named a knife-edge.",
)
@page_format("sensitivity")
@FILE
@asked(options.RULES, options.LANGUAGE)
@options.FORCE
def sensitivity(
    *,
    path: Path,
    asked: Asked,
    draws: int,
    seed: int,
    knife_edge: float,
    form: str,
    output: Path | None,
    force: bool,
) -> Exit:
    """Show which answers turn where a threshold or a weight is another number.

    Each number of the rules that judge an offer is tried at values around it; the order of the
    bidders is held against weights drawn around the scheme.

    \b
    Examples:
      offsetcheck rules sensitivity --on samples/turku --as-of 2026-09-30
      offsetcheck rules sensitivity --on list.csv --city bogota --draws 1000 --seed 7
      offsetcheck rules sensitivity --on list.csv --city turku --format html -o numbers.html
    """
    from offsetcheck.api.sensitivity import Sweeping
    from offsetcheck.api.sensitivity import sensitivity as swept
    from offsetcheck.cli.progress import shown_progress
    from offsetcheck.report.render import render

    refuse_file(output, replace=force)
    how = Sweeping(draws, seed, knife_edge)
    with shown_progress() as progress:
        made = swept(asked.request(path), asked.rulebook(), how, progress)
    show_lists(made.readings, made.problems)
    page = render(made.explained, form, made.words)
    deliver(page, path_of(form, output, made.words), replace=force)
    return status(made.problems, (), ())
