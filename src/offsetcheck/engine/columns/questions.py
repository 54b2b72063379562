"""What rows ask of tables: each distinct key once, however many rows ask it."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from offsetcheck.engine.columns.distinct import distinct_rows
from offsetcheck.engine.columns.held import CAUSES, DTYPES, SeenColumn
from offsetcheck.engine.columns.sets import Combination, PartColumn, alternatives, parts_of, sets_at
from offsetcheck.engine.lookup import PossibleAnswer
from offsetcheck.engine.possible import Alternatives
from offsetcheck.rulebook.expression.nodes import Lookup

SCREENED = "screened"
MOST_ASKED = 2048  # questions that are asked one by one


@dataclass(frozen=True, slots=True)
class Questions:
    """What rows ask, as `parts`: the keys, the version if there is one, whether screened.

    `distinct` are the questions and `places` that of each row; None: they are too many.
    """

    parts: Sequence[PartColumn]
    distinct: Sequence[Combination] | None
    places: pl.Series | None


def questions_of(parts: Sequence[PartColumn], screened: PartColumn) -> Questions:
    """Return what rows ask, put together where few ask different things."""
    told = parts if screened.values.n_unique() <= 1 else [*parts, screened]
    series = [each for part in told for each in parts_of(part)]
    patterns = distinct_rows(pl.DataFrame([s.alias(str(i)) for i, s in enumerate(series)]))
    if patterns.frame.height > MOST_ASKED:
        return Questions([*parts, screened], None, None)
    cells = patterns.frame.with_columns(screened.values.gather(patterns.rows).alias(SCREENED))
    distinct = [tuple(alternatives(row, [*parts, screened])) for row in cells.iter_rows()]
    return Questions([*parts, screened], distinct, patterns.places)


def spread(lookup: Lookup, answers: Sequence[PossibleAnswer], places: pl.Series) -> "Spread":
    """Return answers to questions as columns of rows that hold the answer at their place."""
    results = [answer.alternatives for answer in answers]
    known = [result[0] if result is not None and len(result) == 1 else None for result in results]
    causes = [answer.cause and answer.cause.value for answer in answers]
    at = pl.lit(places)
    return Spread(
        pl.lit(pl.Series(known, dtype=DTYPES[lookup.type])).gather(at),
        pl.lit(pl.Series(causes, dtype=CAUSES)).gather(at),
        results,
        places,
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """Answers on their way to columns: what is to be computed with others."""

    values: pl.Expr
    causes: pl.Expr
    results: Sequence[Alternatives | None]
    places: pl.Series

    def seen(self, values: pl.Series, causes: pl.Series) -> SeenColumn:
        """Return the column of answers from what was computed."""
        return SeenColumn(values, causes, sets_at(self.results, self.places))
