"""What was read of a file is always said, and what was not read is located."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.intake.account.reading import Used, reading_of
from offsetcheck.intake.account.unread import MOST_LISTED, unread_of, unsaid
from offsetcheck.intake.files.blocks import sheet_of
from offsetcheck.intake.files.sheet import FileRows, Row
from offsetcheck.intake.headings.names import is_blank
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.reading import (
    Aside,
    ColumnSeen,
    Reading,
    RowAside,
    SheetSeen,
    SheetState,
)
from offsetcheck.vocabulary.table import CandidateTable
from world import DICTIONARY

Read = Callable[..., CandidateTable]
BIDS = "id,name,vintage,tonnes,Shelf mark,Empty,price document\nVCS1,A,soon,5,x,,o.pdf\nVCS2,B,2021, ,,,\n"
VERRA = (
    "Project ID,Project Name,Proponents,Sectoral Scope,Country,Status,Shelf mark\n"
    "902,Kariba,A,,Zimbabwe,Asleep,x\n"
)
READING = Reading("f.xlsx", "bid_sheet", "ids", 3, header_line=1, sheet="A")

headings = st.lists(
    st.one_of(
        st.sampled_from(["id", "name", "tonnes", "price", "price document", "Unnamed: 3", "", " "]),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8),
    ),
    max_size=8,
)


def made(table: CandidateTable) -> Reading:
    assert table.reading is not None
    return table.reading


def test_each_column_of_a_bid_sheet_is_said_with_its_field_and_cells(read: Read) -> None:
    """Used or not, each heading stands in the account; a paper's column is used."""
    found = made(read(BIDS))
    assert (found.layout, found.rows, found.header_line) == ("bid_sheet", 2, 1)
    assert found.grade is EvidenceGrade.E4
    assert [(c.header, c.field, c.cells, c.lost) for c in found.columns] == [
        ("id", "id", 2, 0),
        ("name", "name", 2, 0),
        ("vintage", "vintage", 2, 1),
        ("tonnes", "tonnes", 1, 0),
        ("Shelf mark", None, 1, 0),
        ("Empty", None, 0, 0),
        ("price document", "price.document", 1, 0),
    ]


def test_columns_of_a_registrys_list_that_are_not_used_are_said(read: Read) -> None:
    """A layout reads what it knows, and the account names the rest and the cells lost."""
    found = made(read(VERRA))
    assert [c.header for c in found.unused] == ["Shelf mark"]
    assert (found.lost, found.grade) == (1, EvidenceGrade.E1)


@given(headings)
def test_used_and_unused_columns_are_all_headings_that_say_something(names: list[str]) -> None:
    """No heading is lost between the columns used and those not used."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["id", "name", *names])
    writer.writerow(["VCS1", "A", *("1" for _ in names)])
    table = offers_of_bytes(buffer.getvalue().encode("utf-8", "replace"), "f.csv", DICTIONARY)
    found = made(table)
    rows = list(csv.reader(io.StringIO(buffer.getvalue().encode("utf-8", "replace").decode())))
    if found.header_line == 1 and len(rows) == 2:
        assert len(found.used) + len(found.unused) == sum(not is_blank(name) for name in rows[0])


@given(st.lists(st.sampled_from(["", " ", "\t", "x", " y "]), min_size=1))
def test_cells_are_counted_that_hold_something(cells: list[str]) -> None:
    """White space is no content, in whatever number of rows."""
    rows = [Row(1, ["id"]), *(Row(n, [cell, "k"]) for n, cell in enumerate(cells, start=2))]
    sheet = sheet_of(FileRows("f.csv", [Row(1, ["id", "k"]), *rows[1:]]), frozenset({"id"}))
    found = reading_of(sheet, "x", "y", {0: Used("id")})
    assert found.columns[0].cells == sum(bool(cell.strip()) for cell in cells)


def test_what_was_not_read_is_a_located_remark(read: Read) -> None:
    """A column with cells is one, an empty column none."""
    remarks = unread_of(made(read(BIDS)))
    assert [(p.message, str(p.place), p.severity) for p in remarks] == [
        (
            "the column is not read (1 cell)",
            "offers.csv (column “Shelf mark”)",
            Severity.NOTE,
        )
    ]


def test_a_column_that_may_be_misspelt_is_a_warning_with_what_is_near(read: Read) -> None:
    """Who mistypes a heading is told what it may have been."""
    [remark] = unread_of(made(read("id,name,tonness\nVCS1,A,7\n")))
    assert (remark.severity, remark.hint) == (Severity.WARNING, "did you mean `tonnes`?")


def test_rows_and_sheets_that_were_not_read_are_located() -> None:
    """Each row set aside is named at its line, each other sheet by its name; blank rows are not."""
    found = replace(
        READING,
        aside=[RowAside(9, Aside.TOTAL, "Total 14"), RowAside(10, Aside.BLANK, "")],
        sheets=[SheetSeen("A", 9, SheetState.READ), SheetSeen("B", 4, SheetState.HIDDEN)],
    )
    assert [str(p).partition("\n")[0] for p in unread_of(found)] == [
        "f.xlsx:9 (sheet A): the row is no offer and is set aside (a total): “Total 14”",
        "f.xlsx (sheet B): the sheet is not read, for it is hidden (4 rows)",
    ]


@pytest.mark.parametrize("why", Aside)
def test_every_reason_has_words(why: Aside) -> None:
    """Whatever the reason why a row is no offer, the remark about it can be made."""
    found = unread_of(replace(READING, aside=[RowAside(9, why, "text")]))
    assert len(found) == (why is not Aside.BLANK)


def test_rows_refused_are_an_error() -> None:
    """A row that could not be read at all counts in the exit status."""
    [problem] = unread_of(replace(READING, refused=2))
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("2 rows hold something")


def test_what_a_problem_tells_already_is_not_told_twice() -> None:
    """A remark at a place of which a reader has spoken is left out, an error never."""
    seen = replace(READING, refused=1, columns=[ColumnSeen("X", None, 3)])
    told = Problem("a second column", Place("f.xlsx", sheet="A", field="X"))
    whole = Problem("the list states no day", Place("f.xlsx", sheet="A"))
    assert [p.severity for p in unsaid(seen, [told, whole])] == [Severity.ERROR]


def test_the_remarks_on_a_file_are_bounded() -> None:
    """Ten thousand footnotes and two thousand columns are a thousand remarks, and all are counted."""
    rows = [RowAside(line, Aside.NOTE, "x") for line in range(2, 10_002)]
    columns = [ColumnSeen(f"c{n}", None, 1) for n in range(2_000)]
    remarks = unread_of(replace(READING, aside=rows, columns=columns))
    assert len(remarks) == 2 * (MOST_LISTED + 1)
    assert any("9,500 more rows" in p.message for p in remarks)
    assert any("1,500 more columns" in p.message for p in remarks)
