"""Reference tables: tables.yaml and its csv files, by edition, and the rows of a day."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Protocol

from pydantic import Field, model_validator

from offsetcheck.rulebook.rules.model import Grade, SourceEntry
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.evidence import EvidenceGrade, Provenance, Standing
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Day,
    Listed,
    Positive,
    Sentence,
    Text,
    Texts,
    Translated,
    wrong,
)
from offsetcheck.vocabulary.problem import Place, Problem

__all__ = ["Edition", "Row", "TableEntry", "TableFile", "read_rows", "version_matches"]


class Lines(Protocol):
    """What a csv reader is: rows of cells, and the last line read."""

    @property
    def line_num(self) -> int:
        """The number of lines read so far."""

    def __iter__(self) -> Iterator[list[str]]: ...


KNOWN_FROM, UNTIL, GRADE = "known_from", "until", "grade"
STANDING, SOURCE, REASON = "standing", "source", "reason"


class Edition(FileModel):
    """One edition of a table: it serves from `valid_from` until the next one does.

    `valid_from` lies before `published` only for what is known to have been decided then, with
    the `reason`. Past `stale_after` days from `published` its answers are unknown; without it the
    edition does not age.
    """

    file: Text
    published: Day
    valid_from: Day
    edition: Text | None = None
    stale_after: Positive | None = None
    reason: Sentence | None = None
    grade: Grade = "E1"
    source: SourceEntry | None = None
    sources: Annotated[tuple[SourceEntry, ...], Listed] = ()
    note: Sentence | None = None

    @model_validator(mode="after")
    def _explains_itself(self) -> "Edition":
        if self.valid_from < self.published and self.reason is None:
            raise wrong(
                "an edition that serves before it was published needs a reason", "add `reason: …`"
            )
        return self

    @property
    def label(self) -> str:
        """The name of the edition, else the day it was published."""
        return self.edition or self.published.isoformat()

    @property
    def origin(self) -> Provenance | None:
        """Where the edition as a whole is from."""
        cited = self.source or next(iter(self.sources), None)
        if cited is None:
            return None
        return Provenance(cited.standing, None, cited.guide, cited.clause, cited.note)

    def is_stale(self, day: date) -> bool:
        """Whether a day is more than `stale_after` days past the publication."""
        if self.stale_after is None:
            return False
        return day > self.published + timedelta(days=self.stale_after)


class TableEntry(FileModel):
    """One table of tables.yaml; `expected` lists, by column, words that no row has yet.

    `standings` names, by column, the column that says how its cells are known. Without it the
    column `standing`, where there is one, speaks of all cells of its row.
    """

    editions: Annotated[tuple[Edition, ...], Listed]
    title: Translated | None = None
    columns: dict[str, Sentence] = Field(default_factory=dict)
    expected: dict[str, Texts] = Field(default_factory=dict)
    standings: dict[str, Text] = Field(default_factory=dict)
    key: Texts = ()
    note: Sentence | None = None

    def standing_of(self, column: str) -> str | None:
        """Return the column that says how the cells of a column are known."""
        return self.standings.get(column) if self.standings else STANDING

    def on(self, day: date) -> Edition | None:
        """Return the edition that serves on a day, None before the first one does."""
        begun = [edition for edition in self.editions if edition.valid_from <= day]
        return max(begun, key=lambda edition: edition.valid_from) if begun else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a csv file: cells by column, and the line on which it starts."""

    cells: Mapping[str, str]
    line: int

    def known_on(self, day: date) -> bool:
        """Whether the row counts on a day: `known_from` hides it before, `until` after."""
        since, until = self.cells.get(KNOWN_FROM), self.cells.get(UNTIL)
        begun = not since or date.fromisoformat(since) <= day
        return begun and (not until or day <= date.fromisoformat(until))

    def origin(self, edition: Edition, standing: str | None) -> Provenance | None:
        """Return where the row is from; `standing` is the column that says how it is known.

        A word that is no standing leaves the edition's; `rules check` names it.
        """
        whole = edition.origin
        word = self.cells.get(standing) if standing else None
        text = self.cells.get(SOURCE) or self.cells.get(REASON) or None
        if word not in set(Standing):
            return replace(whole, text=text) if whole else None
        if whole is None:
            return Provenance(Standing(word), text)
        return replace(whole, standing=Standing(word), text=text)

    def grade(self, edition: Edition) -> EvidenceGrade:
        """Return the grade of the row, else of its edition."""
        return EvidenceGrade[self.cells.get(GRADE) or edition.grade]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A csv file that was read: its columns, its rows, and what is wrong with it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """A table: its editions, and the csv file of each by its name."""

    entry: TableEntry
    files: Mapping[str, TableFile]


def read_rows(text: str, file: str = "") -> TableFile:
    """Read a csv table with a header row; cells are text, NFC, without spaces around them.

    `file` is the name under which its problems are located.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = next(reader, [])
        if len(header) == 1 and (sign := next((s for s in (";", "\t") if s in header[0]), None)):
            return TableFile((), (), (_other_sign(sign, file),))
        return _rows(reader, tuple(cell.strip() for cell in header), file)
    except csv.Error as error:
        place = Place(file, max(reader.line_num, 1), 1)
        return TableFile(
            (), (), (Problem(f"this is not CSV: {error}", place, QUOTES, check="table.not_csv"),)
        )


QUOTES = "close the quotation mark, and write two of them for one within a cell"
COMMAS = "look for a comma too few or too many; a cell with a comma in it stands in quotes"


def _other_sign(sign: str, file: str) -> Problem:
    """Return the problem of a file as spreadsheets of many countries write it."""
    name = "tabs" if sign == "\t" else f"`{sign}`"
    message = f"the columns are separated by {name}, not by commas"
    hint = "save it as CSV with commas; a decimal has a point"
    return Problem(message, Place(file, 1, 1), hint, check="table.not_csv")


def _rows(reader: Lines, columns: tuple[str, ...], file: str) -> TableFile:
    problems = [
        Problem(message, Place(file, 1, 1), "write the names of the columns in the first line")
        for message in _wrong_with_header(columns)
    ]
    rows: list[Row] = []
    start = reader.line_num + 1
    for cells in reader:
        place = Place(file, start, 1)
        if len(cells) == len(columns):
            row = Row(dict(zip(columns, map(_clean, cells), strict=True)), start)
            problems += [Problem(message, place, hint) for message, hint in _wrong_with_cells(row)]
            rows.append(row)
        elif cells:
            message = f"the row has {len(cells)} cells, the header {len(columns)}"
            problems.append(Problem(message, place, COMMAS))
        start = reader.line_num + 1
    return TableFile(columns, tuple(rows), tuple(problems))


def _wrong_with_header(columns: tuple[str, ...]) -> Iterator[str]:
    if not columns:
        yield "the file is empty"
    elif len(set(columns)) < len(columns) or "" in columns:
        yield "each column needs a name of its own"


def _wrong_with_cells(row: Row) -> Iterator[tuple[str, str]]:
    for column in (KNOWN_FROM, UNTIL):
        text = row.cells.get(column)
        if text and not _is_day(text):
            yield f"`{text[:40]}` in column `{column}` is not a date", "write it as 2021-01-31"
    grade = row.cells.get(GRADE)
    if grade and grade not in EvidenceGrade.__members__:
        message = f"`{grade[:40]}` in column `{GRADE}` is not an evidence grade"
        yield message, f"write {', '.join(EvidenceGrade.__members__)}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _clean(cell: str) -> str:
    stripped = cell.strip()
    return stripped if stripped.isascii() else unicodedata.normalize("NFC", stripped)
