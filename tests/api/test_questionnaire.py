"""A round of questions: the form is made, answered, held against what was sent, and taken in."""

import shutil
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from forms import cell_of
from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.api.clarification import (
    ClarificationOptions,
    make_clarification,
    merge_answers,
)
from offsetcheck.api.questionnaire import FormOptions, check_form, lines_of_check, make_form
from offsetcheck.api.request import Request
from offsetcheck.explain.question_words import choices_of
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.problem import InputError, RequestError
from offsetcheck.vocabulary.questionnaire import RulesOfForm

DAY, LATER = date(2026, 9, 30), date(2026, 10, 5)
OFFER, SELLER = "VCS2250", "Indus Delta Credits Ltd (invented)"
ANSWER, DOCUMENT = "E", "G"  # columns of a request for clarification


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


@pytest.fixture
def tender(tmp_path):
    return shutil.copytree(bundled("samples") / "turku", tmp_path / "tender")


@pytest.fixture
def sent(tender, rulebook):
    """A request for clarification as it was sent to one seller."""
    path = tender.parent / "round-1.xlsx"
    options = ClarificationOptions(seller=SELLER)
    return make_clarification(Request(tender, None, DAY), rulebook, path, options=options)


def answered(made, changes):
    """Return a file that came back: answers by field, in the columns that are named."""
    book = openpyxl.load_workbook(made.path)
    for (name, column), value in changes.items():
        cell_of(book[OFFER], name, column).value = value
    path = made.path.with_name("answers.xlsx")
    book.save(path)
    return path


def merge(tender, rulebook, path, **options):
    return merge_answers(Request(tender, None, LATER), rulebook, path, **options)


GIVEN = {
    ("tenure_litigation", ANSWER): "No",
    ("tenure_litigation", DOCUMENT): "Legal opinion.pdf",
    ("buffer_percent", ANSWER): 14,
}


def test_a_request_asks_only_what_decides(sent):
    """The request holds the open questions that decide, and what is known is locked."""
    assert sent.form.fields() == ("tenure_litigation", "buffer_percent", "consent")
    questions = {question.field: question for question in sent.form.sheets[0].questions()}
    assert not questions["price"].asked
    assert questions["price"].answer == 24


def test_answers_count_from_the_day_on_which_they_came_in(tender, rulebook, sent):
    """An answer is the seller's word with its paper; earlier days do not know it."""
    made = merge(tender, rulebook, answered(sent, GIVEN))
    assert [one.offer for one in made.rounds] == [OFFER]

    def fact(day):
        case = open_tender(tender, rulebook, as_of=day)
        found = {one.id: one for one in case.table.candidates()}[OFFER]
        return found.fact("tenure_litigation")

    assert fact(DAY).value is None
    later = fact(LATER)
    assert (later.value, later.grade.name, later.document) == (False, "E4", "Legal opinion.pdf")
    assert "before: not stated" in later.source


def test_the_lists_of_a_request_are_named_again_when_it_comes_back(tender, rulebook):
    """A request made with a registry's list is taken in with that list, and refused without it."""
    listed = tender.parent / "verra@2026-08-01.csv"
    listed.write_text(
        "ID,Name,Proponent,Project Type,AFOLU Activities,Methodology,Status,Country/Area,"
        "Estimated Annual Emission Reductions,Region,Project Registration Date,"
        "Crediting Period Start Date,Crediting Period End Date\n"
        "2250,Delta,A,Agriculture Forestry and Other Land Use,ARR; WRC,VM0033,Registered,Pakistan,"
        "2407629,Asia,2021-12-01,2015-02-15,2075-02-14\n",
        encoding="utf-8",
    )
    offers = tender / "offers.csv"
    offers.write_text(offers.read_text("utf-8").replace("Multiple Proponents", ""), "utf-8")
    asked = Request(tender, None, DAY, registries=(listed,))
    options = ClarificationOptions(seller=SELLER)
    made = make_clarification(asked, rulebook, tender.parent / "asked.xlsx", options=options)
    path = answered(made, GIVEN)
    with pytest.raises(InputError, match="developer"):
        merge_answers(Request(tender, None, LATER), rulebook, path)
    again = Request(tender, None, LATER, registries=(listed,))
    assert merge_answers(again, rulebook, path).rounds


def test_an_answer_is_of_the_day_on_which_it_came_in(tender, rulebook, sent):
    """It may be taken in later than it came, under its own day, and never before it came."""
    path = answered(sent, GIVEN)
    with pytest.raises(RequestError, match="cannot have come in on 2026-10-06"):
        merge(tender, rulebook, path, received=date(2026, 10, 6))
    made = merge(tender, rulebook, path, received=date(2026, 10, 1))
    assert {one.received for one in made.rounds} == {date(2026, 10, 1)}


def test_an_earlier_answer_is_not_lost(tender, rulebook, sent):
    """The record keeps what was said before, and a second round is written behind the first."""
    merge(tender, rulebook, answered(sent, {("consent", ANSWER): "Late"}))
    record = (tender / "clarifications.yaml").read_text("utf-8")
    assert 'before: "before_start"' in record
    options = ClarificationOptions(offers=(OFFER,))
    path = tender.parent / "round-2.xlsx"
    second = make_clarification(Request(tender, None, LATER), rulebook, path, options=options)
    assert second.form.about["round"] == "2"
    merge(tender, rulebook, answered(second, {("buffer_percent", ANSWER): 14}))
    assert (tender / "clarifications.yaml").read_text("utf-8").startswith(record)


def test_changes_elsewhere_are_refused_with_both_values(tender, rulebook, sent):
    """A price that came back other than it was sent is refused at its cell, and nothing is taken."""
    path = answered(sent, {**GIVEN, ("price", ANSWER): 9, ("name", ANSWER): "Other"})
    with pytest.raises(InputError) as refused:
        merge(tender, rulebook, path)
    told = [problem.message for problem in refused.value.problems]
    assert "E20 was changed from “24” to “9”" in told
    assert "E13 was changed from “Delta Blue Carbon – 1” to “Other”" in told
    assert not (tender / "clarifications.yaml").exists()


def test_a_round_is_taken_in_once(tender, rulebook, sent):
    """The same round of an offer is not taken in twice."""
    path = answered(sent, GIVEN)
    merge(tender, rulebook, path)
    with pytest.raises(InputError, match="round 1 of VCS2250 was taken in on 2026-10-05"):
        merge(tender, rulebook, path)


@pytest.mark.parametrize("key", ["round", "rulebook", "city", "purchase"])
def test_a_form_of_another_purchase_or_round_is_refused(tender, rulebook, sent, key):
    """A form that says it is of another round, rulebook, city or purchase is refused."""
    path = answered(sent, GIVEN)
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["_form"].iter_rows() if row[0].value == key)
    row[1].value = "7"
    book.save(path)
    with pytest.raises(InputError, match=f"the form is of another {key}"):
        merge(tender, rulebook, path, sent=sent.path)


def test_more_than_was_asked_is_refused_whatever_the_form_says(tender, rulebook, sent):
    """A bidder who lets his form ask for more than was asked is refused all the same."""
    path = answered(sent, GIVEN)
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["_form"].iter_rows() if row[0].value == "asked")
    row[1].value += " price"
    cell_of(book[OFFER], "price", ANSWER).value = 5
    book.save(path)
    with pytest.raises(InputError, match="was changed from “24” to “5”"):
        merge(tender, rulebook, path)


def with_twin(tender):
    """Let another seller offer a project of which the same is known and unknown."""
    offers, evidence = tender / "offers.csv", tender / "evidence.yaml"
    text = offers.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith(OFFER))
    offers.write_text(
        f"{text}{row.replace(OFFER, 'VCS2439').replace(SELLER, 'Other Oy')}\n", "utf-8"
    )
    noted = evidence.read_text("utf-8").replace(f"offer: {OFFER}", f"offer: [{OFFER}, VCS2439]")
    evidence.write_text(noted, "utf-8")


def test_others_with_the_same_gap_are_named(tender, rulebook, sent):
    """Another seller whose offer waits for the same answers is named until he has been asked."""
    with_twin(tender)
    merged = merge(tender, rulebook, answered(sent, GIVEN), sent=sent.path)
    gaps = {(gap.offer, gap.seller, gap.field) for gap in merged.gaps}
    assert gaps == {
        ("VCS2439", "Other Oy", name) for name in ("tenure_litigation", "buffer_percent", "consent")
    }


def test_nothing_is_asked_at_the_final_stage(tender, rulebook):
    """At the final stage a request for clarification is refused."""
    path = tender / "purchase.yaml"
    path.write_text(
        path.read_text("utf-8").replace("stage: clarification", "stage: final"), "utf-8"
    )
    options = ClarificationOptions(seller=SELLER)
    with pytest.raises(RequestError, match="final stage"):
        make_clarification(Request(tender, None, DAY), rulebook, tender / "x.xlsx", options=options)


@pytest.fixture
def bid(tmp_path, rulebook):
    """A bid form in which one offer is filled."""
    path = tmp_path / "bid.xlsx"
    options = FormOptions(types=("redd",), seller="Wood Oy")
    make_form(Request(tmp_path, "turku", DAY), rulebook, path, options=options)
    book = openpyxl.load_workbook(path)
    for name, value in {"id": "VCS902", "programme": "Verified Carbon Standard (Verra)",
                        "tonnes": 500, "price": 9.5}.items():  # fmt: skip
        cell_of(book["Offer"], name).value = value
    book.save(path)
    return path


def test_a_check_tells_what_is_open_and_no_verdict(bid, rulebook):
    """A check names open questions by their cells and says nothing of how the offer would fare."""
    made = check_form(bid, rulebook)
    assert (made.offers, made.answered, made.rules) == (1, 5, RulesOfForm.SAME)
    assert made.unreadable == ()
    lines = "\n".join(lines_of_check(made, rulebook))
    assert "[Offer, cell D8]" in lines
    for word in ("eligible", "refuse", "grade", "score", "not met", "floor"):
        assert word not in lines.casefold()


def test_a_check_tells_what_cannot_be_read(bid, rulebook):
    """An answer that cannot be read is told with its cell and its question."""
    book = openpyxl.load_workbook(bid)
    cell_of(book["Offer"], "vintage").value = "recent"
    book.save(bid)
    [note] = check_form(bid, rulebook).unreadable
    assert (note.sheet, note.cell) == ("Offer", cell_of(book["Offer"], "vintage").coordinate)
    assert "“Vintage offered”: “recent”" in note.words


def test_a_check_tells_that_the_rules_have_changed(bid, rulebook):
    """A form of other rules than those in force says so."""
    book = openpyxl.load_workbook(bid)
    row = next(row for row in book["_form"].iter_rows() if row[0].value == "rulebook")
    row[1].value = "0" * 64
    book.save(bid)
    assert check_form(bid, rulebook).rules is RulesOfForm.CHANGED


def with_policy(rulebook, **changed):
    """Return the rulebook with something else in Turku's policy."""
    own = rulebook.cities["turku"].model_copy(update=changed)
    return replace(rulebook, cities={**rulebook.cities, "turku": own})


def test_a_text_put_right_makes_no_other_rules_of_a_form(tender, bid, rulebook, sent):
    """A form that went out stays good when the city words a letter anew, not when it decides anew."""
    worded = with_policy(rulebook, remedy={"fi": "Oikaisuvaatimus 14 päivässä."}, notes=("New.",))
    assert bind(worded, "turku", DAY).hash != bind(rulebook, "turku", DAY).hash
    assert check_form(bid, worded).rules is RulesOfForm.SAME
    assert merge(tender, worded, answered(sent, GIVEN)).rounds
    decided = with_policy(rulebook, adopt_also=())
    assert check_form(bid, decided).rules is RulesOfForm.CHANGED


def test_a_tender_takes_the_forms_of_several_bidders(tender, bid, rulebook):
    """A folder of forms is one list of offers; problems name the file and the cell."""
    (tender / "offers.csv").unlink()
    (tender / "evidence.yaml").unlink()
    forms = tender / "offers"
    forms.mkdir()
    shutil.copy(bid, forms / "wood.xlsx")
    book = openpyxl.load_workbook(bid)
    cell_of(book["Offer"], "seller").value = "Stone Oy"
    cell_of(book["Offer"], "id").value = "VCS1112"
    cell_of(book["Offer"], "price").value = "cheap"
    book.save(forms / "stone.xlsx")
    case = open_tender(tender, rulebook, as_of=DAY)
    assert set(case.table.ids) == {"VCS902", "VCS1112"}
    assert any(
        str(problem.place).startswith("offers/stone.xlsx:") and "“cheap”" in problem.message
        for problem in case.problems
    )


def test_a_form_that_answers_a_request_is_no_list_of_offers(tender, rulebook, sent):
    """An answer to a request is refused as an offers file, with the command that takes it in."""
    (tender / "offers.csv").unlink()
    shutil.copy(sent.path, tender / "offers.xlsx")
    with pytest.raises(InputError, match="no list of offers"):
        open_tender(tender, rulebook, as_of=DAY)


@pytest.mark.parametrize("language", ["en", "fi", "sv", "es"])
def test_a_form_of_each_language_is_read_back(tmp_path, rulebook, language):
    """A form in any language that has words is read with the words of its own lists."""
    path = tmp_path / "bid.xlsx"
    request = Request(tmp_path, "turku", DAY, language=language)
    made = make_form(request, rulebook, path)
    book = openpyxl.load_workbook(path)
    sheet = book[made.form.sheets[0].name]
    for question in made.form.sheets[0].questions():
        if question.type.value in {"code", "codes"}:
            cell_of(sheet, question.field).value = list(question.choices.values())[-1]
        if question.type.value == "boolean":
            cell_of(sheet, question.field).value = made.form.about["no"]
    book.save(path)
    assert check_form(path, rulebook).unreadable == ()


@pytest.mark.parametrize("language", ["en", "fi", "sv", "es"])
def test_each_country_of_the_list_is_read_by_its_name(rulebook, language):
    """Every country that a form offers to choose is read as that country."""
    bound = bind(rulebook, "turku", DAY)
    field = bound.dictionary.candidate["country"]
    words = choices_of(field, Wording(bound, language))
    read = reader_for(field, UNTOLD)
    assert {code: read(name) for code, name in words.items()} == {code: code for code in words}


def test_a_form_of_a_citys_own_folder_is_checked_with_that_folder(tmp_path, rulebook):
    """Without the folder the rules are unknown; with it only the offer's own questions are missed."""
    city = bundled("samples") / "alder_bay" / "city"
    path = tmp_path / "bid.xlsx"
    make_form(Request(tmp_path, str(city), DAY), rulebook, path)
    book = openpyxl.load_workbook(path)
    cell_of(book["Offer"], "id").value = "ACR1129"
    cell_of(book["Offer"], "project_type").value = "Destruction of ozone-depleting substances"
    book.save(path)
    alone, own = check_form(path, rulebook), check_form(path, rulebook, str(city))
    assert (alone.rules, own.rules) == (RulesOfForm.UNKNOWN, RulesOfForm.SAME)
    assert len(own.unanswered) < len(alone.unanswered)
    with pytest.raises(RequestError, match="not of `turku`"):
        check_form(path, rulebook, "turku")


def test_a_check_speaks_the_language_of_the_form(tmp_path, rulebook):
    """A bidder is told in the language in which he was asked, unless he asks for another."""
    path = tmp_path / "bid.xlsx"
    make_form(Request(tmp_path, "turku", DAY, language="nl"), rulebook, path)
    made = check_form(path, rulebook)
    assert "vragen" in lines_of_check(made, rulebook)[0]
    assert "questions" in lines_of_check(made, rulebook, "en")[0]
