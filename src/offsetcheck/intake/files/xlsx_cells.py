"""The cells of one worksheet as text, with what the XML says of rows, columns and cells."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from offsetcheck.intake.files.limits import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SPAN,
    MAX_TEXT,
)
from offsetcheck.intake.files.xlsx_package import damaged, is_true, refusal
from offsetcheck.intake.files.xlsx_strings import EMPTY, Cell, name_of, rich_text, unescaped
from offsetcheck.intake.files.xlsx_styles import CellStyles, Shown, text_of_number
from offsetcheck.vocabulary.problem import InputError, Place

FORMULA = "the cell holds a formula"
STRUCK = "the cell is struck through"
NO_NUMBER = "the cell is typed as a number and holds none"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LAST_COLUMN = 16_384
LAST_ROW = 1_048_576
SAFE_DIGITS = 15  # a whole number of so many digits is the same as a double
MOST_MERGED = 10_000
MOST_KNOWN = 100_000  # cells remembered by what they say
_MERGED = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_NOTHING = frozenset({"#N/A"})


@dataclass(slots=True)
class SheetCells:
    """What a worksheet holds: rows that hold anything, and what is said of them.

    `rows` are a line, from 1, and its cells up to the last one used; `spoilt` and `struck` count
    rows from 0 as they stand here. `hidden` are such rows; `hidden_columns` are from 0; `merged` is
    the first line and column, then the last, from 1.
    """

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    spoilt: list[tuple[int, int, str]] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class _Columns(dict[str, int]):
    """The number of a column, from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and letters.isupper()):
            raise ValueError(f"“{letters[:20]}” is no column")
        number = 0
        for letter in letters[:4]:
            number = number * 26 + ord(letter) - ord("A") + 1
        if number > LAST_COLUMN:
            raise ValueError(f"there is no column {letters[:20]}")
        self[letters] = number - 1
        return number - 1


_COLUMNS = _Columns()


class Reader:
    """Reads the worksheets of one workbook; the limits count all of them together."""

    def __init__(self, strings: Sequence[Cell], styles: CellStyles) -> None:
        self._strings = strings
        self._styles = styles
        self._used = 0
        self._span = 0
        self._characters = 0
        self._plain: dict[tuple[str | None, str | None, str | None], Cell] = {}

    def read(self, elements: Iterable[tuple[str, ET.Element]], sheet: str) -> SheetCells:
        """Return the cells of a worksheet from its elements; raises InputError beyond a limit."""
        found = SheetCells()
        hidden: set[tuple[int, int]] = set()
        line = 0
        for _, element in elements:
            match name_of(element.tag):
                case "row":
                    line = _row_number(element, line)
                    self._row(element, line, found, sheet)
                    element.clear()
                case "sheetData" if any(name_of(child.tag) != "row" for child in element):
                    raise damaged("cells stand outside of rows", sheet)
                case "col" if _is_hidden(element, "width"):
                    first, last = int(element.get("min", "0")), int(element.get("max", "0"))
                    hidden.add((max(first, 1) - 1, min(last, LAST_COLUMN)))
                case "mergeCell" if len(found.merged) < MOST_MERGED:
                    found.merged += _merged(element.get("ref", ""))
        found.hidden_columns = _each_once(hidden)
        self._check(found, sheet)
        return found

    def _row(self, row: ET.Element, line: int, found: SheetCells, sheet: str) -> None:
        cells = self._cells(row, line, sheet)
        used = {at: cell for at, cell in cells.items() if cell.spoilt or _says(cell.text)}
        if not used:
            return
        self._used += len(used)
        width = max(used) + 1
        self._span += width
        if width > MAX_COLUMNS:
            raise _too_wide(width, line, sheet)
        if self._used > MAX_CELLS or self._span > MAX_SPAN:
            found.rows.clear()  # it is refused; only the count goes on
        index = len(found.rows)
        found.rows.append((line, [used.get(at, EMPTY).text for at in range(width)]))
        found.spoilt += [(index, at, cell.spoilt) for at, cell in used.items() if cell.spoilt]
        if all(cell.struck for cell in used.values()):
            found.struck.append(index)
        else:
            found.spoilt += [(index, at, STRUCK) for at, cell in used.items() if cell.struck]
        if _is_hidden(row, "ht"):
            found.hidden.append(index)

    def _cells(self, row: ET.Element, line: int, sheet: str) -> dict[int, Cell]:
        cells: dict[int, Cell] = {}
        at, number = -1, str(line)
        for element in row:
            if name_of(element.tag) != "c":
                continue
            at = _column(element.get("r"), at, number)
            if at in cells:
                raise damaged(f"two cells stand in one place of row {line}", sheet)
            cell = cells[at] = self._known(element)
            if len(cell.text) > MAX_CELL:
                raise _too_long(cell.text, line, at, sheet)
            self._characters += len(cell.text)
        if self._characters > MAX_TEXT:
            raise _too_much_text(line, sheet)
        return cells

    def _known(self, element: ET.Element) -> Cell:
        """Return a cell that has a value and nothing else, as most have, worked out once."""
        if len(element) != 1 or name_of(element[0].tag) != "v":
            return self._cell(element) if len(element) else EMPTY
        said = (element.get("t"), element.get("s"), element[0].text)
        cell = self._plain.get(said)
        if cell is None:
            cell = self._cell(element)
            if len(self._plain) < MOST_KNOWN:
                self._plain[said] = cell
        return cell

    def _cell(self, element: ET.Element) -> Cell:
        style = int(element.get("s", "0"))
        struck = style in self._styles.struck
        value, formula = "", None
        inline = EMPTY
        for child in element:
            match name_of(child.tag):
                case "v":
                    value = child.text or ""
                case "f":
                    formula = child.text or ""
                case "is":
                    inline = rich_text(child)
        cell = self._value(element.get("t", "n"), value, style, inline)
        if formula is not None:
            return Cell(cell.text or f"={formula.strip()}", FORMULA, struck)
        return cell if not struck else cell._replace(struck=True)

    def _value(self, kind: str, value: str, style: int, inline: Cell) -> Cell:
        match kind:
            case "s":
                return self._strings[_index(value)] if value.strip() else EMPTY
            case "n":
                return _number(value.strip(), style, self._styles)
            case "inlineStr":
                return inline
            case "b":
                return Cell("true" if is_true(value.strip()) else "false") if value else EMPTY
            case "d":
                return Cell(value.strip().removesuffix("T00:00:00"))
            case "e" if value.strip() not in _NOTHING:
                return Cell(value, f"the cell holds the error {value.strip()[:20]}")
            case _:
                return Cell(unescaped(value))

    def _check(self, found: SheetCells, sheet: str) -> None:
        if len(found.rows) > MAX_ROWS:
            raise _too_many(len(found.rows), "rows", MAX_ROWS, sheet)
        if self._used > MAX_CELLS:
            raise _too_many(self._used, "cells that are used", MAX_CELLS, sheet)
        if self._span > MAX_SPAN:
            raise _too_many(self._span, "cells up to the last one of each row", MAX_SPAN, sheet)


def _says(text: str) -> bool:
    return bool(text) and not text.isspace()


def _row_number(row: ET.Element, last: int) -> int:
    """Return a row's number: as it says, as its first cell with a reference says, or the next."""
    said = row.get("r")
    if said is None:
        first = next((reference for cell in row if (reference := cell.get("r"))), None)
        said = first.lstrip(LETTERS) if first else None
    line = last + 1 if said is None else _index(said)
    if not last < line <= LAST_ROW:
        raise ValueError(f"row {line} follows row {last}")
    return line


def _column(reference: str | None, last: int, line: str) -> int:
    """Return a cell's column, from 0; one without a reference follows the last."""
    if reference is None:
        return last + 1
    letters = reference.rstrip("0123456789")
    if reference[len(letters) :] != line:
        raise ValueError(f"a cell of row {line} says that it is “{reference[:20]}”")
    return _COLUMNS[letters]


def _index(text: str) -> int:
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit()) or len(bare) > SAFE_DIGITS:
        raise ValueError(f"“{bare[:20]}” is no number")
    return int(bare)


def _number(text: str, style: int, styles: CellStyles) -> Cell:
    if not text:
        return EMPTY
    if _is_whole(text) and styles.shows(style) is Shown.NUMBER:
        return Cell(text)
    try:
        number = math.nan if "_" in text else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return Cell(text, NO_NUMBER)
    return Cell(text_of_number(number, style, styles))


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= SAFE_DIGITS and text[0] != "0"


def _each_once(ranges: Iterable[tuple[int, int]]) -> list[int]:
    """Return the numbers of ranges in order; a sheet may name one range thousands of times."""
    numbers: list[int] = []
    for first, end in sorted(ranges):
        numbers += range(max(first, numbers[-1] + 1 if numbers else 0), end)
    return numbers


def _is_hidden(element: ET.Element, size: str) -> bool:
    """Return whether a row or column is hidden, or as good as hidden: without height or width."""
    return is_true(element.get("hidden")) or element.get(size) in {"0", "0.0"}


def _merged(reference: str) -> list[tuple[int, int, int, int]]:
    match = _MERGED.fullmatch(reference)
    if match is None or (match[1], match[2]) == (match[3], match[4]):
        return []
    return [(int(match[2]), _COLUMNS[match[1]] + 1, int(match[4]), _COLUMNS[match[3]] + 1)]


def _too_many(found: int, what: str, most: int, sheet: str) -> InputError:
    message = f"the sheet has {found:,} {what}; at most {most:,} of a workbook are read"
    return refusal(message, "split it, or export it as Parquet", Place("", sheet=sheet))


def _too_wide(width: int, line: int, sheet: str) -> InputError:
    message = f"a cell is used in column {width:,}; at most {MAX_COLUMNS:,} columns are read"
    hint = "a cell far outside the table is perhaps used by mistake; delete it"
    return refusal(message, hint, Place("", line, width, sheet=sheet))


def _too_long(text: str, line: int, at: int, sheet: str) -> InputError:
    message = f"a cell holds {len(text):,} characters; at most {MAX_CELL:,} are read"
    return refusal(message, "shorten it", Place("", line, at + 1, sheet=sheet))


def _too_much_text(line: int, sheet: str) -> InputError:
    message = (
        f"the cells hold more than {MAX_TEXT:,} characters of text, which are all that are read"
    )
    hint = "shorten the texts, or leave out the columns that are not needed"
    return refusal(message, hint, Place("", line, sheet=sheet))
