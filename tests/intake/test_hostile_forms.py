"""A form that somebody has damaged or tampered with: what is lost is told, cell by cell."""

import pytest

from forms import BID, DICTIONARY, cell_of, form, saved, workbook
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.intake.questionnaire.filled import MAX_FORM, read_filled
from offsetcheck.intake.registry.record import record_of_bytes
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.vocabulary.problem import InputError


def offers(book):
    return offers_of_bytes(saved(book), "form.xlsx", DICTIONARY)


def told(table):
    return [str(problem) for problem in table.problems]


def test_a_filled_form_is_a_list_of_offers():
    """A form that was filled is read as an offer with its values, without a word of complaint."""
    table = offers(workbook())
    assert told(table) == []
    offer = table.candidate(0)
    assert offer.id == "VCS902"
    assert {name: offer.value(name) for name in BID} == BID


def test_a_formula_is_no_answer():
    """A formula in an answer is refused at its cell, and another answer stands."""
    book = workbook()
    cell_of(book["Offer"], "price").value = "=2+3"
    table = offers(book)
    [problem] = told(table)
    assert problem.startswith("form.xlsx:10:4 (sheet Offer): D10, “What is price?”: the cell holds")
    assert table.candidate(0).value("price") is None
    assert table.candidate(0).value("tonnes") == 500


def test_a_changed_mark_is_told_with_the_near_field():
    """A row whose hidden mark was changed loses its answer and says what may have been meant."""
    book = workbook()
    sheet = book["Offer"]
    line = cell_of(sheet, "consent").row
    sheet.cell(line, 1).value = "consnt"
    [problem] = told(offers(book))
    assert "the row bears the mark “consnt”" in problem
    assert "did you mean `consent`" in problem


def test_a_removed_mark_does_not_lose_an_answer_in_silence():
    """An answer in a row without a mark is told at its cell."""
    book = workbook()
    sheet = book["Offer"]
    sheet.cell(cell_of(sheet, "consent").row, 1).value = None
    [problem] = told(offers(book))
    assert "stands in no question's row" in problem


def test_deleted_and_sorted_rows_move_no_answer():
    """Rows that were deleted or sorted leave each answer with its question."""
    book = workbook()
    sheet = book["Offer"]
    sheet.delete_rows(cell_of(sheet, "state_aid").row)
    first, second = cell_of(sheet, "tonnes").row, cell_of(sheet, "price").row
    for column in range(1, 9):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    offer = offers(book).candidate(0)
    assert offer.value("state_aid") is None
    assert (offer.value("tonnes"), offer.value("price")) == (500, 9.5)


def test_moved_and_renamed_sheets_are_found_by_their_marks():
    """The order and the names of sheets do not count."""
    book = workbook()
    book.move_sheet("Offer", -1)
    book["Offer"].title = "Tarjous"
    assert offers(book).candidate(0).value("tonnes") == 500


def test_inserted_columns_move_no_answer():
    """A column that was put in between moves no answer, for columns are told by their marks."""
    book = workbook()
    book["Offer"].insert_cols(3)
    assert offers(book).candidate(0).value("price") == 9.5


def test_merged_answers_are_told():
    """Cells that were made one have lost an answer, which is told at the first of them."""
    book = workbook()
    sheet = book["Offer"]
    first = cell_of(sheet, "tonnes").row
    sheet.merge_cells(start_row=first, start_column=4, end_row=first + 1, end_column=4)
    assert any(
        "is one cell with others, whose answers are lost" in line for line in told(offers(book))
    )


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("state_aid", "kyllä", True),
        ("state_aid", "sí", True),
        ("consent", "before_start", "before_start"),
        ("tonnes", "1 250,5", 1250.5),
    ],
)
def test_words_of_other_languages_typed_by_hand_are_read(name, typed, value):
    """A word of another language, a code or a number in a person's own style is understood."""
    book = workbook()
    cell_of(book["Offer"], name).value = typed
    table = offers(book)
    assert told(table) == []
    assert table.candidate(0).value(name) == value


def test_a_word_of_no_list_is_told_with_the_words_that_there_are():
    """A word that is in no list is told with the labels of the list and not with its codes."""
    book = workbook()
    cell_of(book["Offer"], "consent").value = "perhaps"
    [problem] = told(offers(book))
    assert "“perhaps” is no word of the list" in problem
    assert "Before the start" in problem
    assert "before_start" not in problem


def test_a_hidden_row_is_not_read_in_silence():
    """An answer that nobody sees is not read, and that is told."""
    book = workbook()
    sheet = book["Offer"]
    line = cell_of(sheet, "price").row
    sheet.row_dimensions[line].hidden = True
    table = offers(book)
    assert any("is hidden or struck through" in line for line in told(table))
    assert table.candidate(0).value("price") is None


def test_a_second_answer_to_one_question_is_told():
    """Of two rows for one question the first counts, and the second is told."""
    book = workbook()
    sheet = book["Offer"]
    last = sheet.max_row + 1
    sheet.cell(last, 1).value, sheet.cell(last, 4).value = "price", 1
    table = offers(book)
    assert any("answers `price` a second time" in line for line in told(table))
    assert table.candidate(0).value("price") == 9.5


def test_a_hidden_offer_is_told():
    """A sheet of answers that was hidden is not read, and that is told."""
    book = workbook()
    book["Offer"].sheet_state = "hidden"
    with pytest.raises(InputError, match="the sheet is hidden and not read"):
        offers(book)


def test_an_empty_form_is_refused():
    """A form in which nothing is answered holds no offer."""
    with pytest.raises(InputError, match="no sheet of the form holds an offer"):
        offers(workbook(dict.fromkeys(BID)))


def test_a_form_too_large_is_refused_before_it_is_opened():
    """A file far larger than a form is not opened."""
    with pytest.raises(InputError, match="a form has at most 10,000,000"):
        read_filled(b"PK\x03\x04" + bytes(MAX_FORM), "form.xlsx")


def test_a_macro_is_told():
    """A form that came back with a macro is read, and the macro is told."""
    data = form_workbook(form(BID)) + b"xl/vbaProject.bin"
    assert any("macro" in problem.message for problem in read_filled(data, "form.xlsm").problems)


def test_another_workbook_is_no_form():
    """A workbook without the marks is not taken for a form."""
    book = workbook()
    book["Offer"]["A1"].value = None
    with pytest.raises(InputError, match="the workbook is no form of questions"):
        read_filled(saved(book), "form.xlsx")


def test_a_text_like_a_formula_stays_a_text():
    """A text that begins like a formula is written and read as a text."""
    book = workbook({**BID, "seller": '=HYPERLINK("http://x")'})
    assert cell_of(book["Offer"], "seller").data_type == "s"


def test_a_form_is_no_registrys_record():
    """A bidder's form that is named as a registry's record is refused as his own word."""
    with pytest.raises(InputError, match="a seller's own word"):
        record_of_bytes(saved(workbook()), "form.xlsx", DICTIONARY)


def test_a_price_may_name_its_currency():
    """A currency that stands with the price is taken where its own cell is empty."""
    book = workbook()
    cell_of(book["Offer"], "price").value = "9,50 USD"
    cell_of(book["Offer"], "currency").value = None
    offer = offers(book).candidate(0)
    assert (offer.value("price"), offer.value("currency")) == (9.5, "USD")


def test_a_copied_sheet_is_another_offer():
    """A sheet that was copied for a further offer is read as one; the same project is told."""
    book = workbook()
    book.copy_worksheet(book["Offer"]).title = "Offer (2)"
    table = offers(book)
    assert table.ids == ["VCS902", "VCS902#2"]
    assert "VCS902 stands here a second time, after sheet Offer" in told(table)[0]
