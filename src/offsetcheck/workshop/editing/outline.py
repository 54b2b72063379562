"""What a file holds, for the outline of an editor: its keys, parameters, levels and examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.vocabulary.forms.document import Document, Steps

NESTED = frozenset(("parameters", "levels", "dimensions", "families", "facts", "conclusions"))
LISTED = {"tests": "name", "change": "rule"}
MOST = 2_000
"""Entries of one outline."""


class Entry(StrEnum):
    """What an entry of an outline is."""

    KEY = "key"
    NAME = "name"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Outlined:
    """One entry: where its key begins, and where it ends; lines and columns from 1."""

    name: str
    entry: Entry
    line: int
    column: int
    end: int
    within: tuple["Outlined", ...] = ()


def outline(document: Document) -> tuple[Outlined, ...]:
    """Return the entries of a file in its order."""
    if not isinstance(document.data, dict):
        return ()
    lines = document.text.count("\n") + 1
    keys: list[Steps] = [(key,) for key in document.data]
    known = [steps for steps in keys if steps in document.keys][:MOST]
    return tuple(_entries(document, known, lines, Entry.KEY))


def _entries(document: Document, keys: list[Steps], last: int, entry: Entry) -> Iterator[Outlined]:
    marks = [document.key_mark(steps) for steps in keys]
    for place, (steps, (line, column)) in enumerate(zip(keys, marks, strict=True)):
        following = marks[place + 1][0] - 1 if place + 1 < len(marks) else last
        end = max(line, following)
        within = tuple(_within(document, steps, end))
        yield Outlined(_name(document, steps), entry, line, column, end, within)


def _name(document: Document, steps: Steps) -> str:
    if not isinstance(steps[-1], int):
        return str(steps[-1])
    entry = document.data[steps[0]][steps[-1]]
    name = entry.get(LISTED[str(steps[0])]) if isinstance(entry, dict) else None
    return str(name or steps[-1] + 1)


def _within(document: Document, steps: Steps, end: int) -> Iterator[Outlined]:
    if len(steps) > 1:
        return
    value = document.data[steps[0]]
    if steps[0] in NESTED and isinstance(value, dict):
        keys: list[Steps] = [(*steps, key) for key in value if (*steps, key) in document.keys]
        yield from _entries(document, keys, end, Entry.NAME)
    elif steps[0] in LISTED and isinstance(value, list):
        items: list[Steps] = [(*steps, index) for index in range(len(value))]
        yield from _entries(document, items, end, Entry.EXAMPLE)
