"""A form as a bidder's spreadsheet opens it: what is locked, chosen, shown and printed."""

import io
from datetime import date

import openpyxl
import pytest

from forms import BID, cell_of, form, workbook
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.questionnaire import FormOptions, make_form
from offsetcheck.api.request import Request
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.vocabulary.questionnaire import FORM_SHEET, MARK


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The bid form of Turku's rules, opened again."""
    path = tmp_path_factory.mktemp("form") / "bid.xlsx"
    request = Request(path.parent, "turku", date(2026, 9, 30))
    form_made = make_form(request, open_rulebook(), path, options=FormOptions(offers=2))
    return form_made, openpyxl.load_workbook(path)


def test_nothing_but_answers_can_be_changed(made):
    """Every sheet is protected, and of a sheet of answers only yellow cells are open."""
    _, book = made
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    open_cells = [c for row in book["Offer 1"].iter_rows() for c in row if not c.protection.locked]
    columns = {cell.column_letter for cell in open_cells}
    assert columns == {"D", "F", "G"}
    assert {cell.fill.fgColor.rgb for cell in open_cells} == {"FFFFF7C2"}


def test_each_asked_answer_is_held_to_its_kind(made):
    """Lists come from names of the hidden sheet, numbers and days are held to their range."""
    form_made, book = made
    sheet = book["Offer 1"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for question in form_made.form.sheets[0].questions():
        cell = cell_of(sheet, question.field)
        rule = rules.get(cell.coordinate)
        if question.choices:
            assert rule.type == "list"
            assert rule.formula1 in book.defined_names
        elif question.type.value in {"number", "integer", "date"}:
            assert rule.type in {"decimal", "whole", "date"}
            assert rule.prompt


def test_marks_are_there_and_hidden(made):
    """The marks by which answers are read stand in hidden cells, and the form says what it is of."""
    form_made, book = made
    sheet = book["Offer 2"]
    assert sheet["A1"].value == MARK
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert book["Lists"].sheet_state == "hidden"
    assert book[FORM_SHEET].sheet_state == "veryHidden"
    properties = {one.name: one.value for one in book.custom_doc_props.props}
    assert properties["rulebook"] == form_made.form.about["rulebook"]
    assert (properties["city"], properties["as_of"]) == ("turku", "2026-09-30")


def test_a_sheet_prints_one_page_wide_with_its_headings(made):
    """A sheet is landscape, one page wide, and repeats its headings; they stay in sight as well."""
    _, book = made
    sheet = book["Offer 1"]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "D4"


def test_the_same_form_is_the_same_bytes():
    """A form made twice is the same file."""
    assert form_workbook(form(BID)) == form_workbook(form(BID))


def test_what_is_known_is_locked():
    """An answer that is known already is shown and cannot be changed."""
    from dataclasses import replace

    one = form(BID)
    sheet = one.sheets[0]
    known = tuple(replace(q, asked=False) for q in sheet.questions())
    section = replace(sheet.sections[0], questions=known)
    closed = replace(one, sheets=(replace(sheet, sections=(section,)),))
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(closed)))
    assert all(cell.protection.locked for row in book["Offer"].iter_rows() for cell in row)
    assert cell_of(book["Offer"], "price").value == BID["price"]


def test_no_text_is_taken_for_a_formula():
    """Strangers' texts that begin like formulas are texts in every cell."""
    book = workbook({"seller": "=1+1", "name": "@SUM(A1)", "location": "+1", "developer": "-1"})
    cells = [cell for row in book["Offer"].iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
