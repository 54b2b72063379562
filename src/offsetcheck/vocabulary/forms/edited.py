"""A text that people write by hand, with one thing of it otherwise: comments and order stay.

Each function says what the file is to say then; `amended` writes the difference and reads it again.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from offsetcheck.vocabulary.forms.amending import amended
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.writing import Plain
from offsetcheck.vocabulary.problem import InputError, Place, Problem

BY_HAND = "write it by hand, in an editor"


def with_entry(text: str, file: str, section: str, entry: Mapping[str, Any]) -> str:
    """Return a text with a further entry at the end of the list under a key of its top level.

    Values are words, numbers, days, truths, lists and mappings of them; a text is written on one
    line. Raises InputError where the text is no YAML, or nothing can be written into the list.
    """
    data = _data(text, file)
    listed = _listed(data, file, section)
    return amended(text, file, {**data, section: [*listed, _plain(entry)]})


def without_entry(text: str, file: str, section: str, index: int) -> str:
    """Return a text without one entry of the list under a key; comments between entries stay.

    Raises InputError where there is no such entry, or it does not stand on lines of its own.
    """
    data = _data(text, file)
    listed = _listed(data, file, section)
    if not 0 <= index < len(listed):
        raise _cannot(file, f"`{section}` has no such entry")
    left = [*listed[:index], *listed[index + 1 :]]
    return amended(text, file, {**data, section: left or None})


def with_value(text: str, file: str, steps: Steps, value: Any) -> str:
    """Return a text in which a key has another value; the key is added where it lacks.

    Raises InputError as `with_entry`.
    """
    return amended(text, file, _set(_data(text, file), steps, _plain(value), file))


def without_value(text: str, file: str, key: str) -> str:
    """Return a text without a key of its top level; raises InputError as `with_entry`."""
    data = _data(text, file)
    return amended(text, file, {name: value for name, value in data.items() if name != key})


def with_item(text: str, file: str, key: str, item: str) -> str:
    """Return a text with a further word in the list, or in place of the one word, under a key."""
    data = _data(text, file)
    listed = data.get(key)
    items = [] if listed is None else listed if isinstance(listed, list) else [listed]
    return amended(text, file, {**data, key: [*items, _plain(item)]})


def _data(text: str, file: str) -> dict[str, Any]:
    document = compose(text, file, numbers_as_written=True)
    if document.problems:
        raise InputError(document.problems)
    if not isinstance(document.data, dict | None):
        raise _cannot(file, "the file is no list of keys")
    return document.data or {}


def _listed(data: Mapping[str, Any], file: str, section: str) -> list[Any]:
    listed = data.get(section) or []
    if not isinstance(listed, list):
        raise _cannot(file, f"`{section}` is no list")
    return listed


def _cannot(file: str, message: str) -> InputError:
    return InputError([Problem(message, Place(file), BY_HAND)])


def _plain(value: Any) -> Plain:
    """Return a value as it will be read: numbers and days as texts, texts on one line."""
    match value:
        case None | bool():
            return value
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case Sequence() if not isinstance(value, str):
            return [_plain(one) for one in value]
        case _:
            said = "".join(sign if sign.isprintable() else " " for sign in str(value))
            return unicodedata.normalize("NFC", said)


def _set(data: Any, steps: Steps, value: Plain, file: str) -> Any:
    """Return data in which the value that keys lead to is another."""
    if not steps:
        return value
    first, rest = steps[0], steps[1:]
    if isinstance(data, list):
        if not isinstance(first, int) or not 0 <= first < len(data):
            raise _cannot(file, "the list has no such entry")
        made = _set(data[first], rest, value, file)
        return [made if at == first else one for at, one in enumerate(data)]
    if not isinstance(data, Mapping | None):
        raise _cannot(file, f"nothing can be written below `{data}`")
    return {**(data or {}), first: _set((data or {}).get(first), rest, value, file)}
