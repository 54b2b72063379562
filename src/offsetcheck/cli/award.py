from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, refuse_file
from offsetcheck.cli.terminal import show_lists, show_remarks, typed

SETS = ("cheapest", "best", "weighted")


@click.command(cls=Command)
@options.INPUT
@options.CITY
@options.AS_OF
@options.REGISTRY
@options.COLUMNS
@options.NUMBERS
@options.DATES
@options.KNOWLEDGE
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
@options.RULES
@options.TEMPLATES
@options.LANGUAGE
@options.FORCE
def award(
    *,
    path: Path,
    city: str | None,
    as_of: date,
    registries: tuple[Path, ...],
    columns: Path | None,
    numbers: str | None,
    dates: str | None,
    knowledge: str,
    form: str,
    output: Path | None,
    draft: Path | None,
    chosen: str,
    with_conditions: bool,
    rules: Path | None,
    templates: Path | None,
    language: str,
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
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.request import Request, columns_file, known_by

    refuse_file(output, replace=force)
    refuse_file(draft, replace=force)
    request = Request(
        path, city, as_of, registries=registries, knowledge=known_by(knowledge), language=language,
        command="award", numbers=numbers, dates=dates, columns=columns_file(columns),
    )  # fmt: skip
    made = award_of_tender(request, open_rulebook(rules))
    show_remarks(made.case.remarks)
    show_lists(made.readings, made.problems)
    text = award_text(made, form, templates)
    if draft is not None:
        draft_decision(
            made, draft, chosen, conditions=with_conditions, replace=force, command=typed()
        )
    deliver(text, output, replace=force)
    return status(made.problems, (), ())
