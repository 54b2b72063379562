"""The hash of all that a proof rests on: the same hash, the same proof."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from offsetcheck.ground.version import __version__
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.vocabulary.dictionary import Dictionary

PACKAGE = Path(__file__).resolve().parents[2]
RESTS_ON = ("engine", "rulebook/expression", "rulebook/tables", "vocabulary", "workshop/proofs")
UNIMPORTANT = frozenset(("at", "origin"))  # where a node stands and where a row is from


class Fingerprints:
    """Hashes of rules with the fields that they read; tables are hashed once each."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._tables: dict[int, tuple[Any, str]] = {}

    def of(self, rule: BoundRule) -> str:
        """Return the hash of what a rule comes to, and of the fields that it reads."""
        parts = (
            *(str(part) for part in self._spelled((rule.applies_when, rule.conditions))),
            str((rule.subject, rule.at_least, rule.heard, rule.declare)),
            *(self._field(name) for name in sorted(rule.inputs)),
        )
        return _hash("\0".join(parts))

    def _field(self, name: str) -> str:
        field = field_named(self._dictionary, name)
        return name if field is None else f"{name} {field.type} {field.range} {field.narrow}"

    def _spelled(self, value: Any) -> Iterator[str]:
        if isinstance(value, Mapping):
            yield self._table(value)
        elif isinstance(value, tuple):
            yield f"({len(value)}"
            for one in value:
                yield from self._spelled(one)
        elif is_dataclass(value) and not isinstance(value, type):
            yield type(value).__name__
            for one in fields(value):
                if one.name not in UNIMPORTANT:
                    yield from self._spelled(getattr(value, one.name))
        else:
            yield f"{type(value).__name__} {value.value if isinstance(value, Enum) else value!r}"

    def _table(self, rows: Mapping[Any, Any]) -> str:
        if id(rows) not in self._tables:
            text = "\0".join(
                f"{key} {[(row.value, row.grade, row.version) for row in found]}"
                for key, found in rows.items()
            )
            self._tables[id(rows)] = (rows, _hash(text))
        return self._tables[id(rows)][1]


@cache
def code_key() -> str:
    """Return the hash of the code that proves, and of what it is held against."""
    import z3

    digest = hashlib.sha256(f"{__version__} {z3.get_version_string()}\0".encode())
    for room in RESTS_ON:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
