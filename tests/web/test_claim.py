"""What the city may say, in the browser, and a draft held against it."""

from offsetcheck.api.case import open_rulebook
from offsetcheck.api.claim import claim, text_of
from offsetcheck.api.request import Request
from web.site import TODAY
from web.site import text_of as words_on

AT = "/t/turku/claim"


def _claim(site, *offers):
    request = Request(site.folder / "turku", None, TODAY, command="claim")
    return claim(request, open_rulebook(), offers)


def test_the_paragraph_is_that_of_the_command(site):
    """What is to be published stands on the page, word by word."""
    page = words_on(site.text(AT))
    texts = [one.text for one in _claim(site).explained.paragraphs if one.text]
    assert texts
    assert all(words_on(text) in page for text in texts)


def test_the_files_are_those_of_the_command(site):
    """Each format holds the same bytes as `offsetcheck claim` writes, of chosen offers too."""
    for offers in ((), ("PURO-ORCA",)):
        for form in ("html", "json", "md"):
            named = "".join(f"&offer={one}" for one in offers)
            got = site.get(f"{AT}/file?format={form}{named}")
            assert got.content.decode() == text_of(_claim(site, *offers), form, None)


def test_a_draft_that_says_too_much_is_told_by_its_sentence(site):
    """The sentence, the reason and what to write instead stand on the page; nothing is stored."""
    before = sorted(site.folder.rglob("*"))
    answer = site.send(
        AT, {"draft": "Turku is carbon neutral.\nIt bought 890 tonnes."}, form="draft"
    )
    assert answer.status_code == 200
    assert "Turku is carbon neutral." in words_on(answer.text)
    assert "tag fail" in answer.text
    assert sorted(site.folder.rglob("*")) == before


def test_a_file_is_held_against_it_too(site):
    """A plain text file does as the box does; what is no text is told at the field."""
    good = {"file": ("press.txt", b"Turku is carbon neutral.", "text/plain")}
    assert "press.txt" not in site.text(AT)
    assert "tag fail" in site.send(AT, form="draft", files=good).text
    bad = {"file": ("press.docx", b"PK\x03\x04\xff\xfe\x00", "application/zip")}
    answer = site.send(AT, form="draft", files=bad)
    assert answer.status_code == 422
    assert "copy the text" in answer.text


def test_an_empty_draft_is_told(site):
    """Nothing to check is told at the box."""
    answer = site.send(AT, {"draft": "  "}, form="draft")
    assert answer.status_code == 422
    assert 'href="#draft"' in answer.text


def test_a_draft_too_long_is_told_and_kept(site):
    """A text longer than any press release is refused in words."""
    answer = site.send(AT, {"draft": "word " * 60_000}, form="draft")
    assert answer.status_code == 422


def test_hostile_drafts_stay_text(site):
    """Marks in a draft, or an offer that is none, do nothing."""
    answer = site.send(AT, {"draft": '</textarea><script>x</script> "neutral"'}, form="draft")
    assert answer.status_code == 200
    assert "<script>x" not in answer.text
    assert site.get(f"{AT}?offer=../../x").status_code == 422


def test_the_page_is_finnish_for_a_finn(site):
    """The words of the claim are those of the reader's language."""
    assert '<html lang="fi">' in site.text(f"{AT}?lang=fi")
