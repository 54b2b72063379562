"""XLSX to rows: each sheet, what is hidden or struck through in it, and which one is the list."""

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from offsetcheck.intake.files.child import Kind, Parser, parse
from offsetcheck.intake.files.header import FEWEST_KNOWN, find_header, header_keys, header_score
from offsetcheck.intake.files.limits import GIGABYTE
from offsetcheck.intake.files.sheet import FileRows, Row, listed, text_of_row
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity
from offsetcheck.vocabulary.reading import Aside, RowAside, SheetSeen, SheetState

WORKBOOK = Kind("Excel workbook", Parser.WORKBOOK, 2 * GIGABYTE)
SHOW = "show in the workbook what belongs to the list, and save it"
STRUCK = "delete what is struck through, or take away the line if it is on offer"


def read_workbook(data: bytes, file: str) -> Sequence[FileRows]:
    """Return every sheet of a workbook in its order, hidden sheets among them.

    Hidden rows and rows that are struck through are set aside, cells of hidden columns are empty;
    each is a problem of its sheet. A number that is shown in per cent is `30%`, a day is ISO.
    Raises InputError for what cannot be read, or only beyond a limit.
    """
    return rows_told(told_of(data, file), file)


def told_of(data: bytes, file: str) -> list[dict[str, Any]]:
    """Return what the other process tells of each sheet of a workbook, hidden cells among it."""
    told: list[dict[str, Any]] = json.loads(parse(WORKBOOK, data, file))
    return told


def rows_told(told: Sequence[dict[str, Any]], file: str) -> Sequence[FileRows]:
    """Return the sheets of a workbook as rows, without what nobody sees of them."""
    return [_sheet(one, file) for one in told]


def sheet_of_list(
    sheets: Sequence[FileRows], known: AbstractSet[str], wanted: str | None = None
) -> FileRows:
    """Return the shown sheet whose header is best known, with what became of every other one.

    A sheet that a person has `wanted` by its name is read instead, even a hidden one.
    A second sheet with the same headings is an error, for its rows are offers that nobody judges; a
    list of another kind, or a hidden one, is a warning. Raises InputError where no sheet is shown.
    """
    shown = [sheet for sheet in sheets if not sheet.hidden]
    asked = [sheet for sheet in sheets if wanted and key(sheet.sheet or "") == key(wanted)]
    if not shown and not asked:
        place = Place(sheets[0].file)
        raise InputError([Problem("every sheet of the workbook is hidden", place, SHOW)])
    best = asked[0] if asked else max(shown, key=lambda sheet: _score(sheet, known))
    states = [_state(sheet, best, known) for sheet in sheets]
    told = [_unread(sheet, best, known) for sheet in sheets if sheet is not best]
    return replace(
        best,
        seen=[
            SheetSeen(sheet.sheet or "", len(sheet.rows) + len(sheet.aside), state)
            for sheet, state in zip(sheets, states, strict=True)
        ],
        problems=[*best.problems, *(problem for problem in told if problem is not None)],
    )


def _header(sheet: FileRows, known: AbstractSet[str]) -> Sequence[str]:
    return sheet.rows[find_header(sheet.rows, known)].cells if sheet.rows else ()


def _score(sheet: FileRows, known: AbstractSet[str]) -> int:
    return header_score(_header(sheet, known), known) if sheet.rows else -1


def _state(sheet: FileRows, best: FileRows, known: AbstractSet[str]) -> SheetState:
    if sheet is best:
        return SheetState.READ
    if sheet.hidden:
        return SheetState.HIDDEN
    is_list = _is_alike(sheet, best, known) or _score(sheet, known) >= FEWEST_KNOWN
    return SheetState.NOT_READ if is_list else SheetState.NO_LIST


def _is_alike(sheet: FileRows, best: FileRows, known: AbstractSet[str]) -> bool:
    """Return whether a sheet has at least half of the headings of the one that is read."""
    headings = header_keys(_header(best, known))
    return 2 * len(headings & header_keys(_header(sheet, known))) >= max(len(headings), 1)


def _unread(sheet: FileRows, best: FileRows, known: AbstractSet[str]) -> Problem | None:
    """Return what is to be said of a sheet that holds a list and is not read."""
    if _score(sheet, known) < FEWEST_KNOWN and not _is_alike(sheet, best, known):
        return None
    place = Place(sheet.file, sheet=sheet.sheet)
    rows = f"{max(len(sheet.rows) - 1, 0):,} rows below its header"
    if sheet.hidden:
        message = f"the sheet is hidden and not read; it has {rows}"
        return Problem(message, place, SHOW, Severity.WARNING)
    hint = f"“{best.sheet}” is read; put all offers on one sheet, or name this one in columns.yaml"
    alike = _is_alike(sheet, best, known)
    message = "a second sheet with the same headings" if alike else "a sheet with another list"
    severity = Severity.ERROR if alike else Severity.WARNING
    return Problem(f"{message} is not read; it has {rows}", place, hint, severity)


def _sheet(told: dict[str, Any], file: str) -> FileRows:
    name = told["name"]
    rows = [Row(line, cells) for line, cells in told["rows"]]
    hidden, struck = set(told["hidden"]), set(told["struck"]) - set(told["hidden"])
    kept = [at for at in range(len(rows)) if at not in hidden and at not in struck]
    ranks = {at: rank for rank, at in enumerate(kept)}
    problems = [
        *_hidden_columns(rows, told["hidden_columns"], file, name),
        *_rows_aside([rows[at] for at in sorted(hidden)], Aside.HIDDEN, file, name),
        *_rows_aside([rows[at] for at in sorted(struck)], Aside.STRUCK_THROUGH, file, name),
    ]
    aside = [
        RowAside(rows[at].line, why, text_of_row(rows[at].cells), name)
        for found, why in ((hidden, Aside.HIDDEN), (struck, Aside.STRUCK_THROUGH))
        for at in sorted(found)
    ]
    unseen = set(told["hidden_columns"])
    return FileRows(
        file,
        [_without(rows[at], unseen) for at in kept],
        name,
        Styles(typed=True),
        {
            (ranks[row], column): why
            for row, column, why in told["spoilt"]
            if row in ranks and column not in unseen
        },
        problems,
        hidden=told["hidden_sheet"],
        aside=aside,
        merged=[tuple(cells) for cells in told["merged"]],
    )


def _without(row: Row, columns: AbstractSet[int]) -> Row:
    if not columns:
        return row
    return Row(row.line, ["" if at in columns else cell for at, cell in enumerate(row.cells)])


def _rows_aside(rows: Sequence[Row], why: Aside, file: str, name: str) -> list[Problem]:
    """Say once for all rows of a sheet that they are hidden, or struck through."""
    if not rows:
        return []
    lines = listed([str(row.line) for row in rows])
    many = f"{len(rows):,} row{'s' * (len(rows) > 1)} (line{'s' * (len(rows) > 1)} {lines})"
    place = Place(file, rows[0].line, sheet=name)
    if why is Aside.HIDDEN:
        return [Problem(f"{many} hidden and not read", place, SHOW, Severity.WARNING)]
    return [Problem(f"{many} struck through and not read", place, STRUCK)]


def _hidden_columns(
    rows: Sequence[Row], hidden: Sequence[int], file: str, name: str
) -> list[Problem]:
    """Say which hidden columns hold anything, each by its first text."""
    firsts = {
        at: text
        for at in hidden
        if (text := next((row.cells[at] for row in rows if _has(row, at)), None))
    }
    if not firsts:
        return []
    named = listed([f"“{text.strip()[:40]}”" for text in firsts.values()])
    message = f"{len(firsts):,} column{'s' * (len(firsts) > 1)} hidden and not read: {named}"
    return [Problem(message, Place(file, sheet=name), SHOW, Severity.WARNING)]


def _has(row: Row, at: int) -> bool:
    return at < len(row.cells) and bool(row.cells[at].strip())
