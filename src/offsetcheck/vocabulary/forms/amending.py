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
from offsetcheck.vocabulary.forms.layout import (
    NotWritableError,
    brackets_around,
    comment_in,
    dash,
    extent,
    head,
    value_at,
    waiting,
)
from offsetcheck.vocabulary.forms.writing import (
    WIDTH,
    Plain,
    Quoted,
    SingleQuoted,
    flow,
    is_short,
    rows_of,
)
from offsetcheck.vocabulary.problem import InputError, Problem

TO_FILL = "←"
"""What begins a comment that asks to fill a value in; it goes when that is done."""
_DOUBLE, _SINGLE = re.compile(r'"(?:[^"\\]|\\.)*"'), re.compile(r"'(?:[^']|'')*'")
_PLAIN = re.compile(r"[^,\[\]{}#]*[^,\[\]{}#\s]")
_GONE = object()
_Change = tuple[Steps, Any]
_HINT = "change it as text"


@dataclass(frozen=True, slots=True)
class _New:
    """A further entry of a list, before the one that has its number now."""

    value: Any


def amended(text: str, file: str, wanted: Mapping[str, Plain]) -> str:
    """Return a YAML text that says what is wanted, changed in nothing else.

    `wanted` is the whole content of the file, with numbers as they are written. A key that is
    wanted as None keeps its line and stands empty. Raises InputError, at its lines for a text
    that is no YAML, and for one whose layout does not let this be written without more change.
    """
    document = compose(text, file, numbers_as_written=True)
    if document.problems:
        raise InputError(document.problems)
    start = "\ufeff" if text.startswith("\ufeff") else ""
    ends = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if start + body.replace("\n", ends) != text:
        raise _refused(document, (), "its lines do not all end in the same way")
    steps: Steps = ()
    now = _read(body, document, steps)
    for steps, value in _changes(now.data or {}, wanted):
        try:
            now = _read(_with(now, steps, value), document, steps)
        except NotWritableError:
            raise _refused(document, steps) from None
    if _pruned(now.data or {}) != _pruned(wanted):
        raise _refused(document, steps)
    return start + now.text.replace("\n", ends)


def _refused(document: Document, steps: Steps, why: str = "") -> InputError:
    message = "the file is laid out so that this cannot be written into it without more change"
    said = f"{message}: {why}" if why else message
    return InputError([Problem(said, document.value_place(steps), _HINT)])


def _read(body: str, before: Document, steps: Steps) -> Document:
    document = compose(body, before.file, numbers_as_written=True)
    if document.problems or not isinstance(document.data, Mapping | None):
        raise _refused(before, steps)
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


def _with(document: Document, steps: Steps, value: Any) -> str:
    rows = document.text.split("\n")
    if steps in document.flow and isinstance(value, str | bool):
        inline = _between_brackets(rows, document, steps, value)
        if inline is not None:
            return inline
    whole = brackets_around(document, steps)
    if whole is not None:
        first, last = extent(rows, document, whole)
        if any(map(comment_in, rows[first:last])):
            raise NotWritableError  # comments between brackets
        there = _as_written(document, whole)
        return _with(document, whole, _changed(there, steps[len(whole) :], value))
    if value is _GONE:
        return _cut(rows, document, steps)
    if isinstance(value, _New):
        return _entered(rows, document, steps, value.value)
    if isinstance(steps[-1], int):
        first, last = extent(rows, document, steps)
        return "\n".join([*rows[:first], *_entry(rows, document, steps, value), *rows[last + 1 :]])
    if steps in document.keys:
        return _replaced(rows, document, steps, value)
    return _inserted(rows, document, steps, value)


def _cut(rows: list[str], document: Document, steps: Steps) -> str:
    """Return the text without a key or an entry; of a first key of an entry the dash stays."""
    first, last = extent(rows, document, steps)
    after = rows[last + 1 :]
    column = document.key_mark(steps)[1] - 1
    before = rows[first][:column]
    if not isinstance(steps[-1], int) and before.strip():
        if not after or len(after[0]) - len(after[0].lstrip(" ")) != column:
            raise NotWritableError
        after[0] = before + after[0][column:]
    return "\n".join([*rows[:first], *after])


def _entered(rows: list[str], document: Document, steps: Steps, value: Any) -> str:
    """Return the text with a further entry of a list, behind the one before it."""
    *above, number = steps
    beside = (*above, int(number) - 1 if number else 0)
    row, indent = dash(rows, document, beside)
    place = extent(rows, document, beside)[1] + 1 if number else row
    braced = rows[row].lstrip(" -").startswith("{") and len(flow(value)) <= WIDTH
    blank = " " * indent
    made = [f"{blank}- {flow(value)}"] if braced else list(rows_of([value], indent))
    return "\n".join([*rows[:place], *made, *rows[place:]])


def _entry(rows: list[str], document: Document, steps: Steps, value: Any) -> list[str]:
    """Return the rows of an entry that says something else; a comment behind a word stays."""
    row, indent = dash(rows, document, steps)
    if isinstance(value_at(document.data, steps), Mapping) and steps in document.values:
        braced = rows[row].lstrip(" -").startswith("{")
    else:
        braced = not isinstance(value, Mapping)
    if not braced:
        return list(rows_of([value], indent))
    first, last = extent(rows, document, steps)
    start = document.value_mark(steps)[1] - 1
    comment = comment_in(rows[last][start:] if first == last else rows[last])
    return [f"{rows[row][:start]}{flow(_styled(document, steps, value))}{comment}"]


def _between_brackets(
    rows: list[str], document: Document, steps: Steps, value: str | bool
) -> str | None:
    """Return the text with one scalar between brackets another, None where it is no plain one."""
    line, column = document.value_mark(steps)
    row, style = rows[line - 1], document.styles.get(steps, "")
    pattern = {"": _PLAIN, '"': _DOUBLE, "'": _SINGLE}.get(style)
    found = pattern.match(row, column - 1) if pattern else None
    if found is None or isinstance(value_at(document.data, steps), Mapping | list | None):
        return None
    written = flow(_styled(document, steps, value))
    made = row[: column - 1] + written + row[found.end() :]
    return "\n".join([*rows[: line - 1], made, *rows[line:]])


def _as_written(document: Document, steps: Steps) -> Any:
    """Return data in which a text between quotes is one."""
    data = value_at(document.data, steps)
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
        raise NotWritableError
    if value is _GONE and not rest:
        return {key: one for key, one in data.items() if key != step}
    return {**data, step: _changed(data.get(str(step)), rest, value)}


def _replaced(rows: list[str], document: Document, steps: Steps, value: Any) -> str:
    first, last = extent(rows, document, steps)
    column = document.key_mark(steps)[1]
    begin = head(rows[first], column)
    before, rest = rows[first][:begin], rows[first][begin:]
    whole = first == last or rest.lstrip().startswith(("#", "|", ">"))
    comment = comment_in(rest) if whole else ""
    if not comment and first != last and document.value_mark(steps)[0] == first + 1:
        comment = comment_in(rows[last]) if _ends_brackets(document, steps) else ""
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
            raise NotWritableError
        indent = document.key_mark(children[0])[1] - 1
        _, last = extent(rows, document, above)
        place, gone = last + 1, 0
    else:
        indent = 0
        there = waiting(rows, key)
        place, gone = (there, 1) if there is not None else (_end(rows), 0)
    written = _rows(f"{' ' * indent}{flow(key)}:", indent, value, "")
    made = [*rows[:place], *written, *rows[place + gone :]]
    return "\n".join(made)


def _end(rows: Sequence[str]) -> int:
    return len(rows) - 1 if rows[-1] == "" else len(rows)


def _pruned(data: Any) -> Any:
    """Return data without what states nothing."""
    if isinstance(data, list | tuple):
        return [_pruned(one) for one in data]
    if not isinstance(data, Mapping):
        return data
    found = {key: _pruned(value) for key, value in data.items()}
    return {key: value for key, value in found.items() if value not in (None, {}, [])}
