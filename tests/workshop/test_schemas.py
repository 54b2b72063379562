import copy

import jsonschema
import pytest
from pydantic import BaseModel

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.workshop.schemas.kinds import BY_NAME, KINDS, kind_of
from offsetcheck.workshop.schemas.make import schema_of
from offsetcheck.workshop.schemas.names import names_in
from offsetcheck.workshop.schemas.shape import SAME_AS, said_of, said_of_keys, shape_of

MAPPED = [kind.name for kind in KINDS if kind.model is not None]


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook(bundled("rules"))


@pytest.fixture(scope="module")
def schemas(rulebook):
    names = names_in(rulebook)
    return {kind.name: schema_of(kind, names) for kind in KINDS}


def faults(schema, data):
    found = jsonschema.Draft202012Validator(schema).iter_errors(data)
    return [f"{list(fault.absolute_path)}: {fault.message[:300]}" for fault in found]


def models_in(kind):
    schema = shape_of(BY_NAME[kind].model)
    return [(BY_NAME[kind].model.__name__, schema), *schema.get("$defs", {}).items()]


def resolved(schema, part):
    """Follow a reference, and of alternatives take the one that is not nothing."""
    while "$ref" in part or "anyOf" in part:
        if "$ref" in part:
            part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        else:
            part = next(p for p in part["anyOf"] if p.get("type") != "null")
    return part


def spots(schema, part, data, path=()):
    """Yield each mapping with closed keys and each word of a closed list, with its place."""
    part = resolved(schema, part)
    if isinstance(data, dict):
        if part.get("additionalProperties") is False:
            yield "key", path, tuple(sorted(part["properties"]))
        for key, value in data.items():
            inner = part.get("properties", {}).get(key, part.get("additionalProperties"))
            if isinstance(inner, dict):
                yield from spots(schema, inner, value, (*path, key))
    elif isinstance(data, list) and isinstance(part.get("items"), dict):
        for index, value in enumerate(data):
            yield from spots(schema, part["items"], value, (*path, index))
    elif "enum" in part:
        yield "word", path, (path[-1] if path else None, len(part["enum"]))


def planted(data, path, kind):
    """Return a copy of a file with one wrong key or one wrong word in it."""
    data = copy.deepcopy(data)
    where = data
    for step in path[: None if kind == "key" else -1]:
        where = where[step]
    if kind == "key":
        where["no_such_key"] = "x"
    else:
        where[path[-1]] = "no_such_word"
    return data


NOT_SHIPPED = {
    "history": "notes:\n  - {on: 2026-11-01, of: [vintage.age], from: 2026-01-01, note: it was wrong}\n"
}
"""A file of each kind of which the shipped rules have none."""


def files_of(rulebook, kind):
    if kind in NOT_SHIPPED:
        return {kind: compose(NOT_SHIPPED[kind], kind)}
    return {p: d for p, d in rulebook.documents.items() if kind_of(p).name == kind}


def test_every_shipped_file_is_of_a_kind_and_fits_its_schema(rulebook, schemas):
    """Each yaml file of the rule folder has a schema and validates against it."""
    wrong = {}
    for path, document in rulebook.documents.items():
        kind = kind_of(path)
        assert kind is not None, path
        found = faults(schemas[kind.name], document.data)
        if found:
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("kind", [name for name in MAPPED if name != "own_city"])
def test_wrong_keys_and_words_are_refused(rulebook, schemas, kind):
    """A key that no model has, and a word that no list has, is refused wherever one can stand."""
    schema, seen = schemas[kind], set()
    for path, document in files_of(rulebook, kind).items():
        for what, place, mark in spots(schema, schema, document.data):
            if (what, mark) in seen:
                continue
            seen.add((what, mark))
            wrong = planted(document.data, place, what)
            assert faults(schema, wrong), f"{path}: {place} takes a wrong {what}"
    assert any(what == "key" for what, _ in seen)


@pytest.mark.parametrize("kind", MAPPED)
def test_every_key_says_what_it_is_for(kind):
    """Each key of each model has a sentence that editors show."""
    silent = [
        f"{model}.{key}"
        for model, part in models_in(kind)
        for key in part.get("properties", {})
        if key not in BY_NAME[kind].given and said_of(model, key) is None
    ]
    assert silent == []


def test_no_sentence_is_of_a_key_that_is_gone():
    """Each sentence about a key is about a key that a model has."""
    keys = {
        (model, key)
        for kind in MAPPED
        for model, part in models_in(kind)
        for key in part.get("properties", {})
    }
    keys |= {(SAME_AS[model], key) for model, key in keys if model in SAME_AS}
    anywhere = {key for _, key in keys}
    stale = [
        f"{model}.{key}"
        for model, texts in said_of_keys().items()
        for key in texts
        if (key not in anywhere if model == "Any" else (model, key) not in keys)
    ]
    assert stale == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("id: town\nname: {en: Town}\n", False),
        ("id: town\nextends: turku\n", True),
        ("id: town\nextends: no_such_city\n", False),
        ("id: town\nextends: turku\nundecided: [vintage.age.max_age]\n", True),
        ("id: town\nextends: turku\nundecided: [vintage.age.max_agee]\n", False),
    ],
)
def test_a_city_of_its_own_stands_for_itself_or_builds_on_another(schemas, text, right):
    """What a policy must say may be left out only where it builds on a shipped city."""
    assert (not faults(schemas["own_city"], compose(text, "city.yaml").data)) is right


def test_examples_know_the_values_of_their_fields(rulebook, schemas):
    """In an example, a field of codes takes its codes, one or several, and no other word."""
    document = rulebook.documents["permanence/storage_floor.yaml"]
    for value, right in (("wind", True), (["wind", "solar_pv"], None), ("windd", False)):
        data = copy.deepcopy(document.data)
        data["tests"][0]["given"]["project_type"] = value
        if right is not None:
            assert (not faults(schemas["rule"], data)) is right
    data["tests"][0]["given"] = {"no_such_field": 1}
    assert faults(schemas["rule"], data)


def test_yes_and_no_are_words_of_rule_files(rulebook, schemas):
    """`curable: yes` is right, `curable: maybe` is not."""
    data = copy.deepcopy(rulebook.documents["permanence/storage_floor.yaml"].data)
    assert data["curable"] == "yes"
    data["curable"] = "maybe"
    assert faults(schemas["rule"], data)


def test_models_of_kinds_are_models():
    """Every kind but that of words has a model that reads it."""
    assert [kind.name for kind in KINDS if kind.model is None] == ["words"]
    assert all(issubclass(kind.model, BaseModel) for kind in KINDS if kind.model is not None)
