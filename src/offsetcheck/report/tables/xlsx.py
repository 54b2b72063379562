"""XLSX: all tables in one workbook, a sheet each, behind one that says of what they are."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

import polars as pl

from offsetcheck.report.table_format import TableFormat
from offsetcheck.report.tables_told import Told
from offsetcheck.report.workbooks.book import Cell, Column, Cover, Kind, Table, write_book

KINDS = {"price": Kind.MONEY, "vintage": Kind.YEAR, "tonnes": Kind.NUMBER}
"""Columns whose numbers are shown otherwise than others."""
WIDE, NARROW = 36, 14  # characters
WIDE_NAMES = ("name", "message", "hint", "missing_fields", "conditions", "unscreened", "field")


def write_workbook(frames: Mapping[str, pl.DataFrame], told: Told, file: BinaryIO) -> None:
    """Write tables by name as one workbook."""
    cover = Cover(told.cover, told.title, told.lines, told.sheets_title, told.rows_title)
    made = [_table(name, frame) for name, frame in frames.items()]
    file.write(write_book(cover, made, told.day, told.language))


def _table(name: str, frame: pl.DataFrame) -> Table:
    columns = [
        Column(heading, _kind(heading, frame[heading]), WIDE if heading in WIDE_NAMES else NARROW)
        for heading in frame.columns
    ]
    return Table(name, columns, frame.height, _rows(frame))


def _kind(name: str, values: pl.Series) -> Kind:
    if name in KINDS:
        return KINDS[name]
    if values.dtype == pl.Date:
        return Kind.DAY
    if values.dtype.is_integer():
        return Kind.COUNT
    return Kind.NUMBER if values.dtype.is_numeric() else Kind.TEXT


def _rows(frame: pl.DataFrame) -> Iterator[tuple[Cell, ...]]:
    return frame.iter_rows()


FORMAT = TableFormat(name="xlsx", suffix="xlsx", write=write_workbook, book="results")
