"""The JSON Schema of each kind of file of one rule folder."""

from collections.abc import Iterator

from offsetcheck.rulebook.policies.model import CityExtension, CityFile
from offsetcheck.workshop.schemas.fill import fill
from offsetcheck.workshop.schemas.kinds import KINDS, Form, Kind
from offsetcheck.workshop.schemas.names import FolderNames
from offsetcheck.workshop.schemas.shape import Schema, shape_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXTS: Schema = {
    "type": "object",
    "additionalProperties": {"anyOf": [{"type": ["string", "null"]}, {"$ref": "#"}]},
}
NAME = "^[a-z][a-z0-9_]*$"


def schema_of(kind: Kind, names: FolderNames) -> Schema:
    """Return the schema of one kind of file, with the names of a folder in it."""
    head: Schema = {"$schema": DIALECT, "title": f"offsetcheck {kind.name}"}
    if kind.model is None:
        return {**head, **TEXTS}
    shape = fill(kind.model.__name__, shape_of(kind.model), names)
    _leave_out(shape, kind)
    if kind.model is CityExtension:
        return {**head, **_own_city(shape, names)}
    if kind.form is Form.LIST:
        return {**head, "type": "array", "$defs": shape.pop("$defs", {}), "items": shape}
    return {**head, **(shape if kind.form is Form.WHOLE else _each(shape, kind))}


def schemas(names: FolderNames) -> Iterator[tuple[Kind, Schema]]:
    """Yield every kind with its schema."""
    for kind in KINDS:
        yield kind, schema_of(kind, names)


def _leave_out(shape: Schema, kind: Kind) -> None:
    for key in kind.given:
        shape["properties"].pop(key, None)
    shape["required"] = [key for key in shape.get("required", ()) if key not in kind.given]


def _own_city(extending: Schema, names: FolderNames) -> Schema:
    """Return the schema of a city that builds on another, or stands for itself."""
    alone = fill(CityFile.__name__, shape_of(CityFile), names)
    parts = {**alone.pop("$defs"), **extending.pop("$defs")}
    builds_on: Schema = {"type": "object", "required": ["extends"]}
    return {"if": builds_on, "then": extending, "else": alone, "$defs": parts}


def _each(shape: Schema, kind: Kind) -> Schema:
    """Return the schema of a file whose keys are names of the reader's own."""
    parts = shape.pop("$defs", {})
    named: Schema = {"propertyNames": {"pattern": NAME}} if kind.name == "fields" else {}
    return {"type": "object", **named, "additionalProperties": shape, "$defs": parts}
