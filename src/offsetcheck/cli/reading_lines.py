"""How a file was read, in at most three lines of a terminal; long lists are cut."""

from collections import Counter
from collections.abc import Iterator, Sequence

from offsetcheck.cli.counted import counted
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.reading import BID_SHEET, Aside, ColumnSeen, Reading, SheetState

NAMED = 4
"""Columns or sheets that a line names; the others are counted."""

MAX_NAME, MAX_WHY = 40, 120  # characters

ASIDE = {
    Aside.TOTAL: ("total", "totals"),
    Aside.NOTE: ("note", "notes"),
    Aside.REPEATED_HEADER: ("repeated header", "repeated headers"),
    Aside.BLANK: ("blank", "blank"),
    Aside.STRUCK_THROUGH: ("struck through", "struck through"),
    Aside.HIDDEN: ("hidden", "hidden"),
    Aside.LEFT_OUT: ("left out", "left out"),
}
STATES = {
    SheetState.NO_LIST: "no list",
    SheetState.HIDDEN: "hidden",
    SheetState.NOT_READ: "another one is read",
}
COUNTS_AS = {
    EvidenceGrade.E1: "its facts count as the registry's (E1)",
    EvidenceGrade.E4: "its facts count as the seller's word (E4)",
}


def reading_lines(reading: Reading) -> list[str]:
    """Return what a file was taken for, then its rows and sheets, then its columns.

    Where nothing was set aside, refused or left unread, rows and columns share a line.
    """
    rows, left, columns = _rows(reading), _left(reading), _columns(reading)
    first = _taken(reading)
    if not left:
        return [first, f"  {'; '.join([rows, *columns])}"]
    return [first, f"  {'; '.join([rows, *left])}", f"  {'; '.join(columns)}"]


def _taken(reading: Reading) -> str:
    kind = "a bid sheet" if reading.layout == BID_SHEET else reading.layout
    said = [f"{_cut(reading.file)}: read as {kind} ({_cut(reading.why, MAX_WHY)})"]
    said += [f"sheet “{_cut(reading.sheet)}”"] if reading.sheet else []
    said += [f"header in row {reading.header_line}"] if reading.header_line else []
    counts = COUNTS_AS.get(reading.grade) if reading.grade else None
    # Of a bid sheet nobody expects anything else.
    return "; ".join([", ".join(said), *([counts] if counts and kind != "a bid sheet" else [])])


def _rows(reading: Reading) -> str:
    one, many = ("offer", "offers") if reading.layout == BID_SHEET else ("row", "rows")
    said = counted(reading.rows, one, many)
    return f"{said}, {counted(reading.lost, 'cell', 'cells')} not read" if reading.lost else said


def _left(reading: Reading) -> list[str]:
    said = [f"{counted(reading.refused, 'row', 'rows')} refused"] if reading.refused else []
    if reading.aside:
        counts = Counter(row.why for row in reading.aside)
        kinds = ", ".join(counted(counts[why], *ASIDE[why]) for why in Aside if counts[why])
        said.append(f"set aside {counted(len(reading.aside), 'row', 'rows')} ({kinds})")
    sheets = reading.unread_sheets
    if sheets:
        named = [f"“{_cut(sheet.name)}” {STATES[sheet.state]}" for sheet in sheets]
        said.append(f"{counted(len(sheets), 'sheet', 'sheets')} not read ({_listed(named)})")
    return said


def _columns(reading: Reading) -> Iterator[str]:
    used, unused = reading.used, reading.unused
    said = f"{counted(len(used), 'column', 'columns')} used"
    yield f"{said}, {len(unused):,} not: {_listed(list(_unused(unused)))}" if unused else said
    yield from _converted(used)
    styles = [("numbers", reading.numbers), ("days", reading.dates)]
    if shown := ", ".join(f"{name} {_cut(style, MAX_WHY)}" for name, style in styles if style):
        yield shown
    if reading.options:
        yield f"read with {' '.join(reading.options)}"


def _unused(columns: Sequence[ColumnSeen]) -> Iterator[str]:
    filled = [column for column in columns if column.cells]
    for number, column in enumerate(filled):
        cells = f"{column.cells:,}" if number else counted(column.cells, "cell", "cells")
        yield f"“{_cut(column.header)}” ({cells})"
    if empty := len(columns) - len(filled):
        yield f"{empty:,} without a cell"


def _converted(columns: Sequence[ColumnSeen]) -> Iterator[str]:
    said = [f"“{_cut(column.header)}” {column.converted}" for column in columns if column.converted]
    if said:
        yield f"converted {_listed(said)}"


def _listed(texts: Sequence[str]) -> str:
    """Return texts in one line; of many the first, and how many more there are."""
    more = len(texts) - NAMED
    # One more than would be named is named: to count it would be no shorter.
    if more <= 1:
        return ", ".join(texts)
    return f"{', '.join(texts[:NAMED])} and {more:,} more"


def _cut(text: str, longest: int = MAX_NAME) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
