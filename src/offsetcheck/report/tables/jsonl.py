"""JSON Lines: one object a row."""

from pathlib import Path

import polars as pl

from offsetcheck.report.table_format import TableFormat


def write_json_lines(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as JSON Lines."""
    frame.write_ndjson(path)


FORMAT = TableFormat(name="jsonl", suffix="jsonl", write=write_json_lines)
