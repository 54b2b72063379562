"""Parquet, for programs that read columns."""

from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO

import polars as pl

from offsetcheck.report.table_format import TableFormat, only
from offsetcheck.report.tables_told import Told


def write_parquet(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write a table as Parquet."""
    # Written by us: of a full disk the Parquet writer may say no more than "transport error".
    content = BytesIO()
    # Listed words as plain texts: other readers of Parquet do not know Polars' own kind of column.
    frame = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    frame.write_parquet(content, compression="zstd", statistics=False)
    file.write(content.getbuffer())


def write_worded(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write a table most of whose columns are of listed words, without a copy of them as texts.

    Readers of Parquet find texts in them; Polars alone finds the lists too.
    """
    content = BytesIO()
    frame.write_parquet(content, compression="zstd", compression_level=1, statistics=False)
    file.write(content.getbuffer())


def _written(frames: Mapping[str, pl.DataFrame], told: Told, file: BinaryIO) -> None:
    del told  # a table has no room for it
    write_parquet(only(frames), file)


FORMAT = TableFormat(name="parquet", suffix="parquet", write=_written)
