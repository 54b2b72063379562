"""The rows of a table on one offer's key that began or ended between two days, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.terms import AssessmentUnder
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.lookup import key_texts
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.cells import cell_value
from offsetcheck.rulebook.tables.model import KNOWN_FROM, UNTIL, Row
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.dictionary import Field, LookupSpec

SOURCE = "source"


@dataclass(frozen=True, slots=True)
class RowNarrator:
    """Says which rows of a table a field found otherwise; `table` is the table's title.

    `window` holds the two days; the rows are those of the edition that serves on the later one.
    """

    rulebook: Rulebook
    speech: Speech
    window: tuple[date, date]
    table: str
    field: Field
    lookup: LookupSpec

    def lines(self, node: Lookup, after: AssessmentUnder) -> Iterator[str]:
        """Yield the rows on the candidate's key that began or ended between the two days."""
        edition = self.rulebook.tables[self.lookup.table].entry.on(self.window[1])
        if edition is None:
            return
        for row in self.rulebook.tables[self.lookup.table].files[f"tables/{edition.file}"].rows:
            if self._concerns(row, node, after):
                yield from self._dated(row)

    def _concerns(self, row: Row, node: Lookup, after: AssessmentUnder) -> bool:
        if not self.lookup.keeps(row.cells):
            return False
        keys = [key_texts(evaluate(key, after.facts).alternatives) or () for key in node.keys]
        columns = [column for column in self.lookup.on if column not in self.lookup.match]
        if any(row.cells[c] not in texts for c, texts in zip(columns, keys, strict=True)):
            return False
        return self._is_of_version(row, node, after)

    def _is_of_version(self, row: Row, node: Lookup, after: AssessmentUnder) -> bool:
        """Whether a row serves the candidate's version; where none is known, every row may."""
        ranged = next(iter(self.lookup.match), None)
        if ranged is None or node.version is None or not row.cells[ranged]:
            return True
        versions = key_texts(evaluate(node.version, after.facts).alternatives)
        return versions is None or any(version_matches(row.cells[ranged], v) for v in versions)

    def _dated(self, row: Row) -> Iterator[str]:
        since, until = (_day(row.cells.get(column)) for column in (KNOWN_FROM, UNTIL))
        first, last = self.window
        if since is not None and first < since <= last:
            yield self._said("shift.row_began", since, row)
        elif until is not None and first <= until < last:
            yield self._said("shift.row_ended", until, row)

    def _said(self, key: str, day: date, row: Row) -> str:
        wording = self.speech.wording
        cell = row.cells[self.lookup.column]
        value = cell_value(cell, self.field) if cell else None
        unknown = self.speech.say("shift.unknown")
        said = [unknown if value is None else wording.value(self.field.name, value)]
        said += self._record(row)
        if row.cells.get(SOURCE):
            said.append(row.cells[SOURCE])
        words = f"{wording.title(self.field.name)}: {'; '.join(said)}"
        return self.speech.say(key, table=self.table, day=wording.day(day), words=words)

    def _record(self, row: Row) -> Iterator[str]:
        """Yield what another field of the table says of the row, such as the words of an event."""
        for field in self.speech.wording.bound.dictionary.candidate.values():
            lookup = field.lookup
            if lookup is None or lookup.table != self.lookup.table:
                continue
            code = field.codes.get(row.cells.get(lookup.column, ""))
            if code and lookup.column != self.lookup.column and lookup.where == self.lookup.where:
                yield self.speech.wording.code(field, row.cells[lookup.column]) or code.title["en"]


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None
