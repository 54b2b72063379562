"""Letters as PDF: the text of the Word file on tagged paper, and nothing torn that belongs together."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pytest

from letters.desk import REMEDY, decision, made, offers_of, tender, whole, with_remedy
from letters.test_word import ATTACKS, SHIPPED, letter_of
from offsetcheck.api.letter_templates import lint_templates
from offsetcheck.report.letters.file import letter_file
from offsetcheck.report.letters.paper import page_of, said_on
from offsetcheck.report.letters.texts import xml_text
from offsetcheck.vocabulary.letter import Bidder, LetterKind
from offsetcheck.vocabulary.problem import InputError

MADE_ON = date(2026, 10, 20)
KINDS = [kind for kind in LetterKind if kind is not LetterKind.CURE]  # no sample has what to mend
LANGUAGES = {"en": "en_GB", "fi": "fi_FI", "es": "es_CO"}


def paper(letter, templates=None):
    return letter_file(letter, "pdf", "en_GB", templates, MADE_ON)


def squeezed(text):
    return "".join(text.replace("\u2010", "").split())


def body_of(letter):
    """Return the text of the body of a letter's Word file, a line for each paragraph."""
    data = letter_file(letter, "docx", "en_GB", None, MADE_ON).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return xml_text(archive.read("word/document.xml").decode("utf-8"))


def page_body(letter):
    """Return the text of the page that is pressed, a line for each piece, without its first line."""
    page = page_of(letter, None).partition("<body>")[2]
    said = said_on(re.sub(r'(class|scope)="[^"]*"', "", page))
    return said.removeprefix(f"{letter.city}\n")  # which Word has in its header


def sheets(data):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("sample", ["turku", "bogota", "melbourne"])
@pytest.mark.parametrize("stage", ["clarification", "final"])
def test_every_letter_says_what_its_word_file_says(sample, stage):
    """Paragraph by paragraph, in the same order, the page holds the text of the Word file."""
    letters = [one.letter for one in whole(sample, stage).written if one.file.suffix == "docx"]
    assert letters
    for letter in letters:
        assert squeezed(page_body(letter)) == squeezed(body_of(letter)), letter.title


@pytest.mark.parametrize("kind", KINDS)
def test_the_paper_shows_each_paragraph(kind):
    """What stands on the sheets, read back from the PDF, holds each word of the Word file."""
    letter = letter_of(kind)
    shown = squeezed(" ".join(sheets(paper(letter).data))).replace("-", "")
    for line in body_of(letter).splitlines():
        for word in line.split():
            assert squeezed(word).replace("-", "") in shown, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_with_its_title_and_language(tmp_path, language):
    """The file declares PDF/UA-1, the language of the letter, its title, and the city as its author."""
    folder = tender(tmp_path, "turku", decided=decision("turku", offers_of("turku")))
    rules = with_remedy("fi", "es")
    found = made(folder, rules, kinds=("refusal",), formats=("pdf",), language=language).written
    for one in found:
        with pikepdf.open(io.BytesIO(one.file.data)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert bool(pdf.Root.MarkInfo.Marked)
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert str(pdf.docinfo["/Title"]) == one.letter.title
            assert str(pdf.docinfo["/Author"]) == one.letter.city
            assert pdf.open_metadata().get("pdfuaid:part") == "1"
            assert not pdf.attachments


def test_the_same_letter_gives_the_same_bytes():
    """Two files of one letter are equal, and of the day of the letter."""
    letter = letter_of(LetterKind.REFUSAL)
    data = paper(letter).data
    assert data == paper(letter).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261020")


def test_each_sheet_has_its_number_and_the_title():
    """A lone sheet tells of which letter it is, which sheet of how many, and of whom from the second."""
    letter = letter_of(LetterKind.REPORT)
    found = sheets(paper(letter).data)
    assert len(found) > 1
    for number, text in enumerate(found, 1):
        assert f"{number} / {len(found)}" in text
        assert squeezed(letter.title) in squeezed(text)
        assert letter.city in text


@pytest.mark.parametrize("lines", [0, 6, 12, 18, 24, 30])
def test_remedy_and_signature_are_never_torn(lines):
    """However far down the sheet they come, the text on review stands on one sheet, and who signs on one."""
    letter = letter_of(LetterKind.REFUSAL)
    opening = (*letter.opening, *(["A line more."] * lines))
    remedy = tuple(f"{line} {'Word ' * 90}end{place}" for place, line in enumerate(letter.remedy))
    changed = letter.model_copy(update={"opening": opening, "remedy": remedy})
    found = [squeezed(text) for text in sheets(paper(changed).data)]
    whole_remedy = squeezed("".join([letter.headings["remedy"], *remedy]))
    assert sum(whole_remedy in text for text in found) == 1
    signed = squeezed("".join([letter.closing or "", *letter.signed, letter.city]))
    assert sum(signed in text for text in found) == 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_strangers_text_is_shown_as_text(attack):
    """A name with markup, template syntax, controls or line breaks makes no element of the page."""
    letter = letter_of(LetterKind.REFUSAL)
    lots = tuple(lot.model_copy(update={"name": attack}) for lot in letter.lots)
    changed = letter.model_copy(update={"bidder": Bidder(name=attack), "lots": lots})
    tags = re.compile(r"<[a-z/][^>]*>")
    before, after = (page_of(one, None).partition("<body>")[2] for one in (letter, changed))
    assert tags.findall(before) == tags.findall(after)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe\uffff]", after)
    assert paper(changed).data.startswith(b"%PDF-")


def own_template(tmp_path, text):
    (tmp_path / "letters").mkdir(parents=True)
    (tmp_path / "letters" / "refusal.html.jinja").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_citys_own_template_is_pressed(tmp_path):
    """A city replaces one block of the page, and all other blocks stay as they are installed."""
    own = '{% extends "letters/_base.html.jinja" %}{% block head %}<h1>Own head</h1>{% endblock %}'
    letter = letter_of(LetterKind.DEBRIEF)
    folder = own_template(tmp_path, own)
    (folder / "letters" / "refusal.html.jinja").rename(folder / "letters" / "debrief.html.jinja")
    made_so = paper(letter, folder)
    assert "Own head" in sheets(made_so.data)[0]
    assert made_so.template == "debrief.html.jinja"


def test_a_template_without_the_remedy_writes_nothing(tmp_path):
    """No refusal goes out as PDF without how to have it reviewed."""
    own = '{% extends "letters/refusal.html.jinja" %}{% block remedy %}{% endblock %}'
    shipped = (SHIPPED / "refusal.html.jinja").read_text("utf-8")
    folder = own_template(tmp_path, shipped + own.partition("%}")[2])
    with pytest.raises(InputError, match=r"leaves out `letter.remedy\[\]`"):
        paper(letter_of(LetterKind.REFUSAL), folder)


def test_a_template_fetches_nothing(tmp_path):
    """A picture from an address ends the letter in a sentence, and is not asked for."""
    shipped = (SHIPPED / "refusal.html.jinja").read_text("utf-8")
    picture = '<img src="http://example.org/logo.png" alt="Logo">'
    own = f"{shipped}{{% block head %}}{picture}{{{{ super() }}}}{{% endblock %}}"
    with pytest.raises(InputError, match="disallowed protocol"):
        paper(letter_of(LetterKind.REFUSAL), own_template(tmp_path, own))


def test_a_template_that_tells_of_another_bidder_writes_nothing(tmp_path):
    """What a city's own template says of another bidder is found in the page, as in the Word file."""
    offers = offers_of("turku")
    folder = tender(tmp_path, "turku", decided=decision("turku", offers))
    found = whole("turku", "final").written
    names = [one.letter.bidder.name for one in found if one.letter.letter is LetterKind.REFUSAL]
    shipped = (SHIPPED / "refusal.html.jinja").read_text("utf-8")
    own = f"{shipped}{{% block head %}}<p title='{names[0]}'>x</p>{{{{ super() }}}}{{% endblock %}}"
    templates = own_template(tmp_path / "own", own)
    with pytest.raises(InputError, match="would tell of another bidder"):
        made(folder, kinds=("refusal",), formats=("pdf",), templates=templates)


def test_a_citys_word_template_without_one_for_pdf_is_told(tmp_path):
    """The officer is told that what the city wrote into its Word template is not on the PDF."""
    folder = tender(tmp_path, "turku", decided=decision("turku", offers_of("turku")))
    own = tmp_path / "own"
    (own / "letters").mkdir(parents=True)
    (own / "letters" / "refusal.docx").write_bytes((SHIPPED / "refusal.docx").read_bytes())
    asked = {"kinds": ("refusal",), "templates": own}
    found = made(folder, formats=("pdf",), **asked)
    assert sum("letters/refusal.html.jinja" in remark for remark in found.remarks) == 1
    found = made(folder, formats=("docx",), **asked)
    assert not any("refusal.html.jinja" in remark for remark in found.remarks)


def test_only_the_letters_of_some_names_are_written(tmp_path):
    """Who asks for one file gets that one alone, the same bytes as among all."""
    folder = tender(tmp_path, "turku", stage="clarification")
    every = made(folder)
    one = every.written[-1]
    [alone] = made(folder, names=(one.name.removesuffix(".txt"),)).written
    assert replace(alone, letter=one.letter) == one


@pytest.mark.parametrize("kind", list(LetterKind))
def test_nothing_is_wrong_with_the_installed_templates(kind):
    """Each installed page passes the check of templates."""
    found = lint_templates([SHIPPED / f"{kind.value}.html.jinja"])
    assert all(problem.severity == "warning" for problem in found)


def test_the_remedy_of_the_samples_is_what_the_city_says():
    """The letters that these tests press hold a text on review at all."""
    assert letter_of(LetterKind.REFUSAL).remedy == tuple(REMEDY["en"].splitlines())
