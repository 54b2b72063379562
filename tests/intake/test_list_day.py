"""The day of a registry's list: where it is found, what it moves, and who is asked for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.asked import Asked
from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.registry.files import ListFile, list_file
from offsetcheck.vocabulary.problem import Severity, UnreadableError
from offsetcheck.vocabulary.table import CandidateTable

COLUMNS = "category,country,is_compliance,issued,listed_at,name,project_id,project_type,proponent,protocol,registry,retired,status"
CELLS = 'forest,Kenya,False,100,,Invented Forest of Kenya,VCS1,REDD,Nobody,"[""vm0047""]",verra,40,withdrawn'
LIST = f"{COLUMNS}\n{CELLS}\n"

ReadList = Callable[..., CandidateTable]


@pytest.fixture
def read_list(tmp_path: Path, own_dictionary) -> ReadList:
    """Write a list under a name and read it, with the day that an officer states."""

    def read(text: str = LIST, name: str = "list.csv", day: date | None = None) -> CandidateTable:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_offers(tmp_path / name, own_dictionary, Asked(day=day))

    return read


def days(table: CandidateTable) -> set[date | None]:
    """Return the days of the facts that move."""
    return {table.fact(name, 0).as_of for name in ("registry_status", "issued", "remaining")}


def test_what_moves_has_the_lists_day_and_nothing_else(read_list: ReadList) -> None:
    """A status and a ledger count from that day on; name, place and type on every day."""
    table = read_list(name="list-2025-12.csv")
    assert days(table) == {date(2025, 12, 31)}
    still = ("id", "name", "programme", "country", "methodology", "registry_snapshot")
    assert {table.fact(name, 0).as_of for name in still} == {None}
    assert table.fact("registry_snapshot", 0).value == date(2025, 12, 31)
    assert not table.problems


def test_a_column_states_the_day(read_list: ReadList) -> None:
    """Of several days the latest counts, so that nothing counts before it was known."""
    rows = f"{COLUMNS},As of\n{CELLS},2025-11-30\n{CELLS.replace('VCS1', 'VCS2')},2025-12-02\n"
    assert days(read_list(rows)) == {date(2025, 12, 2)}


def test_a_row_above_the_header_states_the_day(read_list: ReadList) -> None:
    """What stands above says what the list is; two days there say nothing."""
    assert days(read_list(f"Registry export of 2026-03-04\n{LIST}")) == {date(2026, 3, 4)}
    assert days(read_list(f"Issued from 2024-01-01 to 2026-03-04\n{LIST}")) == {None}


def test_a_list_without_a_day_is_asked_for_one(read_list: ReadList) -> None:
    """It counts on every day meanwhile, and the warning shows what to write."""
    table = read_list()
    assert days(table) == {None}
    [problem] = table.problems
    assert problem.severity is Severity.WARNING
    assert "`list.csv@2026-08-14`" in str(problem.hint)


def test_an_officers_day_counts_before_the_lists_own(read_list: ReadList) -> None:
    """Where the two differ that is said."""
    table = read_list(name="list-2025-12-31.csv", day=date(2026, 1, 5))
    assert days(table) == {date(2026, 1, 5)}
    [problem] = table.problems
    assert "stated as 2026-01-05, but the list itself says 2025-12-31" in problem.message
    same = read_list(name="list-2025-12-31.csv", day=date(2025, 12, 31))
    assert not same.problems


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("list.csv@2026-08-14", date(2026, 8, 14)),
        ("list.csv@14.8.2026", date(2026, 8, 14)),
        ("list.csv@2026-02", date(2026, 2, 28)),
        ("list.csv", None),
    ],
)
def test_a_file_is_named_with_its_day(tmp_path: Path, written: str, day: date | None) -> None:
    """The day is a day as every file may write it, or a month, whose last day it is."""
    (tmp_path / "list.csv").touch()
    assert list_file(tmp_path / written) == ListFile(tmp_path / "list.csv", day)


def test_a_name_with_the_sign_stays_a_name(tmp_path: Path) -> None:
    """What is there under the whole name is read, and its own day may follow a second sign."""
    for name in ("a@b.csv", "list.csv", "list.csv@2026-08-14"):
        (tmp_path / name).touch()
    assert list_file(tmp_path / "a@b.csv") == ListFile(tmp_path / "a@b.csv")
    stated = list_file(tmp_path / "a@b.csv@2026-08-14")
    assert stated == ListFile(tmp_path / "a@b.csv", date(2026, 8, 14))
    whole = tmp_path / "list.csv@2026-08-14"
    assert list_file(whole) == ListFile(whole)
    nothing = tmp_path / "no@such.csv"
    assert list_file(nothing) == ListFile(nothing)


@pytest.mark.parametrize("words", ["2026-02-30", "soon", "2026-13", "", "2026", "03-04-2026"])
def test_what_is_no_day_after_the_sign_is_refused(tmp_path: Path, words: str) -> None:
    """A mistyped day is never read as a part of the name."""
    (tmp_path / "list.csv").touch()
    with pytest.raises(UnreadableError):
        list_file(tmp_path / f"list.csv@{words}")


def test_a_folder_has_no_day(tmp_path: Path) -> None:
    """A tender is no list: what it states has days of its own."""
    (tmp_path / "tender").mkdir()
    with pytest.raises(UnreadableError, match="a day of a folder"):
        list_file(tmp_path / "tender@2026-08-14")
