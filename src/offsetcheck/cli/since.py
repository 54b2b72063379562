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
@click.argument("previous", metavar="RUN", type=click.Path(path_type=Path))
@OFFERS
@page_format("since")
@FILE
@MADE_WITH
@click.option("--fail-on-change", is_flag=True, help="End with status 5 where a verdict turned.")
@options.FORCE
def since(
    *,
    path: Path,
    previous: Path,
    asked: Asked,
    form: str,
    output: Path | None,
    fail_on_change: bool,
    force: bool,
) -> Exit:
    """Show what changed in a tender since RUN: answers in, verdicts turned, cost.

    RUN is the folder that `assess --format json` wrote, or its tender.json.

    \b
    Examples:
      offsetcheck assess tender/ --format json --format html -o monday
      offsetcheck since tender/ monday
    """
    from offsetcheck.api.since import since as since_run
    from offsetcheck.report.render import render

    refuse_file(output, replace=force)
    made = since_run(asked.request(path), asked.rulebook(), previous)
    show_remarks(made.case.remarks)
    show_lists(made.case.readings, made.case.problems)
    words = made.case.setting.wording.words
    text = render(made.explained, form, words, templates=asked.templates or made.case.templates)
    deliver(text, output, replace=force)
    turned = any(line.before.verdict != line.after.verdict for line in made.explained.offers)
    return Exit.FAIL_ON if fail_on_change and turned else status(made.case.problems, (), ())
