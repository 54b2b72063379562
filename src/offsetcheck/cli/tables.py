from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, show_remarks, typed
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.problem import InputError, Problem, Severity

if TYPE_CHECKING:
    from offsetcheck.difference.table_effect import TableEffect, Turned
    from offsetcheck.rulebook.binding.bound import BoundRulebook
    from offsetcheck.rulebook.rulebook import Rulebook
    from offsetcheck.rulebook.tables.model import Edition, TableFile
    from offsetcheck.workshop.editions import NewEdition

FILE = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
TABLE = click.option(
    "--table", required=True, metavar="NAME", help="The table of which FILE is an edition."
)
SHOWN = 5  # examples of each change
LONGEST = 300  # signs of the keys on one line


@click.group()
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

    for name, table in sorted(open_rulebook(rules).tables.items()):
        title = f": {table.entry.title['en']}" if table.entry.title else ""
        result(f"{name}{title}")
        serving = table.entry.on(as_of)
        for edition in sorted(table.entry.editions, key=lambda one: one.valid_from):
            mark = _mark(edition, as_of) if edition is serving else ""
            rows = len(table.files[f"tables/{edition.file}"].rows)
            result(f"  {edition.file:32} {rows:6,} rows  {_days(edition)}{mark}")
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

    rulebook = open_rulebook(rules)
    _known(table, rulebook)
    file, problems = _checked(path, table, rulebook)
    for problem in problems:
        result(f"{problem.severity.value}: {problem}")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    note(f"{len(file.rows):,} rows: {errors:,} errors, {len(problems) - errors:,} remarks")
    for line in _against(table, file, rulebook):
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
    from offsetcheck.workshop.editions import NewEdition, write_edition

    if write and rules is None:
        raise click.UsageError("--write needs --rules: the installed rules are not written to")
    rulebook = open_rulebook(rules)
    _known(table, rulebook)
    new = NewEdition(table, published, valid_from, label, reason)
    edition, lines = _effect(path, new, rulebook, offers=offers, city=city, day=as_of)
    for line in lines:
        result(line)
    if write and rules is not None:
        with refusals_located():
            files = write_edition(rules, table, edition, path, typed())
        for written in files:
            result(str(written))
    else:
        note("nothing was written; --write puts the edition into the folder named by --rules")
    return Exit.DONE


def _known(table: str, rulebook: "Rulebook") -> None:
    if table not in rulebook.tables:
        hint = did_you_mean(table, rulebook.tables)
        known = f"the tables are {', '.join(sorted(rulebook.tables))}"
        raise click.BadParameter(f"there is no table `{table}`; {hint or known}", param_hint="NAME")


def _checked(
    path: Path, table: str, rulebook: "Rulebook"
) -> tuple["TableFile", tuple[Problem, ...]]:
    from offsetcheck.workshop.tables import check_edition, read_edition

    file = read_edition(path)
    return file, check_edition(rulebook, table, file, str(path))


def _effect(
    path: Path,
    new: "NewEdition",
    rulebook: "Rulebook",
    *,
    offers: Path,
    city: str | None,
    day: date,
) -> tuple["Edition", Iterator[str]]:
    """Return the edition as it would be written, and what it does in words."""
    from offsetcheck.api.binding import bound_on, decided_city, remarks_on
    from offsetcheck.api.case import read_input
    from offsetcheck.api.request import Request
    from offsetcheck.difference.table_effect import table_effect
    from offsetcheck.workshop.editions import next_edition, with_edition

    file, problems = _checked(path, new.table, rulebook)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
    edition = next_edition(rulebook.tables[new.table], new)
    later = max(day, edition.valid_from)
    tender = read_input(offers, rulebook, later)
    request = Request(offers, city, later)
    name = decided_city(request, tender, rulebook)
    show_remarks(remarks_on(request, tender))
    renewed = with_edition(rulebook, new.table, edition, file)
    before, after = bound_on(rulebook, name, later), bound_on(renewed, name, later)
    found = table_effect(before, after, tender.table, tender.purchase)
    heading = (edition.file, *_against(new.table, file, rulebook))
    return edition, iter((*heading, *_said(found, after, offers)))


def _against(table: str, file: "TableFile", rulebook: "Rulebook") -> Iterator[str]:
    """Yield how many keys are new, changed and gone since the last edition, and the first ones."""
    from offsetcheck.workshop.tables import file_of, latest_edition, readers_of, row_changes

    reference = rulebook.tables[table]
    before = latest_edition(reference)
    changes = row_changes(file_of(reference, before), file, readers_of(rulebook, table))
    counts = {"new": changes.new, "changed": changes.changed, "gone": changes.gone}
    said = ", ".join(f"{len(keys):,} {word}" for word, keys in counts.items())
    yield f"against the edition of {before.published.isoformat()}: {said}"
    for word, keys in counts.items():
        if keys:
            shown = "; ".join(" ".join(part for part in key if part) for key in keys[:SHOWN])
            more = f"; and {len(keys) - SHOWN:,} more" if len(keys) > SHOWN else ""
            yield f"  {word}: {shown[:LONGEST]}{more}"


def _said(found: "TableEffect", bound: "BoundRulebook", offers: Path) -> Iterator[str]:
    yield (
        f"{offers.name} for {bound.city.id} on {bound.as_of.isoformat()}: "
        f"{found.candidates:,} candidates, {len(found.verdicts):,} change their verdict, "
        f"{len(found.grades):,} their grade alone"
    )
    for (before, after), members in found.turns.items():
        yield f"  {before} -> {after}: {len(members):,}"
        yield from _examples(members)
    if found.grades:
        yield "  grade alone"
        yield from _examples(found.grades)
    if found.findings:
        yield "rules that come out differently"
        for rule, count in sorted(found.findings.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {bound.rules[rule].code or '':7} {rule:44} {count:,}"


def _examples(members: Sequence["Turned"]) -> Iterator[str]:
    for one in members[:SHOWN]:
        grades = " -> ".join(_grade(*side[1:]) for side in (one.before, one.after))
        yield f"    {one.id:16} {grades:14} by {', '.join(one.rules)}"
    if len(members) > SHOWN:
        yield f"    and {len(members) - SHOWN:,} more"


def _grade(lower: str, upper: str) -> str:
    return lower if lower == upper else f"{lower} to {upper}"


def _days(edition: "Edition") -> str:
    from offsetcheck.workshop.tables import stale_from

    day = stale_from(edition)
    stale = f"stale from {day.isoformat()}" if day else "does not age"
    published, since = edition.published.isoformat(), edition.valid_from.isoformat()
    return f"published {published}  in force from {since}  {stale}"


def _mark(edition: "Edition", day: date) -> str:
    return "  (in force, stale)" if edition.is_stale(day) else "  (in force)"
