"""JSON Lines: one object a row."""

from collections.abc import Mapping
from typing import BinaryIO

import polars as pl

from offsetcheck.report.table_format import TableFormat, only
from offsetcheck.report.tables_told import Told


def write_json_lines(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write a table as JSON Lines."""
    frame.write_ndjson(file)


def _written(frames: Mapping[str, pl.DataFrame], told: Told, file: BinaryIO) -> None:
    del told  # a table has no room for it
    write_json_lines(only(frames), file)


FORMAT = TableFormat(name="jsonl", suffix="jsonl", write=_written)
