"""Which comes first in 3/4/2020: what the other cells of its column prove."""

from datetime import date
from types import SimpleNamespace

import pytest

from offsetcheck.intake.asked import NOTHING_ASKED
from offsetcheck.intake.columns.styles import styles_of
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.dates import DateStyle, read_date
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import UnreadableError


def _decided(cells, dictionary, usual=None):
    """Return which comes first in a sheet of one column of days."""
    sheet = Sheet("a.csv", ["start"], [cells], list(range(2, len(cells) + 2)))
    found = styles_of(sheet, {0: dictionary.candidate["start_date"]}, NOTHING_ASKED, usual)
    return SimpleNamespace(style=found.styles.date, why=found.dates)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["3/4/2020", "13/4/2020"], DateStyle.DAY_FIRST),
        (["3/4/2020", "4/13/2020"], DateStyle.MONTH_FIRST),
        (["13/4/2020", "4/13/2020"], DateStyle.UNKNOWN),
        (["3/4/2020", "12/12/2020"], DateStyle.UNKNOWN),
        (["3-4-2020", "31-4-2020"], DateStyle.DAY_FIRST),
        ([" 13/4/2020 10:30", "x"], DateStyle.DAY_FIRST),
        (["2020-04-13", "13.4.2020", "13 April 2020"], DateStyle.UNKNOWN),
        ([""], DateStyle.UNKNOWN),
    ],
)
def test_a_number_above_twelve_decides_for_its_file(cells, style, dictionary):
    """One cell that can be read in one way alone tells the others; two that differ tell nothing."""
    assert _decided(cells, dictionary).style == style


def test_what_cells_prove_goes_before_what_the_layout_says(dictionary):
    """A list that was saved anew in another country is read as it is written now."""
    usual = Styles(date=DateStyle.MONTH_FIRST)
    assert _decided(["3/4/2020"], dictionary, usual).style is DateStyle.MONTH_FIRST
    assert _decided(["13/4/2020", "3/4/2020"], dictionary, usual).style is DateStyle.DAY_FIRST


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("3/4/2020", DateStyle.DAY_FIRST, date(2020, 4, 3)),
        ("3/4/2020", DateStyle.MONTH_FIRST, date(2020, 3, 4)),
        ("12/3/2020", DateStyle.DAY_FIRST, date(2020, 3, 12)),
        ("13/3/2020", DateStyle.UNKNOWN, date(2020, 3, 13)),
        ("3/13/2020", DateStyle.UNKNOWN, date(2020, 3, 13)),
        ("4/4/2020", DateStyle.UNKNOWN, date(2020, 4, 4)),
    ],
)
def test_a_day_is_read_in_the_style_of_its_column(text, style, day):
    """Day and month change places with the style, and only where it is in doubt."""
    assert read_date(text, style) == day


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("12/11/2020", DateStyle.UNKNOWN),
        ("3/13/2020", DateStyle.DAY_FIRST),
        ("13/3/2020", DateStyle.MONTH_FIRST),
    ],
)
def test_a_cell_against_its_column_is_refused(text, style):
    """Two possible days, and a month above twelve, are no day: nothing is turned round silently."""
    with pytest.raises(UnreadableError):
        read_date(text, style)


def test_a_bid_sheet_is_read_by_its_own_cells(read):
    """One start date above twelve turns every date of its column; without one the cell is refused."""
    rows = "id,name,start_date\nVCS1,a,3/4/2020\nVCS2,b,{}/4/2020\n"
    told = read(rows.format(13))
    assert told.columns["start_date"].values == [date(2020, 4, 3), date(2020, 4, 13)]
    doubted = read(rows.format(12))
    assert doubted.columns["start_date"].values == [None, None]
    assert any("two days" in problem.message for problem in doubted.problems)


@pytest.mark.parametrize("text", ["2/7/14", "12/25/21", "31.12.20", "5-1-09", "9/16/20 4:16 PM"])
def test_a_year_of_two_digits_is_refused_for_what_it_is(text: str) -> None:
    """Which of three numbers is the year is not told; all cells of a column say so as one."""
    with pytest.raises(UnreadableError) as refused:
        read_date(text, DateStyle.MONTH_FIRST)
    assert "year of two digits" in refused.value.reason
    assert refused.value.kind == "years stand in two digits"
