"""Parquet to a sheet, column by column and only the columns that are asked for."""

import io
from collections.abc import Iterator, Sequence
from typing import overload

import polars as pl

from offsetcheck.intake.files.limits import MAX_ROWS
from offsetcheck.intake.files.panics import refusing_panics
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import InputError, Place, Problem


class LazyColumns(Sequence[Sequence[str]]):
    """The columns of a frame, turned to text when they are first asked for."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        self._read: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return self._frame.width

    @overload
    def __getitem__(self, index: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if index not in self._read:
            self._read[index] = _text(self._frame.to_series(index)).to_list()
        return self._read[index]

    def __iter__(self) -> Iterator[Sequence[str]]:
        return (self[index] for index in range(len(self)))


def read_parquet(data: bytes, file: str) -> Sheet:
    """Return a Parquet file as a sheet; the line of a row is its number, from 1."""
    try:
        with refusing_panics(file):
            rows = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
            if rows > MAX_ROWS:
                raise InputError([Problem(f"more than {MAX_ROWS} rows", Place(file))])
            frame = pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        problem = Problem("the file is no Parquet that can be read", Place(file), _first(error))
        raise InputError([problem]) from None
    styles = Styles(NumberStyle.DOT, DateStyle.UNKNOWN)
    lines = range(1, frame.height + 1)
    return Sheet(file, frame.columns, LazyColumns(frame), lines, styles=styles)


def _text(series: pl.Series) -> pl.Series:
    """Return a column as text, a missing value as "", a day without its empty time of day."""
    kind = series.dtype
    if isinstance(kind, pl.Datetime):
        days = series.dt.date()
        series = days if (days.cast(kind) == series).all() else series.dt.to_string("iso")
    elif isinstance(kind, pl.Binary):
        series = series.cast(pl.String, strict=False)
    elif isinstance(kind, pl.Float32 | pl.Float64):
        whole = series.cast(pl.Int64, strict=False)
        series = whole if (whole.cast(kind) == series).all() else series
    elif isinstance(kind, pl.List | pl.Array | pl.Struct | pl.Object):
        return pl.Series(["" if item is None else str(item) for item in series.to_list()])
    return series.cast(pl.String, strict=False).fill_null("")


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else "export it again"
