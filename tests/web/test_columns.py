"""A stored list is set right on the spot: looked at first, written into columns.yaml, the list left as it is."""

import json
import re

import pytest

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.web.register.book import register_of
from web.judged import patient
from web.site import TODAY, forms_in, text_of

AT = "/t/turku/offers/columns"
OFFERS = "/t/turku/offers"
SHEET = (
    b"Ref,Wat,Programme,Vintage,Zeug,Price\n"
    b"VCS902,One,VCS,2022,1500,9\nVCS903,Two,VCS,2021,20,8\nTotal,,,,1520,\n"
)


@pytest.fixture
def stored(site):
    """Return a site whose tender holds a list with a column that nobody can read."""
    for name in ("evidence.yaml", "reviews.yaml", "screening.yaml"):
        (site.folder / "turku" / name).unlink()
    (site.folder / "turku" / "offers.csv").write_bytes(SHEET)
    return site


def case_of(site):
    return open_tender(site.folder / "turku", open_rulebook(), as_of=TODAY)


def said_of(site, **filled):
    """Say something of the list and return the page that shows what would change."""
    return site.send(AT, filled, at=f"{AT}/look")


def wrote(site, answer):
    """Write what a page shows that would change."""
    assert answer.status_code == 200, text_of(answer.text)[:1500]
    [form] = [one for one in forms_in(answer.text) if one.action == AT]
    return site.browser.post(AT, data=dict(form.fields))


def at_of(site, heading):
    return re.search(rf'name="field-(\d+)" aria-label="It is: {heading}"', site.text(AT))[1]


def acts(site):
    return [one.act.act for one in register_of(site.door.workplace).entries()]


def test_a_column_is_mapped_with_its_unit_after_a_look(stored):
    """The page tells which answers would be others; the file is written only when that is said."""
    at = at_of(stored, "Zeug")
    shown = said_of(stored, **{f"field-{at}": "tonnes", f"unit-{at}": "kt"})
    assert shown.status_code == 200
    said = text_of(shown.text)
    assert "What would change" in said
    assert re.search(r"VCS902 .*not known 1,500,000", said)
    assert not (stored.folder / "turku" / "columns.yaml").exists()
    answer = wrote(stored, shown)
    assert "The list is read as you said" in text_of(answer.text)
    assert case_of(stored).table.candidate(0).value("tonnes") == 1_500_000
    assert (stored.folder / "turku" / "offers.csv").read_bytes() == SHEET


def test_rows_are_set_aside_and_taken_back(stored):
    """A row may be said to be no offer, and later to be one again."""
    shown = said_of(stored, leave_out="3")
    assert "No offers any longer: VCS903" in text_of(shown.text)
    wrote(stored, shown)
    assert list(case_of(stored).table.ids) == ["VCS902"]
    shown = said_of(stored, as_read="3")
    assert "Offers that are new: VCS903" in text_of(shown.text)
    wrote(stored, shown)
    assert list(case_of(stored).table.ids) == ["VCS902", "VCS903"]


def test_a_reading_of_numbers_is_chosen(stored):
    """Numbers with two readings are read by the one that is chosen, and the page tells the difference."""
    path = stored.folder / "turku" / "offers.csv"
    path.write_bytes(SHEET.replace(b"Zeug", b"tonnes").replace(b",1500,", b",1.500,"))
    shown = said_of(stored, numbers="1.234,5")
    wrote(stored, shown)
    assert case_of(stored).table.candidate(0).value("tonnes") == 1500


def test_comments_of_the_file_stay(stored):
    """What somebody wrote into columns.yaml by hand stands there after a change."""
    wrote(stored, said_of(stored, **{f"field-{at_of(stored, 'Zeug')}": "tonnes"}))
    path = stored.folder / "turku" / "columns.yaml"
    path.write_text(f"# agreed with Matti\n{path.read_text('utf-8')}", "utf-8")
    wrote(stored, said_of(stored, leave_out="3"))
    text = path.read_text("utf-8")
    assert "# agreed with Matti" in text
    assert "leave_out:" in text


@pytest.mark.parametrize("name", ["offers.csv", "columns.yaml"])
def test_what_changed_meanwhile_is_not_written_over(stored, name):
    """Neither the list nor what is said of it may be another than the page showed."""
    shown = said_of(stored, leave_out="3")
    other = SHEET + b"VCS904,Three,VCS,2021,5,7\n" if name == "offers.csv" else b"columns: []\n"
    (stored.folder / "turku" / name).write_bytes(other)
    assert wrote(stored, shown).status_code == 409
    assert (stored.folder / "turku" / name).read_bytes() == other


def test_a_form_that_says_nothing_is_told_so(stored):
    """Without a word on any column there is nothing to look at."""
    answer = said_of(stored)
    assert answer.status_code == 422
    assert "Say first what is to be read otherwise" in text_of(answer.text)


def test_a_change_that_cannot_be_is_told_before_it_is_written(stored):
    """A line of headings that the list has not is told beside what would change."""
    said = text_of(said_of(stored, header_row="900").text)
    assert "no row of the list stands in line 900" in said
    assert not (stored.folder / "turku" / "columns.yaml").exists()


def test_strangers_headings_are_shown_as_text(stored):
    """Markup in a heading or a cell is text in the page and in its preview."""
    sheet = SHEET.replace(b"Zeug", b"<script>alert(1)</script>").replace(b"One", b"<b>x</b>")
    (stored.folder / "turku" / "offers.csv").write_bytes(sheet)
    shown = said_of(stored, leave_out="3")
    assert "<script>alert(1)" not in stored.text(AT) + shown.text
    assert "<b>x</b>" not in stored.text(AT) + shown.text


def test_the_page_of_offers_leads_there_and_forms_have_no_such_page(stored):
    """The list has a link; a tender without a list of its own is told so."""
    assert f'href="{AT}"' in patient(stored, OFFERS).text
    path = stored.folder / "turku" / "offers.csv"
    path.rename(path.with_name("offers.json"))
    path.with_name("offers.json").write_text(json.dumps([{"id": "VCS902"}]), "utf-8")
    assert stored.get(AT).status_code == 200
    path.with_name("offers.json").unlink()
    assert stored.get(AT).status_code == 404


def test_saying_what_is_said_already_writes_nothing_and_says_so(stored):
    """A second time the same: nothing is written, nothing stands in the register, a sentence says so."""
    wrote(stored, said_of(stored, leave_out="3"))
    path = stored.folder / "turku" / "columns.yaml"
    before, known = path.stat().st_mtime_ns, acts(stored)
    answer = wrote(stored, said_of(stored, leave_out="3"))
    assert "Nothing was changed" in text_of(answer.text)
    assert path.stat().st_mtime_ns == before
    assert acts(stored) == known
    assert known.count("columns_set_right") == 1
