"""The section that says how each file was read, in each form of a report."""

import json
import re

import pytest

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.explain.readings import SHOWN
from offsetcheck.report.index import explain_batch
from offsetcheck.report.render import render
from offsetcheck.report.result_tables import result_tables
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
from world import bound, made_setting, offers, purchase, table, tender_explained

READING = Reading(
    "bids.xlsx",
    "bid_sheet",
    "a column of ids",
    14,
    header_line=4,
    sheet="Offers",
    refused=1,
    numbers="1.234,5",
    columns=[
        ColumnSeen("vintage", "vintage", 14, 3),
        ColumnSeen("tonnes", "tonnes", 14, 0, "kt, × 1,000"),
        ColumnSeen("paper", "tonnes.document", 2),
        ColumnSeen("<b>Remarks</b>", None, 9, hint="did you mean `renewal`?"),
    ],
    aside=[RowAside(18, Aside.TOTAL, "Total 14"), RowAside(19, Aside.NOTE, "excl. VAT")],
    sheets=[
        SheetSeen("Offers", 18, SheetState.READ),
        SheetSeen("Prices", 3, SheetState.HIDDEN),
    ],
    options=["--numbers 1.234,5"],
    grade=EvidenceGrade.E4,
)
REGISTRY = Reading("verra.csv", "verra_new", "headings", 2, grade=EvidenceGrade.E1)
FACTS = ("bids.xlsx", "Offers", "14", "1.234,5", "--numbers", "Prices", "Remarks", "verra.csv")


def tender(form, readings=(READING, REGISTRY)):
    words = made_setting().wording.words
    return render(tender_explained(readings=readings), form, words)


def judged():
    listed = table(list(offers().values()))
    return assess_table(listed, bound(), purchase()), listed


def index(**more):
    result, listed = judged()
    made = explain_batch(result, listed, made_setting(), links={}, file="v.csv", **more)
    return render(made, "html", made_setting().wording.words)


@pytest.mark.parametrize("form", ["html", "md", "text", "json"])
def test_each_form_says_how_the_files_were_read(form):
    """No fact is missing in any form, and no text of a stranger is markup."""
    text = tender(form)
    assert [fact for fact in FACTS if fact not in text] == []
    assert form in ("json", "text") or "<b>Remarks" not in text


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_names_rows_set_aside_fields_and_units(form):
    """The rows with their lines, the field of each column, and what a unit did."""
    text = tender(form)
    assert all(said in text for said in ("Total 14", "excl. VAT", "kt, × 1,000", "document"))


def test_the_index_of_a_long_list_has_the_same_section():
    """What the page of a tender says of files, that of a long list says too."""
    text = index(readings=(READING, REGISTRY))
    assert "How the files were read" in text
    assert [fact for fact in FACTS if fact not in text] == []


def test_tables_of_the_section_name_their_rows_and_columns():
    """Each table has a caption, and each cell stands under a heading and beside one."""
    text = tender("html")
    section = text[text.index("How the files were read") : text.index("Problems and remarks")]
    tables = re.findall(r"<table.*?</table>", section, re.DOTALL)
    assert len(tables) == 4
    for one in tables:
        assert "<caption" in one
        rows = re.findall(r"<tr>.*?</tr>", one)
        assert all('<th scope="col"' in row or '<th scope="row"' in row for row in rows)
        assert len({row.count("<td") + row.count("<th") for row in rows}) == 1


def test_json_holds_the_account_as_an_object():
    """A program reads fields and counts, not sentences."""
    [first, second] = json.loads(tender("json"))["readings"]
    assert (first["layout"], first["header_line"], first["rows"]) == ("bid_sheet", 4, 14)
    assert (first["refused"], first["aside_count"], first["unused_count"]) == (1, 2, 1)
    assert [c["field"] for c in first["used"]] == ["vintage", "tonnes", "tonnes.document"]
    assert (second["layout"], second["grade"]) == ("verra_new", "E1")


def test_long_lists_are_cut_and_counted():
    """Of nine hundred footnotes a page shows the first, and says how many there are."""
    many = [RowAside(n, Aside.NOTE, f"note {n} of it") for n in range(2, 902)]
    text = tender("html", [Reading("a.csv", "bid_sheet", "ids", 1, aside=many)])
    assert text.count(" of it</td>") == SHOWN
    assert f"The first {SHOWN} of 900" in text


def test_without_a_file_there_is_no_section():
    """A list that was made of no file has nothing to tell."""
    assert "How the files were read" not in tender("html", ())


def test_the_table_of_columns_has_each_column_of_each_file():
    """One row for each, with the field it was read as or none."""
    frame = result_tables(*judged(), (), (READING, REGISTRY))["columns"]
    assert frame["field"].to_list() == ["vintage", "tonnes", "tonnes.document", None]
    assert frame["lost"].to_list() == [3, 0, 0, 0]


def test_the_table_of_problems_names_the_sheet():
    """A sheet that was not read is found by its name."""
    unread = Problem("not read", Place("b.xlsx", sheet="Prices"), None, Severity.NOTE)
    assert result_tables(*judged(), (unread,))["problems"]["sheet"].to_list() == ["Prices"]


def test_the_index_shows_each_kind_of_problem_once():
    """Errors stand before remarks, and what many rows have is one line."""
    note = Problem("a note", Place("a.csv", 2), None, Severity.NOTE)
    errors = [Problem("no number", Place("a.csv", line, field="price")) for line in (3, 4)]
    text = index(problems=(note, *errors))
    assert text.index("no number (in 2 rows: 3, 4)") < text.index("a note")


@pytest.mark.parametrize("form", ["html", "md", "text"])
def test_no_page_shows_the_key_of_a_word(form):
    """A label is a word of the language, never the name under which it is kept."""
    shown = re.sub(r"<(style|script).*?</\1>", "", tender(form), flags=re.DOTALL)
    assert not re.findall(r"\b(?:report|reading|verdict|severity)\.[a-z]\w+", shown)


def test_a_long_list_of_columns_is_folded_and_whole():
    """A hundred columns that nobody asked for are there for who opens them, each once."""
    many = [ColumnSeen(f"Column {n} of it", None, 1) for n in range(100)]
    text = tender("html", [Reading("a.csv", "bid_sheet", "ids", 1, columns=many)])
    assert text.count(" of it</th>") == 100
    assert "<summary>Columns not used: 100</summary>" in text


def test_what_a_column_is_known_to_be_stands_beside_it():
    """A remark is no puzzle: the page says why the column is not used."""
    seen = [ColumnSeen("Notes", None, 3, means="a remark")]
    text = tender("html", [Reading("a.csv", "bid_sheet", "ids", 1, columns=seen)])
    assert 'Notes <span class="small">a remark</span>' in text
