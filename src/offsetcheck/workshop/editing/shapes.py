"""What a schema says of a place in a file: its keys, its words, and what each is for."""

from collections.abc import Iterator, Mapping
from typing import Any

from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.workshop.schemas.shape import Schema


def shapes_at(schema: Schema, steps: Steps) -> list[Schema]:
    """Return the schemas that may hold at a path, references and alternatives resolved."""
    found = list(_open(schema, schema))
    for step in steps:
        below = [inner for part in found for inner in _below(part, step)]
        found = [part for inner in below for part in _open(schema, inner)]
    return found


def keys_at(schema: Schema, steps: Steps) -> dict[str, str]:
    """Return the keys that can stand in a mapping, with what each is for."""
    keys: dict[str, str] = {}
    for part in shapes_at(schema, steps):
        for key, inner in part.get("properties", {}).items():
            keys.setdefault(key, inner.get("description", ""))
        for key in part.get("propertyNames", {}).get("enum", ()):
            keys.setdefault(key, "")
    return keys


def words_at(schema: Schema, steps: Steps) -> tuple[str, ...]:
    """Return the words of a closed list that can stand at a path."""
    words: dict[str, None] = {}
    for part in shapes_at(schema, steps):
        for word in (*part.get("enum", ()), *([part["const"]] if "const" in part else [])):
            if isinstance(word, str):
                words.setdefault(word)
    return tuple(words)


def said_at(schema: Schema, steps: Steps) -> str | None:
    """Return what the key at a path is for."""
    if not steps:
        return None
    for part in shapes_at(schema, steps[:-1]):
        inner = part.get("properties", {}).get(steps[-1])
        if inner is not None and "description" in inner:
            return str(inner["description"])
    return None


def _below(part: Schema, step: object) -> Iterator[Schema]:
    """Yield the schemas of one step down."""
    if isinstance(step, int):
        items = part.get("items")
        if isinstance(items, dict):
            yield items
        return
    properties: Mapping[str, Any] = part.get("properties", {})
    if step in properties:
        yield properties[str(step)]
    elif isinstance(part.get("additionalProperties"), dict):
        yield part["additionalProperties"]


def _open(schema: Schema, part: Schema) -> Iterator[Schema]:
    """Yield a schema with its references and alternatives, each of which may hold."""
    if "$ref" in part:
        name = str(part["$ref"]).rsplit("/", 1)[-1]
        yield from _open(schema, schema.get("$defs", {}).get(name, {}))
    for inner in (*part.get("anyOf", ()), *(part[k] for k in ("then", "else") if k in part)):
        yield from _open(schema, inner)
    yield part
