"""A long Parquet file to tables of text, a part of its rows at a time, as Arrow IPC.

`child.parse_in_parts` runs it in a process of its own. It is given a path and no bytes: no part of
the file but the one that is read need be in memory.
"""

import io
import json
from collections.abc import Iterator

import polars as pl

from offsetcheck.intake.files.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS_IN_PARTS,
)
from offsetcheck.intake.files.parquet_child import FAULTS, texts, too_many, unreadable


def convert(request: bytes) -> Iterator[bytes]:
    """Yield the number of rows of a file as JSON, then its rows as Arrow IPC, every cell a text.

    `request` is JSON with its `path` and the most `rows` of a part. Raises InputError for what is
    no Parquet or holds too much.
    """
    try:
        asked = json.loads(request)
        yield from _parts(asked["path"], asked["rows"])
    except FAULTS as error:
        raise unreadable(error) from None


def _parts(path: str, rows: int) -> Iterator[bytes]:
    width = len(pl.read_parquet_schema(path))
    if width > MAX_COLUMNS:
        raise too_many(f"{width:,} columns", f"{MAX_COLUMNS:,}")
    scanned = pl.scan_parquet(path, glob=False)
    height = scanned.select(pl.len()).collect().item()
    if height > MAX_ROWS_IN_PARTS:
        raise too_many(f"{height:,} rows", f"{MAX_ROWS_IN_PARTS:,}")
    yield json.dumps({"rows": height}).encode()
    most = max(1, min(rows, MAX_CELLS // max(width, 1)))
    for start in range(0, max(height, 1), most):
        answer = io.BytesIO()
        texts(scanned.slice(start, most).collect()).write_ipc(answer)
        yield answer.getvalue()
