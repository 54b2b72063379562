from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import MADE_WITH, OFFERS, Asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, refuse_file
from offsetcheck.cli.terminal import show_lists, show_remarks


@click.command(cls=Command)
@options.INPUT
@click.argument("candidate", metavar="[ID]", required=False)
@click.option(
    "--balance",
    is_flag=True,
    help="Balance the city's year: emissions, own sinks of sinks.yaml, offers.",
)
@OFFERS
@page_format("tonnes")
@FILE
@MADE_WITH
@options.FORCE
def tonnes(
    *,
    path: Path,
    candidate: str | None,
    balance: bool,
    asked: Asked,
    form: str,
    output: Path | None,
    force: bool,
) -> Exit:
    """Show what offered tonnes come to by one measure, step by step; no verdict rests on it.

    \b
    Examples:
      offsetcheck tonnes samples/turku --as-of 2026-09-30
      offsetcheck tonnes samples/turku ACR1129 --as-of 2026-09-30
      offsetcheck tonnes offers.csv --city turku --format json
      offsetcheck tonnes samples/turku --as-of 2026-09-30 --balance
    """
    from offsetcheck.api.tonnes import shown_by, tonnes_text
    from offsetcheck.api.tonnes import tonnes as tonnes_of

    refuse_file(output, replace=force)
    if balance:
        if candidate is not None:
            raise click.UsageError("a balance is of all offers; leave the ID out")
        return _balance(path, asked, form, output, force=force)
    request, shown = asked.request(path, command="tonnes"), shown_by(form, asked.templates)
    made = tonnes_of(request, asked.rulebook(), candidate, shown)
    show_remarks(made.case.remarks)
    show_lists(made.case.readings, made.problems)
    deliver(tonnes_text(made, form, asked.templates), output, replace=force)
    return status(made.problems, (), ())


def _balance(path: Path, asked: Asked, form: str, output: Path | None, *, force: bool) -> Exit:
    """Print the balance of a tender's year, or write it into a file."""
    from offsetcheck.api.balance import balance, balance_text

    made = balance(asked.request(path, command="tonnes --balance"), asked.rulebook())
    show_remarks(made.case.remarks)
    show_lists(made.case.readings, made.problems)
    deliver(balance_text(made, form, asked.templates), output, replace=force)
    return status(made.problems, (), ())
