"""What rows ask of tables: each distinct key once, however many rows ask it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from offsetcheck.engine.columns.sets import PLACE, PartColumn, Sets

ROW, QUESTION = "row", "question"
WORTH_IT = 2  # rows to a question, at which questions are put apart


@dataclass(frozen=True, slots=True)
class Questions:
    """Keys, version and screening of some questions; `places` is the question of each row.

    None: every row has its own, in order.
    """

    keys: Sequence[PartColumn]
    version: PartColumn | None
    screened: pl.Series
    places: pl.Series | None


def questions_of(
    keys: Sequence[PartColumn], version: PartColumn | None, screened: pl.Series
) -> Questions:
    """Return the distinct questions of rows."""
    parts = [*keys, *([] if version is None else [version])]
    told = [series for part in parts for series in _told(part)]
    frame = pl.DataFrame([s.alias(str(i)) for i, s in enumerate([*told, screened])])
    names = frame.columns
    distinct = frame.with_row_index(ROW).unique(names, keep="first", maintain_order=True)
    if distinct.height * WORTH_IT > frame.height:
        return Questions(keys, version, screened, None)
    numbered = distinct.select(*names, pl.int_range(distinct.height, dtype=PLACE).alias(QUESTION))
    joined = frame.join(numbered, on=names, how="left", nulls_equal=True, maintain_order="left")
    rows = distinct[ROW]
    return Questions(
        keys=[_at(key, rows) for key in keys],
        version=None if version is None else _at(version, rows),
        screened=screened.gather(rows),
        places=joined[QUESTION],
    )


def _told(part: PartColumn) -> list[pl.Series]:
    return [part.values] if part.sets is None else [part.values, part.sets.places]


def _at(part: PartColumn, rows: pl.Series) -> PartColumn:
    values = part.values.gather(rows)
    if part.sets is None:
        return PartColumn(values)
    return replace(part, values=values, sets=Sets(part.sets.places.gather(rows), part.sets.members))
