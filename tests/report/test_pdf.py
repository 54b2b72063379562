"""A report as PDF: what a reader of the screen, an archive and a person without Pango have of it."""

import gc
import json
import logging
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import pikepdf
import pypdf
import pytest
from weasyprint import HTML
from weasyprint.layout import grid

from offsetcheck.ground.bundled import bundled
from offsetcheck.report import press
from offsetcheck.report.format import format_named, written_as
from offsetcheck.report.formats import pdf as pdf_format
from offsetcheck.report.paper import tree_of, without_folded
from offsetcheck.report.render import render, substitution
from offsetcheck.vocabulary.problem import InputError
from report import page_kinds
from world import AS_OF, explained, made_setting, offer, offers, tender_explained

WORDS = made_setting().wording.words
KINDS = {"candidate": lambda: explained(offers()["undecided"]), "tender": tender_explained}


@cache
def made(kind="candidate"):
    return render(KINDS[kind](), "pdf", WORDS)


def opened(content):
    return pikepdf.open(BytesIO(content))


def elements(node):
    """Yield every element of a structure tree below a node."""
    kids = node.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tagged(pdf, *names):
    tree = pdf.Root.StructTreeRoot
    return [element for element in elements(tree) if str(element.S) in names]


def text_of(content):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


@pytest.fixture
def no_error(caplog):
    """Fail where WeasyPrint says that anything is wrong with a page."""
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        yield
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_declares_pdf_ua_with_language_and_title(kind, no_error):
    """Language, title shown in the window, tags and the mark of PDF/UA-1 stand in the file."""
    with opened(render(KINDS[kind](), "pdf", WORDS)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"])
        assert pdf.open_metadata().get("pdfuaid:part") == "1"


@pytest.mark.parametrize("kind", KINDS)
def test_every_drawing_has_words_and_every_table_headings(kind):
    """Each figure has a text in its place; each table has heading cells that its cells name."""
    with opened(made(kind)) as pdf:
        figures = tagged(pdf, "/Figure")
        assert len(figures) > (3 if kind == "candidate" else 0)
        assert all(str(figure.Alt).strip() for figure in figures)
        tables = tagged(pdf, "/Table")
        assert tables
        assert all(any(str(e.S) == "/TH" for e in elements(table)) for table in tables)
        assert tagged(pdf, "/H1")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return every kind of explanation in Finnish with its words, by name."""
    return page_kinds.told("fi", tmp_path_factory.mktemp("fi"))


def test_every_kind_of_page_is_paper_that_a_voice_can_read(told, no_error):
    """Each kind is PDF/UA-1 with language, title, main heading, headed tables and its assessment."""
    for name, (explanation, words) in told.items():
        with opened(render(explanation, "pdf", words)) as pdf:
            assert str(pdf.Root.Lang) == "fi", name
            assert str(pdf.docinfo["/Title"]), name
            assert pdf.open_metadata().get("pdfuaid:part") == "1", name
            assert len(tagged(pdf, "/H1")) == 1, name
            assert all(str(figure.Alt).strip() for figure in tagged(pdf, "/Figure")), name
            for table in tagged(pdf, "/Table"):
                assert any(str(e.S) == "/TH" for e in elements(table)), name
            assert list(pdf.attachments) == ["assessment.json"], name


def spaced(text):
    return " ".join(text.split())


def test_what_decides_says_why_and_what_to_ask():
    """On paper a requirement that decides says why and asks; one that is met has its title alone."""
    findings = KINDS["candidate"]().findings
    deciding = [x for x in findings if x.decides and x.status not in ("met", "scored")]
    assert deciding
    said = spaced(text_of(made()).split(WORDS["report.findings"])[-1])
    for line in deciding:
        assert line.title in said
        if line.effect != "score":
            assert spaced(line.fails or line.unknown or line.found) in said
            assert all(item.question in said for item in line.missing if item.question)
    for line in findings:
        if line.status == "met" and line.found:
            assert line.found not in said


def plain(element):
    """Return an element with all below it as values, without white space that nothing shows."""
    kids = ((plain(kid), " ".join((kid.tail or "").split())) for kid in element)
    return element.tag, element.attrib, " ".join((element.text or "").split()), list(kids)


def test_the_tree_for_paper_is_that_of_an_html_parser(told, monkeypatch):
    """Nothing left out, our own reader makes of each page what a parser of HTML makes of it."""
    monkeypatch.setattr("offsetcheck.report.paper._Reader._is_hidden", lambda *_: False)
    for explanation, words in told.values():
        page = render(explanation, "html", words)
        assert plain(tree_of(page)) == plain(HTML(string=page).etree_element)


def test_what_folds_is_left_out_before_it_is_read(told):
    """Cut out of the text, what folds in findings is missing from no tree that paper shows."""
    for explanation, words in told.values():
        page = render(explanation, "html", words)
        assert plain(tree_of(without_folded(page))) == plain(tree_of(page))
    page = render(KINDS["candidate"](), "html", WORDS)
    assert len(without_folded(page)) < 0.8 * len(page)
    bare = '<details class="finding"><summary>a</summary></details>'
    other = '<details><summary>b</summary><dl class="pairs"><dt>c</dt></dl></details>'
    assert without_folded(bare + other) == bare + other


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_out_is_what_no_paper_shows(kind, tmp_path):
    """By way of a city's templates, where all is laid out, the same text stands on as many sheets."""
    whole = render(KINDS[kind](), "pdf", WORDS, templates=tmp_path)
    assert text_of(whole) == text_of(made(kind))
    assert len(pypdf.PdfReader(BytesIO(whole)).pages) == len(
        pypdf.PdfReader(BytesIO(made(kind))).pages
    )


def test_every_font_is_embedded_and_says_what_its_glyphs_mean():
    """Each font lies in the file, is one of those that travel with the package, and maps to text."""
    ours = {path.stem.removesuffix("-400").removesuffix("-700") for path in fonts()}
    with opened(made()) as pdf:
        found = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        assert found
        for font in found:
            assert "/ToUnicode" in font
            described = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(described.keys())
            name = str(font.BaseFont).partition("+")[2].removesuffix("-Bold")
            assert name in ours


def fonts():
    return sorted((bundled("templates") / press.FONTS).glob("*.woff2"))


def test_fonts_have_a_licence_beside_them():
    """Each font that is embedded is named in the licence that lies with it."""
    licence = (bundled("templates") / press.FONTS / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for path in fonts():
        assert path.stem in licence or path.stem.rpartition("-")[0].startswith(
            ("source-sans-3-", "source-code-pro-")
        )


def test_each_page_has_its_number_and_the_hashes():
    """A lone sheet tells which page of how many it is, and of which rules, input and result."""
    read = pypdf.PdfReader(BytesIO(made()))
    for number, page in enumerate(read.pages, 1):
        text = page.extract_text()
        assert f"Page {number} / {len(read.pages)}" in text
        assert f"rules {KINDS['candidate']().audit.edition}" in text


def test_a_link_from_outside_finds_each_finding():
    """The address of a finding on the screen leads to its place on paper, on the sheet it is on."""
    page = render(KINDS["candidate"](), "html", WORDS)
    findings = re.findall(r'<details class="finding[^"]*" id="([^"]+)"', page)
    with opened(made()) as pdf:
        names = list(pdf.Root.Names.Dests.Names)
        places = dict(zip(map(str, names[::2]), names[1::2], strict=True))
        assert findings
        assert set(findings) <= set(places)
        order = [page.obj.objgen for page in pdf.pages]
        sheets = [order.index(places[name][0].objgen) for name in findings]
        assert sheets == sorted(sheets)


def streams(pdf):
    """Yield the content of each page, and the file that a PDF carries."""
    yield from (page.obj.Contents for page in pdf.pages)
    (name,) = pdf.attachments
    yield pdf.attachments[name].obj.EF.F


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_long_is_compressed_once(kind):
    """Pages and the assessment are smaller in the file than they are, and come out whole."""
    with opened(made(kind)) as pdf:
        for stream in streams(pdf):
            assert str(stream.Filter) == "/FlateDecode"
            assert len(stream.read_raw_bytes()) < len(stream.read_bytes()) / 2


def test_garbage_is_looked_for_again_after_a_page():
    """A page made, Python frees what it finds no use for as before, or not at all as before."""
    assert gc.isenabled()
    made.__wrapped__()
    assert gc.isenabled()
    gc.disable()
    try:
        made.__wrapped__()
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("kind", KINDS)
def test_the_assessment_is_attached(kind):
    """The JSON of the same explanation lies in the file, to the byte."""
    with opened(made(kind)) as pdf:
        (name,) = pdf.attachments
        assert name == "assessment.json"
        attached = pdf.attachments[name].get_file()
        assert attached.read_bytes().decode() == render(KINDS[kind](), "json", WORDS)
        assert json.loads(attached.read_bytes())["kind"] == kind
        assert pdf.attachments[name].description == WORDS["formats.pdf_attached"]


def test_it_is_of_the_day_of_assessment_and_the_same_to_the_byte():
    """No clock, chance or address of memory is in it: a second process writes the same bytes."""
    day = datetime(AS_OF.year, AS_OF.month, AS_OF.day, tzinfo=UTC).strftime("D:%Y%m%d")
    with opened(made()) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith(day)
        assert str(pdf.docinfo["/ModDate"]).startswith(day)
    code = (
        "import sys, hashlib; sys.path[:0] = ['tests', 'tests/engine']\n"
        "from world import *\nfrom offsetcheck.report.render import render\n"
        "page = render(explained(offers()['undecided']), 'pdf', made_setting().wording.words)\n"
        "sys.stdout.buffer.write(page)"
    )
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert again.stdout == made()


def test_nothing_is_laid_out_by_grid(monkeypatch):
    """No part of a page on paper is a grid, whose layout costs more than all else together."""
    asked = []
    monkeypatch.setattr("weasyprint.layout.block.grid_layout", lambda *a, **k: asked.append(a))
    for explain in KINDS.values():
        render(explain(), "pdf", WORDS)
    assert callable(grid.grid_layout)
    assert asked == []


SIGNS = "Ääkköset Žluťoučký Łódź ñandú Αθήνα Київ CO₂ ≥ ≤ → ✓ ✗"


def test_signs_of_many_languages_are_read_as_they_were_written(no_error):
    """Latin, Greek, Cyrillic and our own signs come out of the file as the texts they were."""
    text = " ".join(text_of(render(explained(offer(name=SIGNS)), "pdf", WORDS)).split())
    assert all(word in text for word in SIGNS.split())


@pytest.mark.parametrize(
    "name",
    [
        "<img src='http://169.254.169.254/x.png'><link rel=stylesheet href='file:///etc/passwd'>",
        "<style>@import url(file:///etc/passwd)</style><a rel=attachment href='file:///etc/passwd'>",
        "\u202egnp.exe \x00\x07 \ud800",
        "名前 اسم 😀 " + "a" * 5000,
    ],
)
def test_a_strangers_text_reaches_nothing(name, monkeypatch, no_error):
    """A name that is markup, of strange signs or endless is text; no address is opened for it."""

    def refused(*_, **__):
        raise AssertionError("an address was opened")

    press._fonts()
    monkeypatch.setattr("urllib.request.OpenerDirector.open", refused)
    with opened(render(explained(offer(name=name)), "pdf", WORDS)) as pdf:
        assert list(pdf.attachments) == ["assessment.json"]


def test_a_template_that_reaches_out_is_refused(tmp_path):
    """A city's template with a picture elsewhere makes no page without it: it is told."""
    (tmp_path / "candidate.html.jinja").write_text(
        '{% extends "_base/candidate.html.jinja" %}{% block header %}'
        '<img src="http://example.org/logo.png" alt="Logo">{% endblock %}'
    )
    with pytest.raises(InputError, match="disallowed protocol"):
        render(KINDS["candidate"](), "pdf", WORDS, templates=tmp_path)


@pytest.fixture
def without(monkeypatch, tmp_path):
    """Return a function that takes WeasyPrint away: it is not there, or it finds no Pango."""

    def take(error):
        pdf_format.lacking.cache_clear()
        (tmp_path / "weasyprint.py").write_text(f"raise {error}", encoding="utf-8")
        monkeypatch.delitem(sys.modules, "weasyprint")
        monkeypatch.syspath_prepend(tmp_path)

    yield take
    monkeypatch.undo()
    pdf_format.lacking.cache_clear()


@pytest.mark.parametrize(
    ("error", "install"),
    [
        ("ImportError('no such module')", "pip install"),
        ("OSError('cannot load library libgobject')", "libpango-1.0-0"),
    ],
)
def test_without_pango_it_is_html_and_a_sentence(without, error, install):
    """Where WeasyPrint cannot be loaded the page is HTML, and one sentence says what to install."""
    without(error)
    page = render(KINDS["candidate"](), "pdf", WORDS)
    assert page == render(KINDS["candidate"](), "html", WORDS)
    assert written_as("pdf")[0] is format_named("html")
    assert install in substitution("pdf", WORDS)


def test_with_pango_nothing_is_said():
    """Where all is there, no sentence stands beside the page."""
    assert substitution("pdf", WORDS) is None
