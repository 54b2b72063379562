"""A long Parquet file as sheets, a part of its rows at a time, and never two parts in memory.

What is said of a project counts for all its rows, so that no project stands in two parts: the last
rows of a part that name one project wait for the next. Of a wide file only the columns are read as
text of which something is asked; the cells of the others are counted.
"""

import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
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

FIRST_ROWS = 2_000
"""Rows of which it is learnt which columns are read."""

Names = Callable[[Sheet], int | None]
"""Says which column of a sheet names the project of a row; None: no column does."""


@dataclass(frozen=True, slots=True)
class LongList:
    """A file of so many rows, and its sheets in order; the line of a row is its number, from 1."""

    rows: int
    sheets: Iterator[Sheet]


class PartColumns(LazyColumns):
    """The columns of some rows of a file: those that were sent, and others when first asked for."""

    def __init__(self, frame: pl.DataFrame, counts: Mapping[str, int], source: "_Source") -> None:
        super().__init__(frame)
        self._counts = counts
        self._source = source

    def __len__(self) -> int:
        return len(self._source.headers)

    def series(self, index: int) -> pl.Series:
        """Return a column, read for itself where it was not sent with the others."""
        name = self._source.headers[index]
        if name not in self._frame:
            return self._source.column(name)
        return self._frame[name]

    def filled(self, index: int) -> int:
        """Return how many cells of a column hold something, white space too."""
        name = self._source.headers[index]
        return self._counts[name] if name in self._counts else super().filled(index)

    def anew(self) -> "PartColumns":
        """Return the same columns, none of which has been asked for."""
        return PartColumns(self._frame, self._counts, self._source)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the rows of a part stand in a file: how many, behind how many others."""

    path: Path
    headers: tuple[str, ...]
    start: int
    rows: int

    def column(self, name: str) -> pl.Series:
        """Return one column of the rows as text."""
        wanted = _Wanted((name,), self.start, self.start + self.rows)
        with closing(_answers(self.path, wanted)) as answers:
            next(answers)
            return pl.concat([frame for _, frame in _frames(answers)]).to_series()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a file: which columns as text (None: all), of which rows."""

    columns: tuple[str, ...] | None = None
    start: int = 0
    stop: int | None = None
    rows: int | None = None

    def request(self, path: Path) -> bytes:
        """Return the request as the process takes it that reads."""
        asked = {
            "path": str(path.resolve()),
            "columns": self.columns,
            "start": self.start,
            "stop": self.stop,
            "rows": self.rows or ROWS_OF_PART,
        }
        return json.dumps(asked).encode()


def first_rows(path: Path) -> Sheet:
    """Return the first rows of a Parquet file with all its columns; raises as `long_list` does."""
    _refuse(path)
    with closing(_answers(path, _Wanted(stop=FIRST_ROWS, rows=FIRST_ROWS))) as answers:
        headers = tuple(json.loads(next(answers))["headers"])
        counts, frame = next(_frames(answers))
    return _sheet(frame, counts, _Source(path, headers, 0, frame.height))


def columns_read(sheet: Sheet, read: Callable[[Sheet], object]) -> frozenset[str]:
    """Return the columns of the first rows of a file that are asked for while they are read."""
    columns = sheet.columns
    assert isinstance(columns, PartColumns)  # noqa: S101 - made here
    fresh = columns.anew()
    read(replace(sheet, columns=fresh))
    return frozenset(sheet.headers[index] for index in fresh.taken)


@contextmanager
def long_list(
    path: Path, names: Names, columns: Collection[str] | None = None
) -> Generator[LongList, None, None]:
    """Open a Parquet file of any length; leaving the block ends the process that reads it.

    `columns` are those that will be asked for, without any: all; another one is read when it is
    asked for. Raises InputError for a file that cannot be read, in the block too where a part of it
    cannot.
    """
    _refuse(path)
    wanted = _Wanted(tuple(sorted(columns)) if columns else None)
    with closing(_answers(path, wanted)) as answers:
        told = json.loads(next(answers))
        source = _Source(path, tuple(told["headers"]), 0, told["rows"])
        yield LongList(told["rows"], _sheets(_frames(answers), source, names))


def _answers(path: Path, wanted: _Wanted) -> Generator[bytes, None, None]:
    return parse_in_parts(PARTS, wanted.request(path), path.name)


def _frames(answers: Iterator[bytes]) -> Iterator[tuple[dict[str, int], pl.DataFrame]]:
    """Yield each part: the counts of the columns that are not sent, and those that are."""
    for counts in answers:
        yield json.loads(counts), pl.read_ipc(io.BytesIO(next(answers)))


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


def _sheets(
    frames: Iterator[tuple[dict[str, int], pl.DataFrame]], whole: _Source, names: Names
) -> Iterator[Sheet]:
    """Yield the frames as sheets; rows of the project that ends one begin the next.

    The cells of columns that were not sent count in the part with which they came.
    """
    done, waiting, counts = 0, pl.DataFrame(), Counter[str]()
    for counted, frame in frames:
        counts.update(counted)
        rows = pl.concat([waiting, frame]) if waiting.height else frame
        del frame
        if rows.height > 2 * ROWS_OF_PART:
            message = f"more than {ROWS_OF_PART:,} rows name one project"
            place = Place(whole.path.name, done + 1)
            raise InputError([Problem(message, place, "a row is to be one offer")])
        is_last = done + rows.height >= whole.rows
        source = replace(whole, start=done, rows=rows.height)
        waits = 0 if is_last else _last_run(rows, names(_sheet(rows, counts, source)), whole)
        waiting, ready = rows.tail(waits), rows.height - waits
        if ready or is_last:
            part = _sheet(rows.head(ready), counts, replace(source, rows=ready))
            yield replace(part, is_part=not is_last or done > 0)
            done, counts = done + ready, Counter()


def _sheet(frame: pl.DataFrame, counts: Mapping[str, int], source: _Source) -> Sheet:
    lines = range(source.start + 1, source.start + 1 + frame.height)
    columns = PartColumns(frame, counts, source)
    return Sheet(source.path.name, source.headers, columns, lines, styles=Styles(typed=True))


def _last_run(frame: pl.DataFrame, at: int | None, source: _Source) -> int:
    """Return how many rows at the end name one project; all, where none follows another."""
    if at is None or frame.height == 0:
        return 0
    named = frame[source.headers[at]]
    last = named[-1]
    if last == "":
        return 0
    others = (named != last).arg_true()
    return frame.height - (int(others[-1]) + 1 if len(others) else 0)
