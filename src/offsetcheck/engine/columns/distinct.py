"""Rows that are alike, put together: what is asked of them is asked once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from offsetcheck.engine.columns.at_once import number

PLACE = pl.UInt32
ROW, PATTERN = "row ", "pattern "  # no column of rows has a blank at its end
BITS = 62  # truths that one number holds
SHORT = 1 << 16


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct rows of a frame, in order, with a row that has each, and that of every row."""

    frame: pl.DataFrame
    rows: pl.Series
    places: pl.Series


def distinct_rows(frame: pl.DataFrame) -> Distinct:
    """Return the distinct rows of a frame; nulls are alike."""
    if frame.width == 1 and is_short(frame.to_series()):
        return _of_short_numbers(frame)
    names = frame.columns
    first = frame.with_row_index(ROW).unique(names, keep="first", maintain_order=True)
    numbered = first.with_columns(pl.int_range(first.height, dtype=PLACE).alias(PATTERN))
    joined = frame.join(
        numbered.drop(ROW), on=names, how="left", nulls_equal=True, maintain_order="left"
    )
    return Distinct(first.select(names), first[ROW], joined[PATTERN])


def is_short(numbers: pl.Series) -> bool:
    """Whether all of some numbers are so small that each can have a place of its own."""
    if not numbers.dtype.is_integer() or numbers.null_count() or not len(numbers):
        return False
    return bool(numbers.is_between(0, SHORT - 1).all())


def _of_short_numbers(frame: pl.DataFrame) -> Distinct:
    """Return the distinct ones of small numbers, without a join."""
    numbers = frame.to_series().cast(PLACE, wrap_numerical=True)
    first = numbers.arg_unique().sort()
    distinct = numbers.gather(first)
    places = pl.zeros(SHORT, PLACE, eager=True)
    places = places.scatter(distinct, pl.int_range(len(first), dtype=PLACE, eager=True))
    return Distinct(frame[first], first, places.gather(numbers))


def as_numbers(truths: Sequence[pl.Expr]) -> list[pl.Expr]:
    """Return truths as the bits of numbers, at least one, named from 0.

    Eight at a time come together in bytes first, which are an eighth as much to go through.
    """
    parts = [truths[start : start + BITS] for start in range(0, max(len(truths), 1), BITS)]
    return [_number(part).alias(str(place)) for place, part in enumerate(parts)]


def _number(truths: Sequence[pl.Expr]) -> pl.Expr:
    bytes_ = [_byte(truths[start : start + 8]) for start in range(0, len(truths), 8)]
    shifted = [byte.cast(pl.Int64) * (1 << 8 * place) for place, byte in enumerate(bytes_)]
    return reduce(or_, shifted, pl.lit(0, pl.Int64))


def _byte(truths: Sequence[pl.Expr]) -> pl.Expr:
    none = number(0, pl.UInt8)
    bits = [
        pl.when(truth).then(number(1 << bit, pl.UInt8)).otherwise(none)
        for bit, truth in enumerate(truths)
    ]
    return reduce(or_, bits)
