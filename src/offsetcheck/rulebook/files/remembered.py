"""YAML texts that were read before: one that has not changed is not read again.

A process remembers whole documents; of those without a problem also another may, as plain data
(`parts`). Where their values stand is then found only for the files of which somebody asks.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.placed_later import placed_later

MOST = 4096


class _Plain(NamedTuple):
    """What a text says as plain data, and which paths stand inside brackets."""

    data: Any
    flow: list[list[str | int]]


_sound: dict[tuple[str, str], Document | _Plain] = {}


@lru_cache(MOST)
def remembered(text: str, file: str) -> Document:
    """Return a YAML text as `compose` does; nobody may change what it holds."""
    key = file, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    known = _sound.get(key)
    if isinstance(known, _Plain):
        return placed_later(file, known.data, text, known.flow)
    # The parser of YAML is loaded only where there is something new to read.
    from offsetcheck.vocabulary.forms.compose import compose

    document = compose(text, file)
    if not document.problems:
        if len(_sound) >= MOST:
            _sound.clear()
        _sound[key] = document
    return document


def count_composed() -> int:
    """Return how many of the documents at hand this process has composed itself."""
    return sum(isinstance(one, Document) for one in _sound.values())


def remembered_documents() -> list[list[Any]]:
    """Return the documents without a problem as plain data."""
    return [[*key, *_plain(one)] for key, one in _sound.items()]


def remember_documents(kept: Iterable[Iterable[Any]]) -> None:
    """Take what `remembered_documents` gave; raises ValueError for what it never gives."""
    for file, digest, data, flow in kept:
        _sound.setdefault((file, digest), _Plain(data, flow))


def _plain(one: Document | _Plain) -> _Plain:
    if isinstance(one, _Plain):
        return one
    return _Plain(one.data, sorted(map(list, one.flow), key=str))
