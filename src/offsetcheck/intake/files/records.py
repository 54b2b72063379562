"""JSON, JSON Lines and YAML to a sheet: a list of records, or an object that holds one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from offsetcheck.intake.files.limits import MAX_CELL, MAX_COLUMNS, MAX_JSON, MAX_ROWS
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import InputError, Place, Problem

LISTS = ("offers", "candidates", "projects", "rows", "items", "data")
EXPECTED = "expected a list of offers, or an object with a list named `offers`"
ABOUT = ("document", "page", "kind")  # what a value's record may say of the paper behind it


def read_json(text: str, file: str) -> Sheet:
    """Return a JSON array of objects as a sheet, with the line on which each object starts."""
    _check_size(text, file)
    try:
        start = _array_start(text)
        records, lines = _array(text, start) if start is not None else _wrapped(text, file)
    except json.JSONDecodeError as error:
        problem = Problem(f"this is not JSON: {error.msg}", Place(file, error.lineno, error.colno))
        raise InputError([problem]) from None
    except RecursionError:
        raise InputError([Problem("the JSON is nested too deeply", Place(file))]) from None
    except ValueError as error:
        raise InputError([Problem(f"this is not JSON: {error}", Place(file))]) from None
    return sheet_of_records(records, lines, file)


def read_json_lines(text: str, file: str) -> Sheet:
    """Return one object per line as a sheet; one that is no object is a problem."""
    _check_size(text, file)
    records, lines, problems = [], [], []
    for line, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            records.append(json.loads(row))
            lines.append(line)
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else None
            problems.append(Problem("the line is not JSON", Place(file, line, column)))
    if problems and not records:
        raise InputError(problems)
    sheet = sheet_of_records(records, lines, file)
    return replace(sheet, problems=[*problems, *sheet.problems])


def read_yaml(text: str, file: str) -> Sheet:
    """Return a YAML list of mappings as a sheet, its numbers as they are written."""
    document = compose(text, file, numbers_as_written=True)
    problems = document.problems
    if document.data is None and problems:
        raise InputError(problems)
    key, records = _list_in(document.data, file)
    path = () if key is None else (key,)
    lines = [document.value_mark((*path, index))[0] for index in range(len(records))]
    sheet = sheet_of_records(records, lines, file)
    return replace(sheet, problems=[*problems, *sheet.problems])


def sheet_of_records(records: Sequence[Any], lines: Sequence[int], file: str) -> Sheet:
    """Return records as a sheet; `{value: 40, document: risk.pdf}` becomes two columns."""
    if len(records) > MAX_ROWS:
        raise InputError([Problem(f"more than {MAX_ROWS} rows", Place(file))])
    kept = [
        (line, _flat(item)) for line, item in zip(lines, records, strict=True) if _is_record(item)
    ]
    problems = [
        Problem("an entry is no object with keys", Place(file, line), EXPECTED)
        for line, item in zip(lines, records, strict=True)
        if not _is_record(item)
    ]
    headers = list(dict.fromkeys(key for _, record in kept for key in record))
    if len(headers) > MAX_COLUMNS:
        raise InputError([Problem(f"more than {MAX_COLUMNS} different keys", Place(file))])
    columns = [[record.get(header, "") for _, record in kept] for header in headers]
    for line, record in kept:
        if any(len(cell) > MAX_CELL for cell in record.values()):
            raise InputError(
                [Problem(f"a value holds more than {MAX_CELL} characters", Place(file, line))]
            )
    return Sheet(
        file, headers, columns, [line for line, _ in kept], styles=Styles(), problems=problems
    )


def _check_size(text: str, file: str) -> None:
    if len(text) > MAX_JSON:
        raise InputError([Problem(f"more than {MAX_JSON:,} characters of JSON", Place(file))])


def _is_record(item: object) -> bool:
    return isinstance(item, Mapping)


def _flat(record: Mapping[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, Mapping) and "value" in value:
            cells[name] = cell_text(value["value"])
            cells |= {
                f"{name} {about}": cell_text(value[about]) for about in ABOUT if about in value
            }
        else:
            cells[name] = cell_text(value)
    return cells


def cell_text(value: object) -> str:
    """Return a value as the text of a cell; a list as JSON, so that its words stay apart."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _list_in(data: object, file: str) -> tuple[str | None, Sequence[Any]]:
    if isinstance(data, list):
        return None, data
    if isinstance(data, Mapping):
        lists = {key: value for key, value in data.items() if isinstance(value, list)}
        named = [key for key in LISTS if key in lists] or list(lists)
        if len(named) == 1 or (named and named[0] in LISTS):
            return named[0], lists[named[0]]
    raise InputError([Problem("the file holds no list of offers", Place(file), EXPECTED)])


def _array_start(text: str) -> int | None:
    start = len(text) - len(text.lstrip())
    return start if text[start : start + 1] == "[" else None


def _array(text: str, start: int) -> tuple[list[Any], list[int]]:
    """Decode an array element by element, to know the line of each."""
    decoder = json.JSONDecoder()
    records: list[Any] = []
    lines: list[int] = []
    at, line, counted = start + 1, 1, 0
    while True:
        at = _skip(text, at)
        if text[at : at + 1] == "]" and not records:
            break
        line, counted = line + text.count("\n", counted, at), at
        record, at = decoder.raw_decode(text, at)
        records.append(record)
        lines.append(line)
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] != ",":
            raise json.JSONDecodeError("a comma or `]` is missing", text, at)
        at += 1
    if text[at + 1 :].strip():
        raise json.JSONDecodeError("text follows the list", text, at + 1)
    return records, lines


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _wrapped(text: str, file: str) -> tuple[Sequence[Any], list[int]]:
    """Decode an object that holds the list; the line of a record is then its number."""
    _, records = _list_in(json.loads(text), file)
    return records, list(range(1, len(records) + 1))
