"""A YAML text in which only what changes is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.vocabulary.forms.amending import amended
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import InputError

TEXT = """\
# What is bought.
title: It's "x"  # the title
deadline:  # ← fill in
baseline: {value: 1231000, document: a.pdf, page: "7"}  # inventory
award:
  # which lots
  lots: whole   # for now
  max_share: {project: 0.6}
  min_grade: C

rates:
  USD: {rate: 0.92, on: 2026-09-01}
registry:
- a.csv
- b.csv
note: |
  One line.
  # no comment
# residual:
"""


def data_of(text):
    return compose(text, "", numbers_as_written=True).data


def changed(*steps, to):
    data = data_of(TEXT)
    at = data
    for step in steps[:-1]:
        at = at[step]
    at[steps[-1]] = to
    return amended(TEXT, "f", data).splitlines()


@pytest.mark.parametrize(
    ("steps", "to", "line"),
    [
        (("title",), 'New: "one" # no', r'title: "New: \"one\" # no"  # the title'),
        (("deadline",), "2026-10-01", "deadline: 2026-10-01"),
        (
            ("baseline", "value"),
            "5",
            'baseline: {value: 5, document: a.pdf, page: "7"}  # inventory',
        ),
        (("award", "lots"), "divisible", "  lots: divisible   # for now"),
        (("award", "max_share", "seller"), "75 %", "  max_share: {project: 0.6, seller: 75 %}"),
        (("award", "max_price"), "40", "  max_price: 40"),
        (("rates", "SEK"), {"rate": "0.1"}, "  SEK: {rate: 0.1}"),
        (("registry",), ["c.csv"], "- c.csv"),
        (("residual",), "none", "residual: none"),
        (("note",), "One.", "note: One."),
        (("new",), True, "new: true"),
    ],
)
def test_one_line_says_what_is_new(steps, to, line):
    """The line stands in the text, and every line that it does not concern is as it was."""
    made = changed(*steps, to=to)
    assert line in made
    lost = [one for one in TEXT.splitlines() if one not in made]
    assert len(lost) <= 3
    comments = [one for one in TEXT.splitlines() if one.startswith("#") and "residual" not in one]
    assert [one for one in comments if one not in made] == []


def test_what_is_the_same_is_the_same_text():
    """Nothing wanted otherwise changes no byte, with a mark of order and Windows line ends too."""
    for text in (TEXT, "\ufeff" + TEXT.replace("\n", "\r\n")):
        assert amended(text, "f", data_of(TEXT)) == text


def test_line_ends_stay_those_of_the_file():
    """A file of Windows stays one."""
    text = amended("a: 1\r\nb: 2\r\n", "f", {"a": "1", "b": "3", "c": "4"})
    assert text == "a: 1\r\nb: 3\r\nc: 4\r\n"


@pytest.mark.parametrize("text", ["{a: 1}\n", "- a\n", "a: [\n", "a: &x 1\nb: *x\n"])
def test_a_layout_that_cannot_take_it_is_refused(text):
    """Rather than guess, nothing is written."""
    with pytest.raises(InputError):
        amended(text, "f", {"a": "2", "b": "x"})


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).map(str.strip)
SCALAR = st.booleans() | WORDS
LISTED = st.lists(WORDS, min_size=1, max_size=3)
KEYED = st.dictionaries(WORDS.filter(bool), SCALAR | LISTED, min_size=1, max_size=3)
PLAIN = SCALAR | LISTED | KEYED | st.dictionaries(WORDS.filter(bool), KEYED, min_size=1, max_size=2)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(data_of(TEXT))), PLAIN)
def test_whatever_is_wanted_is_what_is_read_again(key, value):
    """A text that comes out says exactly what was wanted, or nothing comes out."""
    wanted = {**data_of(TEXT), key: value}
    try:
        made = amended(TEXT, "f", wanted)
    except InputError:
        return
    read = data_of(made)
    assert (
        read[key]
        == compose(amended("k: 1\n", "f", {"k": value}), "", numbers_as_written=True).data["k"]
    )
    assert {k: v for k, v in read.items() if k != key and v} == {
        k: v for k, v in data_of(TEXT).items() if k != key and v
    }
