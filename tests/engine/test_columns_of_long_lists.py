"""What makes long lists fast changes nothing of what is said of their rows."""

from dataclasses import replace
from datetime import date
from random import Random

import polars as pl
import pytest
from agreement import disagreements
from worlds import Drawer

from offsetcheck.engine.columns.at_once import at_once, is_alike, lit, together
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.columns.distinct import SHORT, distinct_rows
from offsetcheck.engine.columns.held import at_places
from offsetcheck.engine.columns.means import greater, limited, raised, wide_enough
from offsetcheck.engine.columns.missing import WAIT

LEVELS = [None, 1, 3, 5]


def test_a_list_of_one_offer_again_and_again_is_judged_like_the_offer():
    """Where every row is alike, columns are single values: what is said of each row stays."""
    for seed in range(60):
        world = Drawer(Random(seed)).world(7, 3)
        again = [replace(world.candidates[0], id=f"P{row}") for row in range(4)]
        alike = replace(world, candidates=tuple(again))
        assert disagreements(alike) == []


@pytest.mark.parametrize(
    "column",
    [
        pl.Series([None, None], dtype=pl.List(pl.String)),
        pl.Series([None, None], dtype=pl.Boolean),
        pl.Series([True, True]),
        pl.Series([2, 2], dtype=pl.Int8),
        pl.Series([0.5, 0.5]),
        pl.Series([date(2026, 1, 1)] * 2),
        pl.Series(["b", "b"], dtype=pl.Enum(["b", "a"])),
    ],
)
def test_a_column_whose_rows_are_alike_is_one_value_of_its_kind(column):
    """As an expression it has one row, the same kind and the same value."""
    told = pl.select(lit(column)).to_series()
    assert (len(told), told.dtype, told[0]) == (1, column.dtype, column[0])


def test_rows_that_differ_between_alike_ends_are_not_alike():
    """First and last row alone do not tell, and a null among values differs from them."""
    differing = ([1, 2, 1], [1, None, 1], [1.0, 2.0, 1.0], [True, False, True], [None, 1, None])
    assert not any(is_alike(pl.Series(values)) for values in differing)


def test_greatest_and_limits_leave_out_what_is_null():
    """Of two parts a null one does not count; a score that is null stays so under any limit."""
    pairs = [(one, other) for one in LEVELS for other in LEVELS]
    ones, others = (pl.Series(values, dtype=pl.Int8) for values in zip(*pairs, strict=True))

    def come_to(form):
        return pl.select(form(pl.lit(ones), pl.lit(others))).to_series().to_list()

    known = [[value for value in pair if value is not None] for pair in pairs]
    assert come_to(greater) == [max(values, default=None) for values in known]
    assert come_to(limited) == [
        None if one is None else min(values) for (one, _), values in zip(pairs, known, strict=True)
    ]
    assert come_to(raised) == [
        None if one is None else max(values) for (one, _), values in zip(pairs, known, strict=True)
    ]


def test_parts_of_different_numbers_are_put_together_each_with_its_own():
    """One part alone stays as it is, several are put together from the first to the last."""
    parts = {"one": [pl.lit(1)], "three": [pl.lit(10), pl.lit(4), pl.lit(3)]}
    made = together(parts, lambda so_far, part: so_far - part, 2)
    assert {key: column.to_list() for key, column in made.items()} == {
        "one": [1] * 2,
        "three": [3] * 2,
    }


@pytest.mark.parametrize("weight", [1, 10_000, 1_000_000_000])
def test_means_are_the_same_in_every_width_of_numbers(weight):
    """A mean in thousandths is rounded half up, however wide its sums are; of nothing it is null."""
    sums = wide_enough(5, [weight, weight])
    entries = [
        (weight, pl.lit(pl.Series(points, dtype=pl.Int8)))
        for points in ([1, 5, None], [2, None, None])
    ]
    made = at_once({"sum": sums.summed(entries), "weight": sums.total(entries)}, 3)
    mean = pl.select(sums.mean(pl.lit(made["sum"]), pl.lit(made["weight"]), 2000)).to_series()
    assert mean.to_list() == [1500, 5000, None]


@pytest.mark.parametrize(
    "values",
    [
        [None, "a", "b"],
        [None, None],
        [True, None, False],
        [1.5, float("inf"), None, None],
        [["a", "b"], None, []],
        list(range(20)) + [None] * 12,
        [row % 2 == 0 for row in range(40)],
        [],
    ],
)
def test_values_taken_by_place_are_those_at_the_place(values):
    """Also where several are null, and where many or few are true."""
    distinct = pl.Series(values)
    random = Random(3)
    places = [random.randrange(len(values)) for _ in range(60)] if values else []
    taken = at_places(distinct, pl.Series(places, dtype=pl.UInt32))
    assert taken.to_list() == [values[place] for place in places]


def test_distinct_small_numbers_are_told_as_large_ones_are():
    """Numbers that have a place each and numbers that are joined come in the same order."""
    numbers = [7, 0, 7, SHORT - 1, 0, 3]
    short = distinct_rows(pl.DataFrame({"0": numbers}))
    long = distinct_rows(pl.DataFrame({"0": [number * SHORT for number in numbers]}))
    assert (
        short.frame["0"].to_list()
        == [number // SHORT for number in long.frame["0"]]
        == [7, 0, SHORT - 1, 3]
    )
    assert short.rows.to_list() == long.rows.to_list() == [0, 1, 3, 5]
    assert short.places.to_list() == long.places.to_list() == [0, 1, 0, 2, 1, 3]


def test_counts_of_what_is_missing_are_those_of_its_lines():
    """Rows are counted by patterns, without a line for each; also those that wait all alike."""
    for seed in range(20):
        world = Drawer(Random(seed)).world(7, 14)
        lacking = assess_table(world.table, world.bound, world.purchase).lacking
        lines = lacking.lines()
        counted = lines.group_by(WAIT).len("candidates").sort(WAIT)
        assert lacking.counts().rows() == counted.rows()
        fields = lines.unique(["row", "field"]).group_by("field").len("candidates")
        assert sorted(lacking.counts_of_fields().rows()) == sorted(fields.rows())
        known = lacking.counts().filter(pl.col("candidates") == len(world.candidates))
        left = lacking.lines(without=known.select(WAIT))
        assert left.rows() == lines.join(known, on=WAIT, how="anti", maintain_order="left").rows()
