"""One column of a sheet to one column of facts, with its problems located."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.dates import TWO_DAYS
from offsetcheck.intake.normalise.numbers import TWO_NUMBERS
from offsetcheck.intake.normalise.text import OneOf, Read, Reader, is_placeholder
from offsetcheck.vocabulary.by_distinct import ByDistinct, by_distinct, pays
from offsetcheck.vocabulary.evidence import Cause, Fact, Value, with_values
from offsetcheck.vocabulary.problem import Counted, Place, Problem, UnreadableError
from offsetcheck.vocabulary.problem_groups import in_rows
from offsetcheck.vocabulary.table import Column

MOST_ROWS = 500
"""Rows of a list whose cells are reported one by one; no bid sheet is as long."""

TWO_READINGS = {
    TWO_NUMBERS: "or say how the whole file writes numbers: --numbers 1.234,5 or --numbers 1,234.5",
    TWO_DAYS: "or say how the whole file writes days: --dates d/m/y or --dates m/d/y",
}
"""Why cells have two readings, each with the option that decides for their file."""

MAX_GROUPS = 50
"""Problems of one column; who has more has the wrong column."""

CELLS = "cells: "
"""Begins what is counted of the cells of a column that cannot be read for one reason."""


@dataclass(frozen=True, slots=True)
class ColumnValues:
    """The values of a column, why some cells have none, and what some state in part, by row."""

    values: Sequence[Value | None]
    failures: Mapping[int, UnreadableError]
    possible: Mapping[int, tuple[Value, ...]] = field(default_factory=dict)


def read_cells(texts: Sequence[str], reader: Reader, spoilt: Mapping[int, str]) -> ColumnValues:
    """Read each distinct text once; a spoilt cell is not read, whatever its text."""
    cells = by_distinct(texts)
    reads, refused = _read_each(cells.distinct, reader)
    in_part = {text: read for text, read in reads.items() if isinstance(read, OneOf)}
    refused |= {text: read.lost for text, read in in_part.items() if read.lost is not None}
    possible = cells.rows_with({text: read.values for text, read in in_part.items()})
    failures = cells.rows_with(refused)
    single = {text: None if isinstance(read, OneOf) else read for text, read in reads.items()}
    values = cells.each(single.__getitem__)
    if not spoilt:
        return ColumnValues(held(values), failures, possible)
    listed = list(values)
    for row, said in spoilt.items():
        if row < len(listed):
            listed[row], failures[row] = None, UnreadableError(said, "replace it by its value")
            possible.pop(row, None)
    return ColumnValues(listed, failures, possible)


def _read_each(
    texts: Iterable[str], reader: Reader
) -> tuple[dict[str, Read], dict[str, UnreadableError]]:
    """Return what each text states, and why some state nothing."""
    known: dict[str, Read] = {"": None}
    refused: dict[str, UnreadableError] = {}
    for text in texts:
        if text not in known:
            try:
                known[text] = reader(text)
            except UnreadableError as why:
                known[text], refused[text] = None, why
    return known, refused


def held(values: ByDistinct[Value | None]) -> Sequence[Value | None]:
    """Return values by distinct ones where a list is long and has few of them."""
    return values if pays(len(values), len(values.distinct)) else list(values)


def unread_cells(texts: Sequence[str], why: UnreadableError) -> ColumnValues:
    """Return a column whose cells cannot be read for one reason; a blank one states nothing."""
    rows = [row for row, text in enumerate(texts) if not is_placeholder(text)]
    return ColumnValues([None] * len(texts), dict.fromkeys(rows, why))


def column_of(sheet: Sheet, index: int, read: ColumnValues, origin: Fact) -> Column:
    """Return a column of facts that keeps the raw cells; an unreadable cell is not stated.

    `origin` is a fact without a value that has the grade and the source of all.
    """
    texts = sheet.written.get(index, sheet.columns[index])
    causes = None
    if read.failures or read.possible:
        causes = [_cause(row, read) for row in range(len(texts))]
    header = sheet.place(column=index).field
    full = {
        row: with_values(replace(origin, raw=texts[row], place=sheet.place(row, index)), values)
        for row, values in read.possible.items()
    }
    return Column(read.values, origin.grade, causes, texts, header, full)


def _cause(row: int, read: ColumnValues) -> Cause | None:
    if row in read.possible:
        return Cause.SEVERAL_POSSIBLE
    return Cause.NOT_STATED if row in read.failures else None


def each_problem(sheet: Sheet, index: int, read: ColumnValues) -> list[Problem]:
    """Return one problem per unreadable cell of a sheet that somebody can mend by hand.

    Cells that all have one reason for one remedy are one problem, at the first of them.
    """
    if len(sheet) > MOST_ROWS or sheet.is_part:
        return grouped_problems(sheet, index, read)
    by_kind = {row: why for row, why in read.failures.items() if why.kind is not None}
    single = {row: why for row, why in read.failures.items() if why.kind is None}
    return [
        *grouped_problems(sheet, index, replace(read, failures=by_kind)),
        *(why.at(sheet.place(row, index)) for row, why in sorted(single.items())),
    ]


def grouped_problems(sheet: Sheet, index: int, read: ColumnValues) -> list[Problem]:
    """Return one problem per kind of unreadable text, at its first row, for a long list."""
    rows: dict[str, list[int]] = {}
    for row, why in read.failures.items():
        rows.setdefault(why.kind or why.reason, []).append(row)
    groups = list(rows.values())
    # Of a part, all are told: which are the first ones is known when all parts are.
    most = len(groups) if sheet.is_part else MAX_GROUPS
    problems = [_group(sheet, index, read, found) for found in groups[:most]]
    rest = groups[most:]
    if not rest:
        return problems
    lines = sorted(sheet.lines[row] for group in rest for row in group)
    return [*problems, rest_of(sheet.place(rest[0][0], index), len(lines), len(rest), lines)]


def _group(sheet: Sheet, index: int, read: ColumnValues, rows: Sequence[int]) -> Problem:
    why, rows = read.failures[rows[0]], sorted(rows)
    lines = tuple(sheet.lines[row] for row in rows)
    many = f" ({in_rows(lines)})" if len(rows) > 1 else ""
    kind = why.at(sheet.place()).kind
    counted = Counted(
        CELLS + (why.kind or why.reason), len(rows), why.reason, (f"{why.reason} (", ")")
    )
    return Problem(
        why.reason + many,
        sheet.place(rows[0], index),
        _hint(why),
        kind=kind,
        lines=lines,
        counted=counted,
    )


def _hint(why: UnreadableError) -> str | None:
    option = TWO_READINGS.get(why.kind or "")
    return why.hint if option is None else f"{why.hint}; {option}"


def rest_of(place: Place, rows: int, reasons: int, lines: Iterable[int]) -> Problem:
    """Return the problem of the cells of a column that no problem before tells."""
    message = f"{rows} more cells cannot be read, for {reasons} other reasons"
    return Problem(message, place, lines=tuple(lines))
