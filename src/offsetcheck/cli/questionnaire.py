from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import LISTS, Asked, asked
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, show_all, typed

FORM_FILE = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.xlsx",
    help="The workbook to write.",
)
DEADLINE = click.option(
    "--deadline", type=options.Day(), metavar="DATE", help="Until when it is to be sent back."
)


@click.group()
def questionnaire() -> None:
    """Ask bidders what the rules need to know, and take their answers in."""


@questionnaire.command(cls=Command)
@click.argument("path", metavar="[TENDER]", required=False, type=click.Path(path_type=Path))
@FORM_FILE
@asked(options.CITY, options.AS_OF)
@click.option(
    "--types", default="", metavar="A,B,…", help="Types of project that alone can be offered."
)
@click.option("--offers", default=1, show_default=True, metavar="N", help="How many empty sheets.")
@click.option(
    "--project", "projects", multiple=True, metavar="ID", help="A project that is known by its id."
)
@asked(*LISTS)
@click.option("--seller", metavar="NAME", help="Who is asked.")
@click.option(
    "--clarification", is_flag=True, help="Ask a seller the open questions that decide, no others."
)
@click.option("--offer", "about", multiple=True, metavar="ID", help="Ask about this offer alone.")
@click.option("--round", "number", type=int, metavar="N", help="The number of the request.")
@DEADLINE
@asked(options.RULES, options.LANGUAGE)
@options.FORCE
def make(
    *,
    path: Path | None,
    output: Path,
    asked: Asked,
    types: str,
    offers: int,
    projects: tuple[str, ...],
    seller: str | None,
    clarification: bool,
    about: tuple[str, ...],
    number: int | None,
    deadline: date | None,
    force: bool,
) -> Exit:
    """Write the form in which a bidder answers what the rules of a purchase need to know.

    A filled form is an offers file. With --clarification it is a request to one seller that holds
    only the open questions which decide his offers.

    \b
    Examples:
      offsetcheck questionnaire make tender/ -o bid-form.xlsx
      offsetcheck questionnaire make --city turku --types redd,biochar -o bid-form.xlsx
      offsetcheck questionnaire make tender/ --clarification --seller "Wood Oy" -o round-1.xlsx
    """
    from offsetcheck.api.clarification import ClarificationOptions, make_clarification
    from offsetcheck.api.questionnaire import FormOptions, make_form

    request, rulebook = asked.request(path or Path()), asked.rulebook()
    if clarification:
        if path is None:
            raise click.UsageError("a request for clarification needs a tender folder")
        again = ClarificationOptions(seller, about, number, deadline)
        made = make_clarification(
            request, rulebook, output, options=again, replace=force, command=typed()
        )
    else:
        kinds = tuple(name.strip() for name in types.split(",") if name.strip())
        first = FormOptions(kinds, offers, projects, seller, deadline)
        made = make_form(request, rulebook, output, options=first, replace=force, command=typed())
    show_all(made.problems if not clarification else ())
    note(f"questions: {len(made.form.fields())}; sheets of answers: {len(made.form.sheets)}")
    result(str(made.path))
    return Exit.INPUT if made.problems and not clarification else Exit.DONE


@questionnaire.command(cls=Command)
@click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option(
    "--city",
    metavar="CITY|DIR",
    help="The city that made the form, where it is not shipped: its folder or file.",
)
@options.RULES
@click.option("--lang", "language", metavar="LANG", help="The form's own language unless given.")
def check(*, path: Path, city: str | None, rules: Path | None, language: str | None) -> Exit:
    """Tell a bidder what a filled form lacks and what of it cannot be read.

    Nothing is judged. Exit status 3 where something cannot be read, 0 otherwise, complete or not.

    \b
    Examples:
      offsetcheck questionnaire check bid-form.xlsx
      offsetcheck questionnaire check bid-form.xlsx --city ./port_example
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.questionnaire import check_form, lines_of_check

    rulebook = open_rulebook(rules)
    made = check_form(path, rulebook, city)
    for line in lines_of_check(made, rulebook, language):
        result(line)
    return Exit.INPUT if made.unreadable else Exit.DONE


@questionnaire.command(cls=Command)
@click.argument("path", metavar="TENDER", type=click.Path(path_type=Path))
@click.argument("answers", metavar="ANSWERS.xlsx", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The record to write; the tender's own clarifications.yaml is added to unless given.",
)
@click.option(
    "--sent",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FORM.xlsx",
    help="The form as it was sent; made anew from the tender unless given.",
)
@click.option(
    "--received",
    type=options.Day(),
    metavar="DATE",
    help="The day on which it came in; that of --as-of unless given.",
)
@asked(options.CITY, options.AS_OF, *LISTS)
@asked(options.RULES)
@options.FORCE
def merge(
    *,
    path: Path,
    answers: Path,
    output: Path | None,
    sent: Path | None,
    received: date | None,
    asked: Asked,
    force: bool,
) -> Exit:
    """Take the answers to a request for clarification in.

    Only what was asked is taken; whatever else was changed is refused, cell by cell. Answers are
    added to the record clarifications.yaml and count as the seller's word from the day on which
    they came in; nothing that was said before is lost.

    \b
    Examples:
      offsetcheck questionnaire merge tender/ answers.xlsx
      offsetcheck questionnaire merge tender/ answers.xlsx --sent round-1.xlsx --received 2026-10-20
    """
    from offsetcheck.api.clarification import merge_answers

    made = merge_answers(
        asked.request(path), asked.rulebook(), answers, output,
        sent=sent, received=received, replace=force, command=typed(),
    )  # fmt: skip
    show_all(made.problems)
    for one in made.rounds:
        note(f"round {one.round}, {one.offer}:")
        for answer in one.answers:
            title = made.titles[answer.field]
            note(f"  {title}: {answer.before} -> {answer.words} ({answer.cell})")
    for gap in made.gaps:
        note(f"not asked: {gap.seller}, {gap.offer}: {gap.title}")
    if made.gaps:
        note("equal treatment: ask these sellers too")
    result(str(made.path))
    return Exit.DONE
