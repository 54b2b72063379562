"""Two editions of a reference table: which rows differ, and what the newer does to a list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from offsetcheck.difference.terms import Terms
from offsetcheck.difference.turned import Turned, turned
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.rulebook import ReferenceTable, Rulebook
from offsetcheck.rulebook.tables.model import Edition, TableFile
from offsetcheck.vocabulary.dictionary import LookupSpec, Subject
from offsetcheck.vocabulary.table import CandidateTable

Key = tuple[str, ...]
"""The cells of a row in the key columns of its table."""


@dataclass(frozen=True, slots=True)
class ChangedKeys:
    """The keys of an edition held against those of the one before, each kind in key order."""

    new: tuple[Key, ...]
    changed: tuple[Key, ...]
    gone: tuple[Key, ...]


def changed_keys(
    rulebook: Rulebook, table: str, before: TableFile, after: TableFile
) -> ChangedKeys:
    """Return which keys of a table are new, changed or gone in another edition."""
    columns = table_key_columns(rulebook, table)
    old, new = _rows_by_key(before, columns), _rows_by_key(after, columns)
    return ChangedKeys(
        new=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(key for key in new.keys() & old.keys() if new[key] != old[key])),
        gone=tuple(sorted(old.keys() - new.keys())),
    )


def table_key_columns(rulebook: Rulebook, table: str) -> tuple[str, ...]:
    """Return the key columns of all fields that are looked up in a table, each once."""
    lookups = (
        field.lookup
        for subject in Subject
        for field in rulebook.dictionary.of(subject).values()
        if field.lookup is not None and field.lookup.table == table
    )
    return tuple(dict.fromkeys(name for lookup in lookups for name in key_columns(lookup)))


def key_columns(lookup: LookupSpec) -> tuple[str, ...]:
    """Return the columns that tell the rows of a lookup apart: its keys, and its fixed values."""
    return (*lookup.on, *lookup.where)


def _rows_by_key(file: TableFile, columns: Iterable[str]) -> dict[Key, list[Key]]:
    names = tuple(columns)
    found: dict[Key, list[Key]] = defaultdict(list)
    for row in file.rows:
        key = tuple(row.cells.get(column, "") for column in names)
        found[key].append(tuple(f"{c}={cell}" for c, cell in sorted(row.cells.items()) if cell))
    return {key: sorted(rows) for key, rows in found.items()}


def with_edition(rulebook: Rulebook, table: str, edition: Edition, file: TableFile) -> Rulebook:
    """Return the rulebook with one more edition of a table; nothing is written."""
    own = rulebook.tables[table]
    entry = own.entry.model_copy(update={"editions": (*own.entry.editions, edition)})
    files = {**own.files, f"tables/{edition.file}": file}
    return replace(rulebook, tables={**rulebook.tables, table: ReferenceTable(entry, files)})


def compare_editions(before: Terms, renewed: Rulebook, offers: CandidateTable) -> Turned:
    """Return what a rulebook with another edition of a table turns, for the same city and day."""
    after = Terms(bind(renewed, before.bound.city.id, before.day), before.purchase)
    return turned(offers, before, after)
