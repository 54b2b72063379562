"""JSON Lines: one object a row."""

from typing import BinaryIO

import polars as pl

from offsetcheck.report.table_format import TableFormat


def write_json_lines(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write a table as JSON Lines."""
    frame.write_ndjson(file)


FORMAT = TableFormat(name="jsonl", suffix="jsonl", write=write_json_lines)
