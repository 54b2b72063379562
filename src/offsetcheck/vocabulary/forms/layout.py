"""Where the parts of a text that people write by hand stand: its rows, dashes and comments.

Rows and columns are counted from 0 here; the places of a document are counted from 1.
"""

import re
from collections.abc import Sequence
from typing import Any

from offsetcheck.vocabulary.forms.document import Document, Steps

_KEY = re.compile(r"""\s*(?:- +)*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#][^#]*?)\s*:(?=\s|$)""")
_COMMENT = re.compile(r"\s*#")
_DASH = re.compile(r"( *)- +(?=\S)")


class NotWritableError(ValueError):
    """A layout that does not let a value be written into it without changing more."""


def extent(rows: Sequence[str], document: Document, steps: Steps) -> tuple[int, int]:
    """Return the first and the last row of a key or entry with its value.

    Comments and empty rows behind the value are no part of it.
    """
    first, indent = _begin(rows, document, steps)
    is_list = steps in document.keys and isinstance(value_at(document.data, steps), list)
    texts = _rows_of_texts(rows, document)
    last = first
    for number in range(first + 1, len(rows)):
        row = rows[number]
        deep = len(row) - len(row.lstrip(" "))
        if number not in texts and (not row.strip() or _COMMENT.match(row)):
            continue
        if number in texts or deep > indent or (is_list and deep == indent and _is_dash(row)):
            last = number
        else:
            break
    while last > first and not rows[last].strip():
        last -= 1
    return first, last


def _begin(rows: Sequence[str], document: Document, steps: Steps) -> tuple[int, int]:
    """Return the row in which a key or entry begins, and how far it is indented."""
    if isinstance(steps[-1], int):
        return dash(rows, document, steps)
    line, column = document.key_mark(steps)
    return line - 1, column - 1


def dash(rows: Sequence[str], document: Document, steps: Steps) -> tuple[int, int]:
    """Return the row of an entry's dash and its indentation; raises NotWritableError."""
    line, column = document.value_mark(steps)
    found = _DASH.match(rows[line - 1])
    if found is None or found.end() != column - 1:
        raise NotWritableError
    return line - 1, len(found[1])


def _is_dash(row: str) -> bool:
    return row.lstrip(" ") == "-" or row.lstrip(" ").startswith("- ")


def _rows_of_texts(rows: Sequence[str], document: Document) -> frozenset[int]:
    """Return the rows of texts below `|` or `>`, in which `#` begins no comment."""
    found: set[int] = set()
    for steps, style in document.styles.items():
        if style in {"|", ">"} and steps:
            first, indent = _begin(rows, document, steps)
            for number in range(first + 1, len(rows)):
                row = rows[number]
                if row.strip() and len(row) - len(row.lstrip(" ")) <= indent:
                    break
                found.add(number)
    return frozenset(found)


def brackets_around(document: Document, steps: Steps) -> Steps | None:
    """Return the outermost value between brackets in which a place lies, None where none is."""
    for length in range(1, len(steps) + 1):
        above = steps[: length - 1]
        beside = (one for one in document.flow if len(one) == length and one[:-1] == above)
        if next(beside, None) is not None:
            if not above:
                raise NotWritableError
            return above
    return None


def head(row: str, column: int) -> int:
    """Return where the value of a key may begin in its row: behind the colon.

    Raises NotWritableError.
    """
    found = _KEY.match(row, column - 1)
    if found is None:
        raise NotWritableError
    return found.end()


def waiting(rows: Sequence[str], key: str) -> int | None:
    """Return the row in which a key stands behind `#` with no value, ready to be used."""
    found = (n for n, row in enumerate(rows) if re.fullmatch(rf"#\s*{re.escape(key)}:\s*", row))
    return next(found, None)


def comment_in(rest: str) -> str:
    """Return the comment behind a value on its row, with the blanks before it."""
    quote, fresh = "", True
    for number, sign in enumerate(rest):
        if quote:
            quote = "" if sign == quote and not _escaped(rest, number, quote) else quote
            continue
        if sign == "#" and (number == 0 or rest[number - 1] in " \t"):
            begin = len(rest[:number].rstrip())
            return rest[begin:]
        if sign in "\"'" and fresh:
            quote = sign
        fresh = sign in " ,[{:" and (fresh or sign != " ")
    return ""


def _escaped(text: str, number: int, quote: str) -> bool:
    before = text[:number]
    return quote == '"' and (len(before) - len(before.rstrip("\\"))) % 2 == 1


def value_at(data: Any, steps: Steps) -> Any:
    """Return the value that keys and numbers lead to."""
    for step in steps:
        data = data[step]
    return data
