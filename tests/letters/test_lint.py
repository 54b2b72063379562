"""Templates of letters: what is wrong with one is told before a letter is made of it."""

import io
import zipfile

import pytest
from docx import Document

from offsetcheck.api.letter_templates import lint_templates
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.letters.package import (
    LARGEST_FILE,
    MOST_PARTS,
    checked_package,
    packed,
)
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import InputError, RequestError

SHIPPED = bundled("templates") / "letters"


def edited(tmp_path, kind="refusal", *, replace=(), add=()):
    """Return an installed Word template with texts replaced and paragraphs added."""
    document = Document(io.BytesIO((SHIPPED / f"{kind}.docx").read_bytes()))
    for paragraph in document.paragraphs:
        for before, after in replace:
            if before in paragraph.text:
                paragraph.text = paragraph.text.replace(before, after)
    for text in add:
        document.add_paragraph(text)
    document.save(tmp_path / f"{kind}.docx")
    return tmp_path / f"{kind}.docx"


def said(path, kind=None):
    return [str(problem) for problem in lint_templates([path], kind)]


def parts_of(kind="refusal"):
    with zipfile.ZipFile(io.BytesIO((SHIPPED / f"{kind}.docx").read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("suffix", ["docx", "txt.jinja"])
def test_nothing_is_wrong_with_the_installed_templates(kind, suffix):
    """Each installed template passes; names that the law publishes are a warning, not an error."""
    found = lint_templates([SHIPPED / f"{kind.value}.{suffix}"])
    assert all(problem.severity == "warning" for problem in found)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ letter.citty }}", "`letter.citty`", "did you mean `city`?"),
        ("{{ letter.bidder.adress }}", "`letter.bidder.adress`", "did you mean `address`?"),
        ("{% for lot in letter.lots %}{{ lot.prise }}{% endfor %}", "lots[].prise", "price"),
        ("{{ leter.city }}", "`leter`", "did you mean `letter`?"),
        ("{{ letter.headings.remedies }}", "headings.remedies", "there are"),
        ("{{ letter.city.name }}", "`letter.city.name`", "has no parts"),
        ("{{ letter.city | safe }}", "no filter `safe`", None),
        ("{{ letter.city | uper }}", "uper", None),
        ("{% if letter.city %}", "cannot be read", None),
        ("{{ letter.city", "cannot be read", None),
        ("{{ letter.report.facts }}", "belongs to other bidders", "only the report"),
    ],
)
def test_a_field_that_is_none_is_told_with_the_one_that_was_meant(tmp_path, text, message, hint):
    """Unknown fields, filters and broken syntax are told, with what was meant where it is near."""
    found = said(edited(tmp_path, add=[text]))
    assert any(message in one and (hint or "") in one for one in found), found


def test_a_fault_is_told_with_its_paragraph(tmp_path):
    """The paragraph of a fault in a Word file is told by its number and its text."""
    found = said(edited(tmp_path, add=["Mind this: {{ letter.citty }} please"]))
    assert any("paragraph" in one and "Mind this" in one for one in found), found
    text = tmp_path / "refusal.txt.jinja"
    text.write_text("one\n{{ letter.citty }}\n", encoding="utf-8")
    assert any(one.startswith("refusal.txt.jinja:2: ") for one in said(text))


def test_a_refusal_without_its_remedy_is_told(tmp_path):
    """Leaving out the text on review, or what a reason rests on, is an error."""
    path = edited(tmp_path, replace=[("letter.remedy", "letter.opening")])
    assert any("leaves out `letter.remedy`" in one for one in said(path))
    path = edited(tmp_path, replace=[("item.basis", "item.stated")])
    assert any("reasons[].basis`" in one for one in said(path))


def test_a_template_whose_letter_is_not_known_is_a_wrong_request(tmp_path):
    """A file whose name tells no kind needs one, and what is no template is refused."""
    path = edited(tmp_path).rename(tmp_path / "mine.docx")
    with pytest.raises(RequestError, match="not known"):
        lint_templates([path])
    assert all(problem.severity == "warning" for problem in lint_templates([path], "refusal"))
    with pytest.raises(RequestError, match=r"no \.docx"):
        lint_templates([tmp_path / "refusal.doc"])
    assert any("no such file" in one for one in said(tmp_path / "award.docx"))


def with_link(target, kind="image"):
    """Return the parts of a file with a link to outside."""
    parts = parts_of()
    name = "word/_rels/document.xml.rels"
    link = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="External"/>'
    ).encode()
    return parts | {name: parts[name].replace(b"</Relationships>", link + b"</Relationships>")}


def with_text(inside):
    parts = parts_of()
    document = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + inside)
    return parts | {"word/document.xml": document}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (parts_of() | {"word/vbaProject.bin": b"x"}, "macros"),
        (parts_of() | {"word/embeddings/oleObject1.bin": b"x"}, "embedded object"),
        (parts_of() | {"word/afchunk1.html": b"<html/>"}, "another format"),
        (with_link("http://evil.example/a.png"), "links to something outside"),
        (with_link("file:///etc/passwd", "attachedTemplate"), "links to something outside"),
        (with_link("file:///etc/passwd", "hyperlink"), "links to something outside"),
        (with_text(b"<w:p><w:r><w:instrText> DDEAUTO c:\\x</w:instrText></w:r></w:p>"), "DDEAUTO"),
        (
            with_text(b'<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'),
            "INCLUDETEXT",
        ),
        (
            parts_of() | {"word/settings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            "document type",
        ),
        (parts_of() | {"../x.xml": b"<x/>"}, "leaves the file"),
        ({"[Content_Types].xml": b"<x/>"}, "no document"),
        (parts_of() | {f"word/p{n}.xml": b"<x/>" for n in range(MOST_PARTS)}, "more than"),
        (parts_of() | {"word/media/a.xml": b"\0" * 40_000_000}, "unpacks to more"),
        (parts_of() | {"word/x.xml": "<x/>".encode("utf-16")}, "UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_word_file_that_reaches_out_or_is_a_bomb_is_refused(parts, message):
    """Macros, embedded objects, links that Word follows, document types and bombs are refused."""
    with pytest.raises(InputError) as caught:
        checked_package(packed(parts), "refusal.docx")
    assert any(message in problem.message for problem in caught.value.problems)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old Word", b"{\\rtf1}"])
def test_what_is_no_word_file_is_told_as_such(data):
    """Empty, cut, old and foreign files are no Word files."""
    with pytest.raises(InputError, match="no Word file"):
        checked_package(data, "refusal.docx")


def test_a_large_file_is_not_opened():
    """A file above the limit is refused by its size alone."""
    with pytest.raises(InputError, match="larger than"):
        checked_package(b"x" * (LARGEST_FILE + 1), "refusal.docx")


def test_a_link_that_a_reader_clicks_on_may_stay():
    """Links to a page or a mail address are no reach of the file itself."""
    for target in ("https://www.example.org", "mailto:bids@example.org"):
        checked_package(packed(with_link(target, "hyperlink")), "refusal.docx")


def test_a_template_that_takes_in_another_is_read_with_it(tmp_path):
    """What a text template extends is part of it, from the city's folder or the installed one."""
    (tmp_path / "letters").mkdir()
    path = tmp_path / "letters" / "refusal.txt.jinja"
    path.write_text(
        '{% extends "letters/_base.txt.jinja" %}{% block head %}{{ letter.nobody }}{% endblock %}',
        encoding="utf-8",
    )
    found = said(path)
    assert any("letter.nobody" in one for one in found)
    assert not any("leaves out `letter.draft`" in one for one in found)
    assert any("reasons[].basis" in one for one in found)
