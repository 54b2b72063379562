"""A program of its own: Parquet from stdin to a table of text on stdout, as Arrow IPC.

The reader of Parquet can end its process on a damaged file, so that it runs here, where only this
process ends. It imports nothing of the project. Its arguments are the fields of Limits; exit code 3
means a refusal, whose reason is on stderr.
"""

import io
import sys
from contextlib import suppress
from typing import NamedTuple

import polars as pl

REFUSED = 3
MAX_MEMORY = 8 << 30  # bytes of addresses; nested lists unpack to far more than their file holds


class TooLargeError(ValueError):
    """A table that is larger than its reader allows."""


class Limits(NamedTuple):
    """The most rows, columns and cells of a table, bytes of a cell, and bytes of all its text."""

    rows: int
    columns: int
    cells: int
    cell: int
    text: int


def as_text(data: bytes, most: Limits) -> pl.DataFrame:
    """Return a Parquet file with every cell as text, a missing value as "".

    Its size is read before its content. Raises TooLargeError, or what Polars raises.
    """
    width = len(pl.read_parquet_schema(io.BytesIO(data)))
    if width > most.columns:
        raise TooLargeError(f"more than {most.columns:,} columns")
    height = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
    if height > most.rows or height * width > most.cells:
        raise TooLargeError(f"more than {most.rows:,} rows or {most.cells:,} cells")
    frame = pl.DataFrame(map(_text, pl.read_parquet(io.BytesIO(data)).get_columns()))
    lengths = [series.str.len_bytes() for series in frame if len(series)]
    if any(int(str(length.max())) > most.cell for length in lengths):
        raise TooLargeError(f"a cell of more than {most.cell:,} bytes")
    if sum(int(length.sum()) for length in lengths) > most.text:
        raise TooLargeError(f"more than {most.text:,} bytes of text")
    return frame


def _text(series: pl.Series) -> pl.Series:
    """Return a column as text, a day without its empty time of day."""
    kind, name = series.dtype, series.name
    if isinstance(kind, pl.Datetime):
        days = series.dt.date()
        series = days if (days.cast(kind) == series).all() else series.dt.to_string("iso")
    elif isinstance(kind, pl.Binary):
        series = series.cast(pl.String, strict=False)
    elif isinstance(kind, pl.Float32 | pl.Float64):
        whole = series.cast(pl.Int64, strict=False)
        series = whole if (whole.cast(kind) == series).all() else series
        if series is not whole:
            # A number and no text: 1.234 must not look like a thousand and more.
            texts = series.cast(pl.String, strict=False).fill_null("")
            return texts.str.replace(r"^(-?[1-9]\d{0,2}\.\d{3})$", "${1}0").rename(name)
    elif isinstance(kind, pl.List | pl.Array | pl.Struct | pl.Object):
        return pl.Series(name, ["" if item is None else str(item) for item in series.to_list()])
    return series.cast(pl.String, strict=False).fill_null("").rename(name)


def _limit_memory() -> None:
    """Let the system end this process before it takes all memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def main() -> int:
    """Convert stdin to stdout; return the exit code."""
    _limit_memory()
    most = Limits(*map(int, sys.argv[1:6]))
    try:
        frame = as_text(sys.stdin.buffer.read(), most)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        sys.stderr.write((str(error).splitlines() or [""])[0][:200])
        return REFUSED
    frame.write_ipc(sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
