"""The operators and functions of expressions on columns; nulls where an argument is unknown.

The caller masks what a function answers for unknown arguments, so that Polars' own readings of
null (a list that holds null, a least of some) never show.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any

import polars as pl

from offsetcheck.engine.arithmetic import LAST_YEAR, typed
from offsetcheck.engine.columns.at_once import one
from offsetcheck.rulebook.expression.nodes import Arithmetic, Comparison, Constant, Node
from offsetcheck.vocabulary.evidence import Value

COMPARE: Mapping[Comparison, Callable[[Any, Any], Any]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def _divided(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """Return quotients; by one number for all rows Polars multiplies with its inverse instead.

    That differs in the last bit for every seventh double, so the divisor is made a column.
    """
    return left / (right + 0.0 * left)


CALCULATE: Mapping[Arithmetic, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": _divided,
}


def finite(numbers: pl.Expr) -> pl.Expr:
    """Return doubles with null for what is not finite (a division by zero too), -0.0 as 0.0."""
    return pl.when(numbers.is_finite()).then(numbers + 0.0)


def count_interval(items: Sequence[pl.Expr]) -> tuple[pl.Expr, pl.Expr]:
    """Return how many conditions are true, and how many are true or unknown."""
    sure = _total([item.fill_null(value=False) for item in items])
    return sure, _total([item.fill_null(value=True) for item in items])


def compare_count(
    operator: Comparison, sure: pl.Expr, possible: pl.Expr, count: pl.Expr
) -> pl.Expr:
    """Compare the interval from those true to those true or unknown with a count."""
    if operator in ("=", "<>"):
        same = _same(sure, possible, count)
        return same if operator == "=" else ~same
    lowest, highest = COMPARE[operator](sure, count), COMPARE[operator](possible, count)
    return pl.when(lowest == highest).then(lowest)


def _total(items: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(add, (item.cast(pl.UInt32) for item in items)).cast(pl.Float64)


def _same(sure: pl.Expr, possible: pl.Expr, count: pl.Expr) -> pl.Expr:
    within = (sure <= count) & (count <= possible) & (count == count.floor())
    settled = sure == possible
    return (
        pl.when(~within).then(pl.lit(value=False)).when(within & settled).then(pl.lit(value=True))
    )


def _contains(values: pl.Expr, item: pl.Expr) -> pl.Expr:
    return values.list.contains(item)


def count_in_all(values: pl.Expr, wanted: Sequence[Value]) -> pl.Expr:
    """Count in each row what is among the same words for all, without a join row by row."""
    among = pl.element().is_in(list(wanted))
    return values.list.eval(among).list.sum().cast(pl.Float64).fill_null(0.0)


def words_of(options: Sequence[Node]) -> list[Value]:
    """Return the words of constants that are listed, each a word or a list of them."""
    constants = (option for option in options if isinstance(option, Constant))
    values = [typed(constant.value, constant.type) for constant in constants]
    lists = (value if isinstance(value, tuple) else (value,) for value in values)
    return [word for words in lists for word in words if word is not None]


def count_in_rows(values: pl.Series, *options: pl.Series) -> pl.Series:
    """Count in each row what is among its own words; null where any of them is unknown."""
    known = reduce(pl.Series.__and__, (part.is_not_null() for part in (values, *options)))
    return pl.select(pl.when(known).then(_count_in(values, *options))).to_series()


def _count_in(values: pl.Series, *options: pl.Series) -> pl.Series:
    if all(option.n_unique() <= 1 for option in options):
        return _counted(values, pl.concat([_words(option.head(1)) for option in options]))
    wanted = pl.concat_list([pl.lit(option) for option in options]).list.unique()
    every = pl.DataFrame({"values": values, "row": pl.int_range(len(values), eager=True)})
    options_ = pl.select(wanted.alias("wanted"), row=pl.int_range(len(values)))
    held = every.explode("values", empty_as_null=True)
    asked = options_.explode("wanted", empty_as_null=True)
    matches = held.join(asked, left_on=["row", "values"], right_on=["row", "wanted"])
    counts = matches.group_by("row").len("count")
    return (
        every.join(counts, on="row", how="left", maintain_order="left")["count"]
        .cast(pl.Float64)
        .fill_null(0.0)
    )


def _counted(values: pl.Series, wanted: pl.Series) -> pl.Series:
    """Count in each row what is among the same words for all."""
    return one(count_in_all(pl.lit(values), wanted.drop_nulls().to_list()))


def _words(option: pl.Series) -> pl.Series:
    return option.explode() if isinstance(option.dtype, pl.List) else option


def _size(values: pl.Expr) -> pl.Expr:
    return values.list.len().cast(pl.Float64)


def _year_month_day(days: pl.Expr) -> pl.Expr:
    year, month = days.dt.year().cast(pl.Int64), days.dt.month().cast(pl.Int64)
    return year * 10000 + month * 100 + days.dt.day().cast(pl.Int64)


def _years_between(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    years = (_year_month_day(last) - _year_month_day(first)) // 10000
    return years.cast(pl.Float64)


def _days_between(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    return (last - first).dt.total_days().cast(pl.Float64)


def _add_years(days: pl.Expr, years: pl.Expr) -> pl.Expr:
    year = days.dt.year().cast(pl.Float64) + years
    possible = (years == years.floor()) & (year >= 1) & (year <= LAST_YEAR)
    whole = pl.when(possible).then(years).otherwise(0).cast(pl.Int64)
    moved = days.dt.offset_by(pl.format("{}y", whole))
    return pl.when(possible).then(moved)


def _least(*values: pl.Expr) -> pl.Expr:
    return pl.min_horizontal(*values)


def _greatest(*values: pl.Expr) -> pl.Expr:
    return pl.max_horizontal(*values)


FUNCTIONS: Mapping[str, Callable[..., pl.Expr]] = {
    "contains": _contains,
    "size": _size,
    "years_between": _years_between,
    "days_between": _days_between,
    "add_years": _add_years,
    "least": _least,
    "greatest": _greatest,
    "exp": lambda number: finite(number.exp()),
    "sqrt": lambda number: finite(number.sqrt()),
}
