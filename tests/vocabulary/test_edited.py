"""Texts that people write by hand are changed at one place: comments and order stay."""

from datetime import date

import pytest

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.edited import (
    with_entry,
    with_item,
    with_value,
    without_entry,
    without_value,
)
from offsetcheck.vocabulary.problem import InputError

TEXT = (
    "# on top\na: 1\n\nlist:\n  # the first\n  - name: x  # here\n    more: |\n      # no remark\n"
    "  # the second\n  - {name: y, z: 2}\n  # at the end\nother: [p, q]\n"
)


def data(text):
    return compose(text, "f", numbers_as_written=True).data


def test_an_entry_is_added_at_the_end_of_its_list_alone():
    """Every line that stood there still stands there, in its order."""
    entry = {"name": 'a "b": c', "on": date(2026, 1, 2), "values": {"n": 40, "w": ["p", "no: q"]}}
    made = with_entry(TEXT, "f", "list", entry)
    kept = iter(made.splitlines())
    assert all(line in kept for line in TEXT.splitlines())
    assert data(made)["list"][-1] == {
        "name": 'a "b": c', "on": "2026-01-02", "values": {"n": "40", "w": ["p", "no: q"]},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# c\n",
        "list:\n",
        "list: [] # c\nb: 1\n",
        "a: 1",
        "list:\r\n- n: x\r\n",
        "list: [{n: x}]",
    ],
)
def test_a_list_is_begun_where_there_is_none(text):
    """An empty file, an empty list and a list without indentation take an entry too."""
    made = with_entry(text, "f", "list", {"n": "y"})
    assert data(made)["list"][-1] == {"n": "y"}


def test_an_entry_is_taken_away_with_its_lines_alone():
    """Remarks between entries stay, and so does every other entry."""
    made = without_entry(TEXT, "f", "list", 0)
    assert data(made)["list"] == [{"name": "y", "z": "2"}]
    assert "# the second" in made
    assert "# the first" in made


def test_a_value_is_replaced_or_added_in_its_place():
    """A word keeps the remark behind it; a key that lacks is written beside the others."""
    made = with_value(TEXT, "f", ("list", 0, "name"), "new: one")
    assert '- name: "new: one"  # here' in made
    made = with_value(made, "f", ("list", 1, "unit"), "kt")
    assert data(made)["list"][1] == {"unit": "kt", "name": "y", "z": "2"}
    assert data(without_value(made, "f", "a")) == {k: v for k, v in data(made).items() if k != "a"}


@pytest.mark.parametrize(
    "text", ["r: [a, b] # c\n", "r: a # c\n", "r:\n  - a\n  - b\n# c\n", "x: 1\n"]
)
def test_an_item_is_added_however_its_list_is_written(text):
    """A list in brackets, one on lines, a single word and none at all."""
    assert data(with_item(text, "f", "r", "c, d"))["r"][-1] == "c, d"


@pytest.mark.parametrize(
    "text",
    [
        "list: [\n",
        "list: [{n: x}, # why\n  {n: z}]\n",
        "- a\n",
        "list: word\n",
        "list: &l [a]\nb: *l\n",
        "list:\n\t- n: x\n",
        "list: [a]\nlist: [b]\n",
        "list:\r\n- n: x\nb: 1\n",
    ],
)
def test_what_cannot_be_written_into_is_refused_and_not_guessed(text):
    """A text that is no YAML or is laid out otherwise is for an editor."""
    with pytest.raises(InputError):
        with_entry(text, "f", "list", {"n": "y"})


def test_no_word_of_a_stranger_becomes_a_key():
    """Whatever a text holds, it is read as that text again."""
    for said in (
        "x\ny: 1",
        "- a",
        "{a: b}",
        "&a *a",
        "!!python/x",
        "null",
        "yes",
        "2026-01-01",
        "'\"",
        "#c",
    ):
        made = with_entry(TEXT, "f", "list", {"n": said})
        assert data(made)["list"][-1]["n"] == said.replace("\n", " ")
