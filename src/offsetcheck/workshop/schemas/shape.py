"""The shape of a model as JSON Schema, in the scalars that rule files are written in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from offsetcheck.vocabulary.forms.compose import compose

Schema = dict[str, Any]
DAY = r"^\d{4}-\d{2}-\d{2}$"
SAME_AS = {"CityExtension": "CityFile", "ScenarioFile": "Situation", "ScenarioEntry": "Situation"}
"""Models that extend another and whose keys mean what its keys do."""

SAID = Path(__file__).with_name("keys.yaml")


class OfRuleFiles(GenerateJsonSchema):
    """Days are texts, yes and no are words, and no title repeats the name of its key."""

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002
        """Return yes and no as rule files write them."""
        return {"enum": [True, False, "yes", "no"]}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:  # noqa: ARG002
        """Return a day as rule files write it."""
        return {"type": "string", "pattern": DAY}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - of the base class
        """Leave titles out: they would repeat the key."""
        return False


def shape_of(model: type[BaseModel]) -> Schema:
    """Return the schema of a model, with what each of its keys is for."""
    schema = model.model_json_schema(schema_generator=OfRuleFiles)
    for name, part in _models(model.__name__, schema):
        part.pop("title", None)
        _describe(name, part)
    return schema


def _models(name: str, schema: Schema) -> list[tuple[str, Schema]]:
    return [(name, schema), *schema.get("$defs", {}).items()]


def _describe(model: str, part: Schema) -> None:
    """Put beside each key what it is for; one line of a docstring is enough for a model."""
    if "description" in part:
        part["description"] = " ".join(part["description"].split("\n\n")[0].split())
    for key, value in part.get("properties", {}).items():
        said = said_of(model, key)
        if said is not None:
            part["properties"][key] = _with(value, said)


def _with(value: Schema, said: str) -> Schema:
    return {**value, "description": said}


def said_of(model: str, key: str) -> str | None:
    """Return what a key of a model is for; a model that extends another says it once."""
    texts = said_of_keys()
    own = texts.get(model, {}).get(key) or texts.get(SAME_AS.get(model, ""), {}).get(key)
    return own or texts["Any"].get(key)


@cache
def said_of_keys() -> Mapping[str, Mapping[str, str]]:
    """Return what the keys of each model are for, by model and key; `Any` serves all models."""
    data: Mapping[str, Mapping[str, str]] = compose(SAID.read_text("utf-8"), SAID.name).data
    return data
