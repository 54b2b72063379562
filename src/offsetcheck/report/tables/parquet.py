"""Parquet, for programs that read columns."""

from io import BytesIO
from typing import BinaryIO

import polars as pl

from offsetcheck.report.table_format import TableFormat


def write_parquet(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write a table as Parquet."""
    # Written by us: of a full disk the Parquet writer may say no more than "transport error".
    content = BytesIO()
    # Listed words as plain texts: other readers of Parquet do not know Polars' own kind of column.
    frame = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    frame.write_parquet(content, compression="zstd", statistics=False)
    file.write(content.getbuffer())


FORMAT = TableFormat(name="parquet", suffix="parquet", write=write_parquet)
