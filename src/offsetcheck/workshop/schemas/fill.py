"""The names of a rule folder put into the shape of its files: what may stand where."""

from collections.abc import Callable, Iterable, Mapping

from offsetcheck.rulebook.lexicon.model import ABOUT
from offsetcheck.rulebook.lint import described
from offsetcheck.rulebook.rules.model import LEVELS, NOTHING, OUTCOMES, STANDS, TYPES
from offsetcheck.rulebook.scenarios.model import ALL
from offsetcheck.vocabulary.dictionary import Field, FieldType, Subject
from offsetcheck.workshop.schemas.names import FolderNames
from offsetcheck.workshop.schemas.shape import Schema

GRADES = ("E1", "E2", "E3", "E4", "E0")
VALUE: Schema = {
    "anyOf": [
        {"type": ["string", "number", "boolean"]},
        {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
    ]
}
LIST: Schema = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
POINTS: Schema = {"type": ["string", "number", "null"]}
OUTCOME: Schema = {"enum": [*OUTCOMES, *LEVELS, *map(int, LEVELS)]}
TEXT_OR_NUMBER: Schema = {"type": ["string", "number"]}

# Keys whose words are names of the folder: they narrow the text that the model wants there.
WORDS: Mapping[tuple[str, str], Callable[[FolderNames], Iterable[str]]] = {
    ("SourceEntry", "guide"): lambda names: names.guides,
    ("EvidenceRule", "documents"): lambda names: names.documents,
    ("Field", "documents"): lambda names: names.documents,
    ("Example", "missing"): lambda names: (*names.fields, *names.facts),
    ("RuleChange", "rule"): lambda names: names.rules,
    ("Criterion", "carried_by"): lambda names: names.rules,
    ("Quantifier", "rule"): lambda names: names.rules,
    ("Quantifier", "dimension"): lambda names: names.dimensions,
    ("LookupSpec", "table"): lambda names: names.tables,
    ("Situation", "city"): lambda names: names.cities,
    ("ScenarioFile", "city"): lambda names: names.cities,
    ("ScenarioEntry", "city"): lambda names: names.cities,
    ("Expected", "caps"): lambda names: names.rules,
    ("Expected", "conditions"): lambda names: names.rules,
    ("Expected", "held_by"): lambda names: (*names.rules, *names.dimensions),
    ("Expected", "reason"): lambda names: ("none", "integrity", *names.rules, *names.dimensions),
    ("Floor", "integrity"): lambda names: names.grades,
    ("FloorEntry", "integrity"): lambda names: names.grades,
    ("Either", "fields"): lambda names: names.fields,
    ("Example", "condition"): lambda _: (STANDS, NOTHING),
    ("Parameter", "type"): lambda _: TYPES,
    ("LawEntry", "about"): lambda _: ABOUT,
    **{
        (policy, key): words
        for policy in ("CityFile", "CityExtension", "Jurisdiction")
        for key, words in {
            "undecided": lambda names: names.parameters,
            "adopt_also": lambda names: names.rules,
            "jurisdictions": lambda names: names.jurisdictions,
            "extends": lambda names: names.cities,
        }.items()
    },
}


def fill(name: str, schema: Schema, names: FolderNames) -> Schema:
    """Return the shape of a model with the names of a folder in it."""
    for model, part in ((name, schema), *schema.get("$defs", {}).items()):
        properties = part.get("properties", {})
        for key in properties:
            words = WORDS.get((model, key))
            if words is not None:
                _narrow(properties[key], list(words(names)))
            special = SPECIAL.get((model, key))
            if special is not None:
                properties[key] = {**_said(properties[key]), **special(names)}
    return schema


def _said(schema: Schema) -> Schema:
    return {key: schema[key] for key in ("description", "default") if key in schema}


def _narrow(schema: Schema, words: list[str]) -> None:
    """Let a text, or each text of a list, be one of some words."""
    for part in (schema, *schema.get("anyOf", ())):
        if part.get("type") == "string":
            part["enum"] = words
        elif part.get("type") == "array":
            part["items"] = {"enum": words}


def _given(names: FolderNames) -> Schema:
    """Return what an example may give: every field with the values it can have."""
    fields = {name: _value(field) for name, field in names.fields.items()}
    facts = dict.fromkeys(names.facts, VALUE)
    return {"type": "object", "properties": {**fields, **facts}, "additionalProperties": False}


def _graded(names: FolderNames) -> Schema:
    grade: Schema = {"enum": list(GRADES)}
    return {
        "type": "object",
        "propertyNames": {"enum": [*names.fields, *names.facts]},
        "additionalProperties": grade,
    }


SCALARS: Mapping[FieldType, Schema] = {
    FieldType.NUMBER: {"type": "number"},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.INTEGERS: {"type": "integer"},
    FieldType.BOOLEAN: {"type": "boolean"},
}


def _value(field: Field) -> Schema:
    """Return what a field may be given as: one value, or several of which it has one."""
    one: Schema = SCALARS.get(field.type, {"type": "string"})
    if field.codes:
        one = {"enum": list(field.codes)}
    either: Schema = {"anyOf": [one, {"type": "array", "items": one}]}
    return {"description": said_of_field(field), **either}


def said_of_field(field: Field) -> str:
    """Return a field in a few words: its title and unit."""
    title = field.title.get("en", field.name)
    return f"{title} ({field.unit})" if field.unit else title


def _policy_values(names: FolderNames) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"enum": list(names.parameters)},
        "additionalProperties": {"$ref": "#/$defs/PolicyParameter"},
    }


def _stated(names: FolderNames, subject: Subject) -> Schema:
    """Return what a scenario may state: the fields of a subject that are not worked out."""
    fields = {
        field.name: _value(field)
        for field in names.fields.values()
        if field.subject is subject and field.is_input
    }
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _graded_all(names: FolderNames) -> Schema:
    schema = _graded(names)
    return {**schema, "propertyNames": {"enum": [*schema["propertyNames"]["enum"], ALL]}}


def _of_rules(names: FolderNames) -> Schema:
    open_points: Schema = {"type": "string", "pattern": "^[1-5] to [1-5]$"}
    return {
        "type": ["object", "null"],
        "properties": {rule: {"anyOf": [OUTCOME, open_points]} for rule in names.rules},
        "additionalProperties": False,
    }


def _of_dimensions(names: FolderNames) -> Schema:
    points: Schema = {"type": ["string", "number"]}
    return {
        "type": ["object", "null"],
        "properties": dict.fromkeys(names.dimensions, points),
        "additionalProperties": False,
    }


def _reviews(names: FolderNames) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"enum": list(names.rules)},
        "additionalProperties": {"enum": ["clear", "fail"]},
    }


def _levels(_: FolderNames) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"enum": list(LEVELS)},
        "additionalProperties": {"type": "string"},
        "minProperties": 1,
    }


def _adopted(names: FolderNames) -> Schema:
    return {"anyOf": [{"const": "all"}, {"type": "array", "items": {"enum": list(names.rules)}}]}


def _remedy(_: FolderNames) -> Schema:
    by_language: Schema = {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z]{2,3}$"},
        "additionalProperties": {"type": "string"},
    }
    return {"anyOf": [{"type": ["string", "null"]}, by_language]}


def _states(_: FolderNames) -> Schema:
    one: Schema = {"enum": ["fail", "open", "clear"]}
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _check(_: FolderNames) -> Schema:
    """Return the ids of checks; those of proofs need an extra to be known."""
    ids = [one.id for one in described()]
    return {"anyOf": [{"enum": ids}, {"type": "string", "pattern": r"^proofs\."}]}


# Keys that their model reads more freely than its annotation says.
SPECIAL: Mapping[tuple[str, str], Callable[[FolderNames], Schema]] = {
    ("Example", "given"): _given,
    ("Example", "evidence"): _graded,
    ("Example", "expect"): lambda _: OUTCOME,
    ("Example", "points"): lambda _: {"enum": [*LEVELS, *map(int, LEVELS), NOTHING]},
    ("RuleFile", "levels"): _levels,
    ("RuleChange", "levels"): _levels,
    ("CityFile", "parameters"): _policy_values,
    ("CityExtension", "parameters"): _policy_values,
    ("Jurisdiction", "parameters"): _policy_values,
    ("CityFile", "adopt"): _adopted,
    ("CityExtension", "adopt"): _adopted,
    ("CityFile", "remedy"): _remedy,
    ("CityExtension", "remedy"): _remedy,
    **{
        (model, key): special
        for model in ("ScenarioFile", "ScenarioEntry")
        for key, special in {
            "offer": lambda names: _stated(names, Subject.CANDIDATE),
            "purchase": lambda names: _stated(names, Subject.PURCHASE),
            "evidence": _graded_all,
            "reviews": _reviews,
        }.items()
    },
    ("Excepted", "check"): _check,
    ("Expected", "dimensions"): _of_dimensions,
    ("Expected", "outcomes"): _of_rules,
    ("Expected", "integrity"): lambda _: POINTS,
    ("Expected", "value"): lambda _: POINTS,
    ("ParameterValue", "value"): lambda _: VALUE,
    ("PolicyParameter", "add"): lambda _: LIST,
    ("PolicyParameter", "remove"): lambda _: LIST,
    ("PolicyValue", "add"): lambda _: LIST,
    ("PolicyValue", "remove"): lambda _: LIST,
    ("PolicyParameter", "value"): lambda _: VALUE,
    ("PolicyValue", "value"): lambda _: VALUE,
    ("CityFact", "value"): lambda _: VALUE,
    ("GuideEntry", "edition"): lambda _: TEXT_OR_NUMBER,
    ("GuideEntry", "date"): lambda _: TEXT_OR_NUMBER,
    ("DocumentKind", "ceiling"): lambda _: {"enum": list(GRADES)},
    ("Quantifier", "finding"): _states,
}
