"""One text for one value, so that equal content has an equal hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

AS_THEY_ARE = frozenset({str, bool, int, type(None)})


def plain(value: Any) -> Any:
    """Return `value` in JSON's own types: dataclasses as objects, dates as ISO text."""
    if type(value) in AS_THEY_ARE:  # most values: before the slower questions
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= 2**53 else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _field_names(type(value))}
    if hasattr(value, "model_dump"):
        return plain(value.model_dump())
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no spaces; NaN and infinities raise ValueError."""
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def content_hash(value: Any) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of `value`."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def bytes_hash(parts: Iterable[bytes]) -> str:
    """Return the SHA-256, in hex, of the raw bytes of several files in the order given."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
