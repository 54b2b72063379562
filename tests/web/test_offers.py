"""Files that come in for a tender: looked at, set right, stored."""

import io
import json
import re
import time
from pathlib import Path

import openpyxl

import forms
from offsetcheck import open_rulebook, open_tender
from offsetcheck.api.clarification import (
    ClarificationOptions,
    make_clarification,
    merge_answers,
)
from offsetcheck.api.request import Request
from web.site import TODAY, text_of

ASKED = "VCS4022"
REGISTRY = (Path(__file__).parents[1] / "intake/layouts/acr.csv").read_bytes()
SHEET = b"id,name,programme,vintage,tonnes,price,currency\nVCS902,One,VCS,2022,100,9,EUR\n"
OFFERS = "/t/turku/offers"


def hand_in(site, *files, at=OFFERS):
    """Hand files in and return the page that follows."""
    sent = [("files", (name, io.BytesIO(data))) for name, data in files]
    return settled(site, site.send(at, files=sent, form="files"))


def settled(site, answer):
    """Return the page that a long work leads to, once it has ended."""
    until = time.monotonic() + 60
    while "/jobs/" in str(answer.url) and answer.status_code == 200:
        assert time.monotonic() < until
        time.sleep(0.2)
        answer = site.get(str(answer.url))
    return answer


def held(folder):
    """Return every file of a tender with its bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_file_is_looked_at_before_anything_is_stored(site):
    """A bid sheet that is handed in is read and shown; the tender's folder stays as it was."""
    before = held(site.folder / "turku")
    answer = hand_in(site, ("new offers.csv", SHEET))
    assert answer.status_code == 200
    said = text_of(answer.text)
    assert "new offers.csv" in said
    assert "List of offers" in said
    assert "1 read" in said
    assert held(site.folder / "turku") == before


def store(site, at=OFFERS, **filled):
    """Store what waits, as the page ticks it."""
    return settled(site, site.send(at, filled, form="state"))


def test_what_is_stored_is_the_very_bytes_and_is_judged(site):
    """A stored list takes the old one's place where that is ticked; the old one is kept aside."""
    old = (site.folder / "turku" / "offers.csv").read_bytes()
    hand_in(site, ("bids.csv", SHEET))
    refused = store(site)
    assert refused.status_code == 422
    assert "tick that it may be replaced" in text_of(refused.text)
    stored = store(site, replace="1")
    assert "folder: 1." in text_of(stored.text)
    assert (site.folder / "turku" / "offers.csv").read_bytes() == SHEET
    assert "1 offers are read" in text_of(site.text(OFFERS))
    aside = list((site.folder / ".offsetcheck" / "replaced" / "turku").iterdir())
    assert [path.read_bytes() for path in aside] == [old]
    assert "Looked at, not stored" not in site.text(OFFERS)


def test_a_list_of_another_kind_takes_the_old_ones_place(site):
    """Of two lists one is kept: a JSON in place of the CSV, which is taken away."""
    row = {"id": "VCS902", "programme": "VCS", "vintage": "2022", "tonnes": "100", "price": "9"}
    hand_in(site, ("bids.json", json.dumps([row]).encode()))
    assert "offers.csv" in text_of(site.text(OFFERS))
    assert store(site, replace="1").status_code == 200
    assert not (site.folder / "turku" / "offers.csv").exists()
    assert (site.folder / "turku" / "offers.json").exists()


def test_a_column_is_set_right_on_the_spot_and_said_in_columns_yaml(site):
    """What a person says of a column counts at once, and is stored beside the offers."""
    sheet = b"Ref,Wat,Programme,Vintage,Zeug,Price\nVCS902,One,VCS,2022,1500,9\nVCS903,Two,VCS,2021,20,8\n"
    hand_in(site, ("bids.csv", sheet))
    page = site.text(f"{OFFERS}/file/1")
    zeug = re.search(r'name="field-(\d)" aria-label="It is: Zeug"', page)[1]
    answer = site.send(
        f"{OFFERS}/file/1", {f"field-{zeug}": "tonnes", f"unit-{zeug}": "kt"}, form="numbers"
    )
    assert answer.status_code == 200
    said = text_of(answer.text)
    assert "kt: × 1,000" in said
    assert store(site, replace="1").status_code == 200
    columns = (site.folder / "turku" / "columns.yaml").read_text("utf-8")
    assert "    field: tonnes" in columns
    assert "written by `offsetcheck columns`" in columns
    case = open_tender(site.folder / "turku", open_rulebook(), as_of=TODAY)
    assert case.table.candidate(0).value("tonnes") == 1_500_000


def test_a_row_is_set_aside_and_taken_back(site):
    """A row may be said to be no offer, and one that looked like a total to be one."""
    sheet = SHEET + b"Total,,,,100,,\nVCS903,Two,VCS,2021,50,8,EUR\n"
    hand_in(site, ("bids.csv", sheet))
    page = f"{OFFERS}/file/1"
    assert "2 read" in text_of(site.text(OFFERS))
    site.send(page, {"keep": "3", "leave_out": "4"}, form="numbers")
    said = text_of(site.text(page))
    assert "left out by the mapping" in said or "4" in said
    assert "2 read" in said
    site.send(page, {"as_read": "4"}, form="numbers")
    assert "3 read" in text_of(site.text(page))


def test_numbers_are_read_as_a_person_says(site):
    """A list whose numbers have two readings is read by the one that is chosen."""
    sheet = SHEET.replace(b",100,", b",1.500,")
    hand_in(site, ("bids.csv", sheet))
    page = f"{OFFERS}/file/1"
    assert "two numbers" in text_of(site.text(page))
    assert "two numbers" not in text_of(
        site.send(page, {"numbers": "1.234,5"}, form="numbers").text
    )


def test_filled_forms_go_into_the_folder_of_forms(site):
    """Several bidders' forms stand beside each other; the list that was there is taken away."""
    other = {**forms.BID, "seller": "Stone Oy", "id": "VCS2250"}
    hand_in(
        site,
        ("wood.xlsx", forms.saved(forms.workbook())),
        ("stone.xlsx", forms.saved(forms.workbook(other))),
    )
    assert text_of(site.text(OFFERS)).count("Filled form") == 2
    stored = store(site, replace=["1", "2"])
    assert stored.status_code == 200
    assert {p.name for p in (site.folder / "turku" / "offers").iterdir()} == {
        "wood.xlsx",
        "stone.xlsx",
    }
    assert "2 offers are read" in text_of(stored.text)


def test_a_registrys_list_becomes_a_record_with_its_day(site):
    """It is named in the purchase with the day that was said; what stood there stays."""
    before = (site.folder / "turku" / "purchase.yaml").read_text("utf-8")
    hand_in(site, ("projects.csv", REGISTRY))
    assert "A registry&#39;s list" in text_of(site.text(OFFERS))
    site.send(f"{OFFERS}/file/1", {"day": "2026-08-14"}, form="day")
    assert store(site).status_code == 200
    after = (site.folder / "turku" / "purchase.yaml").read_text("utf-8")
    assert "registry: [projects.csv@2026-08-14]" in after
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert (site.folder / "turku" / "projects.csv").read_bytes() == REGISTRY


def test_a_paper_is_kept_as_it_is(site):
    """A PDF goes into the folder of papers, and no reader minds it."""
    hand_in(site, ("Report 2025.pdf", b"%PDF-1.7 invented"))
    stored = store(site)
    assert "evidence/Report 2025.pdf" in text_of(stored.text)
    assert (
        site.folder / "turku" / "evidence" / "Report 2025.pdf"
    ).read_bytes() == b"%PDF-1.7 invented"
    case = open_tender(site.folder / "turku", open_rulebook(), as_of=TODAY)
    assert not any("evidence/" in problem.place.file for problem in case.problems)


def test_a_list_that_would_leave_the_tender_unreadable_is_not_stored(site):
    """What is stored is tried on a copy first; why it cannot be is said, and nothing changes."""
    before = held(site.folder / "turku")
    hand_in(site, ("a.csv", SHEET), ("wood.xlsx", forms.saved(forms.workbook())))
    answer = store(site, replace=["1", "2"])
    assert answer.status_code == 422
    assert "either one list of offers or filled forms" in text_of(answer.text)
    assert held(site.folder / "turku") == before


def test_a_change_of_the_folder_meanwhile_is_noticed(site):
    """What somebody changes in an editor between look and store is not overwritten."""
    hand_in(site, ("a.csv", SHEET))
    page = next(form for form in site.forms(OFFERS) if "state" in form.names)
    filled = dict(page.fields) | {"store": "1", "replace": "1"}
    purchase = site.folder / "turku" / "purchase.yaml"
    purchase.write_text(purchase.read_text("utf-8") + "# a remark\n", "utf-8")
    answer = site.browser.post(page.action, data=filled)
    assert answer.status_code == 409
    assert (site.folder / "turku" / "offers.csv").read_bytes() != SHEET


def test_an_answer_to_a_request_is_taken_in_as_the_command_does(site, tmp_path_factory):
    """The record of clarifications has the bytes that `questionnaire merge` writes."""
    folder = site.folder / "turku"
    aside = tmp_path_factory.mktemp("aside")
    request = Request(folder, None, TODAY)
    rulebook = open_rulebook()
    made = make_clarification(
        request, rulebook, aside / "round.xlsx", options=ClarificationOptions(offers=(ASKED,))
    )
    book = openpyxl.load_workbook(aside / "round.xlsx")
    sheet = book.worksheets[1]
    fields = [question.field for question in made.form.sheets[0].questions() if question.asked]
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, 1).value == fields[0]:
            sheet[f"E{line}"] = 40
    answers = forms.saved(book)
    (aside / "answers.xlsx").write_bytes(answers)
    hand_in(site, ("answers.xlsx", answers))
    said = text_of(site.text(OFFERS))
    assert "Answer to a request" in said
    assert store(site).status_code == 200
    ours = (folder / "clarifications.yaml").read_bytes()
    (folder / "clarifications.yaml").unlink()
    merge_answers(request, rulebook, aside / "answers.xlsx", aside / "c.yaml")
    assert ours == (aside / "c.yaml").read_bytes()


def test_a_tender_without_offers_says_so_and_takes_them(empty_site):
    """An empty tender has its page: it says that nothing is there, and what can be handed in."""
    folder = empty_site.folder / "new"
    folder.mkdir()
    (folder / "purchase.yaml").write_text("city: turku\nstage: screening\n", "utf-8")
    assert "No offers and no papers" in text_of(empty_site.text("/t/new/offers"))
    hand_in(empty_site, ("a.csv", SHEET), at="/t/new/offers")
    assert store(empty_site, at="/t/new/offers").status_code == 200
    assert (folder / "offers.csv").read_bytes() == SHEET


def test_the_page_is_there_in_finnish(site):
    """What has no translation yet stands in English; the account of a file is in Finnish."""
    assert '<html lang="fi">' in site.text(f"{OFFERS}?lang=fi")


def test_a_form_without_a_file_says_what_is_missing(site):
    """Sending nothing is told at the field."""
    answer = site.send(OFFERS, form="files")
    assert answer.status_code == 422
    assert "Choose at least one file" in text_of(answer.text)


def test_a_registrys_list_used_as_offers_counts_as_the_sellers_word_before_it_is_stored(site):
    """The page says of whose word the facts are as they will be judged, not as a registry's list."""
    header = "GSID,Project Name,Project Developer Name,Status,Country\n"
    hand_in(site, ("list.csv", f"{header}23647,Wells,EOS,Listed,Malawi\n".encode()))
    assert "(E1)" in text_of(site.text("/t/turku/offers/file/1"))
    site.send("/t/turku/offers/file/1", {"use": "offers"}, form="use")
    said = text_of(site.text("/t/turku/offers/file/1"))
    assert "List of offers" in said
    assert "Counts as the seller's own word (E4)" in said.replace("&#39;", "'")
    assert "(E1)" not in said
