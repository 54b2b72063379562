"""What rows ask of tables: each distinct key once, however many rows ask it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from offsetcheck.engine.columns.distinct import distinct_rows
from offsetcheck.engine.columns.sets import PartColumn, Sets

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
    distinct = distinct_rows(frame)
    if distinct.frame.height * WORTH_IT > frame.height:
        return Questions(keys, version, screened, None)
    return Questions(
        keys=[_at(key, distinct.rows) for key in keys],
        version=None if version is None else _at(version, distinct.rows),
        screened=screened.gather(distinct.rows),
        places=distinct.places,
    )


def _told(part: PartColumn) -> list[pl.Series]:
    return [part.values] if part.sets is None else [part.values, part.sets.places]


def _at(part: PartColumn, rows: pl.Series) -> PartColumn:
    values = part.values.gather(rows)
    if part.sets is None:
        return PartColumn(values)
    return replace(part, values=values, sets=Sets(part.sets.places.gather(rows), part.sets.members))
