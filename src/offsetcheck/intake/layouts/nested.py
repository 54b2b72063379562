"""Operations on cells that hold records: lists of an interface's JSON, or of a printed Python list.

A table made of an API's answer keeps what was nested as text in one cell. Such a text is taken
apart or refused; it is never read as a name.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from offsetcheck.intake.normalise.amounts import read_number
from offsetcheck.intake.normalise.numbers import NumberStyle, number_text
from offsetcheck.intake.normalise.text import shown, tidy
from offsetcheck.vocabulary.forms.scalars import spoken, wrong
from offsetcheck.vocabulary.problem import UnreadableError

Cell = Callable[[str], str]

ITSELF = "."
"""Stands for no key: only words and numbers of the list are kept."""

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}):\d{2}.*")
NOON = 12


def each(argument: Any) -> Cell:
    """Keep of each record in a cell one value, by its dotted key: `country`, `pivot.version`.

    Of several keys the first that a record has counts. A word or number that stands in the list by
    itself is kept, as are those of `each: .`, which has no key. Values come once each, apart by
    `; `; a record without the key adds nothing. A cell that holds no list stays as it is.
    """
    paths = [_path(name) for name in (argument if isinstance(argument, list) else [argument])]

    def prepare(text: str) -> str:
        records = _records(text)
        if records is None:
            return text
        return "; ".join(dict.fromkeys(_texts_at(records, paths)))

    return prepare


def total(argument: Any) -> Cell:
    """Add up one number of the records in a cell: `{of: quantity, where: {is_buffer: "false"}}`.

    Only records count whose values are those of `where`. A cell without any states nothing.
    """
    path, where = _of_and_where(argument)

    def prepare(text: str) -> str:
        records = _records(text)
        if records is None:
            return text
        numbers = [_number(record, path) for record in records if _is_like(record, where)]
        return number_text(sum(numbers)) if numbers else ""

    return prepare


def nearest_midnight(argument: Any) -> Cell:
    """Read a moment in UTC as the day whose midnight is nearest: `2023-01-31T22:00Z` is 1 February.

    For databases that keep a day as the moment at which it began where the project lies.
    """
    if argument is not True:
        raise wrong(f"this operation takes no argument but `true`, not {spoken(argument)}")
    return _nearest_midnight


def without_prefix(argument: Any) -> Cell:
    """Take a text away where a cell, or a word of a list apart by `; `, starts with it."""
    starts = tuple(argument) if isinstance(argument, list) else (argument,)
    if not all(isinstance(start, str) and start for start in starts):
        raise wrong(f"a text or a list of texts is needed here, not {spoken(argument)}")
    return lambda text: "; ".join(_without(part, starts) for part in text.split("; "))


def _without(text: str, starts: tuple[str, ...]) -> str:
    bare = tidy(text)
    return next((bare.removeprefix(start) for start in starts if bare.startswith(start)), text)


def _nearest_midnight(text: str) -> str:
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return text
    try:
        day = date.fromisoformat(match[1])
        return (day + timedelta(days=int(match[2]) >= NOON)).isoformat()
    except (ValueError, OverflowError):
        return text


def _path(argument: Any) -> tuple[str, ...]:
    if not isinstance(argument, str) or not argument:
        raise wrong(f"a key is needed here, not {spoken(argument)}", "write `each: name`")
    return () if argument == ITSELF else tuple(argument.split("."))


def _of_and_where(argument: Any) -> tuple[tuple[str, ...], Mapping[str, str]]:
    if not isinstance(argument, dict) or not set(argument) <= {"of", "where"}:
        raise wrong(f"the keys of, where are needed here, not {spoken(argument)}")
    where = argument.get("where", {})
    if not isinstance(where, dict) or not all(isinstance(word, str) for word in where.values()):
        raise wrong(f"a table of texts is needed here, not {spoken(where)}", "write `key: word`")
    return _path(argument.get("of")), where


def _records(text: str) -> list[Any] | None:
    """Return the list that a cell holds, an object as a list of one; None: the cell is plain text.

    What opens as a list of records and is none raises UnreadableError.
    """
    stripped = text.strip()
    if not stripped.startswith(("[", "{")):
        return None
    read = _decoded(stripped)
    if isinstance(read, Mapping):
        return [read]
    if isinstance(read, list):
        return read
    raise UnreadableError(
        f"{shown(text)} is cut off or no list that can be read", "export the list again"
    )


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _texts_at(records: list[Any], paths: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for record in records:
        texts = (_text(_value(record, path)) for path in paths)
        if text := next(filter(None, texts), ""):
            yield text


def _value(record: Any, path: tuple[str, ...]) -> Any:
    if isinstance(record, str | int | float):
        return record
    for step in path:
        record = record.get(step) if isinstance(record, Mapping) else None
    return record


def _text(value: Any) -> str:
    """Return a word or number as text, "" for nothing and for what is nested deeper."""
    match value:
        case str():
            return tidy(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case _:
            return ""


def _is_like(record: Any, where: Mapping[str, str]) -> bool:
    return all(_text(_value(record, (name,))) == word for name, word in where.items())


def _number(record: Any, path: tuple[str, ...]) -> float:
    value = read_number(_text(_value(record, path)), NumberStyle.DOT)
    if value is None:
        raise UnreadableError(
            "a record of the cell has no number where the others have one",
            "export the list again, or state the sum",
        )
    return value
