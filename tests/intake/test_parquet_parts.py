"""Long Parquet files in parts: only columns of which something is asked are read as text."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.intake.asked import NOTHING_ASKED
from offsetcheck.intake.files import parquet_parts
from offsetcheck.intake.files.limits import MAX_CELL
from offsetcheck.intake.files.parquet import read_parquet
from offsetcheck.intake.files.parquet_parts import columns_read, first_rows, long_list
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.long_list import LongListReader
from offsetcheck.vocabulary.by_distinct import LONG, ByDistinct
from offsetcheck.vocabulary.problem import InputError

ROWS = 100


def every_type() -> pl.DataFrame:
    """Return a table with a column of each kind that holds something in some rows only."""
    some = [row % 3 == 0 for row in range(ROWS)]

    def where(value: object) -> list[object]:
        return [value if held else None for held in some]

    return pl.DataFrame(
        {
            "id": [f"VCS{1 + row // 3}" for row in range(ROWS)],
            "country": ["KE"] * ROWS,
            "whole": where(7),
            "parts": where(1.234),
            "no number": pl.Series(where(float("nan")), dtype=pl.Float64),
            "yes": where(value=True),
            "day": where(date(2026, 1, 2)),
            "moment": where(datetime(2026, 1, 2, 3, 4)),
            "words": where("two words"),
            "empty": where(""),
            "space": where(" "),
            "bytes": where(b"raw"),
            "list": where([1, 2]),
            "no list": where([]),
            "record": where({"a": 1}),
            "listed": pl.Series(where("x"), dtype=pl.Enum(["", "x"])),
            "blank": pl.Series([""] * ROWS, dtype=pl.Categorical),
            "nothing": pl.Series([None] * ROWS, dtype=pl.Null),
        }
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    every_type().write_parquet(tmp_path / "list.parquet")
    return tmp_path / "list.parquet"


@pytest.fixture
def parts_of_40(monkeypatch) -> None:
    monkeypatch.setattr(parquet_parts, "ROWS_OF_PART", 40)


def by_id(sheet: Sheet) -> int:
    return sheet.headers.index("id")


def in_parts(path: Path, *columns: str) -> list[Sheet]:
    with long_list(path, by_id, columns) as found:
        assert found.rows == ROWS
        return list(found.sheets)


def test_a_long_column_of_few_cells_reads_like_the_list_of_them(tmp_path: Path) -> None:
    """Cells that stand again and again are held once each, and no row reads otherwise for it."""
    cells = [f"type {row % 7}" if row % 5 else "" for row in range(LONG)]
    ids = [f"VCS{row}" for row in range(LONG)]
    pl.DataFrame({"id": ids, "type": cells}).write_parquet(tmp_path / "list.parquet")
    first, second = read_parquet((tmp_path / "list.parquet").read_bytes(), "list.parquet").columns
    assert isinstance(second, ByDistinct)
    assert (first, second) == (ids, cells)


@pytest.mark.usefixtures("parts_of_40")
def test_cells_that_are_not_read_are_counted_as_if_they_were(file: Path) -> None:
    """Whatever their type: the counts of all parts are those of the list in one go."""
    whole = read_parquet(file.read_bytes(), file.name)
    parts = in_parts(file, "id")
    assert len(parts) == 3
    for at, header in enumerate(whole.headers):
        assert (header, sum(part.filled(at) for part in parts)) == (header, whole.filled(at))


@pytest.mark.usefixtures("parts_of_40")
def test_a_column_that_was_not_sent_is_read_when_it_is_asked_for(file: Path) -> None:
    """The cells of each part are those of its rows in one go, whether foreseen or not."""
    whole = read_parquet(file.read_bytes(), file.name)
    parts = in_parts(file, "id", "country")
    assert [part.headers for part in parts] == [tuple(whole.headers)] * 3
    for at in range(len(whole.headers)):
        assert [cell for part in parts for cell in part.columns[at]] == list(whole.columns[at])


@pytest.mark.usefixtures("parts_of_40")
def test_no_project_stands_in_two_parts(file: Path) -> None:
    """The rows of the project that ends a part begin the next, with their lines."""
    parts = in_parts(file, "id")
    projects = [set(part.columns[0]) for part in parts]
    assert sum(map(len, projects)) == len(set.union(*projects))
    assert [line for part in parts for line in part.lines] == list(range(1, ROWS + 1))


def test_what_is_read_is_told_by_the_first_rows(file: Path, own_dictionary) -> None:
    """Fields, and columns of which nobody knows what they are until their cells are seen."""
    reader = LongListReader(own_dictionary, NOTHING_ASKED)
    first = first_rows(file)
    assert {"id", "country", "words"} <= set(reader.read_columns(first))
    assert columns_read(first, lambda sheet: sheet.columns[0]) == {"id"}


def test_the_columns_of_a_registry_that_are_not_used_are_not_read(real, own_dictionary) -> None:
    """Of the 168 columns of a database of registries fewer than half are read as text."""
    path = real / "vrod" / "vrod-v2025-12-year-end.parquet"
    reader = LongListReader(own_dictionary, NOTHING_ASKED)
    first = first_rows(path)
    assert len(first.headers) == 168
    assert len(reader.read_columns(first)) < 84


def test_a_huge_cell_is_refused_where_it_is_only_counted(tmp_path: Path) -> None:
    """A limit on what a stranger's file holds counts for all its columns."""
    path = tmp_path / "list.parquet"
    huge = "x" * (MAX_CELL + 1)
    pl.DataFrame({"id": ["VCS1"], "notes": [huge]}).write_parquet(path)
    with pytest.raises(InputError, match="a cell holds more than"):  # noqa: SIM117
        with long_list(path, by_id, ["id"]) as found:
            list(found.sheets)


def test_a_part_holds_fewer_rows_of_a_wide_list_and_columns_not_read_do_not_count(
    tmp_path: Path,
) -> None:
    """A thousand columns make parts of 1,200 rows where all are read, and one where few are."""
    rows, width = 2_000, 1_000
    path = tmp_path / "list.parquet"
    ids = pl.Series([f"VCS{row + 1}" for row in range(rows)])
    others = {f"n{at}": pl.lit(at) for at in range(width - 1)}
    pl.DataFrame({"id": ids}).with_columns(**others).write_parquet(path)
    with long_list(path, by_id) as found:
        assert [len(sheet) for sheet in found.sheets] == [1_199, 801]
    with long_list(path, by_id, ["id"]) as found:
        assert [len(sheet) for sheet in found.sheets] == [rows]
