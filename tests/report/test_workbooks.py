"""Results as a workbook: a person filters, sorts and sums in it, and nothing of it runs."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.report.render import render
from offsetcheck.report.table_format import write_tables
from offsetcheck.report.tables_told import Told
from offsetcheck.report.workbooks import book
from offsetcheck.report.workbooks.book import Column, Cover, Kind, Table, write_book
from world import AS_OF, made_setting, offer, offers, result_explained

COVER = Cover("About", "A title", [("What", "a list"), ("Rows", 3)], "Sheet", "Rows")
TOLD = Told("A title", (("What", "a list"),), AS_OF, "en", "About", "Sheet", "Rows")
WORDS = made_setting().wording.words


def opened(content):
    return openpyxl.load_workbook(BytesIO(content))


def result(candidates=None):
    return render(result_explained(candidates), "xlsx", WORDS)


def one_sheet(columns, rows):
    made = write_book(COVER, [Table("T", columns, len(rows), rows)], AS_OF, "en")
    return opened(made)["T"]


def test_each_table_of_a_result_is_a_sheet_with_its_rows():
    """Offers, findings, what is missing, values, problems and columns stand behind the first sheet."""
    whole = result_explained()
    read = opened(result())
    assert read.sheetnames == [
        "About", "Offers", "Findings", "Missing", "Values", "Problems", "Columns",
    ]  # fmt: skip
    assert read["Offers"].max_row == 1 + len(whole.offers)
    findings = len(whole.tender.purchase.findings)
    findings += sum(len(one.explained.findings) for one in whole.offers)
    assert read["Findings"].max_row == 1 + findings
    asked = sum(len(one.explained.questions) for one in whole.offers)
    assert read["Missing"].max_row == 1 + asked
    ids = [cell.value for cell in read["Offers"]["A"][1:]]
    assert ids == [line.id for line in whole.tender.offers]


def test_the_first_sheet_says_what_when_and_by_which_rules():
    """City, day, verdict of the purchase and the three hashes stand on the first sheet."""
    audit = result_explained().audit
    said = {row[0].value: row[1].value for row in opened(result())["About"].iter_rows()}
    assert audit.rulebook_hash in said.values()
    assert audit.input_hash in said.values()
    assert audit.result_hash in said.values()
    assert said[WORDS["report.as_of"]] == "30 September 2026"
    assert said["Offers"] == len(offers())


def test_sheets_can_be_filtered_and_their_headings_stay():
    """Each table has a filter over all its columns and rows, and its heading does not scroll away."""
    for sheet in opened(result()).worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        last = openpyxl.utils.get_column_letter(sheet.max_column)
        assert sheet.auto_filter.ref.startswith("A1:" + last)
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[c.column_letter].width > 5 for c in sheet[1])


def test_numbers_days_and_shares_are_what_they_are():
    """A sum can be taken of numbers, a day sorts as a day, a share shows as a percentage."""
    columns = [Column(kind.value, kind) for kind in Kind]
    row = ["01", "a", 1200, 0.5, 9.5, 0.014, 3.25, 0.5, 2024, date(2026, 9, 30)]
    (_, cells) = one_sheet(columns, [row]).iter_rows()
    values = [cell.value for cell in cells]
    assert values == [*row[:-1], datetime(2026, 9, 30)]
    formats = [cell.number_format for cell in cells]
    assert formats[4] == "#,##0.00"
    assert formats[5] == "General"
    assert formats[7] == "0 %"
    assert formats[8] == "0"
    assert formats[9] == "yyyy-mm-dd"


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "{=1}", "\t=1",
           "mailto:a@b", "0012", "1e5", "TRUE", "#REF!", "\x00\x07=2", "\u202egnp", "a" * 40_000,
           "\ud800", "_x0041_", "'=1"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_a_formula_or_a_link(text):
    """Whatever a stranger wrote stands in the workbook as a text, and opens nothing."""
    sheet = one_sheet([Column("x"), Column(text)], [[text, text]])
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    made = result({"a": offer(name=text, seller=text)})
    with zipfile.ZipFile(BytesIO(made)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in sheets)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_text_is_read_as_it_was_written(text):
    """A text of any signs comes out of the workbook as it went in, but for marks that turn it."""
    sheet = one_sheet([Column("a"), Column("b")], [["-", text]])
    assert (sheet["B2"].value or "") == book.shorten_and_escape(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, ""])
def test_what_is_no_value_is_an_empty_cell(value):
    """A number that is none leaves its cell empty; the workbook opens."""
    assert one_sheet([Column("a"), Column("b", Kind.NUMBER)], [["-", value]])["B2"].value is None


def test_a_day_that_no_spreadsheet_knows_is_a_text():
    """A day before 1900 stands as text."""
    assert one_sheet([Column("a", Kind.DAY)], [[date(1899, 1, 1)]])["A2"].value == "1899-01-01"


def test_a_table_longer_than_a_sheet_goes_on_in_a_further_one(monkeypatch):
    """No row is lost where a sheet is full, and the first sheet counts the rows of each."""
    monkeypatch.setattr(book, "MOST_ROWS", 4)
    rows = [[f"r{n}"] for n in range(7)]
    read = opened(write_book(COVER, [Table("T", [Column("a")], 7, iter(rows))], AS_OF, "en"))
    assert read.sheetnames == ["About", "T", "T 2", "T 3"]
    found = [row[0].value for name in read.sheetnames[1:] for row in read[name].iter_rows(2)]
    assert found == [row[0] for row in rows]
    counted = {row[0].value: row[1].value for row in read["About"].iter_rows()}
    assert (counted["T"], counted["T 2"], counted["T 3"]) == (3, 3, 1)


def test_tables_of_a_batch_are_sheets_of_one_workbook(tmp_path):
    """Each table by its name, its columns by theirs; numbers, days and listed words as they are."""
    frame = pl.DataFrame(
        {
            "id": ["=a", "b"],
            "vintage": [2020, None],
            "price": [9.5, None],
            "on": [date(2026, 1, 2), None],
            "verdict": pl.Series(["x", "y"], dtype=pl.Enum(["x", "y"])),
        }
    )
    empty = frame.clear()
    assert write_tables({"one": frame, "two": empty}, tmp_path, "xlsx", TOLD) == ["results.xlsx"]
    read = openpyxl.load_workbook(tmp_path / "results.xlsx")
    assert read.sheetnames == ["About", "one", "two"]
    assert [cell.value for cell in read["one"][2]] == ["=a", 2020, 9.5, datetime(2026, 1, 2), "x"]
    assert [cell.value for cell in read["two"][1]] == frame.columns
    assert read["two"].max_row == 1


def test_the_same_result_is_the_same_bytes():
    """No clock and no chance is in a workbook; it is of the day of assessment."""
    assert result() == result()
    properties = opened(result()).properties
    assert properties.created.date() == AS_OF


def test_an_empty_tender_is_a_workbook():
    """Where there is no offer the sheets have their headings and the workbook opens."""
    read = opened(result({}))
    assert read["Offers"].max_row == 1
