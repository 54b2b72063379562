"""Where a cursor stands in a YAML text that may be half written: at which key or in which value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps

HERE = "cursor__here"
CLOSES = {"{": "}", "[": "]"}
MAX_CHARACTERS = 400_000
"""In a longer text nothing is offered: it would be read several times for each key pressed."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is being written: the path of its mapping or value, and the text before the cursor.

    `is_key` says that a key is being written in the mapping at `steps`; else `steps` lead to the
    value. `beside` are the keys that stand there already.
    """

    steps: Steps
    before: str
    is_key: bool
    beside: frozenset[str] = frozenset()
    data: Any = None


def cursor_at(text: str, line: int, column: int) -> Cursor | None:
    """Return what is being written at a line and column, from 1; None where nobody can tell."""
    if len(text) > MAX_CHARACTERS:
        return None
    rows = text.split("\n")
    if not 0 < line <= len(rows):
        return None
    row = rows[line - 1]
    before, after = row[: column - 1], row[column - 1 :]
    for attempt in _attempts(rows, line, before, after):
        found = _found(compose(attempt, ""))
        if found is not None:
            return found
    return None


def _attempts(rows: list[str], line: int, before: str, after: str) -> Iterator[str]:
    """Yield texts with a mark at the cursor: whole, as a key, and cut off behind the cursor."""
    above, below = rows[: line - 1], rows[line:]
    started = before.rstrip().endswith((":", "-"))
    spaced = before if not started or before.endswith(" ") else f"{before} "
    for mark in (HERE, f"{HERE}: x"):
        rest = after.lstrip(" ") if mark == HERE else ""
        yield "\n".join([*above, f"{spaced}{mark}{rest}", *below])
        if after.strip():
            yield "\n".join([*above, f"{spaced}{mark}", *below])
    for mark in (HERE, f"{HERE}: x"):
        cut = "\n".join([*above, f"{spaced}{mark}"])
        yield cut + _closers(f"{spaced}")
        yield cut + "'" + _closers(f"{spaced}")
        yield cut + '"' + _closers(f"{spaced}")


def _closers(before: str) -> str:
    """Return the brackets that are open on a line, closed."""
    opened: list[str] = []
    quote = ""
    for sign in before:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in {"'", '"'}:
            quote = sign
        elif sign in CLOSES:
            opened.append(sign)
        elif opened and sign == CLOSES[opened[-1]]:
            opened.pop()
    return "".join(CLOSES[sign] for sign in reversed(opened))


def _found(document: Document) -> Cursor | None:
    """Return where the mark stands in a text that could be read."""
    if document.data is None:
        return None
    for steps in document.keys:
        key = str(steps[-1])
        if HERE in key:
            above = _at(document.data, steps[:-1])
            beside = frozenset(above) - {key} if isinstance(above, dict) else frozenset()
            return Cursor(steps[:-1], key.partition(HERE)[0], True, beside, document.data)
    for steps in document.values:
        value = _at(document.data, steps)
        if isinstance(value, str) and HERE in value:
            return Cursor(steps, value.partition(HERE)[0], False, data=document.data)
    return None


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data
