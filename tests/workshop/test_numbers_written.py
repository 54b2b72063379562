"""Numbers of a rule changed in its text: only their own signs, wherever and however they stand."""

from datetime import date

import pytest

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.editing.numbers import (
    NewValue,
    with_new_value,
    with_value,
    written_values,
)

TEXT = """\
# above
parameters:
  age:  # years
    values:
      2021-01-01: {value: 10, source: {standing: design}}  # first
      2024-01-01:
        value: 8.5  # stricter
        source: {standing: design}

      # what follows is of another
  word:
    values: {2021-01-01: {value: "a, b", source: {standing: design}}}
  many:
    values:
      2021-01-01: {value: [a, b], source: {standing: design}}
requires: x
"""


def read(text=TEXT):
    return compose(text, "a/b.yaml")


def changed(text):
    """Return the lines that are others, and those that are new."""
    old, new = TEXT.split("\n"), text.split("\n")
    return [one for one in new if one not in old]


def test_the_values_of_one_word_or_number_are_found():
    """A list is changed in the text; everything else by its parameter and day."""
    found = [(one.parameter, one.since, one.text) for one in written_values(read())]
    assert found == [("age", "2021-01-01", "10"), ("age", "2024-01-01", "8.5"),
                     ("word", "2021-01-01", "a, b")]  # fmt: skip


@pytest.mark.parametrize(
    ("parameter", "since", "text", "line"),
    [
        ("age", "2021-01-01", "9",
         "      2021-01-01: {value: 9, source: {standing: design}}  # first"),
        ("age", "2024-01-01", "-.5", "        value: -.5  # stricter"),
        ("word", "2021-01-01", 'c: "d" #',
         '    values: {2021-01-01: {value: "c: \\"d\\" #", source: {standing: design}}}'),
    ],
)  # fmt: skip
def test_a_value_is_put_in_the_place_of_another(parameter, since, text, line):
    """Comments, quotes and brackets around it stay; what is typed is data whatever its signs."""
    made = with_value(read(), parameter, since, text)
    assert changed(made) == [line]
    told = {(one.parameter, one.since): one.text for one in written_values(read(made))}
    assert told[parameter, since] in {text, "-0.5"}


@pytest.mark.parametrize(
    ("since", "behind"),
    [
        (date(2020, 1, 1), "    values:"),
        (date(2022, 1, 1), "      2021-01-01: {value: 10, source: {standing: design}}  # first"),
        (date(2026, 1, 1), "        source: {standing: design}"),
    ],
)
def test_a_new_value_stands_in_the_order_of_days(since, behind):
    """It comes behind those that begin earlier, as a line of its own, with its source."""
    new = NewValue("age", since, "7", "read", "guide", 'the "last"', "ours")
    made = with_new_value(read(), new)
    source = '{standing: read, guide: guide, clause: "the \\"last\\"", note: "ours"}'
    line = f"      {since}: {{value: 7, source: {source}}}"
    assert changed(made) == [line]
    lines = made.split("\n")
    assert lines[lines.index(line) - 1] == behind


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewValue("age", date(2021, 1, 1), "7", "design"), "already"),
        (NewValue("word", date(2022, 1, 1), "7", "design"), "no values to stand among"),
        (NewValue("none", date(2022, 1, 1), "7", "design"), "no values to stand among"),
        (NewValue("age", date(2022, 1, 1), "", "design"), "one number, day or word"),
        (NewValue("age", date(2022, 1, 1), "a\nb: c", "design"), "one number, day or word"),
    ],
)
def test_what_cannot_be_put_in_is_refused(new, said):
    """A day that is taken, values on one line, and what is more than one word."""
    with pytest.raises(RequestError, match=said):
        with_new_value(read(), new)


def test_a_list_and_a_value_that_is_not_there_are_refused():
    """Only what stands there as one word is put in the place of another."""
    with pytest.raises(RequestError, match="is a list"):
        with_value(read(), "many", "2021-01-01", "1")
    with pytest.raises(RequestError, match="has no value"):
        with_value(read(), "age", "2030-01-01", "1")
