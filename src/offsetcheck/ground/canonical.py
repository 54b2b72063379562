"""One text for one value, so that equal content has an equal hash."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

BLOCK = 1 << 20


AS_THEY_ARE = frozenset({str, bool, int, type(None)})


def plain(value: Any) -> Any:
    """Return `value` in JSON's own types: dataclasses as objects, dates as ISO text."""
    kind = type(value)
    if kind in AS_THEY_ARE:
        return value
    return _way_of(kind)(value)  # type: ignore[arg-type] # every class is hashable


@cache
def _way_of(kind: type[Any]) -> Callable[[Any], Any]:
    """Return how values of a class are made plain: asked once for each class."""
    for known, way in WAYS.items():
        if issubclass(kind, known):
            return way
    if is_dataclass(kind):
        return _fields
    if hasattr(kind, "model_dump"):
        return _model
    if issubclass(kind, Iterable):
        return _items
    raise TypeError(f"no canonical form for {kind.__name__}")


def _member(value: Enum) -> Any:
    return plain(value.value)


def _same(value: Any) -> Any:
    return value


def _number(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) <= 2**53 else value


def _day(value: date) -> str:
    return value.isoformat()


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): plain(item) for key, item in value.items()}


def _set(value: Iterable[Any]) -> list[Any]:
    return sorted(plain(item) for item in value)


def _fields(value: Any) -> dict[str, Any]:
    names = _field_names(type(value))  # type: ignore[arg-type] # every class is hashable
    return {name: plain(getattr(value, name)) for name in names}


def _model(value: Any) -> Any:
    return plain(value.model_dump())


def _items(value: Iterable[Any]) -> list[Any]:
    return [plain(item) for item in value]


# In this order: a member of an enumeration may be a text or a number too.
WAYS: Mapping[type[Any], Callable[[Any], Any]] = {
    Enum: _member,
    str: _same,
    int: _same,
    float: _number,
    date: _day,
    Mapping: _mapping,
    set: _set,
    frozenset: _set,
}


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no spaces; NaN and infinities raise ValueError."""
    return _json(plain(value))


def _json(made: Any) -> str:
    """Return the canonical JSON of what is in JSON's own types."""
    return json.dumps(
        made, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def content_hash(value: Any) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of `value`."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def object_hash(value: Mapping[str, Any], made: Mapping[str, str]) -> str:
    """Return the `content_hash` of an object; of some keys the canonical JSON is made already."""
    items = (
        f"{_json(key)}:{made[key] if key in made else canonical_json(value[key])}"
        for key in sorted(value)
    )
    return hashlib.sha256(f"{{{','.join(items)}}}".encode()).hexdigest()


def texts_hash(rows: Sequence[tuple[str | None, ...]]) -> str:
    """Return the `content_hash` of rows of texts, of which nothing is to be made plain."""
    return hashlib.sha256(_json(rows).encode()).hexdigest()


def bytes_hash(parts: Iterable[bytes]) -> str:
    """Return the SHA-256, in hex, of the raw bytes of several files in the order given."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


class ListHash:
    """The `texts_hash` of rows that are never all in memory: as they come."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256(b"[")
        self._is_empty = True

    def add(self, rows: Sequence[tuple[str | None, ...]]) -> None:
        """Take the next rows of texts."""
        text = _json(rows)[1:-1]
        if text:
            self._digest.update(text.encode() if self._is_empty else f",{text}".encode())
            self._is_empty = False

    def hexdigest(self) -> str:
        """Return the hash of all rows so far."""
        whole = self._digest.copy()
        whole.update(b"]")
        return whole.hexdigest()


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in order, never all at once; `bytes_hash` takes them."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
