"""Many expressions computed in one call: each call costs more than a short column's arithmetic."""

from collections.abc import Hashable, Mapping
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


def one(expression: pl.Expr) -> pl.Series:
    """Return the column of one expression."""
    return pl.select(expression).to_series()
