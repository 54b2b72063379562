"""The page of a balance: what it says, and that strangers' text does nothing in it."""

import re
import shutil
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from offsetcheck.api.balance import balance, balance_text
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import RequestError
from report.page_kinds import rulebook

DAY = date(2026, 9, 30)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled("samples") / "turku", tmp_path / "turku")


def made(folder):
    return balance(Request(folder, None, DAY), rulebook())


def test_a_page_has_each_term_under_each_measure(folder):
    """The table of terms has six terms, a measure as stated and one for each treatment."""
    page = balance_text(made(folder), "html")
    table = page[page.index("<table") : page.index("</table>")]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert [len(re.findall(r"<t[hd]", row)) for row in rows] == [6] * 9
    assert "112,916" in table


def test_nothing_is_left_unfilled(folder):
    """No sentence on a page or in lines has a gap in braces left."""
    for form in ("html", "text"):
        page = balance_text(made(folder), form).partition("</style>")[2 if form == "html" else 0]
        assert re.findall(r"\{\w+\}", page) == []


def test_a_strangers_text_does_nothing(folder):
    """Names of sinks, parcels' owners and notes are text, whatever they hold."""
    said = (folder / "sinks.yaml").read_text("utf-8")
    hostile = '"<script>alert(1)</script>{words}{title}"'
    (folder / "sinks.yaml").write_text(said.replace("Drained bog", hostile), "utf-8")
    page = balance_text(made(folder), "html")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{words}{title}" in page


def test_a_balance_is_no_table_of_letters(folder):
    """A format that shows no balance is refused with those that do."""
    with pytest.raises(RequestError, match="a balance is not written as `csv`"):
        balance_text(made(folder), "csv")


def test_markdown_has_each_term_sink_gate_and_offer(folder):
    """What the page says stands in Markdown too, terms in one table of a column for each measure."""
    view = made(folder)
    text = balance_text(view, "md")
    assert re.findall(r"\{\w+\}", text) == []
    rows = [line for line in text.splitlines() if line.startswith("|")]
    width = 1 + len(view.explained.terms)
    assert [row.count(" |") for row in rows[:10]] == [width] * 10
    for sink in view.explained.sinks:
        assert f"### {sink.id}" in text
    assert text.count("\n- **") == len(view.explained.gates)
    for offer in view.explained.offers:
        assert f"({offer.id}) |" in text


def test_markdown_and_cells_hold_a_strangers_text_harmless(folder):
    """A name is no heading, no link and no formula."""
    said = (folder / "sinks.yaml").read_text("utf-8")
    hostile = '"=cmd|A1 <b>[x](http://e.example) | y"'
    (folder / "sinks.yaml").write_text(said.replace("Drained bog", hostile), "utf-8")
    text = balance_text(made(folder), "md")
    assert "<b>" not in text
    assert "[x](http" not in text
    book = openpyxl.load_workbook(BytesIO(balance_text(made(folder), "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_workbook_holds_the_numbers_of_the_page(folder):
    """Each term has its lowest and highest number, each sink what counts of it, each gate its words."""
    view = made(folder)
    book = openpyxl.load_workbook(BytesIO(balance_text(view, "xlsx")))
    terms, sinks, gates, offers = (
        [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        for sheet in book.worksheets[1:5]
    )
    told = [
        (one.title, line.words, line.tonnes.low, line.tonnes.high)
        for one in view.explained.terms
        for line in one.lines
    ]
    assert [(row[0], row[2], row[3], row[4]) for row in terms if row[1]] == told
    assert [row[0] for row in sinks] == [one.id for one in view.explained.sinks]
    assert [tuple(row[6:8]) for row in sinks] == [
        (one.counted.low, one.counted.high) for one in view.explained.sinks
    ]
    assert [row[0] for row in offers] == [one.id for one in view.explained.offers]
    assert {one.title for one in view.explained.gates} >= {row[4] for row in gates if row[4]}
    assert balance_text(view, "xlsx") == balance_text(made(folder), "xlsx")
