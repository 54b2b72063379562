"""The reference tables of a rulebook as they serve on one day, made once for all cities."""

from collections.abc import Iterator, Mapping
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
        found: dict[tuple[str, ...], list[TableRow]] = {}
        standing = self.tables[lookup.table].entry.standing_of(lookup.column)
        equal = [column for column in lookup.on if column not in lookup.match]
        for row in self._known(lookup.table, edition):
            if lookup.keeps(row.cells):
                key = tuple(row.cells[column] for column in equal)
                found.setdefault(key, []).append(_table_row(row, one, lookup, edition, standing))
        return {key: tuple(rows) for key, rows in found.items()}

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


def _table_row(
    row: Row, one: Field, lookup: LookupSpec, edition: Edition, standing: str | None
) -> TableRow:
    cell = row.cells[lookup.column]
    ranged = next(iter(lookup.match), None)
    version = row.cells[ranged] if ranged else None
    value = cell_value(cell, one) if cell else None
    origin = row.origin(edition, standing)
    return TableRow(value, row.grade(edition), version or None, origin)
