"""XLSX to rows: limits are checked on the zip before it is opened; formulas are no values."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree as ET

import python_calamine as calamine

from offsetcheck.intake.files.limits import (
    MAX_CELL,
    MAX_CELLS,
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_FROM,
)
from offsetcheck.intake.files.panics import refusing_panics
from offsetcheck.intake.files.sheet import FileRows, Row, header_row, header_score
from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity

FORMULA = "the cell holds a formula"
_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,9})(\d{1,9})["'][^>]*>(\s*<(?:\w+:)?f\b)?"""
)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    OSError,
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class _Scan:
    """What a worksheet's XML tells before it is loaded: its size and its formula cells, from 0."""

    height: int
    width: int
    formulas: frozenset[tuple[int, int]]


def read_workbook(data: bytes, file: str, known: AbstractSet[str]) -> FileRows:
    """Return the rows of the sheet whose header is best known; the first sheet on a tie."""
    scans = _scan(data, file)
    try:
        with refusing_panics(file):
            book = calamine.load_workbook(io.BytesIO(data))
            read = [_sheet(book, name, file, scans.get(name)) for name in book.sheet_names]
    except (calamine.CalamineError, calamine.PasswordError, OSError) as error:
        raise InputError([_damaged(file, str(error))]) from None
    if not read:
        raise InputError([Problem("the workbook has no sheet", Place(file))])
    return max(read, key=lambda rows: _best(rows.rows, known))


def _best(rows: Sequence[Row], known: AbstractSet[str]) -> int:
    return header_score(rows[header_row(rows, known)].cells, known) if rows else -1


def _sheet(book: calamine.CalamineWorkbook, name: str, file: str, scan: _Scan | None) -> FileRows:
    sheet = book.get_sheet_by_name(name)
    grid = sheet.to_python(skip_empty_area=False)
    rows = [Row(line, [_text(cell) for cell in cells]) for line, cells in enumerate(grid, start=1)]
    _check_cells(rows, file, name)
    spoilt = dict.fromkeys(scan.formulas if scan else (), FORMULA)
    styles = Styles(typed=True)
    return FileRows(file, rows, name, styles, spoilt, _merged(sheet, file, name))


def _merged(sheet: calamine.CalamineSheet, file: str, name: str) -> list[Problem]:
    return [
        Problem(
            f"cells {first[0] + 1}:{first[1] + 1} to {last[0] + 1}:{last[1] + 1} are merged",
            Place(file, first[0] + 1, first[1] + 1, sheet=name),
            "only the first of them has the value; unmerge them",
            Severity.WARNING,
        )
        for first, last in sheet.merged_cell_ranges or ()
        if last[1] > first[1] or last[0] > first[0]
    ]


def _text(cell: object) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return number_text(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case date():
            return cell.isoformat()
        case time() | timedelta():
            return str(cell)
        case _:
            return ""


def _check_cells(rows: Sequence[Row], file: str, name: str) -> None:
    for row in rows:
        for column, cell in enumerate(row.cells, start=1):
            if len(cell) > MAX_CELL:
                place = Place(file, row.line, column, sheet=name)
                raise InputError([Problem(f"a cell holds more than {MAX_CELL} characters", place)])


def _scan(data: bytes, file: str) -> Mapping[str, _Scan]:
    """Check a workbook's zip and return a scan of each sheet by name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_zip(archive, len(data), file)
            scans = {entry: _scan_sheet(archive.read(entry)) for entry in _sheets(archive)}
            names = _sheet_names(archive)
    except _UNREADABLE:
        raise InputError([_damaged(file, None)]) from None
    for entry, scan in scans.items():
        if scan.height * scan.width > MAX_CELLS:
            raise InputError([_too_wide(file, names.get(entry), scan)])
    return {names[entry]: scan for entry, scan in scans.items() if entry in names}


def _check_zip(archive: zipfile.ZipFile, packed: int, file: str) -> None:
    """Refuse a zip bomb by its directory, then hold the directory to its word by reading it."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise InputError([_bomb(file, f"{len(entries)} entries, {unpacked} bytes unpacked")])
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > RATIO_FROM and ratio > MAX_RATIO:
            raise InputError([_bomb(file, f"`{entry.filename}` unpacks {ratio:.0f} times")])
    if unpacked > packed * MAX_RATIO and unpacked > RATIO_FROM:
        raise InputError([_bomb(file, f"{unpacked} bytes unpacked")])
    if (damaged := archive.testzip()) is not None:
        raise InputError([_damaged(file, f"`{damaged}` is damaged")])


def _sheets(archive: zipfile.ZipFile) -> Iterator[str]:
    return (name for name in archive.namelist() if _SHEET.fullmatch(name))


def _scan_sheet(xml: bytes) -> _Scan:
    height = width = 0
    formulas = set()
    for match in _CELL.finditer(xml):
        row, column = int(match[2]), _column(match[1])
        height, width = max(height, row), max(width, column)
        if match[3]:
            formulas.add((row - 1, column - 1))
    return _Scan(height, width, frozenset(formulas))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheet_names(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the sheet name of each worksheet file."""
    relations = _xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    names = {}
    for item in _xml(archive, "xl/workbook.xml").iter():
        if item.tag.endswith("}sheet") and (target := targets.get(item.get(_RELATION))):
            names["xl/" + target.lstrip("/").removeprefix("xl/")] = item.get("name", "")
    return names


def _xml(archive: zipfile.ZipFile, name: str) -> ET.Element:
    text = archive.read(name)
    if b"<!ENTITY" in text or b"<!DOCTYPE" in text:
        raise zipfile.BadZipFile("a workbook has no document type of its own")
    try:
        return ET.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError:
        raise zipfile.BadZipFile("the workbook's list of sheets is damaged") from None


def _bomb(file: str, found: str) -> Problem:
    return Problem(f"the workbook unpacks to far more than it says ({found})", Place(file))


def _damaged(file: str, why: str | None) -> Problem:
    hint = "open it, save it as XLSX without a password, or export it as CSV"
    return Problem("the workbook cannot be read" + (f" ({why})" if why else ""), Place(file), hint)


def _too_wide(file: str, name: str | None, scan: _Scan) -> Problem:
    place = Place(file, scan.height, sheet=name)
    return Problem(
        f"the sheet spans {scan.height} rows by {scan.width} columns",
        place,
        "a cell far outside the table makes it so large; delete it",
    )
