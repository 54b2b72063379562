"""A file's rows as columns of text, each row with its line."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from offsetcheck.intake.files.limits import HEADER_ROWS, MAX_COLUMNS
from offsetcheck.intake.normalise.readers import UNTOLD, Styles
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity
from offsetcheck.vocabulary.reading import RowAside, SheetSeen


@runtime_checkable
class Countable(Protocol):
    """Columns that count their cells without making texts of them."""

    def filled(self, index: int) -> int:
        """Return how many cells of a column hold something."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in a file: its first line, from 1, and its cells as text."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class FileRows:
    """All rows of a file or of one sheet of a workbook, header not yet found.

    `spoilt` says, by row and column from 0, why a cell's text is not its value.
    """

    file: str
    rows: Sequence[Row]
    sheet: str | None = None
    styles: Styles = UNTOLD
    spoilt: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text: headers as written, one list of cells per header, "" where empty.

    `above` are the cells of the rows above the header, which say what the list is; `aside` the rows
    that are no offers, and `seen` every sheet of the workbook, this one among them. `written` holds
    by column the cells as written, where a person says what their words mean.
    """

    file: str
    headers: Sequence[str]
    columns: Sequence[Sequence[str]]
    lines: Sequence[int]
    sheet: str | None = None
    styles: Styles = UNTOLD
    spoilt: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    above: Sequence[str] = ()
    header_line: int | None = None
    aside: Sequence[RowAside] = ()
    seen: Sequence[SheetSeen] = ()
    written: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)

    def keys(self) -> Mapping[str, int]:
        """Return the first column of each header, by the header as compared."""
        found: dict[str, int] = {}
        for index, header in enumerate(self.headers):
            if header.strip():
                found.setdefault(key(header), index)
        return found

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return the place of a cell, of a row, or of the sheet."""
        line = None if row is None else self.lines[row]
        header = None if column is None else key_header(self.headers[column])
        return Place(self.file, line, sheet=self.sheet, field=header)

    def filled(self, column: int) -> int:
        """Return how many cells of a column hold something."""
        if isinstance(self.columns, Countable):
            return self.columns.filled(column)
        cells = self.columns[column]
        return len(cells) - cells.count("") - sum(map(str.isspace, cells))

    def spoilt_in(self, column: int) -> dict[int, str]:
        """Return the spoilt cells of one column by row."""
        return {row: why for (row, at), why in self.spoilt.items() if at == column}


def key_header(header: str) -> str:
    """Return a header on one line."""
    return " ".join(header.split())


def header_score(cells: Sequence[str], known: AbstractSet[str]) -> int:
    """Return how many cells of a row are headers that somebody knows."""
    return len({heading_key(cell) for cell in cells if cell.strip()} & known)


def header_row(rows: Sequence[Row], known: AbstractSet[str]) -> int:
    """Return the row, among the first, that holds most known headers; the first one on a tie."""
    scores = [header_score(row.cells, known) for row in rows[:HEADER_ROWS]]
    return scores.index(max(scores)) if scores else 0


def sheet_of(read: FileRows, known: AbstractSet[str]) -> Sheet:
    """Return rows as a sheet below the header found; a file without rows raises InputError."""
    at = header_row(read.rows, known)
    if not read.rows:
        raise InputError(
            [Problem("the file has no rows", Place(read.file), "a header and one row")]
        )
    headers = [cell.strip("\ufeff") for cell in read.rows[at].cells]
    if len(headers) > MAX_COLUMNS:
        raise InputError([Problem(f"more than {MAX_COLUMNS} columns", Place(read.file))])
    kept = [
        (index, row)
        for index, row in enumerate(read.rows[at + 1 :], start=at + 1)
        if any(cell.strip() for cell in row.cells)
    ]
    columns = _columns([row.cells for _, row in kept], len(headers))
    ranks = {index: rank for rank, (index, _) in enumerate(kept)}
    sheet = Sheet(
        file=read.file,
        headers=headers,
        columns=columns,
        lines=[row.line for _, row in kept],
        sheet=read.sheet,
        styles=read.styles,
        spoilt={(ranks[r], c): why for (r, c), why in read.spoilt.items() if r in ranks},
        problems=[*read.problems, *_ragged(read, [row for _, row in kept], headers)],
        above=[cell for row in read.rows[:at] for cell in row.cells if cell.strip()],
        header_line=read.rows[at].line,
    )
    return _with_problems(sheet, _headerless(sheet))


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    padded = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]
    return [[row[index] for row in padded] for index in range(width)]


def _ragged(read: FileRows, rows: Sequence[Row], headers: Sequence[str]) -> list[Problem]:
    """Report rows that run on past the last header: their values may stand in the wrong column."""
    width = max((at for at, header in enumerate(headers, start=1) if header.strip()), default=0)
    return [
        Problem(
            f"the row has {len(row.cells)} cells for {len(headers)} headers",
            Place(read.file, row.line, sheet=read.sheet),
            "a quote or a separator inside a cell may have shifted the row; compare it",
        )
        for row in rows
        if len(row.cells) > len(headers) and any(cell.strip() for cell in row.cells[width:])
    ]


def _headerless(sheet: Sheet) -> list[Problem]:
    return [
        Problem(
            f"column {index + 1} has cells and no header; it is not read",
            sheet.place(),
            "merged or empty headers: give each column a header of its own",
            Severity.WARNING,
        )
        for index, header in enumerate(sheet.headers)
        if not header.strip() and any(cell.strip() for cell in sheet.columns[index])
    ]


def _with_problems(sheet: Sheet, more: Sequence[Problem]) -> Sheet:
    return replace(sheet, problems=[*sheet.problems, *more])
