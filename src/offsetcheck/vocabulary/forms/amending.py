"""A YAML text that says something else: only what changes is written, all else stays as it stands.

For files that people write by hand: their comments, their order and their quotes are kept. What
cannot be written so is refused, and never guessed: the text that comes out is read again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.writing import (
    WIDTH,
    Plain,
    Quoted,
    SingleQuoted,
    flow,
    is_short,
    rows_of,
)
from offsetcheck.vocabulary.problem import InputError, Place, Problem

TO_FILL = "←"
"""What begins a comment that asks to fill a value in; it goes when that is done."""
_KEY = re.compile(r"""\s*(?:- +)*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#][^#]*?)\s*:(?=\s|$)""")
_DOUBLE, _SINGLE = re.compile(r'"(?:[^"\\]|\\.)*"'), re.compile(r"'(?:[^']|'')*'")
_PLAIN = re.compile(r"[^,\[\]{}#]*[^,\[\]{}#\s]")
_COMMENT = re.compile(r"\s*#")
_DASH = re.compile(r"( *)- +(?=\S)")
_GONE = object()
_Change = tuple[Steps, Any]
_HINT = "change it as text"


@dataclass(frozen=True, slots=True)
class _New:
    """A further entry of a list, before the one that has its number now."""

    value: Any


class _NotWritableError(ValueError):
    """A layout that does not let a value be written into it without changing more."""


def amended(text: str, file: str, wanted: Mapping[str, Plain]) -> str:
    """Return a YAML text that says what is wanted, changed in nothing else.

    `wanted` is the whole content of the file, with numbers as they are written. A key that is
    wanted as None keeps its line and stands empty. Raises InputError, at its lines for a text
    that is no YAML, and for one whose layout does not let this be written without more change.
    """
    document = compose(text, file, numbers_as_written=True)
    if document.problems:
        raise InputError(document.problems)
    try:
        return _amended(text, wanted)
    except _NotWritableError:
        message = "the file is laid out so that this cannot be written into it without more change"
        raise InputError([Problem(message, Place(file), _HINT)]) from None


def _amended(text: str, wanted: Mapping[str, Plain]) -> str:
    start = "\ufeff" if text.startswith("\ufeff") else ""
    ends = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if start + body.replace("\n", ends) != text:
        raise _NotWritableError  # lines of two kinds of end
    for steps, value in _changes(_read(body).data or {}, wanted):
        body = _with(body, steps, value)
    if _pruned(_read(body).data or {}) != _pruned(wanted):
        raise _NotWritableError
    return start + body.replace("\n", ends)


def _read(body: str) -> Document:
    document = compose(body, "", numbers_as_written=True)
    if document.problems or not isinstance(document.data, Mapping | None):
        raise _NotWritableError
    return document


def _changes(now: Any, wanted: Any, at: Steps = ()) -> Iterator[_Change]:
    """Yield what differs, as deep down as both sides are mappings or lists."""
    if now == wanted:
        return
    if isinstance(now, Mapping) and isinstance(wanted, Mapping) and ((now and wanted) or not at):
        for key, value in wanted.items():
            if key in now:
                yield from _changes(now[key], value, (*at, key))
            else:
                yield (*at, key), value
        yield from (((*at, key), _GONE) for key in now if key not in wanted)
    elif isinstance(now, list) and now and isinstance(wanted, list | tuple) and wanted:
        yield from _changes_of_list(now, wanted, at)
    elif isinstance(now, list) and len(now) == 1 and not wanted and wanted in (None, [], ()):
        yield (*at, 0), _GONE
    else:
        yield at, wanted


def _changes_of_list(now: Sequence[Any], wanted: Sequence[Any], at: Steps) -> Iterator[_Change]:
    """Yield what differs between the entries that are the same at the start and at the end."""
    most = min(len(now), len(wanted))
    first = next((n for n in range(most) if now[n] != wanted[n]), most)
    left = most - first
    same = next((n for n in range(left) if now[-1 - n] != wanted[-1 - n]), left)
    both = most - first - same
    for number in range(first, first + both):
        yield from _changes(now[number], wanted[number], (*at, number))
    for number in reversed(range(first + both, len(now) - same)):
        yield (*at, number), _GONE
    for number in range(first + both, len(wanted) - same):
        yield (*at, number), _New(wanted[number])


def _with(body: str, steps: Steps, value: Any) -> str:
    document = _read(body)
    rows = body.split("\n")
    if steps in document.flow and isinstance(value, str | bool):
        inline = _between_brackets(rows, document, steps, value)
        if inline is not None:
            return inline
    whole = _brackets_around(document, steps)
    if whole is not None:
        first, last = _extent(rows, document, whole)
        if any(map(_comment_in, rows[first:last])):
            raise _NotWritableError  # comments between brackets
        there = _as_written(document, whole)
        return _with(body, whole, _changed(there, steps[len(whole) :], value))
    if value is _GONE:
        return _cut(rows, document, steps)
    if isinstance(value, _New):
        return _entered(rows, document, steps, value.value)
    if isinstance(steps[-1], int):
        first, last = _extent(rows, document, steps)
        return "\n".join([*rows[:first], *_entry(rows, document, steps, value), *rows[last + 1 :]])
    if steps in document.keys:
        return _replaced(rows, document, steps, value)
    return _inserted(rows, document, steps, value)


def _cut(rows: list[str], document: Document, steps: Steps) -> str:
    """Return the text without a key or an entry; of a first key of an entry the dash stays."""
    first, last = _extent(rows, document, steps)
    after = rows[last + 1 :]
    column = document.key_mark(steps)[1] - 1
    before = rows[first][:column]
    if not isinstance(steps[-1], int) and before.strip():
        if not after or len(after[0]) - len(after[0].lstrip(" ")) != column:
            raise _NotWritableError
        after[0] = before + after[0][column:]
    return "\n".join([*rows[:first], *after])


def _dash(rows: Sequence[str], document: Document, steps: Steps) -> tuple[int, int]:
    """Return the row of an entry's dash and its indentation; both from 0."""
    line, column = document.value_mark(steps)
    found = _DASH.match(rows[line - 1])
    if found is None or found.end() != column - 1:
        raise _NotWritableError
    return line - 1, len(found[1])


def _entered(rows: list[str], document: Document, steps: Steps, value: Any) -> str:
    """Return the text with a further entry of a list, behind the one before it."""
    *above, number = steps
    beside = (*above, int(number) - 1 if number else 0)
    row, indent = _dash(rows, document, beside)
    place = _extent(rows, document, beside)[1] + 1 if number else row
    braced = rows[row].lstrip(" -").startswith("{") and len(flow(value)) <= WIDTH
    blank = " " * indent
    made = [f"{blank}- {flow(value)}"] if braced else list(rows_of([value], indent))
    return "\n".join([*rows[:place], *made, *rows[place:]])


def _entry(rows: list[str], document: Document, steps: Steps, value: Any) -> list[str]:
    """Return the rows of an entry that says something else; a comment behind a word stays."""
    row, indent = _dash(rows, document, steps)
    if isinstance(_at(document.data, steps), Mapping) and steps in document.values:
        braced = rows[row].lstrip(" -").startswith("{")
    else:
        braced = not isinstance(value, Mapping)
    if not braced:
        return list(rows_of([value], indent))
    first, last = _extent(rows, document, steps)
    start = document.value_mark(steps)[1] - 1
    comment = _comment_in(rows[last][start:] if first == last else rows[last])
    return [f"{rows[row][:start]}{flow(_styled(document, steps, value))}{comment}"]


def _brackets_around(document: Document, steps: Steps) -> Steps | None:
    """Return the outermost value between brackets in which a place lies, None where none is."""
    for length in range(1, len(steps) + 1):
        above = steps[: length - 1]
        beside = (one for one in document.flow if len(one) == length and one[:-1] == above)
        if next(beside, None) is not None:
            if not above:
                raise _NotWritableError
            return above
    return None


def _between_brackets(
    rows: list[str], document: Document, steps: Steps, value: str | bool
) -> str | None:
    """Return the text with one scalar between brackets another, None where it is no plain one."""
    line, column = document.value_mark(steps)
    row, style = rows[line - 1], document.styles.get(steps, "")
    pattern = {"": _PLAIN, '"': _DOUBLE, "'": _SINGLE}.get(style)
    found = pattern.match(row, column - 1) if pattern else None
    if found is None or isinstance(_at(document.data, steps), Mapping | list | None):
        return None
    written = flow(_styled(document, steps, value))
    made = row[: column - 1] + written + row[found.end() :]
    return "\n".join([*rows[: line - 1], made, *rows[line:]])


def _as_written(document: Document, steps: Steps) -> Any:
    """Return data in which a text between quotes is one."""
    data = _at(document.data, steps)
    if isinstance(data, Mapping):
        return {key: _as_written(document, (*steps, key)) for key in data}
    if isinstance(data, list):
        return [_as_written(document, (*steps, number)) for number in range(len(data))]
    return _styled(document, steps, data)


def _styled(document: Document, steps: Steps, value: Any) -> Any:
    """Return a text between such quotes as stand at its place."""
    quotes = {'"': Quoted, "'": SingleQuoted}.get(document.styles.get(steps, ""))
    plain = isinstance(value, str) and not isinstance(value, Quoted)
    return quotes(value) if quotes and plain else value


def _changed(data: Any, steps: Steps, value: Any) -> Any:
    """Return data with one value of it another."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(data, list) and isinstance(step, int):
        listed = list(data)
        if rest:
            listed[step] = _changed(listed[step], rest, value)
        else:
            gone = not isinstance(value, _New)
            new = [] if value is _GONE else [value.value if isinstance(value, _New) else value]
            listed[step : step + gone] = new
        return listed
    if not isinstance(data, Mapping):
        raise _NotWritableError
    if value is _GONE and not rest:
        return {key: one for key, one in data.items() if key != step}
    return {**data, step: _changed(data.get(str(step)), rest, value)}


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def _extent(rows: Sequence[str], document: Document, steps: Steps) -> tuple[int, int]:
    """Return the first and the last row of a key or entry with its value, counted from 0.

    Comments and empty rows behind the value are no part of it.
    """
    first, indent = _begin(rows, document, steps)
    is_list = steps in document.keys and isinstance(_at(document.data, steps), list)
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
        return _dash(rows, document, steps)
    line, column = document.key_mark(steps)
    return line - 1, column - 1


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


def _head(row: str, column: int) -> int:
    """Return where the value of a key may begin in its row: behind the colon."""
    found = _KEY.match(row, column - 1)
    if found is None:
        raise _NotWritableError
    return found.end()


def _replaced(rows: list[str], document: Document, steps: Steps, value: Any) -> str:
    first, last = _extent(rows, document, steps)
    column = document.key_mark(steps)[1]
    head = _head(rows[first], column)
    before, rest = rows[first][:head], rows[first][head:]
    whole = first == last or rest.lstrip().startswith(("#", "|", ">"))
    comment = _comment_in(rest) if whole else ""
    if not comment and first != last and document.value_mark(steps)[0] == first + 1:
        comment = _comment_in(rows[last]) if _ends_brackets(document, steps) else ""
    if value is not None and comment.lstrip(" #").startswith(TO_FILL):
        comment = ""
    written = _rows(before, column - 1, _styled(document, steps, value), comment)
    return "\n".join([*rows[:first], *written, *rows[last + 1 :]])


def _ends_brackets(document: Document, steps: Steps) -> bool:
    return any(one[: len(steps)] == steps and one != steps for one in document.flow)


def _rows(before: str, indent: int, value: Any, comment: str) -> list[str]:
    """Return the rows of a key with its value: on one line where it is short, else below."""
    if value is None:
        return [f"{before}{comment}"]
    if is_short(value):
        return [f"{before} {flow(value)}{comment}"]
    return [f"{before}{comment}", *rows_of(value, indent + 2)]


def _inserted(rows: list[str], document: Document, steps: Steps, value: Any) -> str:
    above, key = steps[:-1], str(steps[-1])
    if above:
        children = [s for s in document.keys if len(s) == len(steps) and s[:-1] == above]
        if not children:
            raise _NotWritableError
        indent = document.key_mark(children[0])[1] - 1
        _, last = _extent(rows, document, above)
        place, gone = last + 1, 0
    else:
        indent = 0
        waiting = _waiting(rows, key)
        place, gone = (waiting, 1) if waiting is not None else (_end(rows), 0)
    written = _rows(f"{' ' * indent}{flow(key)}:", indent, value, "")
    made = [*rows[:place], *written, *rows[place + gone :]]
    return "\n".join(made)


def _waiting(rows: Sequence[str], key: str) -> int | None:
    """Return the row in which a key stands behind `#` with no value, ready to be used."""
    found = (n for n, row in enumerate(rows) if re.fullmatch(rf"#\s*{re.escape(key)}:\s*", row))
    return next(found, None)


def _end(rows: Sequence[str]) -> int:
    return len(rows) - 1 if rows[-1] == "" else len(rows)


def _comment_in(rest: str) -> str:
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


def _pruned(data: Any) -> Any:
    """Return data without what states nothing."""
    if isinstance(data, list | tuple):
        return [_pruned(one) for one in data]
    if not isinstance(data, Mapping):
        return data
    found = {key: _pruned(value) for key, value in data.items()}
    return {key: value for key, value in found.items() if value not in (None, {}, [])}
