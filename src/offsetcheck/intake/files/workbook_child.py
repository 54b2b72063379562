"""A workbook to its sheets as JSON; `child.parse` runs it in a process of its own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from offsetcheck.intake.files.xlsx_cells import Reader, SheetCells
from offsetcheck.intake.files.xlsx_package import (
    UNREADABLE,
    Package,
    Relation,
    damaged,
    is_true,
    local,
    refusal,
)
from offsetcheck.intake.files.xlsx_strings import read_strings
from offsetcheck.intake.files.xlsx_styles import read_styles

FALLBACK = "xl/workbook.xml"


def convert(data: bytes) -> bytes:
    """Return the sheets of an XLSX file as a JSON list, each with its name, state and cells.

    The shape of a sheet is that of `SheetCells`, with `name` and `hidden_sheet`. Raises InputError.
    """
    try:
        return json.dumps(list(_sheets(Package(data))), ensure_ascii=False).encode()
    except UNREADABLE as error:
        raise damaged(_why(error)) from None


def _why(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__


def _sheets(package: Package) -> Iterator[dict[str, Any]]:
    top = package.relations("").values()
    main = next((one.part for one in top if one.kind == "officeDocument"), FALLBACK)
    book, named = package.root(main), package.relations(main.lstrip("/"))
    parts = {one.kind: one.part for one in named.values()}
    from_1904 = any(
        is_true(item.get("date1904")) for item in book.iter() if local(item.tag) == "workbookPr"
    )
    styles = read_styles(package, parts.get("styles"), days_from_1904=from_1904)
    shared = parts.get("sharedStrings")
    strings = read_strings(package.ends(shared)) if shared else []
    reader = Reader(strings, styles)
    listed = [item for item in book.iter() if local(item.tag) == "sheet"]
    if not listed:
        raise refusal("the workbook has no sheet")
    for item in listed:
        name = item.get("name", "")
        relation = _relation(item.attrib, named)
        found = SheetCells()
        if relation is None:
            raise damaged("the sheet is missing", name)
        if relation.kind == "worksheet":
            found = reader.read(package.ends(relation.part), name)
        yield _told(name, item.get("state", "visible"), found)


def _relation(attributes: Mapping[str, str], named: Mapping[str, Relation]) -> Relation | None:
    """Return the part of a sheet, which it names by an attribute `id` of another namespace."""
    used = [value for key, value in attributes.items() if key != "id" and local(key) == "id"]
    return named.get(used[0]) if used else None


def _told(name: str, state: str, found: SheetCells) -> dict[str, Any]:
    return {
        "name": name,
        "hidden_sheet": state != "visible",
        "rows": found.rows,
        "spoilt": found.spoilt,
        "struck": found.struck,
        "hidden": found.hidden,
        "hidden_columns": found.hidden_columns,
        "merged": found.merged,
    }
