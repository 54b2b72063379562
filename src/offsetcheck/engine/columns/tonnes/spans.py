"""Numbers with bounds in every row: the operations of `engine/intervals.py`, column by column.

Each is the same operation on the same doubles, so that a row and a column come to the same bits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import polars as pl

from offsetcheck.engine.columns.functions import COMPARE
from offsetcheck.engine.intervals import power
from offsetcheck.rulebook.expression.nodes import Arithmetic, Comparison
from offsetcheck.vocabulary.tonnes import Span

End = pl.Series | float
"""One end of a span: a double in every row, or one for all rows."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The lowest and the highest that a number can be, in every row."""

    low: End
    high: End

    @classmethod
    def of(cls, span: Span) -> "Spans":
        """Return one span for all rows."""
        return cls(float(span.low), float(span.high))

    @property
    def low_end(self) -> pl.Expr:
        """The low ends as an expression."""
        return pl.lit(self.low, pl.Float64)

    @property
    def high_end(self) -> pl.Expr:
        """The high ends as an expression."""
        return pl.lit(self.high, pl.Float64)

    def columns(self, height: int) -> tuple[pl.Series, pl.Series]:
        """Return both ends as columns of so many rows."""
        return _column(self.low, height), _column(self.high, height)

    def within(self, low: float, high: float) -> "Spans":
        """Return what of each span lies between two numbers, the nearer where nothing does."""
        return spans(self.low_end.clip(low, high), self.high_end.clip(low, high))

    def times(self, factor: "Spans") -> "Spans":
        """Return the products with factors; neither is below zero."""
        return spans(self.low_end * factor.low_end, self.high_end * factor.high_end)


def spans(low: pl.Expr, high: pl.Expr) -> Spans:
    """Return two expressions as spans; what is not a number is not bounded."""
    frame = pl.select(low.fill_nan(-inf).alias("low"), high.fill_nan(inf).alias("high"))
    if frame.height == 1:
        return Spans(*frame.row(0))
    return Spans(*frame.get_columns())


def hull(several: Sequence[Spans]) -> Spans:
    """Return in every row the narrowest span that holds all of some, at least one."""
    if len(several) == 1:
        return several[0]
    return spans(
        pl.min_horizontal(each.low_end for each in several),
        pl.max_horizontal(each.high_end for each in several),
    )


def calculated(operator: Arithmetic, left: Spans, right: Spans) -> Spans:
    """Return the bounds of an operation on two numbers; any number where it has none."""
    match operator:
        case "+":
            return spans(left.low_end + right.low_end, left.high_end + right.high_end)
        case "-":
            return spans(left.low_end - right.high_end, left.high_end - right.low_end)
        case "*":
            return _multiplied(left, right)
    return _divided(left, right)


def _divided(left: Spans, right: Spans) -> Spans:
    low, high = right.low_end, right.high_end
    inverse = spans(
        pl.when(high == 0).then(-inf).otherwise(1 / high),
        pl.when(low == 0).then(inf).otherwise(1 / low),
    )
    made = _multiplied(left, inverse)
    around = (low <= 0) & (high >= 0) & (((low < 0) & (high > 0)) | (low == high))
    return spans(
        pl.when(around).then(-inf).otherwise(made.low_end),
        pl.when(around).then(inf).otherwise(made.high_end),
    )


def _multiplied(left: Spans, right: Spans) -> Spans:
    ends = [
        pl.when((a == 0) | (b == 0)).then(0.0).otherwise(a * b)
        for a in (left.low_end, left.high_end)
        for b in (right.low_end, right.high_end)
    ]
    return spans(pl.min_horizontal(ends), pl.max_horizontal(ends))


def compared(operator: Comparison, left: Spans, right: Spans) -> pl.Expr:
    """Return whether a comparison of two numbers holds, null where it could and could not."""
    if operator in ("=", "<>"):
        apart = (left.high_end < right.low_end) | (right.high_end < left.low_end)
        known = (left.low_end == left.high_end) & (right.low_end == right.high_end)
        alike = known & (left.low_end == right.low_end)
        return pl.when(apart | alike).then(alike if operator == "=" else ~alike)
    holds = COMPARE[operator](left.low_end, right.high_end)
    return pl.when(holds == COMPARE[operator](left.high_end, right.low_end)).then(holds)


def _least(several: Sequence[Spans]) -> Spans:
    return spans(
        pl.min_horizontal(each.low_end for each in several),
        pl.min_horizontal(each.high_end for each in several),
    )


def _greatest(several: Sequence[Spans]) -> Spans:
    return spans(
        pl.max_horizontal(each.low_end for each in several),
        pl.max_horizontal(each.high_end for each in several),
    )


def _exp(several: Sequence[Spans]) -> Spans:
    (one,) = several
    low = _powers(one.low)
    return Spans(low, low if one.high is one.low else _powers(one.high))


def _powers(end: End) -> End:
    """Return e to the power of each number, by the function of one row: others differ in bits."""
    if isinstance(end, float):
        return power(end)
    distinct = end.unique()
    return end.replace_strict(
        distinct, pl.Series([power(one) for one in distinct], dtype=end.dtype)
    )


def _sqrt(several: Sequence[Spans]) -> Spans:
    (one,) = several
    below = one.low_end < 0
    return spans(
        pl.when(below).then(-inf).otherwise(one.low_end.sqrt()),
        pl.when(below).then(inf).otherwise(one.high_end.sqrt()),
    )


def _column(end: End, height: int) -> pl.Series:
    if isinstance(end, pl.Series):
        return end
    return pl.Series([end], dtype=pl.Float64).new_from_index(0, height)


FUNCTIONS: Mapping[str, Callable[[Sequence[Spans]], Spans]] = {
    "least": _least,
    "greatest": _greatest,
    "exp": _exp,
    "sqrt": _sqrt,
}
