from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import MADE_WITH, OFFERS, Asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, refuse_file
from offsetcheck.cli.terminal import show_lists, show_remarks, typed

SETS = ("cheapest", "best", "weighted")


@click.command(cls=Command)
@options.INPUT
@OFFERS
@page_format("award")
@FILE
@click.option(
    "--draft-decision",
    "draft",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a draft of decision.yaml from a set, to be filled in and signed.",
)
@click.option(
    "--set",
    "chosen",
    type=options.Word(SETS),
    default=SETS[0],
    show_default=True,
    metavar="SET",
    help=f"The set that the draft awards: {', '.join(SETS)}.",
)
@click.option(
    "--with-conditions",
    is_flag=True,
    help="Let the draft award offers under conditions too, as if all were met.",
)
@MADE_WITH
@options.FORCE
def award(
    *,
    path: Path,
    asked: Asked,
    form: str,
    output: Path | None,
    draft: Path | None,
    chosen: str,
    with_conditions: bool,
    force: bool,
) -> Exit:
    """Show which set of offers the budget buys: the cheapest, the best, and what holds them.

    \b
    Examples:
      offsetcheck award samples/turku --as-of 2026-09-30
      offsetcheck award tender/ --format html -o award.html
      offsetcheck award tender/ --draft-decision decision.yaml --set best
    """
    from offsetcheck.api.award import award as award_of_tender
    from offsetcheck.api.award import award_text, draft_decision

    refuse_file(output, replace=force)
    refuse_file(draft, replace=force)
    made = award_of_tender(asked.request(path, command="award"), asked.rulebook())
    show_remarks(made.case.remarks)
    show_lists(made.readings, made.problems)
    text = award_text(made, form, asked.templates)
    if draft is not None:
        draft_decision(
            made, draft, chosen, conditions=with_conditions, replace=force, command=typed()
        )
    deliver(text, output, replace=force)
    return status(made.problems, (), ())
