"""CSV whose texts no spreadsheet takes for a formula and no screen turns round."""

from collections.abc import Mapping
from typing import BinaryIO

import polars as pl

from offsetcheck.report.cleaning import FORMULA, INVISIBLE
from offsetcheck.report.table_format import TableFormat, only
from offsetcheck.report.tables_told import Told
from offsetcheck.vocabulary.shown import MAX_SHOWN


def write_csv(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write a table as CSV in UTF-8 with a heading."""
    guarded(frame).write_csv(file, line_terminator="\n")


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table with its texts cut, invisible characters replaced, formulas led by `'`."""
    frame = frame.with_columns(pl.col(_risky_words(frame)).cast(pl.String))
    names = [name for name, kind in frame.schema.items() if kind == pl.String]
    shown = frame.with_columns(
        pl.col(names).str.slice(0, MAX_SHOWN).str.replace_all(INVISIBLE.pattern, "�")
    )
    return shown.with_columns(
        pl.when(_starts(name)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in names
    )


def _risky_words(frame: pl.DataFrame) -> list[str]:
    """Return the columns of listed words of which some could not be shown as they are."""
    listed = {name: kind for name, kind in frame.schema.items() if isinstance(kind, pl.Enum)}
    words = {name: pl.DataFrame({name: kind.categories}) for name, kind in listed.items()}
    return [name for name, column in words.items() if not guarded(column).equals(column)]


def _starts(name: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.starts_with(sign) for sign in FORMULA)


def _written(frames: Mapping[str, pl.DataFrame], told: Told, file: BinaryIO) -> None:
    del told  # a table has no room for it
    write_csv(only(frames), file)


FORMAT = TableFormat(name="csv", suffix="csv", write=_written)
