"""Bidders who cheat with forms: with what a form says of itself, and with answers they give twice."""

import shutil
from datetime import date
from functools import partial

import openpyxl
import pytest

from forms import BID, cell_of, form, saved, workbook
from offsetcheck.api.clarification import ClarificationOptions, make_clarification, merge_answers
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.vocabulary.problem import InputError

DAY, LATER = date(2026, 9, 30), date(2026, 10, 5)
OFFER, SELLER = "VCS2250", "Indus Delta Credits Ltd (invented)"
OTHERS_OFFER, OTHERS_GAP = "VCS4022", "max_moisture"
ASKED = "buffer_percent"


@pytest.fixture(scope="module")
def sent(tmp_path_factory, rulebook):
    """A request for clarification as it was sent to one seller."""
    path = tmp_path_factory.mktemp("sent") / "round-1.xlsx"
    asked = Request(bundled("samples") / "turku", None, DAY)
    make_clarification(asked, rulebook, path, options=ClarificationOptions(seller=SELLER))
    return path


@pytest.fixture
def merge(tmp_path, rulebook, sent):
    """Change a request that was sent, answer one question, and take it in."""
    folder = shutil.copytree(bundled("samples") / "turku", tmp_path / "tender")

    def merge(*changes, buffer=14):
        book = openpyxl.load_workbook(sent)
        cell_of(book[OFFER], ASKED, "E").value = buffer
        for change in changes:
            change(book)
        path = tmp_path / "answers.xlsx"
        book.save(path)
        return merge_answers(Request(folder, None, LATER), rulebook, path)

    return merge


def saying(key, value):
    """Return a change of what a form says of itself."""

    def change(book):
        row = next(row for row in book["_form"].iter_rows() if row[0].value == key)
        row[1].value = value

    return change


def without_known_rows(book):
    """Delete every row that was filled in when the form was sent."""
    sheet = book[OFFER]
    for line in range(sheet.max_row, 3, -1):
        if sheet.cell(line, 1).value not in {None, ASKED}:
            sheet.delete_rows(line)


def of_another_offer(book):
    book[OFFER].cell(2, 1).value = OTHERS_OFFER


def refused(merge, *changes, **more):
    """Return why an answer is refused; it must be, and by a problem of its file."""
    with pytest.raises(InputError) as caught:
        merge(*changes, **more)
    return str(caught.value)


def test_an_honest_answer_is_taken_in(merge):
    """The answer that the cheats below are made of is taken in."""
    [one] = merge().rounds
    assert [(answer.field, answer.value) for answer in one.answers] == [(ASKED, 14)]


@pytest.mark.parametrize("number", ["-1", "0", "1.0", "1_0", "\u0661", "9" * 5000, "", "None"])
def test_a_round_that_is_no_number_is_refused(merge, number):
    """A round that is no number of a round is refused, and nothing is written under it."""
    assert "which day and round" in refused(merge, saying("round", number))


def test_a_round_that_nobody_asked_for_is_refused(merge):
    """A form that calls itself a later round than the next one was never sent."""
    said = refused(merge, saying("round", "7"))
    assert "round 7 was not asked for: the next round of the tender is 1" in said


def test_a_day_that_is_none_is_refused(merge):
    """A deadline or a day of the form that is no day is refused, and is no fault of the program."""
    assert "which day and round" in refused(merge, saying("deadline", "soon"))
    assert "which day and round" in refused(merge, saying("as_of", "soon"))


def test_a_form_of_a_day_to_come_is_refused(merge):
    """A form cannot be of a later day than the one on which its answer came in."""
    assert "its answer came in on 2026-10-05" in refused(merge, saying("as_of", "2026-10-06"))


def test_a_round_is_not_answered_again_as_the_next(merge):
    """The form of one round, sent back as the next, does not put another answer over the first."""
    merge()
    said = refused(merge, saying("round", "2"), buffer=40)
    assert "VCS2250 was answered on 2026-10-05 in round 1" in said


def test_a_form_without_what_it_showed_is_refused(merge):
    """Rows that show what was offered cannot be taken out of a form, its price among them."""
    said = refused(merge, without_known_rows)
    assert "the row of “Price a tonne” is missing" in said


def test_a_form_of_another_sellers_offer_is_refused(merge):
    """A form that is made one of a competitor's offer does not answer for him."""
    said = refused(merge, without_known_rows, of_another_offer)
    assert "the form is of another seller" in said


def test_a_competitors_name_does_not_answer_for_him(merge):
    """Nor does one that bears his name, for it does not show what his form shows."""
    name = "Jylland Soil Units ApS (invented)"
    said = refused(merge, without_known_rows, of_another_offer, saying("seller", name))
    assert "is missing" in said


@pytest.fixture
def tender(tmp_path, rulebook):
    """Read a tender of some forms, with the purchase of a sample."""
    (tmp_path / "offers").mkdir()
    shutil.copy(bundled("samples") / "turku" / "purchase.yaml", tmp_path)

    def read(*forms):
        for number, data in enumerate(forms):
            (tmp_path / "offers" / f"{number}.xlsx").write_bytes(data)
        return read_tender(tmp_path, rulebook.dictionary)

    return read


def told(tender):
    return "\n".join(str(problem) for problem in tender.problems)


def form_of(**answers):
    return form_workbook(form({**BID, **answers}))


def form_made_for(key, value):
    book = workbook()
    book["_form"].append([key, value])
    return saved(book)


def test_a_form_of_another_city_is_told(tender):
    """A price that was offered to another city is not taken for one of this purchase in silence."""
    said = told(tender(form_made_for("city", "melbourne")))
    assert "the form was made for “melbourne”, and this purchase is “turku”" in said


def test_a_form_of_another_purchase_is_told(tender):
    """A form of last year's purchase is told by the name of that purchase."""
    book = workbook()
    saying("purchase", "Purchase of 2024")(book)
    said = told(tender(saved(book)))
    assert "the form was made for “Purchase of 2024”" in said


@pytest.mark.parametrize("name", ["W\u043e\u043ed Oy", "Wood-Oy", "Wo\u0301od Oy", "Ｗｏｏｄ Oy"])
def test_sellers_that_look_alike_are_told(tender, name):
    """One bidder under two spellings, or two under one look, are told to the officer."""
    said = told(tender(form_of(), form_of(seller=name, id="VCS2250")))
    assert "look alike and count as two" in said


def test_sellers_apart_are_not_told(tender):
    """Names that differ to a reader, or by case and spaces alone, raise no remark."""
    said = told(tender(form_of(), form_of(seller="Woods Oy", id="VCS2250"),
                       form_of(seller="WOOD  oy", id="VCS2251")))  # fmt: skip
    assert "look alike" not in said


def test_marks_of_direction_are_no_part_of_a_name(tender):
    """A name is what is seen of it: marks that turn the writing round make no second bidder."""
    read = tender(form_of(seller="\u202eWood\u202c Oy\u200f"))
    assert read.table.candidate(0).value("seller") == "Wood Oy"


def test_a_form_of_two_sellers_is_told(tender):
    """A second sheet that names another seller is told: a form is one seller's."""
    book = workbook()
    sheet = book.copy_worksheet(book["Offer"])
    cell_of(sheet, "seller").value, cell_of(sheet, "id").value = "Steel Ltd", "VCS2250"
    said = told(tender(saved(book)))
    assert "the form names “Steel Ltd” as seller, after “Wood Oy”" in said


def test_a_competitors_id_is_told(tender):
    """An offer under the id of a competitor's is told, and neither stands for the other."""
    read = tender(form_of(), form_of(seller="Steel Ltd", price=8.0))
    assert "VCS902 is offered by another seller too" in told(read)
    assert list(read.table.ids) == ["VCS902#1", "VCS902#2"]


def test_an_answer_is_no_other_type(tender):
    """A day is no year, a tick no price, a formula no tonnes; each is told and states nothing."""
    book = workbook()
    write = partial(cell_of, book["Offer"])
    write("vintage").value, write("price").value = date(2019, 1, 1), True
    write("tonnes").value = "='[http://x/y.xlsx]S'!A1"
    read = tender(saved(book))
    assert [read.table.candidate(0).value(name) for name in ("vintage", "price", "tonnes")] == [
        None, None, None
    ]  # fmt: skip
    assert len([p for p in read.problems if p.place.sheet == "Offer"]) == 3


def test_a_name_is_no_page_of_text(tender):
    """A name of thousands of characters is refused, so that it fills no page and stops no letter."""
    read = tender(form_of(seller="S" * 5000))
    assert "far too long a name" in told(read)
    assert read.table.candidate(0).value("seller") is None
