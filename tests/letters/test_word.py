"""Letters as Word files: their structure, strangers' text, the same bytes twice."""

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from letters.desk import whole
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.letters.build import template
from offsetcheck.report.letters.file import letter_file
from offsetcheck.report.letters.lint import word_sources
from offsetcheck.report.letters.package import packed
from offsetcheck.report.letters.texts import text_of, xml_text
from offsetcheck.vocabulary.letter import Bidder, LetterKind
from offsetcheck.vocabulary.problem import InputError

SHIPPED = bundled("templates") / "letters"
ATTACKS = [
    '<script>alert("x")</script>',
    "</w:t></w:r></w:p><w:p><w:r><w:t>The city owes us",
    "{{ letter.remedy }}{% raw %}{# x",
    "{_{ letter.city }_} {_% for %_}",
    "&lt;b&gt; &amp; ]]>",
    "Line\nOf the city\r\n\x0bmore\u2028end",
    "\x00\x1b[31m\ufffe\uffff\ud800",
    "\u202egnp.exe",
    "مشروع الغابات",
    "x" * 5000,
]


def letter_of(kind, sample="turku"):
    """Return a letter of a kind from the letters of a sample."""
    stage = "clarification" if kind is LetterKind.CLARIFICATION else "final"
    found = whole(sample, stage).written
    return next(x.letter for x in found if x.letter.letter is kind and not x.letter.draft)


def word(letter, templates=None, locale="en_GB"):
    return letter_file(letter, "docx", locale, templates, date(2026, 10, 20))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_installed_templates_are_what_the_builder_makes(kind):
    """Each installed Word template is built from structure alone, to the byte."""
    assert (SHIPPED / f"{kind.value}.docx").read_bytes() == template(kind)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_rows_and_signatures_stand_on_one_page(kind):
    """No row of a table breaks between pages, and who signs stands with what follows."""
    document = Document(str(SHIPPED / f"{kind.value}.docx"))
    values = [
        row for table in document.tables for row in table.rows
        if any("{{" in cell.text for cell in row.cells) and len(row.cells) > 2
    ]  # fmt: skip
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in values)
    assert document.styles["Signed"].paragraph_format.keep_with_next
    annex = document.tables[-1].rows[1]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in annex.cells)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_long_words_may_be_divided_in_tables_alone(kind):
    """Word divides words in narrow columns by the language of the letter, and nowhere else."""
    document = Document(str(SHIPPED / f"{kind.value}.docx"))
    kept = qn("w:suppressAutoHyphens")
    assert document.settings.element.find(qn("w:autoHyphenation")) is not None
    assert document.styles["Normal"].element.pPr.find(kept).get(qn("w:val")) == "1"
    filled = [p for t in document.tables for c in t._cells for p in c.paragraphs if p.text]
    assert all(p._p.pPr.find(kept).get(qn("w:val")) == "0" for p in filled)


def test_what_the_purchase_states_is_the_citys_own_record():
    """A refusal names the year of the claim as the city's, not as a paper of a court or registry."""
    reasons = [r for lot in letter_of(LetterKind.REFUSAL).lots for r in lot.reasons]
    said = " ".join(line for reason in reasons for line in reason.relied_on)
    assert "registry or court" not in said


@pytest.mark.parametrize("sample", ["turku", "bogota", "melbourne"])
def test_a_debrief_tells_no_advantage_by_a_mere_note(sample):
    """How old the city's own list is, and what else only notes tell, is no advantage of an offer."""
    letters = [x.letter for x in whole(sample, "final").written]
    told = [a for x in letters for lot in x.lots for a in lot.advantages]
    assert told
    assert not [a for a in told if "The registry extract is recent" in a]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_template_holds_a_sentence(kind):
    """Outside its fields a Word template holds no letter: each sentence can be translated."""
    data = (SHIPPED / f"{kind.value}.docx").read_bytes()
    body = "\n".join(xml_text(source) for source in list(word_sources(data))[:3])
    left = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", body, flags=re.DOTALL)
    assert not re.search(r"[A-Za-z]", left.replace("PAGE", "")), left


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.CURE])
def test_a_letter_has_headings_header_rows_and_a_language(kind):
    """Headings are of heading styles, each table has a caption and a marked header or key column."""
    letter = letter_of(kind)
    made = word(letter, locale="fi_FI").data
    document = Document(io.BytesIO(made))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert "Title" in styles
    assert styles & {"Heading 1", "Heading 2"}
    for table in document.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        assert caption is not None
        assert "{" not in caption.get(qn("w:val"))
        if len(table.columns) > 2:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.title == letter.title
    assert document.core_properties.language == letter.language
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b'w:val="fi-FI"' in archive.read("word/styles.xml")


def test_the_same_letter_gives_the_same_bytes():
    """Two files of one letter are equal, and hold no time of day."""
    letter = letter_of(LetterKind.REFUSAL)
    made = word(letter).data
    assert made == word(letter).data
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-10-20T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("form", ["docx", "txt"])
def test_strangers_text_is_shown_as_text(form, attack):
    """Names with markup, template syntax, controls or line breaks come out as text on one line."""
    letter = letter_of(LetterKind.REFUSAL)
    bidder = Bidder(name=attack)
    lots = tuple(lot.model_copy(update={"name": attack}) for lot in letter.lots)
    changed = letter.model_copy(update={"bidder": bidder, "lots": lots})
    made = letter_file(changed, form, "en_GB", None, date(2026, 10, 20))
    if form == "docx":
        paragraphs = [p.text for p in Document(io.BytesIO(made.data)).paragraphs]
        assert len(paragraphs) == len(list(Document(io.BytesIO(word(letter).data)).paragraphs))
    shown = made.text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe\uffff]", shown)
    plain = re.sub(r"\s+", " ", attack.split("\x00")[0])[:60].strip()
    seen = plain.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")
    squeezed = re.sub(r"\s+", " ", shown)
    assert "\u202e" in plain or plain in squeezed or seen in squeezed


def test_a_citys_own_template_goes_before_the_installed_one(tmp_path):
    """A template in the city's folder is used, one in the letter's language before any other."""
    letter = letter_of(LetterKind.DEBRIEF)
    (tmp_path / "letters").mkdir()
    for name, text in (("debrief", "Own {{ letter.city }}"), ("debrief.en", "In English")):
        (tmp_path / "letters" / f"{name}.txt.jinja").write_text(text, encoding="utf-8")
    made = letter_file(letter, "txt", "en_GB", tmp_path, date(2026, 10, 20))
    assert made.text == "In English\n"
    assert made.template == "debrief.en.txt.jinja"


@pytest.mark.parametrize("left_out", ["letter.lots[].reasons[].basis", "letter.remedy[]"])
def test_a_template_that_leaves_out_what_must_be_said_writes_nothing(tmp_path, left_out):
    """No refusal goes out without its remedy, or with a clause and not how it was seen."""
    (tmp_path / "letters").mkdir()
    for name in ("_base", "_decided", "refusal"):
        text = (SHIPPED / f"{name}.txt.jinja").read_text("utf-8")
        if left_out.endswith("basis"):
            text = text.replace("{{ reason.basis }}", "")
        else:
            text = text.replace("in letter.remedy", "in []")
        (tmp_path / "letters" / f"{name}.txt.jinja").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        letter_file(letter_of(LetterKind.REFUSAL), "txt", "en_GB", tmp_path, date(2026, 10, 20))
    assert [f"`{left_out}`" in problem.message for problem in caught.value.problems] == [True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ letter.city", "cannot be read"),
        ("{{ letter.citty }}", "fails"),
        ("{{ letter.__class__.__mro__ }}", "may not do that"),
        ("{{ cycler.__init__.__globals__ }}", "may not do that"),
        ("{% include '/etc/passwd' %}", "fails"),
        ("{% import 'letters/award.docx' as x %}", "fails"),
        ("{{ letter.city | safe }}", "cannot be read"),
        ("{{ 10 ** 10 ** 10 }}", "may not do that"),
        ("{{ 'x' * 1000000000 }}", "may not do that"),
        ("{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}", ""),
    ],
)
def test_a_word_template_cannot_reach_out_or_run_on(tmp_path, text, message):
    """A Word template runs in a closed room: what it may not do is a located problem."""
    document = Document(io.BytesIO((SHIPPED / "debrief.docx").read_bytes()))
    document.add_paragraph(text)
    (tmp_path / "letters").mkdir()
    document.save(tmp_path / "letters" / "debrief.docx")
    with pytest.raises(InputError) as caught:
        word(letter_of(LetterKind.DEBRIEF), tmp_path)
    [problem] = caught.value.problems
    assert message in problem.message
    assert problem.place.file == "debrief.docx"


def test_all_that_a_word_file_says_is_in_its_text():
    """Body, header, footer, captions and properties are read for the last check."""
    letter = letter_of(LetterKind.REFUSAL)
    text = text_of(word(letter).data)
    for said in (letter.title, letter.city, letter.headings["reasons"], letter.remedy[0]):
        assert said in text
    assert text.count(letter.tender) >= 2


def changed_document(tmp_path, before, after):
    """Return a folder of templates whose refusal holds another piece of XML."""
    (tmp_path / "letters").mkdir()
    with zipfile.ZipFile(SHIPPED / "refusal.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"].decode("utf-8")
    assert before in document
    parts["word/document.xml"] = document.replace(before, after, 1).encode("utf-8")
    (tmp_path / "letters" / "refusal.docx").write_bytes(packed(parts))
    return tmp_path


def test_a_field_that_word_has_parted_is_filled(tmp_path):
    """Word parts a field where its spelling is checked; it is one field all the same."""
    parted = (
        '{{ letter.</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>tit</w:t></w:r>'
        "<w:r><w:t>le }}"
    )
    folder = changed_document(tmp_path, "{{ letter.title }}", parted)
    letter = letter_of(LetterKind.REFUSAL)
    titles = [p.text for p in Document(io.BytesIO(word(letter, folder).data)).paragraphs]
    assert letter.title in titles


def test_quotes_that_word_has_curled_are_read(tmp_path):
    """Word turns straight quotes into curly ones; a filter's argument is read all the same."""
    curled = "{{ letter.title | replace(“x”, ‘y’) }}"
    folder = changed_document(tmp_path, "{{ letter.title }}", curled)
    assert word(letter_of(LetterKind.REFUSAL), folder).data


def test_a_template_that_breaks_the_document_writes_nothing(tmp_path):
    """A condition that opens in a cell and ends below its table leaves nothing whole, and no letter."""
    (tmp_path / "letters").mkdir()
    with zipfile.ZipFile(SHIPPED / "refusal.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"].decode("utf-8")
    first, last = "{{ letter.headings.relied_on }}", "{{ letter.headings.basis }}"
    opened = document.replace(first, "{% if not letter.city %}" + first, 1)
    ended = opened.replace(last, last + "{% endif %}", 1)
    parts["word/document.xml"] = ended.encode("utf-8")
    (tmp_path / "letters" / "refusal.docx").write_bytes(packed(parts))
    with pytest.raises(InputError, match="no whole document"):
        word(letter_of(LetterKind.REFUSAL), tmp_path)


def test_a_template_that_is_a_link_out_of_its_folder_is_refused(tmp_path):
    """A template that leads out of the city's folder is not read."""
    (tmp_path / "city" / "letters").mkdir(parents=True)
    (tmp_path / "refusal.docx").write_bytes((SHIPPED / "refusal.docx").read_bytes())
    (tmp_path / "city" / "letters" / "refusal.docx").symlink_to(tmp_path / "refusal.docx")
    with pytest.raises(InputError, match="link out of its folder"):
        word(letter_of(LetterKind.REFUSAL), tmp_path / "city")


def test_a_title_of_any_length_fits():
    """A long title of a purchase is whole in the letter, and cut in the file's properties."""
    letter = letter_of(LetterKind.REFUSAL).model_copy(update={"tender": "long " * 100})
    made = word(letter)
    assert made.text.count("long " * 99 + "long") == 1


@pytest.mark.parametrize("kind", ["clarification", "cure"])
def test_the_column_of_numbers_holds_its_heading_on_one_line(kind):
    """The narrowest column of the questions is wide enough for “No.” in every language."""
    narrow = 600  # twentieths of a point
    table = Document(SHIPPED / f"{kind}.docx").tables[0]
    widths = {int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst}
    assert min(widths) >= narrow
