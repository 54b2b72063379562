"""JSON, JSON Lines and YAML to a sheet: a list of records, or an object that holds one."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from offsetcheck.intake.files.limits import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_JSON,
    MAX_ROWS,
    MAX_SPAN,
)
from offsetcheck.intake.files.record_cells import (
    JsonObject,
    doubled_keys,
    doubled_within,
    flat_record,
    is_record,
)
from offsetcheck.intake.files.sheet import Sheet, bounded
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import InputError, Place, Problem

LISTS = ("offers", "candidates", "projects", "rows", "items", "data")
EXPECTED = "expected a list of offers, or an object with a list named `offers`"
RecordPath = tuple[str, ...]
"""The keys that lead to the rows of a document, from its top."""


def _number(text: str) -> float | str:
    """Return a decimal; one beyond the doubles stays text, which no reader takes for a number."""
    value = float(text)
    return value if math.isfinite(value) else text


_DECODER = json.JSONDecoder(
    object_pairs_hook=JsonObject, parse_float=_number, parse_constant=lambda name: name
)
_HALF_SIGN = re.compile("[\ud800-\udfff]")


def read_json(text: str, file: str, paths: Sequence[RecordPath] = ()) -> Sheet:
    """Return a JSON array of objects as a sheet, with the line on which each object starts.

    In an object the rows stand at the first of the `paths` that leads to a list, else at its list.
    """
    _check_size(text, file)
    try:
        start = _array_start(text)
        records, lines = _array(text, start) if start is not None else _wrapped(text, file, paths)
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
            records.append(_DECODER.decode(row))
            lines.append(line)
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else None
            problems.append(Problem("the line is not JSON", Place(file, line, column)))
    problems = bounded(problems)
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
        raise InputError([_too_many(len(records), "rows", MAX_ROWS, file)])
    told = list(zip(lines, records, strict=True))
    kept = [(line, _whole(flat_record(item, file, line))) for line, item in told if is_record(item)]
    headers = list(dict.fromkeys(name for _, (record, _) in kept for name in record))
    if len(headers) > MAX_COLUMNS:
        raise InputError([_too_many(len(headers), "different keys", MAX_COLUMNS, file)])
    used = sum(len(record) for _, (record, _) in kept)
    if used > MAX_CELLS or len(headers) * len(kept) > MAX_SPAN:
        raise InputError([_too_many(used, "values", MAX_CELLS, file)])
    for line, (record, _) in kept:
        _check_cells(record, file, line)
    return Sheet(
        file,
        headers,
        [[record.get(header, "") for _, (record, _) in kept] for header in headers],
        [line for line, _ in kept],
        styles=Styles(typed=True),
        problems=[
            *bounded(_no_records(told, file)),
            *bounded(_stated_twice(told, file)),
            *bounded(_half_signs([(line, broken) for line, (_, broken) in kept], file)),
        ],
    )


def _no_records(told: Sequence[tuple[int, Any]], file: str) -> Iterator[Problem]:
    for line, item in told:
        if not is_record(item):
            yield Problem("an entry is no object with keys", Place(file, line), EXPECTED)


def _stated_twice(told: Sequence[tuple[int, Any]], file: str) -> Iterator[Problem]:
    for line, item in told:
        for name in doubled_within(item):
            yield Problem(
                f"the key `{_shown(name)}` stands twice in one offer: it counts as not stated",
                Place(file, line),
                "keep the one that holds",
            )


def _half_signs(told: Iterable[tuple[int, Sequence[str]]], file: str) -> Iterator[Problem]:
    for line, names in told:
        for name in names:
            yield Problem(
                "the text holds half of a sign (a surrogate on its own), which is read as “\ufffd”",
                Place(file, line, field=_shown(name)),
                "write the sign whole, or leave it out",
            )


def _shown(name: str) -> str:
    return " ".join(name.split())[:60]


def _whole(record: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return a record without half signs, which no file can hold, and the keys that had one."""
    if "".join(record).isascii() and "".join(record.values()).isascii():
        return record, []
    mended = {_mend(name): _mend(text) for name, text in record.items()}
    broken = [_mend(n) for n, text in record.items() if n != _mend(n) or text != _mend(text)]
    return (mended, broken) if broken else (record, [])


def _mend(text: str) -> str:
    return _HALF_SIGN.sub("\ufffd", text)


def _check_cells(record: Mapping[str, str], file: str, line: int) -> None:
    longest = max(map(len, record.values()), default=0)
    if longest > MAX_CELL:
        message = f"a value holds {longest:,} characters; more than {MAX_CELL:,} are not read"
        raise InputError([Problem(message, Place(file, line), "shorten it")])


def _too_many(found: int, what: str, most: int, file: str) -> Problem:
    message = f"the file has {found:,} {what}; at most {most:,} are read"
    return Problem(message, Place(file), "split it, or export it as Parquet")


def _check_size(text: str, file: str) -> None:
    if len(text) > MAX_JSON:
        raise InputError([_too_many(len(text), "characters", MAX_JSON, file)])


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
    records: list[Any] = []
    lines: list[int] = []
    at, line, counted = start + 1, 1, 0
    while True:
        at = _skip(text, at)
        if text[at : at + 1] == "]" and not records:
            break
        line, counted = line + text.count("\n", counted, at), at
        record, at = _DECODER.raw_decode(text, at)
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


def _wrapped(text: str, file: str, paths: Sequence[RecordPath]) -> tuple[Sequence[Any], list[int]]:
    """Decode an object that holds the list; the line of a record is then its number."""
    data = _DECODER.decode(text)
    for path in paths:
        if (records := _list_at(data, path)) is not None:
            return records, list(range(1, len(records) + 1))
    if _is_one_record(data):
        return [data], [1]
    name, records = _list_in(data, file)
    if name in doubled_keys(data):
        message = f"the key `{name}` stands twice, so that it is open which offers are meant"
        raise InputError([Problem(message, Place(file), "keep one of the two")])
    return records, list(range(1, len(records) + 1))


def _is_one_record(data: object) -> bool:
    """Return whether a document is one project, told in parts that are objects themselves."""
    return isinstance(data, Mapping) and bool(data) and all(map(is_record, data.values()))


def _list_at(data: object, path: RecordPath) -> Sequence[Any] | None:
    """Return the list that some keys lead to; None where none does, or a key stands twice."""
    for key in path:
        if not isinstance(data, Mapping) or key not in data or key in doubled_keys(data):
            return None
        data = data[key]
    return data if isinstance(data, list) else None
