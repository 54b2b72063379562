"""A long Parquet file to tables of text, a part of its rows at a time, as Arrow IPC.

`child.parse_in_parts` runs it in a process of its own. It is given a path and no bytes: no part of
the file but the one that is read need be in memory.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from offsetcheck.intake.files.limits import (
    CELLS_OF_PART,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS_IN_PARTS,
)
from offsetcheck.intake.files.parquet_child import (
    FAULTS,
    as_texts,
    texts,
    too_long_cell,
    too_many,
    unreadable,
)


def convert(request: bytes) -> Iterator[bytes]:
    """Yield what a file holds: JSON of its `rows` and `headers`, then two answers for each part.

    The first is JSON: how many cells hold something in each column that is not sent. The second is
    Arrow IPC of the columns that are, every cell a text. `request` is JSON: the `path`, the names
    of the `columns` to be sent (null: all), how many `rows` a part has at most, from which row to
    `start`, and in how many rows to `stop` (null: after the last). Raises InputError for what is no
    Parquet or holds too much.
    """
    try:
        yield from _parts(json.loads(request))
    except FAULTS as error:
        raise unreadable(error) from None


def _parts(asked: dict[str, Any]) -> Iterator[bytes]:
    headers = list(pl.read_parquet_schema(asked["path"]))
    if len(headers) > MAX_COLUMNS:
        raise too_many(f"{len(headers):,} columns", f"{MAX_COLUMNS:,}")
    scanned = pl.scan_parquet(asked["path"], glob=False)
    height = scanned.select(pl.len()).collect().item()
    if height > MAX_ROWS_IN_PARTS:
        raise too_many(f"{height:,} rows", f"{MAX_ROWS_IN_PARTS:,}")
    yield json.dumps({"rows": height, "headers": headers}).encode()
    sent = headers if asked["columns"] is None else asked["columns"]
    most = max(1, min(asked["rows"], CELLS_OF_PART // max(len(sent), 1)))
    stop = height if asked["stop"] is None else min(asked["stop"], height)
    for start in range(asked["start"], max(stop, 1), most):
        frame = scanned.slice(start, min(most, stop - start)).collect()
        yield json.dumps({one.name: _filled(one) for one in frame.drop(sent)}).encode()
        answer = io.BytesIO()
        texts(frame.select(sent)).write_ipc(answer)
        del frame
        yield answer.getvalue()


def _filled(series: pl.Series) -> int:
    """Return how many cells of a column are no empty text; raises InputError for a huge one."""
    kind = series.dtype
    plainly = kind.is_integer() or kind.is_temporal() or kind == pl.Boolean
    if plainly or (kind.is_float() and series.is_finite().all()):
        return len(series) - series.null_count()
    lengths = (series if kind == pl.String else as_texts(series)).str.len_bytes()
    if int(str(lengths.max() or 0)) > MAX_CELL:
        raise too_long_cell()
    return int((lengths > 0).sum())
