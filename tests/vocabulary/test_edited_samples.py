"""Every YAML file of the samples and rules can be changed at one place, and only there."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.edited import (
    with_entry,
    with_item,
    with_value,
    without_entry,
    without_value,
)
from offsetcheck.vocabulary.problem import InputError

TOP = Path(__file__).parents[2]
FILES = sorted(path for name in ("samples", "rules") for path in (TOP / name).rglob("*.yaml"))
ENDS = st.sampled_from(["\n", "\r\n"])
STARTS = st.sampled_from(["", "\ufeff"])
WORDS = st.sampled_from(["x", "a: b", "- c", "# d", "it's", 'say "e"', "[f", "7", "null", "ä ö"])


@cache
def data(text):
    return compose(text, "f", numbers_as_written=True).data


def gone(before, after):
    """Return the lines, with their ends, that are no longer there."""
    first, second = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matched = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [line for tag, a, b, _, _ in matched if tag != "equal" for line in first[a:b]]


def leaves(at, steps=()):
    """Yield the way to each word in a text."""
    inside = at.items() if isinstance(at, Mapping) else enumerate(at)
    for key, value in inside:
        if isinstance(value, Mapping | list):
            yield from leaves(value, (*steps, key))
        else:
            yield (*steps, key), value


def changed(at, steps, value):
    if not steps:
        return value
    copy = dict(at) if isinstance(at, Mapping) else list(at)
    copy[steps[0]] = changed(at[steps[0]], steps[1:], value)
    return copy


@st.composite
def texts(draw):
    """A real file, or a written one, as Windows and others save it."""
    text = draw(st.sampled_from(FILES).map(lambda path: path.read_text("utf-8")) | generated())
    if not isinstance(data(text), dict):
        text = "a: 1\n"
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return draw(STARTS) + text.replace("\n", draw(ENDS))


@st.composite
def generated(draw):
    """A text of every style of value, with comments between and behind."""
    blank = draw(st.sampled_from(["", "  ", "    "]))
    pieces = [
        "one: word  # behind\n",
        "two: 'it''s'   # single\n",
        f"list:\n{blank}# above\n{blank}- a  # a\n{blank}- 'b'\n\n{blank}# between\n{blank}- \"c\"\n",
        f"entries:\n{blank}- n: x  # x\n{blank}  m: |\n{blank}    # text\n{blank}- {{n: y, m: [p]}}\n",
        "flow: {a: 1, 'b': \"2\", c: [d, 'e']}  # flow\n",
        "deep:\n  in:\n    - k: v\n      # last\n  out: >\n    folded\n    # text\n",
        "words: [a, 'b']  # words\n",
    ]
    chosen = draw(st.permutations(pieces))[: draw(st.integers(1, len(pieces)))]
    between = draw(st.sampled_from(["", "\n", "# a remark\n", "  # deeper\n\n"]))
    return "# top\n" + between.join(chosen)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_word_is_replaced_on_its_own_line(draw):
    """Any word of any file becomes another; all other lines are byte by byte as they were."""
    text = draw.draw(texts())
    words = [(steps, value) for steps, value in leaves(data(text)) if isinstance(value, str)]
    if not words:
        return
    steps, old = draw.draw(st.sampled_from(words))
    new = draw.draw(WORDS)
    try:
        made = with_value(text, "f", steps, new)
    except InputError:
        assert any("#" in line for line in text.splitlines())
        return
    assert data(made) == changed(data(text), steps, new)
    lost = gone(text, made)
    assert len(lost) <= max(1, len(lines_of(text, steps)))
    if new == old:
        assert made == text


def lines_of(text, steps):
    """Return the lines on which a value may stand: from its own to the next key or entry."""
    document = compose(text, "f", numbers_as_written=True)
    line = document.value_mark(steps)[0]
    whole = [s for s in document.flow if s == steps[: len(s)]]
    if whole:
        line = document.value_mark(min(whole, key=len)[:-1])[0]
    others = [
        mark[0]
        for at, mark in {**document.values, **document.keys}.items()
        if mark[0] > line and not (at in document.flow and at[0] == steps[0])
    ]
    return text.splitlines()[line - 1 : min(others, default=len(text)) - 1]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_entry_or_item_comes_and_goes(draw):
    """What is added at the end of a list takes no line away; taken out again, the text is as before."""
    text = draw.draw(texts())
    lists = {key: value for key, value in data(text).items() if isinstance(value, list) and value}
    if not lists:
        return
    key = draw.draw(st.sampled_from(sorted(lists)))
    listed = lists[key]
    if isinstance(listed[-1], Mapping):
        entry = draw.draw(st.dictionaries(st.sampled_from("pqr"), WORDS, min_size=1))
        made = with_entry(text, "f", key, entry)
        assert data(made)[key] == [*listed, entry]
    else:
        item = draw.draw(WORDS)
        made = with_item(text, "f", key, item)
        assert data(made)[key] == [*listed, item]
    assert {k: v for k, v in data(made).items() if k != key} == {
        k: v for k, v in data(text).items() if k != key
    }
    brackets = (key, 0) in compose(text, "f").flow
    assert len([line for line in gone(text, made) if line.endswith("\n")]) <= (
        len(lines_of(text, (key, 0))) if brackets else 0
    )
    again = without_entry(made, "f", key, len(listed))
    assert data(again) == data(text)
    if not brackets:
        assert again.rstrip("\r\n") == text.rstrip("\r\n")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_key_comes_and_goes(draw):
    """A key that is added takes no line away; taken out again, the text is as before."""
    text = draw.draw(texts())
    try:
        made = with_value(text, "f", ("new_key",), draw.draw(WORDS))
    except InputError:
        # A text below `|` or `>` that ends the file without a line end would get one.
        assert not text.endswith("\n")
        assert {"|", ">"} & set(compose(text, "f").styles.values())
        return
    assert {k: v for k, v in data(made).items() if k != "new_key"} == data(text)
    assert [line for line in gone(text, made) if line.endswith("\n")] == []
    assert without_value(made, "f", "new_key").rstrip("\r\n") == text.rstrip("\r\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_each_entry_of_a_sample_can_be_taken_out(path):
    """Of the lists at the top of each file; the other entries and all their lines stay."""
    text = path.read_text("utf-8")
    at_top = data(text)
    for key, listed in at_top.items() if isinstance(at_top, Mapping) else ():
        if isinstance(listed, list) and listed:
            index = len(listed) // 2
            made = without_entry(text, "f", key, index)
            left = [*listed[:index], *listed[index + 1 :]]
            assert (data(made)[key] or []) == left
            assert {**data(made), key: 0} == {**at_top, key: 0}
