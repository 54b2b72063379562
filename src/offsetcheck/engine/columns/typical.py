"""What is typical for the type of each row, where it stands in for a scale that is unknown."""

import polars as pl

from offsetcheck.engine.columns.at_once import lit
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.held import at_places
from offsetcheck.engine.columns.means import LEVEL
from offsetcheck.engine.typical import typical_points
from offsetcheck.rulebook.binding.bound import BoundRule


def typical_points_of_rows(rule: BoundRule, rows: TableSlice, unknown: pl.Series) -> pl.Expr | None:
    """Return the typical points of a scale in the rows where it is unknown, null elsewhere.

    They are not yet held between the levels that are still possible. None for a rule without any.
    """
    if not rule.typical:
        return None
    types, places = rows.types
    points = pl.Series([typical_points(rule, several) for several in types], dtype=LEVEL)
    return pl.when(lit(unknown)).then(lit(at_places(points, places)))
