"""A file's rows, and the columns of text they make, each row with its line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar, runtime_checkable

from offsetcheck.intake.files.limits import MAX_PROBLEMS
from offsetcheck.intake.normalise.readers import UNTOLD, Styles
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.problem import Counted, Place, Problem
from offsetcheck.vocabulary.reading import Aside, RowAside, SheetSeen

Item = TypeVar("Item")
Merged = tuple[int, int, int, int]
"""Cells that are one: the line and column of the first, then of the last, from 1."""

MOST_LISTED = 10
LONGEST_ASIDE = 200


@runtime_checkable
class Countable(Protocol):
    """Columns that count their cells without making texts of them."""

    def filled(self, index: int) -> int:
        """Return how many cells of a column hold something."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a person says that the list stands: its sheet, and the line of its headings.

    The rows in `keep`, by line, are offers whatever they look like.
    """

    sheet: str | None = None
    header_line: int | None = None
    keep: frozenset[int] = frozenset()


ANYWHERE = Wanted()
"""Nobody has said where the list stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in a file: its first line, from 1, and its cells as text."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class FileRows:
    """All rows of a file or of one sheet of a workbook, header not yet found.

    `spoilt` says, by row and column from 0, why a cell's text is not its value. `hidden` tells of a
    sheet that nobody sees, `aside` of rows that are no offers and do not stand in `rows`, `seen` of
    every sheet of the workbook.
    """

    file: str
    rows: Sequence[Row]
    sheet: str | None = None
    styles: Styles = UNTOLD
    spoilt: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    hidden: bool = False
    aside: Sequence[RowAside] = ()
    merged: Sequence[Merged] = ()
    seen: Sequence[SheetSeen] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text: headers as written, one list of cells per header, "" where empty.

    `above` are the cells of the rows above the header, which say what the list is; `aside` the rows
    that are no offers, and `seen` every sheet of the workbook, this one too. `others` are its
    further sheets that are shown, as they stand. `written` holds by column the cells as written,
    where a person says what their words mean. `is_part` says that it holds some rows of a longer
    list, the others of which are read by themselves.
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
    others: Sequence[FileRows] = ()
    written: Mapping[int, Sequence[str]] = field(default_factory=dict)
    is_part: bool = False

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

    def where(self, row: int) -> str:
        """Return how a message names another row of the same list."""
        return f"line {self.lines[row]}"

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


def text_of_row(cells: Iterable[str]) -> str:
    """Return the cells of a row as one short text."""
    text = " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    return text if len(text) <= LONGEST_ASIDE else text[: LONGEST_ASIDE - 1] + "…"


def without_rows(sheet: Sheet, reasons: Mapping[int, Aside]) -> Sheet:
    """Return a sheet without some rows, by row from 0, which are listed in `aside` with why."""
    if not reasons:
        return sheet
    kept = [row for row in range(len(sheet)) if row not in reasons]
    ranks = {row: rank for rank, row in enumerate(kept)}
    aside = [
        RowAside(sheet.lines[row], why, text_of_row(c[row] for c in sheet.columns), sheet.sheet)
        for row, why in sorted(reasons.items())
    ]
    return replace(
        sheet,
        columns=[[column[row] for row in kept] for column in sheet.columns],
        lines=[sheet.lines[row] for row in kept],
        spoilt={(ranks[r], c): why for (r, c), why in sheet.spoilt.items() if r in ranks},
        aside=[*sheet.aside, *aside],
    )


def listed(words: Sequence[str]) -> str:
    """Return words in a row, those beyond the first ten by their count."""
    more = len(words) - MOST_LISTED
    return ", ".join(words[:MOST_LISTED]) + (f" and {more:,} more" if more > 0 else "")


def bounded(problems: Iterable[Problem], what: str = "") -> list[Problem]:
    """Return the first problems of one kind and, in the place of the others, how many there are.

    `what` tells those of one kind from others, where a list is read in parts.
    """
    return bounded_of(problems, lambda problem: problem, what)


def bounded_of(
    items: Iterable[Item], problem_of: Callable[[Item], Problem], what: str = ""
) -> list[Problem]:
    """Return as `bounded` does the problems of some things; of those not told none is made."""
    told: list[Problem] = []
    more = 0
    for item in items:
        if len(told) < MAX_PROBLEMS:
            told.append(_of_kind(problem_of(item), what))
        else:
            more += 1
    if more:
        told.append(and_more(told[-1], more, what))
    return told


def _of_kind(problem: Problem, what: str) -> Problem:
    if not what:
        return problem
    return replace(problem, counted=Counted(what, 1, problem.message, besides=MAX_PROBLEMS))


def and_more(last: Problem, more: int, what: str) -> Problem:
    """Return how many problems there are of the kind of the last one that is told by itself."""
    message = f"{more:,} more problems of this kind"
    halves = ("", " more problems of this kind")
    counted = Counted(what, MAX_PROBLEMS + more, message, halves, MAX_PROBLEMS) if what else None
    return replace(last, message=message, hint=None, counted=counted)
