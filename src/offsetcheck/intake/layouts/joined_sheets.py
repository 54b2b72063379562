"""What further sheets of a workbook say of the rows of its main one, as columns of that one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.layouts.layout import FurtherSheet, place_of, places
from offsetcheck.intake.normalise.text import key


def with_sheets(sheet: Sheet, joins: Sequence[FurtherSheet]) -> Sheet:
    """Return a sheet with the columns of further ones, headed `locations.locationCountry`.

    Where several rows of a further sheet belong to one row, their cells stand in one, once each and
    apart by `; `. A sheet that is not there, or lacks the common column, adds nothing.
    """
    by_name = {key(other.sheet or ""): other for other in sheet.others}
    for join in joins:
        found = next((by_name[key(name)] for name in join.sheet if key(name) in by_name), None)
        if found is not None:
            sheet = _joined(sheet, found, join)
    return sheet


def _joined(sheet: Sheet, other: Sheet, join: FurtherSheet) -> Sheet:
    here, there = place_of(places(sheet), join.on), place_of(places(other), join.on)
    if here is None or there is None:
        return sheet
    rows = _rows_by(other.columns[there])
    added = [index for index in range(len(other.headers)) if index != there]
    keys = [cell.strip() for cell in sheet.columns[here]]
    return replace(
        sheet,
        headers=[*sheet.headers, *(f"{join.sheet[0]}.{_head(other, index)}" for index in added)],
        columns=[
            *sheet.columns,
            *([_list(other.columns[index], rows.get(one, ())) for one in keys] for index in added),
        ],
    )


def _head(sheet: Sheet, index: int) -> str:
    return key_header(sheet.headers[index])


def _rows_by(column: Sequence[str]) -> Mapping[str, Sequence[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, cell in enumerate(column):
        if cell.strip():
            rows[cell.strip()].append(row)
    return rows


def _list(column: Sequence[str], rows: Sequence[int]) -> str:
    return "; ".join(dict.fromkeys(column[row].strip() for row in rows if column[row].strip()))
