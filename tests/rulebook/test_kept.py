"""A kept rulebook is data of a closed list of classes, and comes back as it was."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.expression import nodes
from offsetcheck.rulebook.files import kept
from offsetcheck.rulebook.files.kept import NotKeptError, read_kept, without_documents, write_kept
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Document

DAY = date(2026, 9, 30)
# Nodes that only binding makes: no rulebook that was just read holds them.
BOUND_ONLY = {nodes.Derived, nodes.Lookup, nodes.TableRow}


@pytest.fixture(scope="module")
def fresh():
    """The rulebook that travels with the package, from its files."""
    return load_rulebook(bundled("rules"))


def test_a_kept_rulebook_comes_back_as_it_was(fresh):
    """Every value of every class is equal; as text also the type of each number."""
    back = read_kept(write_kept(fresh), bundled("rules"))
    assert back == without_documents(fresh)
    assert write_kept(back) == write_kept(fresh)


def test_a_kept_rulebook_binds_to_the_same_hash_for_every_city(fresh):
    """What comes back decides and is printed as what was read."""
    back = read_kept(write_kept(fresh), bundled("rules"))
    for city in fresh.cities:
        assert bind(back, city, DAY) == bind(fresh, city, DAY), city


def test_the_documented_rulebook_comes_back_as_it_was(rulebook, folder):
    """The example of the documentation holds forms that the bundled rules do not."""
    assert read_kept(write_kept(rulebook), folder) == without_documents(rulebook)


def test_what_a_model_was_not_given_is_not_given_when_it_comes_back(fresh):
    """A change that names a key with its default's value changes it; one that is silent does not."""
    back = read_kept(write_kept(fresh), bundled("rules"))
    changes = [
        (change.changed, other.changed)
        for name, city in fresh.cities.items()
        for change, other in zip(city.change, back.cities[name].change, strict=True)
    ]
    assert changes
    assert all(before == after for before, after in changes)


def test_the_list_of_classes_is_what_a_rulebook_is_made_of():
    """The classes that can come back are those that the annotations of a rulebook name, no other."""
    needed = made_of(Rulebook) - BOUND_ONLY - {Document}
    listed = {*kept.DATACLASSES, *kept.MODELS, *kept.ENUMS}
    assert needed == listed
    assert len(kept.READERS) == len(listed) + 8


def made_of(kind: type) -> set[type]:
    """Return the classes of this project that a class's annotations name, and theirs."""
    found: set[type] = set()
    waiting: list[object] = [kind]
    while waiting:
        one = waiting.pop()
        waiting.extend(get_args(one))
        if not isinstance(one, type) or one in found or one in BOUND_ONLY | {Document}:
            continue
        if issubclass(one, Enum):
            found.add(one)
        elif is_dataclass(one) or issubclass(one, BaseModel):
            found.add(one)
            waiting.extend(annotations(one))
    return found


def annotations(kind: type) -> list[object]:
    hints = get_type_hints(kind)
    if is_dataclass(kind):
        return [hints[field.name] for field in fields(kind)]
    return [hints[name] for name in kind.model_fields]


@pytest.mark.parametrize(
    "value",
    [
        {"a": (1, 1.0, True, None, "é\ud800", date.min)},
        {"!day": "2026-01-01"},
        {"!": 1, "b": 2},
        {("a", "b"): [1, [2]], date(2020, 2, 29): {}},
        {"": {}, "x": frozenset(("b", "a"))},
        [],
        (),
        ((), [()]),
    ],
)
def test_plain_values_come_back_as_they_were(value):
    """Keys that look like a mark, keys that are no texts, tuples and lists stay what they are."""
    back = json.loads(json.dumps(kept._written(value)), object_hook=kept._read)
    assert back == value
    assert kinds(back) == kinds(value)


def kinds(value):
    """Return the types of a value and all that it holds: 1, 1.0 and True are equal and not alike."""
    if isinstance(value, dict):
        return [(kinds(key), kinds(item)) for key, item in value.items()]
    if isinstance(value, frozenset):
        return type(value), {kinds(item) for item in value}
    if isinstance(value, tuple | list):
        return type(value), [kinds(item) for item in value]
    return type(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.dates() | st.tuples(st.text()), inner)
        | st.frozensets(st.text())
    ),
)


@given(value=PLAIN)
def test_any_plain_value_comes_back_as_it_was(value):
    """Whatever a rule file can hold is written and read without loss."""
    back = json.loads(json.dumps(kept._written(value)), object_hook=kept._read)
    assert back == value
    assert type(back) is type(value)


def test_a_value_of_another_class_is_not_written(fresh):
    """What is not on the list is an error of ours, not something to guess at."""
    with pytest.raises(TypeError, match="cannot hold complex"):
        write_kept(replace(fresh, words={"en": {"a": 1j}}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"{}",
        b'{"!Rulebook":[]}',
        b'{"!Rulebook":{}}',
        b'{"!os.system":["true"]}',
        b'{"!system":"true"}',
        b'{"!Path":"/"}',
        b'{"!builtins.eval":"1"}',
        b'{"!RuleFile":{"id":"a"}}',
        b'{"!day":"x"}',
        b'{"!day":1}',
        b'{"!map":[[{},1]]}',
        b'{"!FieldType":"no type"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_kept_rulebook_is_refused(content):
    """No name is looked up, and no text raises anything else."""
    with pytest.raises(NotKeptError):
        read_kept(content, Path())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_text_is_refused_or_is_a_rulebook(data, tiny):
    """Even where a checksum were forged, nothing but a rulebook's values comes back."""
    at = data.draw(st.integers(0, len(tiny) - 1))
    damaged = tiny[:at] + data.draw(st.binary(max_size=6)) + tiny[at + 1 :]
    try:
        back = read_kept(damaged, Path())
    except NotKeptError:
        return
    assert isinstance(back, Rulebook)


@pytest.fixture(scope="module")
def tiny(fresh):
    """A kept rulebook with few rules, quick to read many times."""
    few = dict(list(fresh.rules.items())[:3])
    return write_kept(replace(fresh, rules=few, cities={}, tables={}, words={}))
