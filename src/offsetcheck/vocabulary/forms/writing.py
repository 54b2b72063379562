"""Plain data as YAML that `compose` reads as the same data again."""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.vocabulary.forms.compose import compose

Plain = str | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a file says: numbers are texts, as they are written."""
WIDTH = 90


class Quoted(str):
    """A text that stands between quotes, as somebody wrote it."""

    __slots__ = ()


class SingleQuoted(Quoted):
    """A text that stands between single quotes."""

    __slots__ = ()


def flow(value: Plain) -> str:
    """Return a value on one line."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case SingleQuoted() if value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        case Quoted():
            return _between_quotes(value)
        case str():
            return _scalar(value)
        case Mapping():
            pairs = (f"{_scalar(key)}: {flow(one)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return f"[{', '.join(map(flow, value))}]"


def is_short(value: Plain) -> bool:
    """Whether a value reads well on one line: short, and it holds no mappings."""
    if isinstance(value, str | bool | None):
        return True
    inside = value.values() if isinstance(value, Mapping) else value
    nested = any(isinstance(one, Mapping) for one in inside)
    return not nested and len(flow(value)) <= WIDTH


def rows_of(value: Plain, indent: int) -> Iterator[str]:
    """Yield the rows of a mapping or list below its key."""
    blank = " " * indent
    if isinstance(value, Mapping):
        for key, one in value.items():
            if one is None or is_short(one):
                yield f"{blank}{_scalar(key)}:" + ("" if one is None else f" {flow(one)}")
            else:
                yield f"{blank}{_scalar(key)}:"
                yield from rows_of(one, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            if isinstance(one, Mapping) and one:
                first, *others = rows_of(one, indent + 2)
                yield from (f"{blank}- {first.lstrip(' ')}", *others)
            else:
                yield f"{blank}- {flow(one)}"


def _scalar(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text if _is_plain(text) else _between_quotes(text)


def _between_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _is_plain(text: str) -> bool:
    """Whether a text without quotes is read as itself, wherever it stands."""
    if not text or text != text.strip() or not text.isprintable():
        return False
    return all(
        read.data == {"k": expected} and not read.problems
        for read, expected in (
            (compose(f"k: {text}", "", numbers_as_written=True), text),
            (compose(f"k: [{text}, b]", "", numbers_as_written=True), [text, "b"]),
            (compose(f"k: {{{text}: b}}", "", numbers_as_written=True), {text: "b"}),
        )
    )
