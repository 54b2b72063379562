"""A bidder's own check: what is missing, how it would be judged, and nothing kept."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.judge import judge
from offsetcheck.api.questionnaire import check_form, lines_of_check
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.assessment import Verdict
from web.site import TODAY, text_of

SHEET = bundled("samples") / "turku" / "offers.csv"


def _send(site, name, data, city=""):
    return site.send("/check", {"city": city}, files={"file": (name, data)})


def _everything(folder):
    return {
        p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".offsetcheck" not in str(p)
    }


def test_a_sheet_is_judged_as_by_the_command_line(site):
    """Each offer has the verdict that `assess` gives the same file for the same city."""
    answer = _send(site, "offers.csv", SHEET.read_bytes(), "turku")
    assert answer.status_code == 200
    case = open_case(Request(SHEET, "turku", TODAY), open_rulebook())
    shown = answer.text.split('<section class="checked">')[1:]
    judged = list(judge(case))
    assert len(shown) == len(judged)
    for part, one in zip(shown, judged, strict=True):
        assert f"</span> {one.explained.verdict.words}</span>" in part
        assert one.candidate.id in part
    assert "This is no decision" in answer.text


def test_a_form_says_itself_for_which_city_it_was_made(site, tmp_path_factory):
    """What is open is told as `questionnaire check` tells it, and the offers are judged."""
    form = site.get("/t/turku/bid-form/file").content
    book = load_workbook(io.BytesIO(form))
    sheet = next(one for one in book.worksheets if one.title.startswith("Offer"))
    marks = [cell.value for cell in sheet[1]]
    answer = marks.index("answer") + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "id":
            sheet.cell(row, answer).value = "VCS2250"
        if sheet.cell(row, 1).value == "tonnes":
            sheet.cell(row, answer).value = 100
    path = tmp_path_factory.mktemp("form") / "mine.xlsx"
    book.save(path)
    page = _send(site, "mine.xlsx", path.read_bytes())
    assert page.status_code == 200, text_of(page.text)
    told = lines_of_check(check_form(path, open_rulebook()), open_rulebook(), "en")
    assert told[0] in page.text
    assert page.text.count('<section class="checked">') == 1


def test_nothing_of_a_file_is_kept(site, tmp_path):
    """The served folder and the place for passing files are as they were."""
    import tempfile

    before = _everything(site.folder)
    there = {
        one.name for one in Path(tempfile.gettempdir()).iterdir() if "offsetcheck-" in one.name
    }
    _send(site, "offers.csv", SHEET.read_bytes(), "turku")
    _send(site, "offers.csv", b"\x00\x01", "turku")
    assert _everything(site.folder) == before
    now = {
        one.name for one in Path(tempfile.gettempdir()).iterdir() if "offsetcheck-check" in one.name
    }
    assert now <= there


def test_a_sheet_needs_a_city(site):
    """Only a form tells by itself whose rules are meant."""
    answer = _send(site, "offers.csv", SHEET.read_bytes())
    assert answer.status_code == 422
    assert 'href="#city"' in answer.text


def test_without_a_file_it_is_asked_for(site):
    """The form says which field is empty."""
    answer = site.send("/check", {"city": "turku"})
    assert answer.status_code in {200, 422}
    assert "Choose a file" in answer.text


def _bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<x/>")
        out.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("offers.csv", b""),
        ("offers.csv", b"a,b\n1,2\n"),
        ("offers.xlsx", b"PK\x03\x04 no workbook"),
        ("offers.exe", b"MZ"),
        ("offers", b"id,name\nVCS1,x\n"),
        ("../../x.csv", b"\xff\xfe\x00"),
        ("offers.yaml", b"a: &x [1]\nb: *x\n"),
        ("offers.json", b"[" * 100_000),
        ("<script>.csv", b"id\n<script>alert(1)</script>\n"),
        ("bomb.xlsx", _bomb),
    ],
)
def test_files_that_are_none_get_a_plain_word(site, name, data):
    """No file brings the server down, and no text of it is markup."""
    answer = _send(site, name, data() if callable(data) else data, "turku")
    assert answer.status_code in {200, 422}, (answer.status_code, text_of(answer.text)[:300])
    assert "<script>" not in answer.text.replace('<script src="/app.js"', "")
    assert not (site.folder.parent / "x.csv").exists()


@pytest.mark.parametrize("city", ["atlantis", "../../etc", "/etc/passwd", "../turku"])
def test_only_a_city_of_the_list_can_be_chosen(site, city):
    """A path that a browser sends is none of them."""
    answer = _send(site, "offers.csv", SHEET.read_bytes(), city)
    assert answer.status_code == 422


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_reasons_are_in_the_visitors_language(site, language):
    """Verdicts speak the language that was chosen."""
    site.text(f"/check?lang={language}")
    answer = _send(site, "offers.csv", SHEET.read_bytes(), "turku")
    words = open_rulebook().words[language]
    assert any(words[f"verdict.{one.value}"] in answer.text for one in Verdict)


def test_help_tells_the_version_and_what_is_there(site):
    """The version is that of the command line."""
    from offsetcheck.ground.version import __version__

    text = text_of(site.text("/help"))
    assert __version__ in text
    assert "Apache License" in text
    assert str(len(open_rulebook().rules)) in text


def test_help_calls_english_no_translation(site):
    """Only what was translated is said not to have been reviewed by a native speaker."""
    lines = re.findall(r"<li>(English|Suomi)\b(.*?)</li>", site.text("/help"))
    assert "kään" in dict(lines)["Suomi"]
    assert "translation" not in dict(lines)["English"]
