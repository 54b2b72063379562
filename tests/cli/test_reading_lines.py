"""How a file was read, on the terminal: at most three lines, each of bounded width."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.cli.reading_lines import reading_lines
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.reading import (
    Aside,
    ColumnSeen,
    Reading,
    RowAside,
    SheetSeen,
    SheetState,
)

BIDS = Reading(
    "bids.xlsx",
    "bid_sheet",
    "a column of ids",
    14,
    header_line=4,
    sheet="Offers",
    numbers="1.234,5",
    dates="d.m.y",
    columns=[
        ColumnSeen("id", "id", 14),
        ColumnSeen("t", "tonnes", 14, 2, "kt, × 1,000"),
        ColumnSeen("Internal ref", None, 2),
        ColumnSeen("Remarks", None, 14),
        ColumnSeen("Blank", None, 0),
    ],
    aside=[
        RowAside(18, Aside.TOTAL, "Total"),
        RowAside(19, Aside.NOTE, "a"),
        RowAside(20, Aside.NOTE, "b"),
    ],
    sheets=[
        SheetSeen("Offers", 18, SheetState.READ),
        SheetSeen("Prices", 3, SheetState.HIDDEN),
        SheetSeen("Notes", 1, SheetState.NO_LIST),
    ],
    options=["--numbers 1.234,5"],
    grade=EvidenceGrade.E4,
)

texts = st.text(max_size=300)
columns = st.builds(
    ColumnSeen, texts, st.one_of(st.none(), st.just("id")), st.integers(0, 10**6), st.integers(0, 9)
)
readings = st.builds(
    Reading,
    texts,
    st.sampled_from(["bid_sheet", "verra_new"]),
    texts,
    st.integers(0, 10**6),
    header_line=st.one_of(st.none(), st.integers(1, 10**6)),
    sheet=st.one_of(st.none(), texts),
    refused=st.integers(0, 9),
    columns=st.lists(columns, max_size=20),
    aside=st.lists(st.builds(RowAside, st.integers(1, 9), st.sampled_from(Aside), texts)),
    sheets=st.lists(
        st.builds(SheetSeen, texts, st.integers(0, 9), st.sampled_from(SheetState)), max_size=20
    ),
    grade=st.one_of(st.none(), st.sampled_from(EvidenceGrade)),
)


def test_three_lines_tell_what_became_of_a_file():
    """What it was taken for; its rows and sheets; its columns, units, styles and options."""
    assert reading_lines(BIDS) == [
        "bids.xlsx: read as a bid sheet (a column of ids), sheet “Offers”, header in row 4",
        (
            "  14 offers, 2 cells not read; set aside 3 rows (1 total, 2 notes); "
            "2 sheets not read (“Prices” hidden, “Notes” no list)"
        ),
        (
            "  2 columns used, 3 not: “Remarks” (14 cells), “Internal ref” (2), 1 without a cell; "
            "converted “t” kt, × 1,000; numbers 1.234,5, days d.m.y; read with --numbers 1.234,5"
        ),
    ]


def test_a_plain_file_takes_two_lines():
    """Where nothing was left, rows and columns share a line, and one is no plural."""
    plain = Reading(
        "a.csv", "bid_sheet", "ids", 1, header_line=1, columns=[ColumnSeen("id", "id", 1)]
    )
    assert reading_lines(plain)[1:] == ["  1 offer; 1 column used"]


@pytest.mark.parametrize(
    ("grade", "words"), [(EvidenceGrade.E1, "registry's (E1)"), (EvidenceGrade.E4, "word (E4)")]
)
def test_a_registrys_list_says_whose_word_its_facts_are(grade, words):
    """The same list is a record when it is fetched, and the seller's word in a tender folder."""
    first = reading_lines(replace(BIDS, layout="verra_new", grade=grade))[0]
    assert first.endswith(f"its facts count as the {words}" if grade == 1 else f"seller's {words}")


def test_many_columns_are_named_in_part_and_counted():
    """Of two thousand columns four are named, those with most cells first."""
    many = [ColumnSeen(f"c{n}", None, n) for n in range(1, 2001)]
    assert (
        "2,000 not: “c2000” (2,000 cells), “c1999” (1,999), “c1998” (1,998), “c1997” (1,997) "
        "and 1,996 more" in reading_lines(replace(BIDS, columns=many))[2]
    )


@given(readings)
def test_no_file_takes_more_than_three_lines_of_some_width(reading):
    """However odd the names in a file are, its account stays short and breaks no line."""
    lines = reading_lines(reading)
    assert 2 <= len(lines) <= 3
    assert all(len(line) < 600 and len(line.splitlines()) == 1 for line in lines)


@given(readings)
def test_the_lines_count_every_column(reading):
    """Used and unused columns together are all columns."""
    assert len(reading.used) + len(reading.unused) == len(reading.columns)
    joined = " ".join(reading_lines(reading))
    assert f"{len(reading.used)} column" in joined
    assert not reading.unused or f", {len(reading.unused)} not: " in joined
