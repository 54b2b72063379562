"""Separated text (CSV, semicolons, tabs) to rows, with the line on which each row starts."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from offsetcheck.intake.files.limits import MAX_CELL, MAX_CELLS
from offsetcheck.intake.files.sheet import FileRows, Row, header_row, header_score
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 30
SAMPLE_CHARACTERS = 200_000
SWALLOWED_LINES = 300


def read_separated(text: str, file: str, known: AbstractSet[str]) -> FileRows:
    """Return the rows of separated text; the delimiter is the one whose header is best known."""
    delimiter = find_delimiter(text, known)
    rows = list(_rows(text, file, delimiter))
    # Excel writes `;` where the comma is a decimal sign: a comma in a comma-separated file groups.
    number = NumberStyle.GROUPED if delimiter == "," else NumberStyle.UNKNOWN
    return FileRows(
        file, rows, styles=Styles(number, separator=delimiter), problems=_swallowed(rows, file)
    )


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
    return (header_score(rows[header_row(rows, known)].cells, known), width * often)


def _rows(text: str, file: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line, taken = 1, 0
    try:
        for cells in reader:
            if cells and not _is_comment(cells):
                yield Row(line, cells)
            line, taken = reader.line_num + 1, taken + len(cells)
            if taken > MAX_CELLS:
                raise InputError([Problem(f"more than {MAX_CELLS:,} cells", Place(file, line))])
    except csv.Error as error:
        raise InputError([_broken(error, file, line)]) from None


def _is_comment(cells: list[str]) -> bool:
    return cells[0].lstrip().startswith("#") and not any(cell.strip() for cell in cells[1:])


def _broken(error: csv.Error, file: str, line: int) -> Problem:
    if "field larger than" in str(error):
        return Problem(
            f"a cell holds more than {MAX_CELL} characters",
            Place(file, line),
            "a quote is perhaps not closed; shorten the cell or close the quote",
        )
    return Problem("the row cannot be read as separated text", Place(file, line), str(error))


def _swallowed(rows: list[Row], file: str) -> list[Problem]:
    """Warn of cells that run over hundreds of lines: an unclosed quote swallows what follows."""
    return [
        Problem(
            f"one cell runs over {cell.count(chr(10))} lines",
            Place(file, row.line),
            "a quote is perhaps not closed, and the rows below are read as part of this cell",
            Severity.WARNING,
        )
        for row in rows
        for cell in row.cells
        if len(cell) > SWALLOWED_LINES and cell.count("\n") > SWALLOWED_LINES
    ]
