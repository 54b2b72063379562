"""One reading of numbers and days for a whole file, by what it proves, or by what a person says."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from offsetcheck.intake.asked import NOTHING_ASKED, Asked, dates_asked, numbers_asked
from offsetcheck.intake.columns.styles import styles_of
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.problem import Severity, UnreadableError
from offsetcheck.vocabulary.reading import Aside, RowAside

COMMA, DOT = NumberStyle.COMMA, NumberStyle.DOT


@pytest.fixture
def offers(own_dictionary):
    """Return a function that reads a text as offers."""

    def read(text, asked=NOTHING_ASKED, name="offers.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        return offers_of_bytes(data, name, own_dictionary, asked)

    return read


def values(table, name):
    return list(table.columns[name].values)


def errors(table):
    return [problem for problem in table.problems if problem.severity is Severity.ERROR]


def decided(own_dictionary, columns, aside=(), usual=None, styles=None):
    """Return how a sheet of some columns writes numbers, by field."""
    rows = len(next(iter(columns.values())))
    sheet = Sheet(
        "a.csv", list(columns), list(columns.values()), list(range(2, rows + 2)),
        aside=aside, styles=styles or Styles(),
    )  # fmt: skip
    known = own_dictionary.candidate
    fields = {at: known[name] for at, name in enumerate(columns) if name in known}
    return styles_of(sheet, fields, NOTHING_ASKED, usual)


def test_a_cell_of_one_column_tells_all_columns(offers):
    """The account quotes the cell that decided, with its column and line."""
    table = offers("id;tonnes;price\nVCS1;1.234;12,5\nVCS2;2.345;1.250\n")
    assert values(table, "tonnes") == [1234, 2345]
    assert values(table, "price") == [12.5, 1250]
    assert table.reading.numbers == "1.234,5, by “12,5” in column “price”, line 2"
    assert not errors(table)


def test_a_layout_is_no_proof(offers):
    """A registry's list that was saved anew with decimal commas gives the same values."""
    headers = (
        "ID;Name;Proponent;Project Type;AFOLU Activities;Methodology;Status;Country/Area;"
        "Estimated Annual Emission Reductions;Region;Project Registration Date;"
        "Crediting Period Start Date;Crediting Period End Date"
    )
    row = ";;;;;;Registered;Kenya;{};Africa;;;\n"
    text = headers + "\n" + "902" + row.format("7.984.006,0") + "903" + row.format("1.234")
    table = offers(text)
    assert table.layout != "bid_sheet"
    assert values(table, "estimated_annual") == [7984006, 1234]


def test_semicolons_take_back_what_a_layout_says(own_dictionary):
    """Who saved a list anew with semicolons may have turned its commas; with commas nobody has."""
    columns = {"issued": ["1,234"]}
    for separator, style in ((";", NumberStyle.UNKNOWN), (",", DOT), (None, DOT)):
        found = decided(
            own_dictionary, columns, usual=Styles(DOT), styles=Styles(separator=separator)
        )
        assert found.styles.number is style


def test_cells_that_contradict_each_other_leave_each_column_open(offers):
    """Both cells are quoted at each column whose numbers may be two; the sure cells are read."""
    table = offers("id;tonnes;price\nVCS1;1.234;12,5\nVCS2;500;12.5\n")
    assert values(table, "price") == [12.5, 12.5]
    assert values(table, "tonnes") == [None, 500]
    messages = [problem.message for problem in errors(table)]
    assert any("“12,5”" in m and "“12.5”" in m and "writes both" in m for m in messages)
    assert any("can be read as two numbers" in m for m in messages)


def test_a_decimal_comma_between_commas_is_no_proof_against_groups(offers):
    """One cell does not turn a thousand others into decimals where commas part the cells."""
    table = offers('id,tonnes,price\nVCS1,"1,234","12,5"\n')
    assert values(table, "tonnes") == [None]
    assert values(table, "price") == [12.5]
    assert errors(table)


def test_a_total_tells(own_dictionary):
    """500 and 1.500 are 2.000 only where the dot groups; 1.000 and 2.000 are 3.000 either way."""
    total = [RowAside(9, Aside.TOTAL, "TOTAL | 2.000")]
    found = decided(own_dictionary, {"tonnes": ["500", "1.500"]}, total)
    assert found.styles.number is COMMA
    assert found.numbers == "1.234,5, in which “tonnes” adds up to the total in line 9"
    total = [RowAside(9, Aside.TOTAL, "TOTAL | 3.000")]
    found = decided(own_dictionary, {"tonnes": ["1.000", "2.000"]}, total)
    assert found.styles.number is NumberStyle.UNKNOWN


def test_tonnes_times_price_tell(own_dictionary):
    """A third column that is the product of two in one style alone decides."""
    columns = {"tonnes": ["1.500", "200"], "price": ["12", "15"], "worth": ["18.000", "3.000"]}
    assert decided(own_dictionary, columns).styles.number is COMMA
    columns["worth"] = ["18.001", "3.000"]
    assert decided(own_dictionary, columns).styles.number is NumberStyle.UNKNOWN


def test_a_period_that_would_end_first_tells_the_order_of_days(own_dictionary):
    """No crediting period ends before it begins."""
    columns = {"crediting_start": ["03/04/2020"], "crediting_end": ["02/05/2020"]}
    found = decided(own_dictionary, columns)
    assert found.styles.date is DateStyle.DAY_FIRST
    assert "“crediting_end” would come too early in line 2" in found.dates


def test_what_stays_open_is_one_problem_with_both_readings_and_the_option(offers):
    """Of a column, with the first cell, however many there are."""
    [problem] = errors(offers("id;tonnes;start_date\nVCS1;1.234;\nVCS2;2.345;\n"))
    assert "“1.234” can be read as two numbers" in problem.message
    for said in ("1234", "1.2340", "--numbers 1.234,5", "--numbers 1,234.5"):
        assert said in problem.hint
    [problem] = errors(offers("id;tonnes;start_date\nVCS1;5;3/4/2020\n"))
    for said in ("2020-03-04", "2020-04-03", "--dates d/m/y", "--dates m/d/y"):
        assert said in problem.hint


def test_a_person_says_how_numbers_and_days_are_written(offers):
    """And the account keeps the options that read the file so again."""
    text = "id;tonnes;start_date\nVCS1;1.234;3/4/2020\n"
    table = offers(text, Asked(numbers=COMMA, dates=DateStyle.DAY_FIRST))
    assert (values(table, "tonnes"), values(table, "start_date")) == ([1234], [date(2020, 4, 3)])
    assert table.reading.options == ("--numbers 1.234,5", "--dates d/m/y")
    table = offers(text, Asked(numbers=DOT, dates=DateStyle.MONTH_FIRST))
    assert (values(table, "tonnes"), values(table, "start_date")) == ([1.234], [date(2020, 3, 4)])


def test_a_cell_against_what_a_person_says_is_refused_and_not_turned(offers):
    """With what to write, at its place; the other cells are read as they say."""
    asked = Asked(numbers=COMMA, dates=DateStyle.MONTH_FIRST)
    table = offers("id;tonnes;start_date\nVCS1;1.234;3/4/2020\nVCS2;12.5;13/4/2020\n", asked)
    assert values(table, "tonnes") == [1234, None]
    assert values(table, "start_date") == [date(2020, 3, 4), None]
    assert [(p.place.line, p.hint) for p in errors(table)] == [
        (3, "if it is 12.5, write 12.5"),
        (3, "write 2020-04-13"),
    ]


@pytest.mark.parametrize(
    ("sample", "style"),
    [("1.234,5", COMMA), ("1,234.5", DOT), ("0,5", COMMA), ("1 000,5", COMMA), ("12.50", DOT)],
)
def test_a_sample_number_tells_a_style(sample, style):
    """In a person's own form."""
    assert numbers_asked(sample) is style


@pytest.mark.parametrize("sample", ["1.234", "1,234", "1234", "comma", "", "1.2.3"])
def test_a_sample_that_tells_nothing_is_refused_with_examples(sample):
    """A number of two readings is no sample."""
    with pytest.raises(UnreadableError) as refused:
        numbers_asked(sample)
    assert refused.value.hint == "write 1.234,5 or 1,234.5"


@pytest.mark.parametrize(
    ("sample", "style"),
    [
        ("d.m.y", DateStyle.DAY_FIRST), ("m/d/y", DateStyle.MONTH_FIRST),
        ("DD/MM/YYYY", DateStyle.DAY_FIRST), ("mm/dd/yyyy", DateStyle.MONTH_FIRST),
        ("31/12/2026", DateStyle.DAY_FIRST), ("12/31/2026", DateStyle.MONTH_FIRST),
        ("TT.MM.JJJJ", DateStyle.DAY_FIRST), ("d-m-y", DateStyle.DAY_FIRST),
    ],
)  # fmt: skip
def test_a_sample_day_tells_an_order(sample, style):
    """As letters, or as a day that has one reading."""
    assert dates_asked(sample) is style


@pytest.mark.parametrize("sample", ["y-m-d", "3/4/2026", "day", "", "m.d.y", "32/12/2026", "dmy/"])
def test_a_day_that_tells_nothing_is_refused_with_examples(sample):
    """ISO days need no option, and dots are read day first."""
    with pytest.raises(UnreadableError) as refused:
        dates_asked(sample)
    assert "d/m/y" in refused.value.hint


def test_a_typed_number_says_nothing_of_how_texts_are_written(offers):
    """A workbook's 12.5 is a number and no text with a point; beside it, 1.234,50 is one in German."""
    book = openpyxl.Workbook()
    for row in (["id", "tonnes", "price"], ["VCS1", "1.234", 12.5], ["VCS2", "2.000,50", 9.25]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    table = offers(held.getvalue(), name="offers.xlsx")
    assert values(table, "tonnes") == [1234, 2000.5]
    assert values(table, "price") == [12.5, 9.25]
    assert not errors(table)


def test_a_typed_number_of_parquet_is_never_taken_for_a_text(offers):
    """A float of 1.234 beside a text in German stays what it is, and a text alone is refused."""
    held = io.BytesIO()
    columns = {"id": ["VCS1", "VCS2"], "tonnes": [1.234, 2000.5], "price": ["1.234", "12,5"]}
    pl.DataFrame(columns).write_parquet(held)
    table = offers(held.getvalue(), name="offers.parquet")
    assert values(table, "tonnes") == [1.234, 2000.5]
    assert values(table, "price") == [1234, 12.5]
    held = io.BytesIO()
    pl.DataFrame({**columns, "price": ["1.234", "12"]}).write_parquet(held)
    assert values(offers(held.getvalue(), name="offers.parquet"), "price") == [None, 12]


def test_a_list_that_proves_another_style_than_was_asked_is_read_by_its_proof(own_dictionary):
    """The option is for files that do not tell; a registry's list that tells is read as it is."""
    sheet = Sheet("verra.csv", ["issued"], [["1,234", "1,935,095"]], [2, 3])
    fields = {0: own_dictionary.candidate["issued"]}
    found = styles_of(sheet, fields, Asked(numbers=COMMA), Styles(DOT))
    assert found.styles.number is DOT
    [problem] = found.problems
    assert problem.severity is Severity.WARNING
    assert "“1,935,095” in column “issued”, line 3" in problem.message
