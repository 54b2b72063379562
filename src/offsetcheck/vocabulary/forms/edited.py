"""A text that people write by hand, with one thing of it otherwise: comments and order stay.

Every change is read again: a text in which anything else would change is not given back.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import InputError, Problem

INDENT = 2
BY_HAND = "write it by hand, in an editor"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_WORDS = frozenset({"true", "false", "null"})  # what YAML reads otherwise than as a word
_DASH = re.compile(r"( *)- ")
_ENDS = {"'": re.compile(r"'(?:''|[^'])*'"), '"': re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)}
_PLAIN_END = re.compile(r"[^\n]*?(?=\s+#|\s*(?:\r?\n|\Z))")
_PLAIN_END_IN_FLOW = re.compile(r"[^\n]*?(?=\s*(?:[,\]}\n]|#|\Z))")


def with_entry(text: str, file: str, section: str, entry: Mapping[str, Any]) -> str:
    """Return a text with a further entry at the end of the list under a key of its top level.

    Values are words, numbers, days, truths, lists of them, or one mapping of these. Raises
    InputError where the text is no YAML, or where nothing can be written into the list.
    """
    document = _read(text, file)
    data = _mapping(document)
    listed = data.get(section) or []
    expected = {**data, section: [*_entries(document, section, listed), _plain(entry, file)]}
    return _first(document, expected, _appended(document, section, entry))


def without_entry(text: str, file: str, section: str, index: int) -> str:
    """Return a text without one entry of the list under a key; comments between entries stay.

    Raises InputError where there is no such entry, or it does not stand on lines of its own.
    """
    document = _read(text, file)
    data = _mapping(document)
    listed = _entries(document, section, data.get(section) or [])
    if not 0 <= index < len(listed):
        raise _cannot(document, (section,), f"`{section}` has no such entry")
    left = [*listed[:index], *listed[index + 1 :]]
    return _first(document, {**data, section: left or None}, _cut(document, section, index))


def with_value(text: str, file: str, steps: Steps, value: Any) -> str:
    """Return a text in which a key has one word or number; the key is added where it lacks.

    What leads to the key has to be there. Raises InputError as `with_entry`.
    """
    document = _read(text, file)
    expected = _set(document.data or {}, steps, _plain({"": value}, file)[""])
    there = steps in document.values
    made = _replaced(document, steps, value) if there else _added(document, steps, value)
    return _first(document, expected, made)


def without_value(text: str, file: str, key: str) -> str:
    """Return a text without a key of its top level whose value stands on the same line."""
    document = _read(text, file)
    data = _mapping(document)
    if key not in data:
        return text
    rows = document.text.split("\n")
    line = document.key_mark((key,))[0] - 1
    left = {name: value for name, value in data.items() if name != key}
    return _first(document, left or None, iter(["\n".join([*rows[:line], *rows[line + 1 :]])]))


def with_item(text: str, file: str, key: str, item: str) -> str:
    """Return a text with a further word in the list, or in place of the one word, under a key."""
    document = _read(text, file)
    data = _mapping(document)
    listed = data.get(key)
    items = [] if listed is None else listed if isinstance(listed, list) else [listed]
    expected = {**data, key: [*items, item]}
    return _first(document, expected, _with_item(document, key, items, item))


def written(value: Any) -> str:
    """Return a value as YAML that is read as the same value again."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case _:
            said = "".join(sign if sign.isprintable() else " " for sign in str(value))
            plain = _PLAIN.fullmatch(said) and said.casefold() not in _WORDS
            return said if plain else json.dumps(said, ensure_ascii=False)


def _read(text: str, file: str) -> Document:
    document = compose(text, file, numbers_as_written=True)
    if document.problems:
        raise InputError(document.problems)
    return document


def _mapping(document: Document) -> dict[str, Any]:
    if document.data is None:
        return {}
    if not isinstance(document.data, dict):
        raise _cannot(document, (), "the file is no list of keys")
    return document.data


def _entries(document: Document, section: str, listed: Any) -> list[Any]:
    if not isinstance(listed, list):
        raise _cannot(document, (section,), f"`{section}` is no list")
    return listed


def _cannot(document: Document, steps: Steps, message: str) -> InputError:
    return InputError([Problem(message, document.value_place(steps), BY_HAND)])


def _first(document: Document, expected: Any, made: Iterator[str]) -> str:
    """Return the first text that says what is expected and nothing else."""
    for text in made:
        again = compose(text, document.file, numbers_as_written=True)
        if not again.problems and again.data == expected:
            return text
    raise _cannot(document, (), "nothing can be written into the file as it is laid out")


def _plain(entry: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Return an entry as it will be read, numbers as written."""
    block = "\n".join(_lines({key or "x": value for key, value in entry.items()}))
    data: dict[str, Any] = compose(block, file, numbers_as_written=True).data
    return {"": data["x"]} if list(entry) == [""] else data


def _lines(entry: Mapping[str, Any]) -> Iterator[str]:
    for key, value in entry.items():
        if isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"{' ' * INDENT}{name}: {written(one)}" for name, one in value.items())
        else:
            yield f"{key}: {written(value)}"


def _appended(document: Document, section: str, entry: Mapping[str, Any]) -> Iterator[str]:
    listed = (document.data or {}).get(section)
    rows = document.text.split("\n")
    if section not in (document.data or {}):
        yield from _at_end(document.text, [f"{section}:", *_item(entry, INDENT)])
    elif not listed:
        line, _ = document.key_mark((section,))
        head = re.sub(r":\s*(?:\[\s*\]|null|~)?(?=\s*(?:#|\r?$))", ":", rows[line - 1], count=1)
        yield _joined([*rows[: line - 1], head], _item(entry, INDENT), rows[line:])
    elif (dash := _dash(document, rows, section, len(listed) - 1)) is not None:
        for end in _ends(document, rows, section):
            yield _joined(rows[:end], _item(entry, dash[1]), rows[end:])


def _at_end(text: str, lines: Sequence[str]) -> Iterator[str]:
    start = text if not text or text.endswith("\n") else f"{text}\n"
    yield f"{start}{_eol(text).join(lines)}{_eol(text)}"


def _eol(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _joined(before: Sequence[str], lines: Sequence[str], after: Sequence[str]) -> str:
    ending = "\r" if before and before[-1].endswith("\r") else ""
    rest = list(after) if after else [""]
    return "\n".join([*before, *(f"{line}{ending}" for line in lines), *rest])


def _item(entry: Mapping[str, Any], indent: int) -> list[str]:
    first, *others = _lines(entry)
    return [f"{' ' * indent}- {first}", *(f"{' ' * (indent + INDENT)}{line}" for line in others)]


def _dash(
    document: Document, rows: Sequence[str], section: str, index: int
) -> tuple[int, int] | None:
    """Return the row from 0 and the indentation of an entry's dash; None where it has none."""
    line, _ = document.value_mark((section, index))
    match = _DASH.match(rows[line - 1])
    return None if match is None else (line - 1, len(match[1]))


def _ends(document: Document, rows: Sequence[str], section: str) -> Iterator[int]:
    """Yield after which row a list may end: behind its last content, else where the next begins."""
    begins = document.key_mark((section,))[0]
    tops = [mark[0] for steps, mark in document.keys.items() if len(steps) == 1]
    end = min((line for line in tops if line > begins), default=len(rows) + 1) - 1
    while end > begins and not rows[end - 1].strip():
        end -= 1
    content = end
    while content > begins and (not (row := rows[content - 1].strip()) or row.startswith("#")):
        content -= 1
    yield content
    yield end


def _cut(document: Document, section: str, index: int) -> Iterator[str]:
    rows = document.text.split("\n")
    dash = _dash(document, rows, section, index)
    if dash is None:
        return
    after = (
        _dash(document, rows, section, index + 1) if index + 1 < _count(document, section) else None
    )
    for end in (_above(rows, after[0]),) if after else _ends(document, rows, section):
        yield "\n".join([*rows[: dash[0]], *rows[end:]])


def _count(document: Document, section: str) -> int:
    return len(document.data[section])


def _above(rows: Sequence[str], row: int) -> int:
    """Return where the comments and empty lines begin that stand above a row."""
    while row > 0 and (not (said := rows[row - 1].strip()) or said.startswith("#")):
        row -= 1
    return row


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _set(data: Any, steps: Steps, value: Any) -> Any:
    """Return plain data in which the value that keys lead to is another."""
    if not steps:
        return value
    first, *rest = steps
    if isinstance(data, list) and isinstance(first, int) and first < len(data):
        return [
            _set(one, tuple(rest), value) if at == first else one for at, one in enumerate(data)
        ]
    inside = data.get(first) if isinstance(data, dict) else None
    return {**(data if isinstance(data, dict) else {}), first: _set(inside, tuple(rest), value)}


def _replaced(document: Document, steps: Steps, value: Any) -> Iterator[str]:
    """Yield texts in which the word at a path is another."""
    text = document.text
    style = document.styles.get(steps, "")
    start = _offset(text, *document.value_mark(steps))
    if style in {"|", ">"}:
        return
    if style:
        end = _ENDS[style].match(text, start)
    else:
        flow = steps in document.flow
        end = (_PLAIN_END_IN_FLOW if flow else _PLAIN_END).match(text, start)
    if end is not None:
        blank = " " if start and text[start - 1] == ":" else ""
        yield f"{text[:start]}{blank}{written(value)}{text[end.end() :]}"


def _added(document: Document, steps: Steps, value: Any) -> Iterator[str]:
    """Yield texts in which a mapping has a further key."""
    *above, key = steps
    said = f"{key}: {written(value)}"
    text, rows = document.text, document.text.split("\n")
    if not above:
        tops = [mark[0] - 1 for path, mark in document.keys.items() if len(path) == 1]
        lists = [
            document.keys[path][0] - 1
            for path in document.keys
            if len(path) == 1 and isinstance(document.data[path[0]], list | dict)
        ]
        # Above the first list, among what is said of the file as a whole.
        for at in (*lists[:1], *([] if lists else tops[:1])):
            yield _joined(rows[:at], [said], rows[at:])
        yield from _at_end(text, [said])
        return
    path = tuple(above)
    start = _offset(text, *document.value_mark(path))
    if text[start : start + 1] == "{":
        yield f"{text[: start + 1]}{said}, {text[start + 1 :].lstrip(' ')}"
        return
    line, column = document.value_mark(path)
    # Behind the first key, where its value ends on the same line; else before it.
    yield _joined(rows[:line], [f"{' ' * (column - 1)}{said}"], rows[line:])
    yield f"{text[:start]}{said}\n{' ' * (column - 1)}{text[start:]}"


def _with_item(document: Document, key: str, items: Sequence[Any], item: str) -> Iterator[str]:
    text, rows = document.text, document.text.split("\n")
    if key not in (document.data or {}):
        yield from _added(document, (key,), [item])
        return
    start = _offset(text, *document.value_mark((key,)))
    if isinstance(document.data[key], list) and text[start : start + 1] == "[":
        end = text.find("]", start)
        while end >= 0:
            comma = ", " if items else ""
            yield f"{text[:end].rstrip()}{comma}{written(item)}{text[end:]}"
            end = text.find("]", end + 1)
        return
    if isinstance(document.data[key], list):
        last = _dash(document, rows, key, len(items) - 1)
        indent = last[1] if last else INDENT
        for end in _ends(document, rows, key):
            yield _joined(rows[:end], [f"{' ' * indent}- {written(item)}"], rows[end:])
        return
    yield from _replaced(document, (key,), [*items, item])
