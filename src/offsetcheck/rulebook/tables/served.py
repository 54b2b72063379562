"""The reference tables of a rulebook as they serve on one day, made once for all cities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.expression.nodes import TableRow
from offsetcheck.rulebook.tables.cells import cell_value
from offsetcheck.rulebook.tables.model import Edition, ReferenceTable, Row
from offsetcheck.vocabulary.dictionary import Field, LookupSpec

RowsByKey = Mapping[tuple[str, ...], tuple[TableRow, ...]]


@dataclass(frozen=True, slots=True)
class _Served:
    """What makes a row of a table the answer of a lookup."""

    field: Field
    lookup: LookupSpec
    edition: Edition
    standing: str | None

    def made(self, row: Row) -> TableRow:
        """Return the value of a row, with the versions that it speaks of and where it is from."""
        cell = row.cells[self.lookup.column]
        ranged = next(iter(self.lookup.match), None)
        version = row.cells[ranged] if ranged else None
        value = cell_value(cell, self.field) if cell else None
        origin = row.origin(self.edition, self.standing)
        return TableRow(value, row.grade(self.edition), version or None, origin)


class KeyedRows(RowsByKey):
    """The rows of a lookup by their keys; those of a key are made when somebody asks for it.

    One offer asks for a few keys of a table of hundreds.
    """

    __slots__ = ("_made", "_rows", "_served")

    def __init__(self, served: _Served, rows: Mapping[tuple[str, ...], Sequence[Row]]) -> None:
        self._served = served
        self._rows = rows
        self._made: dict[tuple[str, ...], tuple[TableRow, ...]] = {}

    def __getitem__(self, key: tuple[str, ...]) -> tuple[TableRow, ...]:
        if key not in self._made:
            self._made[key] = tuple(map(self._served.made, self._rows[key]))
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class ServedTables:
    """The tables on one day: which edition of each serves, and which of its rows are known."""

    tables: Mapping[str, ReferenceTable]
    day: date
    _rows: dict[tuple[str, str], RowsByKey] = field(default_factory=dict, compare=False, repr=False)

    def edition(self, table: str) -> Edition | None:
        """Return the edition that serves, None before the first."""
        return self.tables[table].entry.on(self.day)

    def rows_of(self, one: Field, lookup: LookupSpec) -> RowsByKey:
        """Return the rows that a lookup asks by their equality keys, in file order."""
        name = (one.subject.value, one.name)
        if name not in self._rows:
            edition = self.edition(lookup.table)
            self._rows[name] = self._keyed(one, lookup, edition) if edition else {}
        return self._rows[name]

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of the edition that serves and is not stale, as known on the day."""
        edition = self.edition(table) if table in self.tables else None
        if edition is None or edition.is_stale(self.day):
            return ()
        return tuple(self._known(table, edition))

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of all editions and rows that serve."""
        return content_hash({name: self._content(name) for name in sorted(self.tables)})

    def _keyed(self, one: Field, lookup: LookupSpec, edition: Edition) -> RowsByKey:
        found: dict[tuple[str, ...], list[Row]] = {}
        standing = self.tables[lookup.table].entry.standing_of(lookup.column)
        equal = [column for column in lookup.on if column not in lookup.match]
        for row in self._known(lookup.table, edition):
            if lookup.keeps(row.cells):
                found.setdefault(tuple([row.cells[column] for column in equal]), []).append(row)
        return KeyedRows(_Served(one, lookup, edition, standing), found)

    def _content(self, table: str) -> Any:
        edition = self.edition(table)
        if edition is None:
            return None
        rows = [dict(row.cells) for row in self._known(table, edition)]
        return {"edition": edition.label, "stale": edition.is_stale(self.day), "rows": rows}

    def _known(self, table: str, edition: Edition) -> Iterator[Row]:
        """Yield the rows of an edition that are known on the day."""
        file = self.tables[table].files[f"tables/{edition.file}"]
        return (row for row in file.rows if row.known_on(self.day))
