"""A YAML text that says something else: only what changes is written, all else stays as it stands.

For files that people write by hand: their comments, their order and their quotes are kept. What
cannot be written so is refused, and never guessed: the text that comes out is read again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.writing import Plain, Quoted, flow, is_short, rows_of

TO_FILL = "←"
"""What begins a comment that asks to fill a value in; it goes when that is done."""
_KEY = re.compile(r"""\s*(?:- +)*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#][^#]*?)\s*:(?=\s|$)""")
_DOUBLE, _SINGLE = re.compile(r'"(?:[^"\\]|\\.)*"'), re.compile(r"'(?:[^']|'')*'")
_PLAIN = re.compile(r"[^,\[\]{}#]*[^,\[\]{}#\s]")
_COMMENT = re.compile(r"\s*#")
_GONE = object()
_Change = tuple[Steps, Any]


class NotAmendableError(ValueError):
    """A text whose layout does not let a value be written into it without changing more."""


def amended(text: str, wanted: Mapping[str, Plain]) -> str:
    """Return a YAML text that says what is wanted, changed in nothing else.

    `wanted` is the whole content of the file, with numbers as they are written. A key that is
    wanted as None keeps its line and stands empty. Raises NotAmendableError.
    """
    start = "\ufeff" if text.startswith("\ufeff") else ""
    ends = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix("\ufeff").replace("\r\n", "\n")
    now = _read(body).data
    for steps, value in _changes(now or {}, wanted):
        body = _with(body, steps, value)
    if _pruned(_read(body).data or {}) != _pruned(wanted):
        raise NotAmendableError
    return start + body.replace("\n", ends)


def _read(body: str) -> Document:
    document = compose(body, "", numbers_as_written=True)
    if document.problems or not isinstance(document.data, Mapping | None):
        raise NotAmendableError
    return document


def _changes(
    now: Mapping[str, Any], wanted: Mapping[str, Any], at: Steps = ()
) -> Iterator[_Change]:
    """Yield what differs, as deep down as both sides are mappings."""
    for key, value in wanted.items():
        known = now.get(key)
        if known == value:
            continue
        if isinstance(known, Mapping) and isinstance(value, Mapping) and known and value:
            yield from _changes(known, value, (*at, key))
        else:
            yield (*at, key), value
    yield from (((*at, key), _GONE) for key in now if key not in wanted)


def _with(body: str, steps: Steps, value: Any) -> str:
    document = _read(body)
    rows = body.split("\n")
    if steps in document.flow and isinstance(value, str | bool):
        inline = _between_brackets(rows, document, steps, value)
        if inline is not None:
            return inline
    whole = _brackets_around(document, steps)
    if whole is not None:
        there = _as_written(document, whole)
        return _with(body, whole, _changed(there, steps[len(whole) :], value))
    if value is _GONE:
        first, last = _extent(rows, document, steps)
        return "\n".join([*rows[:first], *rows[last + 1 :]])
    if steps in document.keys:
        return _replaced(rows, document, steps, value)
    return _inserted(rows, document, steps, value)


def _brackets_around(document: Document, steps: Steps) -> Steps | None:
    """Return the outermost value between brackets in which a place lies, None where none is."""
    for length in range(1, len(steps) + 1):
        above = steps[: length - 1]
        beside = (one for one in document.flow if len(one) == length and one[:-1] == above)
        if next(beside, None) is not None:
            if not above:
                raise NotAmendableError
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
    written = flow(Quoted(value) if style and isinstance(value, str) else value)
    made = row[: column - 1] + written + row[found.end() :]
    return "\n".join([*rows[: line - 1], made, *rows[line:]])


def _as_written(document: Document, steps: Steps) -> Any:
    """Return data in which a text between quotes is one."""
    data = _at(document.data, steps)
    if isinstance(data, Mapping):
        return {key: _as_written(document, (*steps, key)) for key in data}
    if isinstance(data, list):
        return [_as_written(document, (*steps, number)) for number in range(len(data))]
    quoted = isinstance(data, str) and document.styles.get(steps, "") in {'"', "'"}
    return Quoted(data) if quoted else data


def _changed(data: Any, steps: Steps, value: Any) -> Any:
    """Return data with one value of it another."""
    if not steps:
        return value
    if not isinstance(data, Mapping):
        raise NotAmendableError
    rest = {key: one for key, one in data.items() if key != steps[0] or value is not _GONE}
    if value is _GONE and len(steps) == 1:
        return rest
    return {**data, steps[0]: _changed(data.get(str(steps[0])), steps[1:], value)}


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def _extent(rows: Sequence[str], document: Document, steps: Steps) -> tuple[int, int]:
    """Return the first and the last row of a key with its value, counted from 0."""
    line, column = document.key_mark(steps)
    first = last = line - 1
    indent = column - 1
    as_text = document.styles.get(steps, "") in {"|", ">"}
    is_list = isinstance(_at(document.data, steps), list)
    for number in range(first + 1, len(rows)):
        row = rows[number]
        deep = len(row) - len(row.lstrip(" "))
        if not row.strip() or (_COMMENT.match(row) and not (as_text and deep > indent)):
            continue
        if deep > indent or (is_list and deep == indent and row.lstrip().startswith("-")):
            last = number
        else:
            break
    return first, last


def _head(row: str, column: int) -> int:
    """Return where the value of a key may begin in its row: behind the colon."""
    found = _KEY.match(row, column - 1)
    if found is None:
        raise NotAmendableError
    return found.end()


def _replaced(rows: list[str], document: Document, steps: Steps, value: Any) -> str:
    first, last = _extent(rows, document, steps)
    column = document.key_mark(steps)[1]
    head = _head(rows[first], column)
    before, rest = rows[first][:head], rows[first][head:]
    comment = _comment_in(rest) if first == last or rest.lstrip().startswith("#") else ""
    if value is not None and comment.lstrip(" #").startswith(TO_FILL):
        comment = ""
    written = _rows(before, column - 1, value, comment)
    return "\n".join([*rows[:first], *written, *rows[last + 1 :]])


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
            raise NotAmendableError
        indent = document.key_mark(children[0])[1] - 1
        _, last = _extent(rows, document, above)
        place, gone = last + 1, 0
    else:
        indent = 0
        waiting = _waiting(rows, key)
        place, gone = (waiting, 1) if waiting is not None else (_end(rows), 0)
    written = _rows(f"{' ' * indent}{flow(key)}:", indent, value, "")
    made = [*rows[:place], *written, *rows[place + gone :]]
    return "\n".join(made if made[-1] == "" else [*made, ""])


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
    if not isinstance(data, Mapping):
        return data
    found = {key: _pruned(value) for key, value in data.items()}
    return {key: value for key, value in found.items() if value is not None and value != {}}
