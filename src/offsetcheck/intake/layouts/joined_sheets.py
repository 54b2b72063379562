"""What further sheets of a workbook say of the rows of its main one, as columns of that one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from offsetcheck.intake.files.sheet import FileRows, Sheet, key_header
from offsetcheck.intake.layouts.layout import FurtherSheet, layout_key, place_of, places
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.reading import SheetState


def with_sheets(sheet: Sheet, joins: Sequence[FurtherSheet]) -> Sheet:
    """Return a sheet with the columns of further ones, headed `locations.locationCountry`.

    Where several rows of a further sheet belong to one row, their cells stand in one, once each and
    apart by `; `. A sheet that is not there, or lacks the common column, adds nothing. The first
    row of a further sheet is its header.
    """
    by_name = {key(other.sheet or ""): other for other in sheet.others if other.rows}
    for join in joins:
        found = next((by_name[key(name)] for name in join.sheet if key(name) in by_name), None)
        if found is not None:
            sheet = _joined(sheet, found, join)
    return sheet


def _joined(sheet: Sheet, other: FileRows, join: FurtherSheet) -> Sheet:
    headers = [key_header(cell) for cell in other.rows[0].cells]
    here = place_of(places(sheet), join.on)
    there = place_of({layout_key(name): at for at, name in enumerate(headers)}, join.on)
    if here is None or there is None:
        return sheet
    rows = _rows_by(other, there)
    added = [index for index, name in enumerate(headers) if name and index != there]
    keys = [cell.strip() for cell in sheet.columns[here]]
    width = len(sheet.headers)
    return replace(
        sheet,
        headers=[*sheet.headers, *(f"{join.sheet[0]}.{headers[index]}" for index in added)],
        columns=[
            *sheet.columns,
            *([_list(other, rows.get(one, ()), index) for one in keys] for index in added),
        ],
        spoilt={
            **sheet.spoilt,
            **{
                (row, width + column): why
                for column, index in enumerate(added)
                for row, one in enumerate(keys)
                if (why := _spoilt(other, rows.get(one, ()), index)) is not None
            },
        },
        seen=[
            replace(seen, state=SheetState.READ) if seen.name == other.sheet else seen
            for seen in sheet.seen
        ],
    )


def _rows_by(other: FileRows, at: int) -> Mapping[str, Sequence[int]]:
    """Return the rows of a sheet, as they are counted in it, by their word in a column."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index in range(1, len(other.rows)):
        if word := _cell(other, index, at):
            rows[word].append(index)
    return rows


def _cell(other: FileRows, row: int, column: int) -> str:
    cells = other.rows[row].cells
    return cells[column].strip() if column < len(cells) else ""


def _list(other: FileRows, rows: Sequence[int], column: int) -> str:
    cells = (_cell(other, row, column) for row in rows)
    return "; ".join(dict.fromkeys(cell for cell in cells if cell))


def _spoilt(other: FileRows, rows: Sequence[int], column: int) -> str | None:
    if not other.spoilt:
        return None
    return next((why for row in rows if (why := other.spoilt.get((row, column)))), None)
