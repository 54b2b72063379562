"""Separated text (CSV, semicolons, tabs) to rows, with the line on which each row starts."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from offsetcheck.intake.files.header import find_header, header_score
from offsetcheck.intake.files.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SPAN
from offsetcheck.intake.files.sheet import FileRows, Row, bounded
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 30
SAMPLE_CHARACTERS = 200_000
SWALLOWED_LINES = 300
FEWEST_PARTED = 3  # cells or rows, from which on a row that differs from all others is told

_TOLD = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


def read_separated(text: str, file: str, known: AbstractSet[str]) -> FileRows:
    """Return the rows of separated text; the delimiter is the one whose header is best known.

    A first line `sep=;`, as Excel writes it, names it. A byte-order mark in the middle of the text,
    where two files were put together, is no sign of it.
    """
    text = text.replace("\ufeff", "")
    told = _TOLD.match(text)
    delimiter = told[1] if told else find_delimiter(text, known)
    rows = list(_rows(text, file, delimiter))[bool(told) :]
    kept, others = _by_separator(rows, delimiter)
    # Excel writes `;` where the comma is a decimal sign: a comma in a comma-separated file groups.
    number = NumberStyle.GROUPED if delimiter == "," else NumberStyle.UNKNOWN
    problems = [
        *bounded(_swallowed(kept, file)),
        *bounded(_otherwise_separated(others, file)),
        *bounded(_stray_quotes(text, file, delimiter)),
        *_cut_off(text, kept, file, delimiter),
    ]
    return FileRows(file, kept, styles=Styles(number, separator=delimiter), problems=problems)


def find_delimiter(text: str, known: AbstractSet[str]) -> str:
    """Return the delimiter under which a first row holds most known headers, else most cells."""
    sample = text[:SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter, known))


def _fit(sample: str, delimiter: str, known: AbstractSet[str]) -> tuple[int, int]:
    rows = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            rows.append(Row(0, cells))
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # the full read reports it with its place
    if not rows:
        return (0, 0)
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    width, often = widths.most_common(1)[0] if widths else (0, 0)
    return (header_score(rows[find_header(rows, known)].cells, known), width * often)


def _rows(text: str, file: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(_lines(text, file, delimiter), delimiter=delimiter)
    line, used, span = 1, 0, 0
    try:
        for row, cells in enumerate(reader):
            if row > MAX_ROWS:
                raise InputError([_too_many(file, line, "rows", MAX_ROWS)])
            if any(cells) and not _is_comment(cells):
                yield Row(line, cells)
            line, span = reader.line_num + 1, span + len(cells)
            used += len(cells) - cells.count("")
            if used > MAX_CELLS or span > MAX_SPAN:
                raise InputError([_too_many(file, line, "cells that are used", MAX_CELLS)])
    except csv.Error as error:
        raise InputError([_broken(error, file, line)]) from None


def _lines(text: str, file: str, delimiter: str) -> Iterator[str]:
    """Yield lines with their ends; one of more separators than any row may have is refused."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > MAX_CELL and (count := line.count(delimiter)) > MAX_CELL:
            message = f"the line has {count:,} separators; at most {MAX_COLUMNS:,} columns are read"
            hint = "the rows have perhaps lost their line ends; export the file again"
            raise InputError([Problem(message, Place(file, number), hint)])
        yield line


def _too_many(file: str, line: int, what: str, most: int) -> Problem:
    message = f"the file has more than {most:,} {what}, which are all that are read"
    return Problem(message, Place(file, line), "split it, or leave out columns")


def _is_comment(cells: list[str]) -> bool:
    return cells[0].lstrip().startswith("#") and not any(cell.strip() for cell in cells[1:])


def _broken(error: csv.Error, file: str, line: int) -> Problem:
    if "field larger than" in str(error):
        return Problem(
            f"a cell holds more than {MAX_CELL:,} characters, which are all that are read",
            Place(file, line),
            "a quote is perhaps not closed; shorten the cell or close the quote",
        )
    return Problem("the row cannot be read as separated text", Place(file, line), str(error))


def _swallowed(rows: Sequence[Row], file: str) -> Iterator[Problem]:
    """Warn of cells that run over hundreds of lines: an unclosed quote swallows what follows."""
    for row in rows:
        for cell in row.cells:
            if len(cell) > SWALLOWED_LINES and cell.count("\n") > SWALLOWED_LINES:
                yield Problem(
                    f"one cell runs over {cell.count(chr(10))} lines",
                    Place(file, row.line),
                    "a quote is perhaps not closed, and the rows below are read as part of it",
                    Severity.WARNING,
                )


def _by_separator(rows: Sequence[Row], delimiter: str) -> tuple[list[Row], list[Row]]:
    """Return the rows, and those of one cell that another sign would part like the rest."""
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    width = widths.most_common(1)[0][0] if widths else 0
    if width < FEWEST_PARTED:
        return list(rows), []
    others = [sign for sign in DELIMITERS if sign != delimiter]
    found = {
        at
        for at, row in enumerate(rows)
        if len(row.cells) == 1 and any(_parts(row.cells[0], sign) == width for sign in others)
    }
    kept = [row for at, row in enumerate(rows) if at not in found]
    return kept, [rows[at] for at in sorted(found)]


def _parts(text: str, sign: str) -> int:
    """Return in how many cells a sign parts a text that is not a sentence."""
    return text.count(sign) + 1 if f"{sign} " not in text else 1


def _otherwise_separated(rows: Sequence[Row], file: str) -> Iterator[Problem]:
    for row in rows:
        yield Problem(
            f"the row is not separated like the others, so it is not read: {row.cells[0][:60]}",
            Place(file, row.line),
            "use one separator in the whole file",
        )


def _stray_quotes(text: str, file: str, delimiter: str) -> Iterator[Problem]:
    """Warn of a quote within a quoted cell that is not doubled: where the cell ends is a guess."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while '"' in text:
        try:
            next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" in str(error):
                yield Problem(
                    "a quote stands within a quoted cell of this row; its cells may be shifted",
                    Place(file, reader.line_num),
                    "write such a quote twice, and compare the row",
                    Severity.WARNING,
                )


def _cut_off(text: str, rows: Sequence[Row], file: str, delimiter: str) -> list[Problem]:
    """Say where a file ends within a row: in a quote, or before the cells that every row has."""
    if not rows or text.endswith(("\n", "\r")):
        return []
    widths = {len(row.cells) for row in rows[:-1]}
    short = len(rows) > FEWEST_PARTED and len(rows[-1].cells) < min(widths)
    if not short and not _is_open(text, rows[-1], delimiter):
        return []
    message = "the file ends within this row; it is perhaps cut off"
    return [Problem(message, Place(file, rows[-1].line), "get the file again, and compare its end")]


def _is_open(text: str, last: Row, delimiter: str) -> bool:
    """Return whether the last row ends in a quote that is not closed."""
    rest = islice(io.StringIO(text, newline=""), last.line - 1, None)
    try:
        list(csv.reader(rest, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
