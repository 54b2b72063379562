"""Rows that are alike, put together: what is asked of them is asked once."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

PLACE = pl.UInt32
ROW, PATTERN = "row ", "pattern "  # no column of rows has a blank at its end
BITS = 62  # truths that one number holds


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct rows of a frame, in order, with a row that has each, and that of every row."""

    frame: pl.DataFrame
    rows: pl.Series
    places: pl.Series


def distinct_rows(frame: pl.DataFrame) -> Distinct:
    """Return the distinct rows of a frame; nulls are alike."""
    names = frame.columns
    first = frame.with_row_index(ROW).unique(names, keep="first", maintain_order=True)
    numbered = first.with_columns(pl.int_range(first.height, dtype=PLACE).alias(PATTERN))
    joined = frame.join(
        numbered.drop(ROW), on=names, how="left", nulls_equal=True, maintain_order="left"
    )
    return Distinct(first.select(names), first[ROW], joined[PATTERN])


def as_numbers(truths: Sequence[pl.Expr]) -> list[pl.Expr]:
    """Return truths as the bits of numbers, at least one, named from 0."""
    parts = [truths[start : start + BITS] for start in range(0, max(len(truths), 1), BITS)]
    return [
        pl.sum_horizontal(
            pl.lit(0, pl.Int64),
            *(truth.cast(pl.Int64) * (1 << bit) for bit, truth in enumerate(part)),
        ).alias(str(number))
        for number, part in enumerate(parts)
    ]
