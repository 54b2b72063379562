"""Lots: what they offer together, days outside the vintage, and numbers that are a slip."""

import pytest

from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.intake.tender.lots import overdrawn, with_lots
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.table import CandidateTable


@pytest.fixture
def read_lots(own_dictionary):
    """Read a bid sheet and look at its lots."""

    def read(bids: str) -> CandidateTable:
        return with_lots(
            offers_of_bytes(bids.encode(), "offers.csv", own_dictionary), own_dictionary
        )

    return read


def others(table: CandidateTable) -> list[object]:
    return [table.fact("other_lots_tonnes", row).value for row in range(len(table))]


def test_each_lot_knows_what_the_others_offer(read_lots) -> None:
    """Of its own project, however the id is written; another project counts for nothing."""
    rows = "VCS1,2020,40\nVCS-1,2021,30\nGS1,2021,5\nVCS1,2022,\n"
    assert others(read_lots(f"id,vintage,tonnes\n{rows}")) == [30.0, 40.0, 0.0, 70.0]


def test_a_list_without_tonnes_has_no_other_lots(read_lots) -> None:
    """A registry's row offers nothing by itself."""
    assert others(read_lots("id,country\nVCS1,Kenya\nVCS2,Kenya\n")) == [0.0, 0.0]


def test_a_lot_beyond_its_ledger_is_told_at_each_row(read_lots) -> None:
    """Two lots together, one lot alone, and more than the project ever issued."""
    table = read_lots(
        "id,vintage,tonnes,remaining,issued\n"
        "VCS1,2020,40,60,100\nVCS1,2021,30,60,100\nVCS2,2021,61,60,100\nVCS3,2021,101,,100\n"
        "VCS4,2021,60,60,100\n"
    )
    assert [(problem.place.line, problem.message) for problem in overdrawn(table)] == [
        (line, f"{offer} is offered with {says}")
        for line, offer, says in [
            (2, "VCS1", "70 t in 2 lots, but the registry's ledger has 60 t left; a person says which counts"),
            (3, "VCS1", "70 t in 2 lots, but the registry's ledger has 60 t left; a person says which counts"),
            (4, "VCS2", "61 t, but the registry's ledger has 60 t left; it cannot be bought as offered"),
            (5, "VCS3", "101 t, but the project was never issued more than 100 t; it cannot be bought as offered"),
        ]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "issued"),
    [
        ("2019-01-01", "2019-12-31", "2022-03-01"),
        ("2022-01-01", "2022-12-31", "2023-03-01"),
        ("2022-01-01", "", ""),
        ("", "2020-12-31", ""),
        ("", "", "2020-06-30"),
    ],
)
def test_a_lot_whose_days_lie_outside_its_vintage_contradicts_itself(
    read_lots, start: str, end: str, issued: str
) -> None:
    """Both stay in sight, the vintage counts as unknown, and its cell is named."""
    header = "id,vintage,vintage_start,vintage_end,issuance_date,tonnes"
    table = read_lots(f"{header}\nVCS1,2021,{start},{end},{issued},5\n")
    fact = table.fact("vintage", 0)
    assert (fact.value, fact.cause) == (None, Cause.SOURCES_CONTRADICT)
    assert 2021 in [other.value for other in fact.others]
    [problem] = table.problems
    assert str(problem.place) == "offers.csv:2 (column “vintage”)"
    assert "the vintage counts as unknown" in problem.message


@pytest.mark.parametrize(
    ("start", "end", "issued"),
    [
        ("2021-01-01", "2021-12-31", "2022-03-01"),
        ("2020-07-01", "2021-06-30", "2021-12-01"),
        ("2021-07-01", "2022-06-30", ""),
        ("", "", ""),
    ],
)
def test_days_that_reach_into_the_vintage_fit_it(read_lots, start, end, issued) -> None:
    """A monitoring period may begin before its year or end after it."""
    header = "id,vintage,vintage_start,vintage_end,issuance_date,tonnes"
    table = read_lots(f"{header}\nVCS1,2021,{start},{end},{issued},5\n")
    assert (table.fact("vintage", 0).value, list(table.problems)) == (2021, [])


@pytest.mark.parametrize("field", ["tonnes", "price"])
@pytest.mark.parametrize("written", ["0", "-5", "1e15", "0.0"])
def test_a_number_that_is_a_slip_is_told_and_not_counted(
    read_lots, field: str, written: str
) -> None:
    """No lot has no tonnes and no price is nothing: the cell says what it counts as."""
    table = read_lots(f"id,{field}\nVCS1,{written}\n")
    assert table.fact(field, 0).value is None
    [problem] = table.problems
    assert (problem.place.line, problem.place.field) == (2, field)
    assert problem.hint == "until it is corrected it counts as not stated"
