"""The id of each row: canonical, never missing, never twice."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.ids import canonical_id
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.table import Column

_US_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
LOT = ("vintage", "vintage_start", "vintage_end", "serials", "delivery")
MANGLED_SHARE = 0.5


def identities(
    sheet: Sheet, columns: Mapping[str, Column]
) -> tuple[Sequence[str], Sequence[Problem]]:
    """Return one id per row, and what is wrong with them.

    A missing id becomes `row-N` after its line. A project that stands twice is judged twice, as
    `ID` and `ID#2`: two lots of one project where the rows state different lots, else an error.
    """
    stated = _stated(columns, len(sheet))
    if _mangled(columns.get("id"), len(sheet)):
        return [f"row-{line}" for line in sheet.lines], [_spreadsheet_damage(sheet)]
    named = [name or f"row-{line}" for name, line in zip(stated, sheet.lines, strict=True)]
    problems = [
        Problem(
            f"the row has no project id; it is called {named[row]} here",
            sheet.place(row),
            "state the id that the registry gives the project",
        )
        for row, name in enumerate(stated)
        if not name
    ]
    ids, doubled = _numbered(sheet, named, columns)
    return ids, [*problems, *doubled]


def base_id(identity: str) -> str:
    """Return the project's id of a row's id: `VCS902` for `VCS902#2`."""
    return re.sub(r"#\d+$", "", identity)


def _stated(columns: Mapping[str, Column], rows: int) -> list[str | None]:
    if "id" not in columns:
        return [None] * rows
    programmes = columns["programme"].values if "programme" in columns else [None] * rows
    return [
        canonical_id(str(value), programme if isinstance(programme, str) else None)
        if value is not None
        else None
        for value, programme in zip(columns["id"].values, programmes, strict=True)
    ]


def _mangled(column: Column | None, rows: int) -> bool:
    """Return whether a spreadsheet has turned most ids into days."""
    if column is None or rows == 0:
        return False
    days = sum(1 for value in column.values if isinstance(value, str) and _US_DAY.fullmatch(value))
    return days > rows * MANGLED_SHARE


def _spreadsheet_damage(sheet: Sheet) -> Problem:
    return Problem(
        "a spreadsheet has turned the ids into dates; no project can be told by them",
        sheet.place(0),
        "export the list again and do not save it from a spreadsheet",
    )


def _numbered(
    sheet: Sheet, named: Sequence[str], columns: Mapping[str, Column]
) -> tuple[list[str], list[Problem]]:
    seen: Counter[str] = Counter()
    first: dict[str, int] = {}
    ids: list[str] = []
    problems: list[Problem] = []
    for row, name in enumerate(named):
        seen[name] += 1
        if seen[name] == 1:
            first[name] = row
            ids.append(name)
            continue
        ids.append(f"{name}#{seen[name]}")
        problems.append(_double(sheet, row, first[name], ids[-1], columns))
    return ids, problems


def _double(
    sheet: Sheet, row: int, first: int, identity: str, columns: Mapping[str, Column]
) -> Problem:
    name, line = base_id(identity), sheet.lines[first]
    if _lot(columns, row) != _lot(columns, first):
        message = (
            f"{name} is offered a second time, after line {line}; this lot is called {identity}"
        )
        return Problem(message, sheet.place(row), None, Severity.NOTE)
    message = f"{name} stands here a second time, after line {line}; this row is called {identity}"
    return Problem(message, sheet.place(row), "remove one row, or state the vintage of each lot")


def _lot(columns: Mapping[str, Column], row: int) -> list[object]:
    return [columns[name].values[row] for name in LOT if name in columns]
