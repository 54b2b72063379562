"""Several rows that make one project, as one polygon of a map each, to one row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.layouts.layout import place_of, places
from offsetcheck.vocabulary.problem import Problem, Severity


def one_row_per(sheet: Sheet, names: Sequence[str]) -> Sheet:
    """Return a sheet with one row for all rows that are alike in a column.

    `names` are the names of that column over the years. What such rows state differently stands as
    a list in the cell, apart by `; `: the project has one of these. Rows without a word in the
    column stay by themselves. The line of a project is its first row's.
    """
    at = place_of(places(sheet), names)
    if at is None:
        return sheet
    groups = _groups(sheet.columns[at])
    if len(groups) == len(sheet):
        return sheet
    return replace(
        sheet,
        columns=[[_one(column, rows) for rows in groups] for column in sheet.columns],
        lines=[sheet.lines[rows[0]] for rows in groups],
        spoilt={
            (new, column): why
            for new, rows in enumerate(groups)
            for (row, column), why in sheet.spoilt.items()
            if row in rows
        }
        if sheet.spoilt
        else {},
        problems=[*sheet.problems, _told(sheet, at, len(groups))],
    )


def _groups(column: Sequence[str]) -> list[list[int]]:
    """Return the rows of each project, in the order of their first ones."""
    rows: dict[object, list[int]] = defaultdict(list)
    for row, cell in enumerate(column):
        bare = cell.strip()
        rows[bare or row].append(row)
    return list(rows.values())


def _one(column: Sequence[str], rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return column[rows[0]]
    return "; ".join(dict.fromkeys(column[row].strip() for row in rows if column[row].strip()))


def _told(sheet: Sheet, at: int, projects: int) -> Problem:
    heading = key_header(sheet.headers[at])
    return Problem(
        f"{len(sheet):,} rows are {projects:,} projects: rows with one “{heading}” are read as one",
        sheet.place(),
        None,
        Severity.NOTE,
    )
