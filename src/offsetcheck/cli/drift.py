from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import LISTS, MADE_WITH, Asked, asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, path_of, refuse_file
from offsetcheck.cli.terminal import show_lists, show_remarks

SHOWN = 20


@click.command(cls=Command)
@options.INPUT
@click.option(
    "--from", "since", type=options.Day(), required=True, metavar="DATE", help="The earlier day."
)
@click.option(
    "--to", "until", type=options.Day(), required=True, metavar="DATE", help="The later day."
)
@asked(options.CITY, *LISTS)
@page_format("drift")
@FILE
@click.option(
    "--show",
    type=click.IntRange(0, 1000),
    default=SHOWN,
    show_default=True,
    metavar="N",
    help="How many changed offers are shown one by one.",
)
@MADE_WITH
@click.option("--fail-on-change", is_flag=True, help="End with status 5 where anything changed.")
@options.FORCE
def drift(
    *,
    path: Path,
    since: date,
    until: date,
    asked: Asked,
    form: str,
    output: Path | None,
    show: int,
    fail_on_change: bool,
    force: bool,
) -> Exit:
    """Show which verdicts and grades change between two days, and by which cause.

    \b
    Examples:
      offsetcheck drift samples/turku --from 2026-09-30 --to 2027-09-30
      offsetcheck drift list.csv --city bogota --from 2024-01-01 --to 2026-01-01
      offsetcheck drift list.csv --city turku --from 2025-01-01 --to 2026-01-01 --fail-on-change
    """
    from offsetcheck.api.compare import text_of
    from offsetcheck.api.drift import drift as drift_of_list

    refuse_file(output, replace=force)
    made = drift_of_list(asked.request(path, day=until), asked.rulebook(), since, show)
    show_remarks(made.remarks)
    show_lists(made.readings, made.problems)
    page = text_of(made.explained, form, made.speech, asked.templates or made.templates)
    deliver(page, path_of(form, output, made.speech.words), replace=force)
    if fail_on_change and made.explained.changed:
        return Exit.FAIL_ON
    return status(made.problems, (), ())
