"""A long Parquet file as sheets, a part of its rows at a time, and never two parts in memory.

What is said of a project counts for all its rows, so that no project stands in two parts: the last
rows of a part that name one project wait for the next.
"""

import io
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from offsetcheck.intake.files.child import Kind, Parser, parse_in_parts
from offsetcheck.intake.files.limits import (
    GIGABYTE,
    MAX_BYTES_IN_PARTS,
    MAX_SECONDS_IN_PARTS,
    ROWS_OF_PART,
)
from offsetcheck.intake.files.parquet import LazyColumns
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import InputError, Place, Problem

PARTS = Kind("Parquet", Parser.PARQUET_PARTS, 8 * GIGABYTE, MAX_SECONDS_IN_PARTS)

Names = Callable[[Sheet], int | None]
"""Says which column of a sheet names the project of a row; None: no column does."""


@dataclass(frozen=True, slots=True)
class LongList:
    """A file of so many rows, and its sheets in order; the line of a row is its number, from 1."""

    rows: int
    sheets: Iterator[Sheet]


@contextmanager
def long_list(path: Path, names: Names) -> Generator[LongList, None, None]:
    """Open a Parquet file of any length; leaving the block ends the process that reads it.

    Raises InputError for a file that cannot be read, in the block too where a part of it cannot.
    """
    _refuse(path)
    request = json.dumps({"path": str(path.resolve()), "rows": ROWS_OF_PART}).encode()
    with closing(parse_in_parts(PARTS, request, path.name)) as parts:
        rows = json.loads(next(parts))["rows"]
        frames = (pl.read_ipc(io.BytesIO(part)) for part in parts)
        yield LongList(rows, _sheets(frames, path.name, names, rows))


def _refuse(path: Path) -> None:
    if not path.is_file():
        raise InputError([Problem("this is no regular file", Place(path.name))])
    size = path.stat().st_size
    if size > MAX_BYTES_IN_PARTS:
        message = f"the file has {size:,} bytes; at most {MAX_BYTES_IN_PARTS:,} are read"
        raise InputError([Problem(message, Place(path.name), "split it")])
    with path.open("rb") as file:
        if file.read(4) != b"PAR1":
            message = "the file is no Parquet, and no other list is judged in parts"
            raise InputError([Problem(message, Place(path.name), "export it as Parquet")])


def _sheets(frames: Iterator[pl.DataFrame], file: str, names: Names, rows: int) -> Iterator[Sheet]:
    """Yield the frames as sheets; rows of the project that ends one begin the next."""
    first, waiting = 1, pl.DataFrame()
    for frame in frames:
        whole = pl.concat([waiting, frame]) if waiting.height else frame
        if whole.height > 2 * ROWS_OF_PART:
            message = f"more than {ROWS_OF_PART:,} rows name one project"
            raise InputError([Problem(message, Place(file, first), "a row is to be one offer")])
        is_last = first + whole.height > rows
        waits = 0 if is_last else _last_run(whole, names(_sheet(whole, file, first)))
        waiting = whole.tail(waits)
        if waits < whole.height or is_last:
            yield _sheet(whole.head(whole.height - waits), file, first)
            first += whole.height - waits


def _sheet(frame: pl.DataFrame, file: str, first: int) -> Sheet:
    lines = range(first, first + frame.height)
    return Sheet(file, frame.columns, LazyColumns(frame), lines, styles=Styles(typed=True))


def _last_run(frame: pl.DataFrame, at: int | None) -> int:
    """Return how many rows at the end name one project; all, where none follows another."""
    if at is None or frame.height == 0:
        return 0
    named = frame.to_series(at)
    last = named[-1]
    if last == "":
        return 0
    others = (named != last).arg_true()
    return frame.height - (int(others[-1]) + 1 if len(others) else 0)
