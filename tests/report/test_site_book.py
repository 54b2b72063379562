"""The rulebook as one PDF: tagged, with contents that lead to pages, and with its data attached."""

import json
from datetime import date
from functools import cache
from io import BytesIO

import pikepdf
import pypdf
import pytest

from offsetcheck.api.site import write_site
from offsetcheck.report.formats import pdf as pdf_format
from offsetcheck.report.site.book import book
from offsetcheck.vocabulary.problem import OutputError, RequestError
from report import sites


@cache
def made():
    site = sites.site_of()
    return book(site.explained, site.words)


def test_the_book_is_tagged_and_has_its_title_and_day():
    """It says that it is PDF/UA-1, in which language it is, and of which day."""
    with pikepdf.open(BytesIO(made())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        kinds = {str(one.S) for one in elements(pdf.Root.StructTreeRoot)}
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/Link"} <= kinds
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
    reader = pypdf.PdfReader(BytesIO(made()))
    assert reader.metadata.creation_date.date() == date(2026, 9, 30)


def elements(node):
    """Yield every element of a structure tree below a node."""
    kids = node.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_the_contents_name_the_page_on_which_a_rule_stands():
    """The number behind a rule in the contents is that of the sheet with its heading."""
    sheets = [page.extract_text() for page in pypdf.PdfReader(BytesIO(made())).pages]
    contents = " ".join(sheets[1].split())
    title = "Stored carbon is made good for long enough"
    number = int(contents.partition(title)[2].lstrip(" .").split()[0])
    assert title in " ".join(sheets[number - 1].split())
    assert number > 2


def test_the_book_carries_the_rulebook_as_data():
    """The JSON attached is the rulebook that the pages show."""
    (name, contents), *rest = pypdf.PdfReader(BytesIO(made())).attachments.items()
    assert (name, rest) == ("rulebook.json", [])
    assert json.loads(contents[0])["kind"] == "site"


def test_the_same_rulebook_gives_the_same_book():
    """Two books of one rulebook are the same, byte for byte."""
    site = sites.site_of()
    assert book(site.explained, site.words) == made()


def test_a_book_that_cannot_be_written_is_told_before_a_site_is_made(tmp_path, monkeypatch):
    """Neither an occupied file nor a machine without WeasyPrint costs the time of a site."""

    def never():
        raise AssertionError("the site was made")

    occupied = tmp_path / "book.pdf"
    occupied.write_text("mine", "utf-8")
    with pytest.raises(OutputError):
        write_site(never, tmp_path / "site", book=occupied)
    lacking = pdf_format.Substitute("html", "formats.pdf_without_pango")
    monkeypatch.setattr(pdf_format, "instead", lambda: lacking)
    with pytest.raises(RequestError):
        write_site(never, tmp_path / "site", book=tmp_path / "other.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.pdf"]


def test_site_and_book_are_written_together(tmp_path):
    """The folder has every page with its list of files, and the book lies where it was asked."""
    written = write_site(sites.site_of, tmp_path / "site", book=tmp_path / "book.pdf")
    assert written.files == len(sites.small())
    assert (tmp_path / "site" / ".nojekyll").exists()
    assert (tmp_path / "book.pdf").read_bytes() == made()
