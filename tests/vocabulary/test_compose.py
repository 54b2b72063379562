import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.ground.limits import MAX_YAML_CHARACTERS, MAX_YAML_DEPTH
from offsetcheck.vocabulary.forms.compose import compose

SCALARS = [
    ("NO", "NO"),
    ("yes", "yes"),
    ("on", "on"),
    ("010", "010"),
    ("0", 0),
    ("-7", -7),
    ("1_000", "1_000"),
    ("12:30", "12:30"),
    ("0x1F", "0x1F"),
    ("1.5", 1.5),
    (".5", 0.5),
    ("1e3", 1000.0),
    (".nan", ".nan"),
    (".inf", ".inf"),
    ("true", True),
    ("True", "True"),
    ("null", None),
    ("~", None),
    ("2021-01-01", "2021-01-01"),
    ("'12'", "12"),
    ('"true"', "true"),
    ("A\u030a", "Å"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_scalars_follow_the_core_schema(text, value):
    """Norway, old octals, clock times and dates stay texts; quoted scalars are texts; NFC."""
    read = compose(f"key: {text}\n", "f.yaml").data["key"]
    assert (read, type(read)) == (value, type(value))


def test_places_of_keys_and_values():
    """Each key and each value is found by its path, with line and column from 1."""
    document = compose("a:\n  - b: x\n    'c': [1, {d: 2}]\n", "f.yaml")
    assert document.key_mark(("a",)) == (1, 1)
    assert document.value_mark(("a", 0, "b")) == (2, 8)
    assert document.key_mark(("a", 0, "c")) == (3, 5)
    assert document.value_mark(("a", 0, "c", 1, "d")) == (3, 18)
    assert document.value_mark(("a", 0, "absent", "deeper")) == (2, 5)
    assert ("a", 0, "c", 1, "d") in document.flow
    assert ("a", 0, "b") not in document.flow


@pytest.mark.parametrize(
    "text",
    [
        "k: one two\n",
        "k: 'one two'\n",
        "k: >\n  one\n  two\n",
        "k: |\n  one\n  two\n",
        "k: >-\n\n    one two\n",
        "k: one\n  two\n",
    ],
)
def test_place_inside_a_text(text):
    """A character of a text is found in its file, whatever the style of the scalar."""
    document = compose(text, "f.yaml")
    line, column = document.text_mark(("k",), document.data["k"].index("two"))
    assert text.split("\n")[line - 1][column - 1 :].startswith("two")


REFUSED = [
    ("a: 1\nb: 2\na: 3\n", 3, 1, "twice"),
    ("a: &x 1\n", 1, 4, "anchor"),
    ("a: *x\n", 1, 4, "alias"),
    ("a: !!str 1\n", 1, 4, "tag"),
    ("<<: {b: 1}\n", 1, 1, "merge"),
    ("[a]: 1\n", 1, 1, "one word"),
    ("a: 1\n---\nb: 1\n", 2, 1, "second document"),
    ("a: 1e999\n", 1, 4, "too large"),
    ("a: b: c\n", 1, 5, "not YAML"),
    ("a:\n  b: [\n", 3, 1, "not YAML"),
    ("a: \x00\n", 1, 4, "character"),
    ("a: \ud800\n", 1, 1, "character"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), REFUSED)
def test_what_yaml_allows_and_the_format_does_not(text, line, column, words):
    """Duplicate keys, aliases, anchors, tags, merge keys and the like are refused in their place."""
    found = compose(text, "f.yaml").problems[0]
    assert (found.place.line, found.place.column) == (line, column)
    assert words in found.message


def test_several_problems_are_reported_at_once():
    """One pass finds every problem that does not end the reading."""
    document = compose("a: &x 1\nb: *x\na: !t 2\n", "f.yaml")
    assert [found.place.line for found in document.problems] == [1, 2, 3, 3]
    assert document.data == {"a": 1, "b": None}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_bounded(opening):
    """A file that is too deep is refused, however deep it is, and nothing of it is used."""
    for depth in (MAX_YAML_DEPTH + 1, 50_000):
        document = compose(opening * depth, "f.yaml")
        assert document.data is None
        assert document.problems


def test_size_is_bounded():
    """A text beyond the limit is refused before it is parsed."""
    document = compose("a" * (MAX_YAML_CHARACTERS + 1), "f.yaml")
    assert document.data is None
    assert "characters" in document.problems[0].message


def test_billion_laughs_stay_small():
    """References cannot multiply: none of them is followed."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    document = compose("\n".join(lines), "f.yaml")
    assert len(json.dumps(document.data)) < 2000


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcdef", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(PLAIN)
def test_json_is_read_as_it_is(value):
    """JSON is YAML: what JSON writes is read back, texts in NFC."""
    text = json.dumps(value, ensure_ascii=False)
    expected = json.loads(unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False)))
    document = compose(text, "f.yaml")
    assert document.problems == ()
    assert document.data == expected


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_raises(text):
    """Whatever the text, there is a document, and every problem lies in the text."""
    document = compose(text, "f.yaml")
    lines = (
        text.count("\n")
        + text.count("\r")
        + text.count("\x85")
        + text.count("\u2028")
        + text.count("\u2029")
    )
    assert all(
        1 <= found.place.line <= lines + 2 and found.place.column >= 1
        for found in document.problems
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: >-\n  one two\n  three\n    deeper four\n    more\n  back five\nb: 1\n",
        "a: >\n  one\n\n  two\n\n\n  three four\n",
        "a: |\n  one\n    two\n\n  three\n",
        "a: one\n  two three\n  four\n",
        "a: 'one\n  two three\n  four'\n",
    ],
)
def test_the_place_of_each_sign_of_a_text_over_several_rows(text):
    """Each sign of a text is where its place says, also in rows that are indented further."""
    document = compose(text, "x.yaml")
    rows = text.split("\n")
    for offset, sign in enumerate(document.data["a"]):
        line, column = document.text_mark(("a",), offset)
        assert sign.isspace() or rows[line - 1][column - 1] == sign
