"""One column of a sheet to one column of facts, with its problems located."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.text import OneOf, Read, Reader
from offsetcheck.vocabulary.evidence import Cause, Fact, Value, with_values
from offsetcheck.vocabulary.problem import Problem, UnreadableError
from offsetcheck.vocabulary.problem_groups import in_rows
from offsetcheck.vocabulary.table import Column

MOST_ROWS = 500
"""Rows of a list whose cells are reported one by one; no bid sheet is as long."""

MAX_GROUPS = 50
"""Problems of one column; who has more has the wrong column."""


@dataclass(frozen=True, slots=True)
class ColumnValues:
    """The values of a column, why some cells have none, and what some state in part, by row."""

    values: Sequence[Value | None]
    failures: Mapping[int, UnreadableError]
    possible: Mapping[int, tuple[Value, ...]] = field(default_factory=dict)


def read_cells(texts: Sequence[str], reader: Reader, spoilt: Mapping[int, str]) -> ColumnValues:
    """Read each distinct text once; a spoilt cell is not read, whatever its text."""
    known: dict[str, Read] = {"": None}
    refused: dict[str, UnreadableError] = {}
    for text in dict.fromkeys(texts):
        if text in known:
            continue
        try:
            known[text] = reader(text)
        except UnreadableError as why:
            known[text], refused[text] = None, why
    in_part = {text: read for text, read in known.items() if isinstance(read, OneOf)}
    refused |= {text: read.lost for text, read in in_part.items() if read.lost is not None}
    several = {text: read.values for text, read in in_part.items()}
    single = {text: None if isinstance(read, OneOf) else read for text, read in known.items()}
    values = [single[text] for text in texts]
    possible = {row: several[text] for row, text in enumerate(texts) if text in several}
    failures = (
        {row: refused[text] for row, text in enumerate(texts) if text in refused} if refused else {}
    )
    for row, said in spoilt.items():
        if row < len(values):
            values[row], failures[row] = None, UnreadableError(said, "replace it by its value")
            possible.pop(row, None)
    return ColumnValues(values, failures, possible)


def column_of(sheet: Sheet, index: int, read: ColumnValues, origin: Fact) -> Column:
    """Return a column of facts that keeps the raw cells; an unreadable cell is not stated.

    `origin` is a fact without a value that has the grade and the source of all.
    """
    texts = sheet.columns[index]
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
    """Return one problem per unreadable cell of a sheet that somebody can mend by hand."""
    if len(sheet) > MOST_ROWS:
        return grouped_problems(sheet, index, read)
    return [why.at(sheet.place(row, index)) for row, why in sorted(read.failures.items())]


def grouped_problems(sheet: Sheet, index: int, read: ColumnValues) -> list[Problem]:
    """Return one problem per kind of unreadable text, at its first row, for a long list."""
    rows: dict[str, list[int]] = {}
    for row, why in read.failures.items():
        rows.setdefault(why.kind or why.reason, []).append(row)
    groups = list(rows.values())
    problems = [_group(sheet, index, read, found) for found in groups[:MAX_GROUPS]]
    return problems + _rest(sheet, index, groups[MAX_GROUPS:])


def _group(sheet: Sheet, index: int, read: ColumnValues, rows: Sequence[int]) -> Problem:
    why = read.failures[rows[0]]
    said = why.reason if why.kind is None or len(rows) == 1 else why.kind
    lines = tuple(sheet.lines[row] for row in rows)
    many = f" ({in_rows(lines)})" if len(rows) > 1 else ""
    return Problem(said + many, sheet.place(rows[0], index), why.hint, lines=lines)


def _rest(sheet: Sheet, index: int, groups: Sequence[Sequence[int]]) -> list[Problem]:
    if not groups:
        return []
    rows = sum(map(len, groups))
    message = f"{rows} more cells cannot be read, for {len(groups)} other reasons"
    lines = tuple(sorted(sheet.lines[row] for group in groups for row in group))
    return [Problem(message, sheet.place(groups[0][0], index), lines=lines)]
