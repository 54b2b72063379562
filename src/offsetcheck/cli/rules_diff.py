"""`offsetcheck rules diff`."""

from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, path_of, refuse_file
from offsetcheck.cli.terminal import show_lists

ON = click.option(
    "--on",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="LIST|TENDER",
    help="What the change is tried on; may be repeated.",
)
CITIES = click.option(
    "--city",
    "cities",
    multiple=True,
    metavar="CITY",
    help="Whose policy decides; may be repeated. A tender names its own.",
)
SHOWN = 10


@click.command("diff", cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@ON
@CITIES
@options.AS_OF
@page_format("rules_diff")
@FILE
@click.option(
    "--show",
    type=click.IntRange(0, 1000),
    default=SHOWN,
    show_default=True,
    metavar="N",
    help="How many offers that turn are named one by one.",
)
@options.LANGUAGE
@click.option("--exit-code", is_flag=True, help="End with status 5 where the meaning differs.")
@options.FORCE
def diff(
    *,
    old: str,
    new: str,
    lists: tuple[Path, ...],
    cities: tuple[str, ...],
    as_of: date,
    form: str,
    output: Path | None,
    show: int,
    language: str,
    exit_code: bool,
    force: bool,
) -> Exit:
    """Show what means something else in newer rules: for whom, from which day, and what it turns.

    OLD and NEW are each a rule folder, `installed`, or a revision of this git repository as REV or
    REV:FOLDER. Words, comments and the order of keys do not count. A change that reaches into days
    before --as-of needs a note, or the command ends with status 4.

    \b
    Examples:
      offsetcheck rules diff HEAD~1 rules/
      offsetcheck rules diff v1.0:rules rules/ --on list.csv --city turku --city bogota
      offsetcheck rules diff installed my-rules/ --format html -o diff.html --exit-code
    """
    from offsetcheck.api.rule_sources import open_rules
    from offsetcheck.api.rules_diff import Asked, diff_rules
    from offsetcheck.cli.progress import shown_progress
    from offsetcheck.report.render import render

    refuse_file(output, replace=force)
    before = open_rules(old, "old", beside=new)
    after = open_rules(new, "new", beside=old)
    with shown_progress() as progress:
        made = diff_rules(before, after, Asked(as_of, lists, cities, language, show), progress)
    show_lists(made.readings, made.problems)
    page = render(made.explained, form, made.words)
    deliver(page, path_of(form, output, made.words), replace=force)
    if made.errors:
        return Exit.RULEBOOK
    return Exit.FAIL_ON if exit_code and made.found.changes else Exit.DONE
