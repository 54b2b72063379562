from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import LISTS, MADE_WITH, Asked, asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, path_of, refuse_file
from offsetcheck.cli.terminal import show_account

SHOWN = 50


@click.command(cls=Command)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@asked(options.CITY, options.AS_OF, *LISTS)
@click.option("--buyer", metavar="NAME", help="A part of the name for whom units were retired.")
@page_format("lookback")
@FILE
@click.option(
    "--show",
    type=click.IntRange(0, 2000),
    default=SHOWN,
    show_default=True,
    metavar="N",
    help="For how many lots reasons are given.",
)
@MADE_WITH
@options.FORCE
def lookback(
    *,
    path: Path,
    asked: Asked,
    buyer: str | None,
    form: str,
    output: Path | None,
    show: int,
    force: bool,
) -> Exit:
    """Judge what was retired: by the rules of its day, and by today's.

    \b
    Examples:
      offsetcheck lookback retirements.csv --city palo_alto --buyer "Palo Alto"
      offsetcheck lookback vcus.csv --city turku --registry verra.csv --format html -o back.html
    """
    from offsetcheck.api.compare import text_of
    from offsetcheck.api.lookback import lookback as look_back

    refuse_file(output, replace=force)
    made = look_back(asked.request(path), asked.rulebook(), buyer, show)
    show_account(made.readings, made.problems, "mend the first, and look back again")
    page = text_of(made.explained, form, made.speech, asked.templates or made.templates)
    deliver(page, path_of(form, output, made.speech.words), replace=force)
    return status(made.problems, (), ())
