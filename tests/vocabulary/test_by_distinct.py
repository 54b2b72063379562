"""Columns by distinct values are sequences like any other."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.vocabulary.by_distinct import ByDistinct, by_distinct

TEXTS = st.lists(st.sampled_from(["", "a", "b", "0", "ä"]), max_size=30)


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_it_reads_like_the_list_that_it_was_made_of(texts, start, stop):
    """Length, rows, order, counts and slices are those of the list; each value is held once."""
    held = by_distinct(texts)
    assert held == texts
    assert [held[row] for row in range(len(held))] == texts
    assert held[start:stop] == texts[start:stop]
    assert held.count("a") == texts.count("a")
    assert len(held.distinct) == len(set(texts))


@given(TEXTS)
def test_what_is_told_of_values_is_told_of_their_rows(texts):
    """Each distinct value is asked once, and rows that lack a value are told nothing of it."""
    held, asked = by_distinct(texts), []
    assert held.each(lambda text: asked.append(text) or len(text)) == [len(text) for text in texts]
    assert len(asked) == len(set(texts))
    rows = {row: "said" for row, text in enumerate(texts) if text == "a"}
    assert held.rows_with({"a": "said", "never": "said"}) == rows


def test_places_may_be_a_column_of_numbers():
    """Places that a reader of columns found are taken as they are."""
    held = ByDistinct(["a", "b", "unused"], pl.Series([1, 0, 1], dtype=pl.UInt32))
    assert list(held) == ["b", "a", "b"]
    assert list(held[1:]) == ["a", "b"]
    assert by_distinct(held) is held
