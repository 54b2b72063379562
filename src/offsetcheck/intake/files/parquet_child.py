"""Parquet to a table of text, as Arrow IPC; `child.parse` runs it in a process of its own.

The reader of Parquet can end its process on a damaged file, and nested lists unpack to far more
than their file holds.
"""

import io

import polars as pl

from offsetcheck.intake.files.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from offsetcheck.vocabulary.problem import InputError, Place, Problem

FAULTS = (pl.exceptions.PolarsError, OSError, ValueError)
"""What Polars raises of a file that is damaged or none of its kind."""


def convert(data: bytes) -> bytes:
    """Return a Parquet file as Arrow IPC, every cell a text, a missing value as "".

    Its size is read before its content. Raises InputError.
    """
    try:
        frame = as_text(data)
    except FAULTS as error:
        raise unreadable(error) from None
    answer = io.BytesIO()
    frame.write_ipc(answer)
    return answer.getvalue()


def as_text(data: bytes) -> pl.DataFrame:
    """Return a Parquet file with every cell as text; raises InputError, or what Polars raises."""
    width = len(pl.read_parquet_schema(io.BytesIO(data)))
    if width > MAX_COLUMNS:
        raise too_many(f"{width:,} columns", f"{MAX_COLUMNS:,}")
    height = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
    if height > MAX_ROWS:
        raise _too_long(f"{height:,} rows", f"{MAX_ROWS:,}")
    if height * width > MAX_CELLS:
        raise _too_long(f"{height * width:,} cells", f"{MAX_CELLS:,}")
    return texts(pl.read_parquet(io.BytesIO(data)))


def texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with every cell as text; raises InputError where they hold too much."""
    frame = pl.DataFrame(map(as_texts, frame.get_columns()))
    lengths = [series.str.len_bytes() for series in frame if len(series)]
    if any(int(str(length.max())) > MAX_CELL for length in lengths):
        raise too_long_cell()
    text = sum(int(length.sum()) for length in lengths)
    if text > MAX_TEXT:
        raise too_many(f"{text:,} bytes of text", f"{MAX_TEXT:,}")
    return frame


def as_texts(series: pl.Series) -> pl.Series:
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


def _too_long(found: str, most: str) -> InputError:
    hint = f"at most {most} are read in one go; `offsetcheck batch --engine stream` reads parts"
    return _refused(f"the file has {found}", hint)


def too_many(found: str, most: str) -> InputError:
    """Return the refusal of a file that holds more than is read."""
    hint = f"at most {most} are read; keep the rows and columns that are needed"
    return _refused(f"the file has {found}", hint)


def too_long_cell() -> InputError:
    """Return the refusal of a cell that holds more than is read."""
    return _refused(f"a cell holds more than {MAX_CELL:,} bytes", "shorten it")


def unreadable(error: Exception) -> InputError:
    """Return the refusal of a file that Polars cannot read."""
    why = (str(error).splitlines() or [""])[0][:200] or "export it again"
    return _refused("the file is no Parquet that can be read", why)


def _refused(message: str, hint: str) -> InputError:
    return InputError([Problem(message, Place(""), hint)])
