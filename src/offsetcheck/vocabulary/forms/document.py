"""One YAML text as plain data, with the place of every key and value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from offsetcheck.vocabulary.problem import Place, Problem

Steps = tuple[str | int, ...]
"""The keys and indices that lead from the top of a file to a value."""

Mark = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML text as plain data: keys are text, scalars follow the core schema of YAML 1.2.

    `data` is made of dict, list, str, bool, int, float and None; dates stay text, and numbers too
    where the file is read as written. `values` and
    `keys` hold the place of each by path; a path is the keys and indices that lead to the value.
    `flow` holds the paths that stand inside `{…}` or `[…]`. `problems` are what is wrong
    with the YAML itself.
    """

    file: str
    data: Any
    text: str = ""
    values: Mapping[Steps, Mark] = field(default_factory=dict)
    keys: Mapping[Steps, Mark] = field(default_factory=dict)
    flow: frozenset[Steps] = frozenset()
    styles: Mapping[Steps, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def value_place(self, path: Steps) -> Place:
        """Return the place of a value, or of the nearest value above it that exists."""
        return Place(self.file, *self.value_mark(path))

    def key_place(self, path: Steps) -> Place:
        """Return the place of a key, or of the value where there is no such key."""
        return Place(self.file, *self.key_mark(path))

    def text_place(self, path: Steps, offset: int) -> Place:
        """Return the place of a character of a text, counted from 0 in its value."""
        return Place(self.file, *self.text_mark(path, offset))

    def value_mark(self, path: Steps) -> Mark:
        """Return line and column of a value, or of the nearest value above it that exists."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def key_mark(self, path: Steps) -> Mark:
        """Return line and column of a key, or of the value where there is no such key."""
        return self.keys.get(path) or self.value_mark(path)

    def text_mark(self, path: Steps, offset: int) -> Mark:
        """Return line and column of a character of a text, counted from 0 in its value."""
        line, column = self.value_mark(path)
        style = self.styles.get(path, "")
        rows = self.text.split("\n")
        if style in {"|", ">"}:
            return _block_mark(rows, line, offset, folded=style == ">")
        return _flow_mark(rows, line - 1, column - 1 + (1 if style else 0), offset)


def _block_mark(rows: list[str], row: int, offset: int, *, folded: bool) -> Mark:
    """Walk a text below `|` or `>`: a row that is indented further keeps its spaces and breaks."""
    base = next((_indent(raw) for raw in rows[row:] if raw.strip()), 0)
    begun = after_empty = False
    while row < len(rows):
        raw = rows[row]
        empty = not raw.strip()
        if folded and begun and after_empty and not empty and _indent(raw) == base:
            offset += 1  # of the breaks around empty rows the first is folded away
        begun, after_empty = begun or not empty, empty
        length = len(raw.rstrip()) - base
        if offset <= length or row == len(rows) - 1:
            return row + 1, base + max(0, min(offset, length)) + 1
        offset -= max(length, 0) + 1
        row += 1
    return len(rows), 1


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" "))


def _flow_mark(rows: list[str], row: int, start: int, offset: int) -> Mark:
    """Walk a text over several rows, in which a line break counts as one character."""
    while row < len(rows):
        raw = rows[row]
        begin = start or _indent(raw)
        length = len(raw.rstrip()) - begin
        if offset <= length or row == len(rows) - 1:
            return row + 1, begin + max(0, min(offset, length)) + 1
        offset -= max(length, 0) + 1
        row, start = row + 1, 0
    return len(rows), 1
