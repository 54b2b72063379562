from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.rulebook.tables.model import Edition, read_rows
from offsetcheck.vocabulary.problem import Place


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("a,a\n1,2\n", 1, "each column needs a name of its own"),
        ("a,\n1,2\n", 1, "each column needs a name of its own"),
        ("a,b\n1,2\n3\n", 3, "the row has 1 cells, the header 2"),
        ('a,b\n"1\n2",3\n4\n', 4, "the row has 1 cells, the header 2"),
        ("a,known_from\n1,2021-02-30\n", 2, "`2021-02-30` in column `known_from` is not a date"),
        ("a,until\n1,20210201\n", 2, "`20210201` in column `until` is not a date"),
        ("a,grade\n1,E7\n", 2, "`E7` in column `grade` is not an evidence grade"),
    ],
)
def test_mistakes_of_a_table_are_located(text, line, message):
    """What is wrong in a csv file is said with its line, and the other rows are read."""
    (problem,) = read_rows(text, "new.csv").problems
    assert (problem.place, problem.message) == (Place("new.csv", line, 1), message)


def test_cells_are_trimmed_and_normalised():
    """Spaces around a cell go, a byte order mark goes, texts are NFC, blank lines are skipped."""
    file = read_rows("\ufeffa, b\n x ,A\u030a\n\n")
    assert file.columns == ("a", "b")
    assert [dict(row.cells) for row in file.rows] == [{"a": "x", "b": "Å"}]


@pytest.mark.parametrize(
    ("day", "known"),
    [("2023-01-01", False), ("2023-01-02", True), ("2024-01-31", True), ("2024-02-01", False)],
)
def test_rows_count_from_and_until_their_days(day, known):
    """A row counts from `known_from` to `until`, both days included."""
    row = read_rows("a,known_from,until\n1,2023-01-02,2024-01-31\n").rows[0]
    assert row.known_on(date.fromisoformat(day)) is known


def test_an_edition_ages_from_its_publication():
    """An edition is stale the day after its days are over; without days it never is."""
    edition = Edition(file="a.csv", published="2025-01-01", valid_from="2025-01-01", stale_after=10)
    assert not edition.is_stale(date(2025, 1, 11))
    assert edition.is_stale(date(2025, 1, 12))
    ageless = Edition(file="a.csv", published="2025-01-01", valid_from="2025-01-01")
    assert not ageless.is_stale(date(2999, 1, 1))


@settings(deadline=None)
@given(st.text(alphabet='ab,"\n\r;é\x00', max_size=60))
def test_no_text_raises(text):
    """Whatever the text, rows have one cell per column."""
    file = read_rows(text)
    assert all(set(row.cells) == set(file.columns) for row in file.rows)
