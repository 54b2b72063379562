"""Comparable tonnes of a whole list as a table."""

import polars as pl

from offsetcheck.engine.columns.tonnes.steps import tonnes_table
from offsetcheck.engine.tonnes import TONNES
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

CURRENCY = "currency"
FIRST = ("offered", "comparable", "price")


def comparable_frame(
    table: CandidateTable, steps: BoundSteps, purchase: Purchase
) -> pl.DataFrame | None:
    """Return one row per candidate: tonnes offered and comparable, the price of one, each factor.

    A number has columns of the lowest and the highest that it can be, which are the same where it
    is known, and of the middle where it has one; a price has no middle. A price without a highest
    has no limit: all tonnes may be lost. None where no row states tonnes, so that a registry's list
    costs nothing.
    """
    if not steps.steps or not _states_tonnes(table):
        return None
    made = tonnes_table(table, steps, purchase)
    numbers = [name for name, dtype in made.schema.items() if dtype == pl.Float64]
    limited = [pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in numbers]
    ends = (f"{name}_{end}" for name in FIRST for end in ("low", "middle", "high"))
    first = [name for name in ends if name in made.columns]
    rest = [name for name in numbers if name not in first]
    frame = made.with_columns(*limited, _currency(table))
    return frame.select("row", "id", *first, CURRENCY, *rest)


def _states_tonnes(table: CandidateTable) -> bool:
    column = table.columns.get(TONNES)
    if column is None:
        return False
    return bool(column.full) or any(value is not None for value in column.values)


def _currency(table: CandidateTable) -> pl.Series:
    column = table.columns.get(CURRENCY)
    values = [None] * len(table) if column is None else map(column.value, range(len(table)))
    words = [None if value is None else str(value) for value in values]
    return pl.Series(CURRENCY, words, dtype=pl.String)
