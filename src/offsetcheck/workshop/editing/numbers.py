"""Dated values of a rule changed in its text: a value in its place, or a new one from a day on.

Only the value's own signs change, so that every comment and all layout stay.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.numbers import INTEGER, NUMBER
from offsetcheck.vocabulary.problem import RequestError

PARAMETERS, VALUES, VALUE = "parameters", "values", "value"
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|' r"'(?:[^']|'')*'|" r"[^\s,\[\]{}#][^,\[\]{}#\n]*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PLAIN = re.compile(r"[a-z][a-z0-9_-]*")
LONGEST = 200
ON_ONE_LINE = "its values stand on one line; change them in the text"


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value of a parameter as the text has it, and from which day it counts."""

    parameter: str
    since: str
    text: str


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value to begin on a day, with its source as a rule file writes it."""

    parameter: str
    since: date
    text: str
    standing: str
    guide: str = ""
    clause: str = ""
    note: str = ""


def written_values(document: Document) -> Iterator[WrittenValue]:
    """Yield the values of a rule's own parameters that are one word or number, in file order."""
    for parameter, entry in _mapped(document.data, PARAMETERS):
        for since, one in _mapped(entry, VALUES):
            value = one.get(VALUE) if isinstance(one, dict) else None
            if value is not None and not isinstance(value, list | dict):
                yield WrittenValue(parameter, since, _shown(value))


def with_value(document: Document, parameter: str, since: str, text: str) -> str:
    """Return the text with a value in the place of another.

    Raises RequestError where there is no such value, or it is none of one word or number.
    """
    steps = (PARAMETERS, parameter, VALUES, since, VALUE)
    if steps not in document.values:
        raise RequestError.about("value", f"`{parameter}` has no value from {since} on")
    line, column = document.value_mark(steps)
    lines = document.text.split("\n")
    row = lines[line - 1]
    found = TOKEN.match(row, column - 1)
    if found is None:
        raise RequestError.about("value", f"the value of `{parameter}` is a list", ON_ONE_LINE)
    end = column - 1 + len(found[0].rstrip())
    lines[line - 1] = f"{row[: column - 1]}{scalar(text)}{row[end:]}"
    return "\n".join(lines)


def with_new_value(document: Document, new: NewValue) -> str:
    """Return the text with a value that begins on a day, among those that are there.

    Raises RequestError where the parameter has no values below one another to stand among, or has
    one from that day on already.
    """
    steps: Steps = (PARAMETERS, new.parameter, VALUES)
    days = [s for name, entry in _mapped(document.data, PARAMETERS) if name == new.parameter
            for s, _ in _mapped(entry, VALUES)]  # fmt: skip
    since = new.since.isoformat()
    if since in days:
        said = f"`{new.parameter}` has a value from {since} on already"
        raise RequestError.about("since", said, "change that one")
    if not days or any((*steps, day) in document.flow for day in days):
        said = f"`{new.parameter}` has no values to stand among"
        raise RequestError.about("parameter", said, ON_ONE_LINE)
    lines = document.text.split("\n")
    earlier = [day for day in days if day < since]
    line, column = document.key_mark((*steps, earlier[-1] if earlier else days[0]))
    at = _end(lines, line - 1, column - 1) if earlier else line - 1
    lines.insert(at, f"{' ' * (column - 1)}{since}: {_entry(new)}")
    return "\n".join(lines)


def _end(lines: list[str], start: int, indent: int) -> int:
    """Return the row behind an entry that begins in a row at an indentation."""
    end = start + 1
    for row in range(start + 1, len(lines)):
        text = lines[row]
        if not text.strip():
            continue
        if len(text) - len(text.lstrip(" ")) <= indent:
            break
        end = row + 1
    return end


def _entry(new: NewValue) -> str:
    parts = {"standing": new.standing, "guide": new.guide}
    source = [f"{key}: {_word(value)}" for key, value in parts.items() if value]
    texts = {"clause": new.clause, "note": new.note}
    source += [f"{key}: {_quoted(value)}" for key, value in texts.items() if value]
    return f"{{value: {scalar(new.text)}, source: {{{', '.join(source)}}}}}"


def scalar(text: str) -> str:
    """Return a word, number or day as YAML writes it; raises RequestError for more than that."""
    if not text or len(text) > LONGEST or not text.isprintable():
        raise RequestError.about("value", "a value is one number, day or word")
    if NUMBER.fullmatch(text) or INTEGER.fullmatch(text) or DAY.fullmatch(text):
        return text
    return text if text in {"true", "false"} else _quoted(text)


def _word(text: str) -> str:
    return text if PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _mapped(data: Any, key: str) -> Iterator[tuple[str, Any]]:
    inner = data.get(key) if isinstance(data, dict) else None
    yield from inner.items() if isinstance(inner, dict) else ()
