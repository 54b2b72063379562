from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.commands import Commands
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.table_lines import key_lines, listing_lines, update_lines
from offsetcheck.cli.terminal import note, result, show_lists, show_remarks, typed

FILE = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
TABLE = click.option(
    "--table", required=True, metavar="NAME", help="The table of which FILE is an edition."
)


@click.group(
    cls=Commands, elsewhere={"new": "rules_new:new_table", "match": "tables_match:match_table"}
)
def tables() -> None:
    """List, check and renew the dated reference tables.

    \b
    Examples:
      offsetcheck tables list
      offsetcheck tables check new.csv --table icvcm_decisions
      offsetcheck tables update new.csv --table icvcm_decisions --published 2026-11-01
        --valid-from 2026-11-01 --on samples/turku
    """


@tables.command("list", cls=Command)
@options.AS_OF
@options.RULES
def list_tables(*, as_of: date, rules: Path | None) -> Exit:
    """List the tables with their editions: published, in force from, stale after.

    \b
    Examples:
      offsetcheck tables list
      offsetcheck tables list --as-of 2027-12-31
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.tables import list_tables as listed

    for table in listed(open_rulebook(rules), as_of):
        for line in listing_lines(table):
            result(line)
    return Exit.DONE


@tables.command("check", cls=Command)
@FILE
@TABLE
@options.RULES
def check_table(*, path: Path, table: str, rules: Path | None) -> Exit:
    """Print every problem of a new edition of a table, with its line and column.

    \b
    Example:
      offsetcheck tables check new.csv --table icvcm_decisions
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.tables import check_table as checked_table

    checked = checked_table(path, table, open_rulebook(rules))
    for problem in checked.problems:
        result(f"{problem.severity.value}: {problem}")
    errors = len(checked.errors)
    remarks = len(checked.problems) - errors
    note(
        f"{counted(len(checked.file.rows), 'row')}: {counted(errors, 'error')}, "
        f"{counted(remarks, 'remark')}"
    )
    for line in key_lines(checked):
        note(line)
    return Exit.INPUT if errors else Exit.DONE


@tables.command("update", cls=Command)
@FILE
@TABLE
@click.option("--published", type=options.Day(), required=True, metavar="DATE")
@click.option("--valid-from", type=options.Day(), required=True, metavar="DATE")
@click.option("--edition", "label", metavar="NAME", help="Its name; else the day it was published.")
@click.option("--reason", metavar="TEXT", help="Why it serves before it was published.")
@click.option(
    "--on",
    "offers",
    required=True,
    type=click.Path(path_type=Path),
    metavar="TENDER|FILE",
    help="The offers whose verdicts are compared.",
)
@options.CITY
@options.AS_OF
@options.RULES
@click.option("--write", is_flag=True, help="Put the edition into the folder named by --rules.")
def update_table(
    *,
    path: Path,
    table: str,
    published: date,
    valid_from: date,
    label: str | None,
    reason: str | None,
    offers: Path,
    city: str | None,
    as_of: date,
    rules: Path | None,
    write: bool,
) -> Exit:
    """Show which verdicts a new edition of a table changes; with --write, put it in.

    Offers are judged on the as-of day, or on the day from which the edition serves, if that is
    later. The edition takes source and staleness from the one before.

    \b
    Examples:
      offsetcheck tables update new.csv --table icvcm_decisions --published 2026-11-01
        --valid-from 2026-11-01 --on list.csv --city turku
      offsetcheck tables update new.csv --table icvcm_decisions --published 2026-11-01
        --valid-from 2026-11-01 --on samples/turku --rules rules --write
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.output import refusals_located
    from offsetcheck.api.tables import put_in
    from offsetcheck.api.tables import update_table as updated
    from offsetcheck.workshop.editions import NewEdition

    if write and rules is None:
        raise click.UsageError("--write needs --rules: the installed rules are not written to")
    new = NewEdition(table, published, valid_from, label, reason)
    update = updated(path, new, open_rulebook(rules), offers=offers, city=city, day=as_of)
    show_remarks(update.remarks)
    show_lists(update.readings, update.problems)
    for line in update_lines(update, offers.name):
        result(line)
    if write and rules is not None:
        with refusals_located():
            files = put_in(rules, table, update, path, typed())
        for written in files:
            result(str(written))
    else:
        note("nothing was written; --write puts the edition into the folder named by --rules")
    return Exit.DONE
