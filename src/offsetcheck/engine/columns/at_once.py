"""Many expressions computed in one call: each call costs more than a short column's arithmetic."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import TypeVar

import polars as pl

Key = TypeVar("Key", bound=Hashable)


def at_once(expressions: Mapping[Key, pl.Expr], height: int) -> dict[Key, pl.Series]:
    """Return the columns of expressions over columns of one height, or over constants alone."""
    if not expressions:
        return {}
    named = (expression.alias(str(i)) for i, expression in enumerate(expressions.values()))
    columns = pl.select(*named).get_columns()
    return {
        key: column if len(column) == height else column.new_from_index(0, height)
        for key, column in zip(expressions, columns, strict=True)
    }


def together(
    parts: Mapping[Key, Sequence[pl.Expr]],
    put: Callable[[pl.Expr, pl.Expr], pl.Expr],
    height: int,
) -> dict[Key, pl.Series]:
    """Return for each key its parts, at least one, put together one after another.

    What has been put together is a column before the next part comes: a form that names it twice
    would compute it twice.
    """
    cells = {(key, place): e for key, own in parts.items() for place, e in enumerate(own)}
    held = at_once(cells, height)
    made = {key: held[key, 0] for key in parts}
    for place in range(1, max(map(len, parts.values()), default=0)):
        longer = [key for key, own in parts.items() if len(own) > place]
        made |= at_once({key: put(lit(made[key]), lit(held[key, place])) for key in longer}, height)
    return made


def one(expression: pl.Expr) -> pl.Series:
    """Return the column of one expression."""
    return pl.select(expression).to_series()


@cache
def number(value: int, kind: type[pl.DataType]) -> pl.Expr:
    """Return one whole number, made once: with its kind it takes longer to say than to compute."""
    return pl.lit(value, kind)


def lit(column: pl.Series) -> pl.Expr:
    """Return a column as an expression: as one value where every row holds the same.

    What is computed of such values alone is computed once; most fields of most lists are stated in
    no row, and what follows from them is the same in all.
    """
    return pl.lit(column.head(1)).first() if is_alike(column) else pl.lit(column)


def is_alike(column: pl.Series) -> bool:
    """Whether every row of a column holds the same; a column of one row is left as it is.

    Of texts and lists only whether none is known: comparing them costs more than it saves.
    """
    if len(column) <= 1 or (nulls := column.null_count()):
        return len(column) > 1 and nulls == len(column)
    if column.dtype == pl.Boolean:
        return bool(column.all()) or not column.any()
    if column.dtype in (pl.String, pl.List):
        return False
    first = column[0]
    if first != column[-1]:
        return False
    if column.dtype == pl.Float64:  # of which the least and the greatest take longer
        return bool((column == first).all())
    return column.min() == column.max()
