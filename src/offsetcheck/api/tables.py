"""The order of the rooms for reference tables: list them, check an edition, see what it turns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.api.account import account_of
from offsetcheck.api.binding import bound_on, remarks_on
from offsetcheck.api.case import read_for_city
from offsetcheck.api.request import Request
from offsetcheck.difference.editions import (
    ChangedKeys,
    changed_keys,
    compare_editions,
    with_edition,
)
from offsetcheck.difference.terms import Terms
from offsetcheck.difference.turned import Turned
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import Edition, TableFile
from offsetcheck.vocabulary.problem import InputError, Problem, RequestError, Severity
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.workshop.edition_checks import check_edition
from offsetcheck.workshop.edition_files import file_of, latest_edition, read_edition, stale_from
from offsetcheck.workshop.editions import NewEdition, next_edition, write_edition


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """An edition of a table on a day: its rows, its first stale day, whether it serves."""

    edition: Edition
    rows: int
    stale_from: date | None
    serves: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class ListedTable:
    """A reference table with its editions, the one in force from the earliest day first."""

    name: str
    title: str | None
    editions: tuple[ListedEdition, ...]


@dataclass(frozen=True, slots=True)
class CheckedEdition:
    """A file read as the next edition of a table, its problems, and what it changes."""

    file: TableFile
    problems: tuple[Problem, ...]
    before: Edition
    keys: ChangedKeys

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep it from being put in."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class EditionUpdate:
    """The edition as it would be written, what it turns of a list, and remarks on the request.

    `readings` and `problems` are those of the offers.
    """

    edition: Edition
    checked: CheckedEdition
    turned: Turned
    remarks: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()


def list_tables(rulebook: Rulebook, day: date) -> Iterator[ListedTable]:
    """Yield the tables of a rulebook by name, with their editions as they stand on a day."""
    for name, table in sorted(rulebook.tables.items()):
        serving = table.entry.on(day)
        editions = tuple(
            ListedEdition(
                edition=edition,
                rows=len(file_of(table, edition).rows),
                stale_from=stale_from(edition),
                serves=edition is serving,
                stale=edition.is_stale(day),
            )
            for edition in sorted(table.entry.editions, key=lambda edition: edition.valid_from)
        )
        yield ListedTable(name, table.entry.title["en"] if table.entry.title else None, editions)


def check_table(path: Path, table: str, rulebook: Rulebook) -> CheckedEdition:
    """Return a csv file checked as the next edition of a table.

    Raises RequestError for a table that the rulebook does not hold, InputError for a file that
    cannot be read.
    """
    _require_table(table, rulebook)
    file = read_edition(path)
    reference = rulebook.tables[table]
    before = latest_edition(reference)
    keys = changed_keys(rulebook, table, file_of(reference, before), file)
    return CheckedEdition(file, check_edition(rulebook, table, file, str(path)), before, keys)


def update_table(
    path: Path, new: NewEdition, rulebook: Rulebook, *, offers: Path, city: str | None, day: date
) -> EditionUpdate:
    """Return what a new edition turns of the offers of a tender or list; nothing is written.

    Offers are judged on `day`, or on the day from which the edition serves if that is later.
    Raises InputError with all errors of the file, RequestError for an unknown table or city.
    """
    checked = check_table(path, new.table, rulebook)
    if checked.errors:
        raise InputError(checked.errors)
    edition = next_edition(rulebook.tables[new.table], new)
    later = max(day, edition.valid_from)
    request = Request(offers, city, later)
    tender, chosen = read_for_city(request, rulebook)
    before = Terms(bound_on(chosen.rulebook, chosen.id, later), tender.purchase)
    renewed = with_edition(chosen.rulebook, new.table, edition, checked.file)
    turned = compare_editions(before, renewed, tender.table)
    remarks = tuple(remarks_on(request, tender))
    return EditionUpdate(edition, checked, turned, remarks, *account_of(tender))


def put_in(
    folder: Path, table: str, update: EditionUpdate, path: Path, command: str = ""
) -> tuple[Path, Path]:
    """Write an edition into a rule folder and return the two files that were written.

    Raises RulebookError where the folder would not load with it, PublishError where a file cannot
    be written; then it is as it was. `command` is told to runs that find the files held.
    """
    return write_edition(folder, table, update.edition, path, command)


def _require_table(table: str, rulebook: Rulebook) -> None:
    if table not in rulebook.tables:
        known = f"the tables are {', '.join(sorted(rulebook.tables))}"
        hint = did_you_mean(table, rulebook.tables) or known
        raise RequestError.about("table", f"there is no table `{table}`", hint)
