"""Parquet to a sheet, read in a process of its own that a damaged file may end.

Measured on two cores with a table of 10,975 rows and 168 columns: the second process takes 0.4 s,
0.2 s of which any file costs.
"""

import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import polars as pl

from offsetcheck.intake.files.limits import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SECONDS,
    MAX_UNPACKED,
)
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import InputError, Place, Problem

CHILD = Path(__file__).with_name("parquet_child.py")
REFUSED = 3


class LazyColumns(Sequence[Sequence[str]]):
    """The columns of a frame of text, taken out of it when they are first asked for."""

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
            self._read[index] = self._frame.to_series(index).to_list()
        return self._read[index]

    def __iter__(self) -> Iterator[Sequence[str]]:
        return (self[index] for index in range(len(self)))

    def filled(self, index: int) -> int:
        """Return how many cells of a column hold something."""
        return int(self._frame.to_series(index).str.contains(r"\S").sum())


def read_parquet(data: bytes, file: str) -> Sheet:
    """Return a Parquet file as a sheet; the line of a row is its number, from 1.

    Raises InputError for what cannot be read, for what takes too long, and for a file that ends
    the process that reads it.
    """
    frame = pl.read_ipc(io.BytesIO(_as_text(data, file)))
    styles = Styles(typed=True)
    lines = range(1, frame.height + 1)
    return Sheet(file, frame.columns, LazyColumns(frame), lines, styles=styles)


def _as_text(data: bytes, file: str) -> bytes:
    """Return the table as Arrow IPC, every cell a text; only columns asked for become Python's."""
    most = (MAX_ROWS, MAX_COLUMNS, MAX_CELLS, MAX_CELL, MAX_UNPACKED)
    limits = map(str, most)
    try:
        ran = subprocess.run(  # noqa: S603 - a program of this project; the file is its input
            [sys.executable, "-P", str(CHILD), *limits],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(file, f"it takes more than {MAX_SECONDS} seconds to read") from None
    except OSError:
        raise _refused(file, "no second process can be started here; export it as CSV") from None
    if ran.returncode == REFUSED:
        raise _refused(file, ran.stderr.decode("utf-8", "replace"))
    if ran.returncode != 0:
        raise InputError([Problem("the file is damaged", Place(file), "export it again")])
    return ran.stdout


def _refused(file: str, why: str) -> InputError:
    return InputError(
        [Problem("the file is no Parquet that can be read", Place(file), why or "export it again")]
    )
