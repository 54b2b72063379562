"""What a person who types gets who asks for PDF: a file, a note, or a refusal, never signs in the terminal."""

import sys

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.formats import pdf

DAY = ("--as-of", "2026-09-30")


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "offers.csv"
    path.write_text("id,name\nVCS902,Kariba\nGS1,Stoves\n", encoding="utf-8")
    return path


@pytest.fixture
def no_pango(monkeypatch, tmp_path):
    """Let WeasyPrint fail as it does where Pango is missing."""
    pdf.lacking.cache_clear()
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "weasyprint.py").write_text("raise OSError('cannot load library')")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path / "lib")
    yield
    monkeypatch.undo()
    pdf.lacking.cache_clear()


def test_it_goes_to_no_terminal(offsetcheck, sheet, monkeypatch):
    """Printed to a terminal PDF is refused as a wrong use; into a pipe it is the file."""
    words = ("explain", sheet, "VCS902", "--city", "turku", *DAY, "--format", "pdf")
    piped = offsetcheck(*words)
    assert piped.status == 0
    assert piped.printed.startswith(b"%PDF-")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    refused = offsetcheck(*words)
    assert refused.status == 2
    assert refused.printed == b""
    assert "no text for a terminal" in refused.stderr


def test_without_pango_assess_writes_html_and_says_so(offsetcheck, sheet, no_pango, tmp_path):
    """HTML stands in its place, the run is done, and one sentence says what to install."""
    ended = offsetcheck("assess", sheet, "--city", "turku", *DAY, "--format", "pdf")
    assert ended.status == 0
    assert ended.stderr.count("libpango-1.0-0") == 1
    written = {path.suffix for path in (tmp_path / "out").rglob("[!.]*") if path.is_file()}
    assert written == {".html"}
    assert ended.stdout.splitlines()[-1] == "out/index.html"


def test_without_pango_no_file_of_html_is_called_pdf(offsetcheck, sheet, no_pango, tmp_path):
    """A file that was to be a PDF is written under the ending of what it is."""
    words = ("compare", sheet, "VCS902", "--cities", "turku,bogota", *DAY, "--format", "pdf")
    ended = offsetcheck(*words, "-o", "page.pdf")
    assert ended.status == 0
    assert "libpango-1.0-0" in ended.stderr
    assert not (tmp_path / "page.pdf").exists()
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_reports_of_a_batch_are_pdf_where_asked(offsetcheck, sheet, tmp_path):
    """The index stays a page and leads to the PDF of each candidate."""
    words = ("batch", sheet, "--city", "turku", *DAY, "--report-format", "pdf")
    assert offsetcheck(*words).status == 0
    assert (tmp_path / "out" / "offers" / "VCS902.pdf").read_bytes().startswith(b"%PDF-")
    assert "offers/GS1.pdf" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_letters_without_pango_are_word_and_it_is_said_once(offsetcheck, no_pango, tmp_path):
    """Who asks for Word and PDF gets Word, and one sentence says what to install."""
    words = ("letters", "make", bundled("samples") / "turku", *DAY, "-o", "letters")
    ended = offsetcheck(*words, "--format", "docx", "--format", "pdf")
    assert ended.status == 0
    assert ended.stderr.count("libpango-1.0-0") == 1
    assert {path.suffix for path in (tmp_path / "letters").glob("[!.]*")} == {".docx"}


def test_letters_are_pdf_where_asked(offsetcheck, tmp_path):
    """Each letter is a PDF beside its Word file, under the same name."""
    words = ("letters", "make", bundled("samples") / "turku", *DAY, "-o", "letters")
    assert offsetcheck(*words, "--format", "docx", "--format", "pdf").status == 0
    names = sorted(path.name for path in (tmp_path / "letters").glob("*.docx"))
    assert names
    for name in names:
        pressed = (tmp_path / "letters" / name).with_suffix(".pdf")
        assert pressed.read_bytes().startswith(b"%PDF-")
