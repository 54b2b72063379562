"""Letters in the browser: the same bytes as the command's, and nobody reads of another bidder."""

import html
import io
import zipfile

import openpyxl

from forms import cell_of
from offsetcheck.api import letter_forms
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.letters import letters
from offsetcheck.api.request import Request
from offsetcheck.report.format import Substitute
from offsetcheck.web.answered import answered
from offsetcheck.web.visit import GET, Person, Visit
from web.judged import patient, with_offer
from web.site import TODAY, text_of

AT = "/t/turku/letters"


def _letters(site, *formats):
    request = Request(site.folder / "turku", None, TODAY, command="letters make")
    return letters(request, open_rulebook(), formats=formats)


def test_each_file_is_that_of_the_command(site):
    """Word, PDF, text and data of each letter hold the bytes that `offsetcheck letters make` writes."""
    made = _letters(site, "docx", "pdf", "txt", "json")
    assert made.written
    for one in made.written:
        got = site.get(f"{AT}/file/{one.name}")
        assert (got.status_code, got.content) == (200, one.file.data)


def test_all_letters_come_in_one_file(site):
    """The ZIP file holds each letter under its name, and is the same bytes each time."""
    made = _letters(site, "txt")
    got = site.get(f"{AT}/all?format=txt").content
    with zipfile.ZipFile(io.BytesIO(got)) as folder:
        assert {name: folder.read(name) for name in folder.namelist()} == {
            one.name: one.file.data for one in made.written
        }
    assert site.get(f"{AT}/all?format=txt&lang=fi").content == got


def test_all_letters_come_as_pdf(site):
    """The ZIP file of PDF holds each letter once, and each is a PDF."""
    got = patient(site, f"{AT}/all?format=pdf")
    with zipfile.ZipFile(io.BytesIO(got.content)) as folder:
        assert len(folder.namelist()) == len(_letters(site, "pdf").written)
        assert all(folder.read(name).startswith(b"%PDF-") for name in folder.namelist())


def test_without_weasyprint_the_page_says_what_to_install(site, monkeypatch):
    """No link leads to a PDF that cannot be made: a sentence says how it can, and Word is there."""
    missing = Substitute("docx", "letters.pdf_without_weasyprint")
    monkeypatch.setattr(letter_forms, "instead", lambda: missing)
    name = _letters(site, "docx").written[0].name.removesuffix(".docx")
    said = {
        path: answered(
            Visit(GET, path, site.door.workplace, Person("officer"), TODAY, "en", patient=True)
        )
        for path in (AT, f"{AT}/file/{name}.docx", f"{AT}/file/{name}.pdf")
    }
    assert [one.status for one in said.values()] == [200, 200, 404]
    page = said[AT].body.decode()
    assert 'pip install "offsetcheck[pdf]"' in html.unescape(page)
    assert "format=pdf" not in page
    assert "format=docx" in page


def test_the_list_says_to_whom_and_why_not(site):
    """Each letter stands under its kind with its bidder; what is withheld with its reason."""
    said = text_of(site.text(AT))
    made = _letters(site, "txt")
    assert all(one.letter.bidder.name in said for one in made.written if one.letter.bidder)
    assert all(text_of(one.reason) in said for one in made.withheld)


def test_a_letter_is_read_in_the_page_and_names_no_other_bidder(site):
    """The page of one bidder's letter holds its text, and no name of another bidder."""
    made = _letters(site, "txt")
    sellers = {one.letter.bidder.name for one in made.written if one.letter.bidder}
    assert len(sellers) > 1
    for one in made.written:
        if one.letter.bidder is None:
            continue
        page = site.text(f"{AT}/read/{one.name.removesuffix('.txt')}")
        first = next(line for line in one.file.text.splitlines() if line.strip())
        assert text_of(first).strip() in text_of(page)
        assert not any(name in page for name in sellers - {one.letter.bidder.name})


def test_no_letter_is_found_by_a_path(site):
    """Names are looked up among the letters that there are."""
    for name in ("x", "..%2f..%2fpurchase.yaml", "nobody.txt", "report.exe", "%3Cscript%3E.docx"):
        assert site.get(f"{AT}/file/{name}").status_code == 404
    assert site.get(f"{AT}/read/none").status_code == 404
    assert site.get(f"{AT}/all?format=exe").status_code == 404


def test_a_decision_that_cannot_be_read_is_told(site):
    """The list names the line, and leads to the decision."""
    (site.folder / "turku" / "decision.yaml").write_text("awarded: [{offer: X}]\n", "utf-8")
    page = site.text(AT)
    assert "decision.yaml:1" in page
    assert "/t/turku/decision" in page


def test_a_file_that_is_no_form_is_told_and_nothing_is_stored(site):
    """What a bidder did not fill in is refused in words, at the field."""
    for data in (b"", b"PK\x03\x04", b"not a workbook"):
        files = {"answers": ("../answers.xlsx", data, "application/octet-stream")}
        answer = site.send(AT, at=f"{AT}/answers", files=files)
        assert answer.status_code == 422
        assert 'href="#answers"' in answer.text
    assert not (site.folder / "turku" / "clarifications.yaml").exists()


def test_no_file_is_told(site):
    """A form without a file says which is missing."""
    answer = site.send(AT, at=f"{AT}/answers", files={"other": ("x", b"x", "text/plain")})
    assert answer.status_code == 422
    assert "Choose the filled form" in answer.text


def test_the_officer_reads_why_in_her_own_language(site):
    """Why a letter is not written is said in the language of the page."""
    request = Request(site.folder / "turku", None, TODAY, command="letters make")
    made = letters(request, open_rulebook(), formats=("txt",), officers="fi")
    said = text_of(site.text(f"{AT}?lang=fi"))
    assert all(text_of(one.reason) in said for one in made.withheld)


def test_answers_come_back_and_are_recorded_once(site):
    """The form of a request is filled in, taken in, and a second time refused: nothing is replaced."""
    form = site.get(f"{AT}/form", params={"seller": "Indus Delta Credits Ltd (invented)"}).content
    book = openpyxl.load_workbook(io.BytesIO(form))
    cell_of(book["VCS2250"], "buffer_percent", "E").value = 14
    out = io.BytesIO()
    book.save(out)
    files = {"answers": ("answers.xlsx", out.getvalue(), "application/octet-stream")}
    answer = site.send(AT, at=f"{AT}/answers", files=files)
    record = site.folder / "turku" / "clarifications.yaml"
    assert answer.status_code == 200, text_of(answer.text)[:900]
    before = record.read_bytes()
    assert b'file: "answers.xlsx"' in before
    again = site.send(AT, at=f"{AT}/answers", files=files)
    assert again.status_code == 422
    assert record.read_bytes() == before


def test_the_letters_of_many_offers_are_shown_at_last(site):
    """A list that takes longer than a person waits becomes a page of progress, and then the page."""
    for number in range(12):
        with_offer(site, "turku", id=f"VCS{9000 + number}", name=f"More {number}")
    first = site.get(AT)
    assert "/jobs/" in first.url.path
    assert patient(site, AT).url.path == AT


def test_a_reason_that_keeps_every_letter_back_names_nobody(site):
    """Where nobody has decided, the reason stands once for each kind, without a list of all bidders."""
    page = text_of(site.get(AT).text)
    assert "Not written: Nobody has decided yet" in page
    assert "Zambezi Trading FZE" not in page
