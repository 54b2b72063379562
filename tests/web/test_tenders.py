"""The tenders of a folder, a new one, samples, and the start of one tender."""

import os
import re
import shutil
from pathlib import Path

import pytest

from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.judge import judge
from offsetcheck.api.request import Request
from offsetcheck.api.samples import sample_tenders
from offsetcheck.api.start import init_tender
from offsetcheck.ground.bundled import bundled
from web.site import TODAY, site_of, text_of

NAMES = ["../x", "a/b", ".hidden", "", "x" * 65, "<script>", "con\x00", "a b", "ä", "-x"]


def _begin(site, **typed):
    return site.send("/new", typed, form="name")


def test_the_list_names_each_tender_with_what_it_is(site):
    """Title, city, stage, deadline and the number of offers, and a way in."""
    page = site.text("/")
    assert 'href="/t/turku"' in page
    text = text_of(page)
    for said in ("Contribution to climate action 2026", "City of Turku", "Clarification", " 11 "):
        assert said in text


def test_an_empty_folder_says_how_to_begin(empty_site):
    """Nothing there is told, with the way to a new tender and to samples."""
    page = empty_site.text("/")
    assert "There is no tender here yet" in page
    assert 'href="/new"' in page


def test_a_tender_that_cannot_be_read_is_listed_and_says_so(site):
    """One broken folder hides no other."""
    for name, text in {"broken": "a: [", "other": "city: turku\ntitle: '<b>x</b>'\n"}.items():
        (site.folder / name).mkdir()
        (site.folder / name / "purchase.yaml").write_text(text)
    (site.folder / "other" / "offers.xlsx").write_bytes(b"PK no workbook")
    page = site.text("/")
    assert page.count("Cannot be read whole") == 2
    assert "City of Turku" in page
    assert "<b>x" not in page
    assert "is not YAML" in site.get("/t/broken").text


def test_what_changes_in_the_offers_is_counted_anew(site):
    """A count is kept for as long as the files are the same."""
    assert " 11 " in text_of(site.text("/"))
    path = site.folder / "turku" / "offers.csv"
    rows = path.read_text().splitlines(keepends=True)
    path.write_text("".join(rows[:-1]))
    assert " 10 " in text_of(site.text("/"))


# A new tender


def test_a_new_tender_is_that_of_the_command_line(empty_site, tmp_path_factory):
    """The same files with the same bytes as `offsetcheck init tender NAME` writes."""
    answer = _begin(empty_site, name="credits-2026", city="helsinki", language="fi")
    assert answer.status_code == 200
    other = tmp_path_factory.mktemp("other") / "credits-2026"
    init_tender(
        other, open_rulebook(), "helsinki", as_of=TODAY, language="fi", named="credits-2026"
    )
    made = empty_site.folder / "credits-2026"
    names = sorted(path.name for path in other.iterdir() if not path.name.startswith("."))
    assert names == sorted(path.name for path in made.iterdir() if not path.name.startswith("."))
    for name in names:
        assert (made / name).read_bytes() == (other / name).read_bytes(), name


def test_the_start_of_a_new_tender_says_what_is_next(empty_site):
    """Without offers, and with values still empty, the page stands and leads to the purchase."""
    answer = _begin(empty_site, name="new", city="turku")
    text = text_of(answer.text)
    assert "Next: Say what is bought" in text
    assert "No offer is in yet." in text
    assert "holds no list of offers" not in text  # a task, and no mistake in a file
    assert 'href="/t/new/purchase"' in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_none_is_refused(empty_site, name):
    """What was typed stays, and nothing is made anywhere."""
    before = sorted(empty_site.folder.parent.iterdir())
    answer = _begin(empty_site, name=name, city="turku")
    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    assert sorted(empty_site.folder.parent.iterdir()) == before
    assert [p for p in empty_site.folder.iterdir() if not p.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["turku", "Turku"])
def test_a_folder_that_is_there_is_not_begun_again(site, name):
    """Whatever its letters' case, and whatever lies in it."""
    before = (site.folder / "turku" / "purchase.yaml").read_bytes()
    assert _begin(site, name=name, city="turku").status_code == 422
    assert (site.folder / "turku" / "purchase.yaml").read_bytes() == before


@pytest.mark.parametrize("city", ["", "atlantis", "../..", "/etc", "../nowhere"])
def test_a_city_that_is_none_is_refused(empty_site, city):
    """Only what stands in the list can be chosen."""
    answer = _begin(empty_site, name="new", city=city)
    assert answer.status_code == 422
    assert not (empty_site.folder / "new").exists()


def test_a_city_of_its_own_beside_can_be_chosen(empty_site):
    """The purchase names its folder as it lies from the tender's."""
    shutil.copytree(bundled("samples") / "alder_bay" / "city", empty_site.folder / "alder")
    assert _begin(empty_site, name="new", city="../alder").status_code == 200
    said = (empty_site.folder / "new" / "purchase.yaml").read_text()
    assert re.search(r"^city: \"?../alder\"?$", said, re.MULTILINE)


@pytest.mark.parametrize("sample", sample_tenders())
def test_a_sample_is_copied_and_judged_as_by_the_command_line(empty_site, sample):
    """The copy is byte for byte the sample; each verdict of the page's count is the engine's."""
    page = empty_site.text("/new")
    assert sample in page
    csrf = next(value for name, value in _form(empty_site).fields if name == "csrf")
    answer = empty_site.browser.post("/samples", data={"csrf": csrf, "sample": sample})
    assert answer.status_code == 200
    source, made = bundled("samples") / sample, empty_site.folder / sample
    for path in (one for one in source.rglob("*") if one.is_file()):
        assert (made / path.relative_to(source)).read_bytes() == path.read_bytes()
    case = open_case(Request(made, None, TODAY), open_rulebook())
    bought = sum(one.assessment.verdict.value == "eligible" for one in judge(case))
    assert f"✓ Eligible {bought}" in text_of(answer.text)


def _form(site):
    return next(one for one in site.forms("/new") if "sample" in one.names)


def test_a_sample_taken_twice_gets_another_name(site):
    """Nothing that is there is written over."""
    answer = site.send("/new", {"sample": "turku"}, form="sample")
    assert answer.status_code == 200
    assert (site.folder / "turku-2" / "purchase.yaml").is_file()
    assert site.send("/new", {"sample": "../x"}, form="sample").status_code == 404


def test_a_tender_that_is_served_itself_has_none_beside(site, pool):
    """The folder served may be one tender; nothing is begun in it then."""
    alone = site_of(site.folder / "turku", pool)
    page = alone.text("/")
    assert 'href="/new"' not in page
    assert _begin(alone, name="new", city="turku").status_code == 409
    assert alone.get("/t/turku").status_code == 200


# One tender


def test_the_start_says_what_is_done_and_what_is_next(site):
    """Each task links to its page and says how far it is."""
    page = site.text("/t/turku")
    text = text_of(page)
    assert "2,000 t CO₂e are sought" in text
    assert "The purchase is ready" in text
    assert 'href="/t/turku/purchase"' in page


def test_problems_of_files_are_told_by_file(site):
    """A value that cannot be read stands under its file, with a way to mend it."""
    path = site.folder / "turku" / "purchase.yaml"
    path.write_text(path.read_text().replace("deadline: 2026-10-15", "deadline: soon"))
    page = site.text("/t/turku")
    assert '<h3><a href="/t/turku/purchase">purchase.yaml</a></h3>' in page
    assert "One value cannot be read." in page


def test_files_of_the_folder_are_given_as_they_are(site):
    """Each file of the list, and nothing else: no hidden one, no link."""
    folder = site.folder / "turku"
    (folder / ".secret").write_text("x")
    (folder / "link.txt").symlink_to("/etc/passwd")
    (folder / "a <b>.txt").write_text("plain")
    page = site.text("/t/turku")
    assert "<b>.txt" not in page
    assert ".secret" not in page
    assert "link.txt" not in page
    links = [part.split('"')[0] for part in page.split('href="')[1:] if "/files/" in part[:40]]
    given = {site.get(link).content for link in links}
    assert given == {p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name in (
        "a <b>.txt", "purchase.yaml", "offers.csv", "evidence.yaml", "screening.yaml",
        "reviews.yaml", "sinks.yaml")}  # fmt: skip
    for link in links:
        assert site.get(link).headers["content-disposition"].startswith("attachment")
    assert site.get("/t/turku/files/0000").status_code == 404


@pytest.mark.parametrize("language", ["fi", "es"])
def test_the_pages_stand_in_other_languages(site, language):
    """Verdicts and dates are in the visitor's language."""
    words = open_rulebook().words[language]
    assert words["verdict.eligible"] in text_of(site.text(f"/t/turku?lang={language}"))
    assert words["stage.clarification"].casefold() in text_of(site.text("/")).casefold()


@pytest.mark.parametrize("page", ["verdicts", "award", "letters", "tonnes", "compare", "claim"])
def test_a_tender_without_offers_says_so_and_leads_to_where_they_are_put_in(tmp_path, pool, page):
    """What is made from offers is empty at first: that is no fault, and the way on is one press."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "purchase.yaml").write_text("title: New\ncity: turku\n")
    site = site_of(tmp_path, pool)
    text = site.text(f"/t/new/{page}")
    assert "There are no offers yet" in text
    assert 'href="/t/new/offers">Put the offers in</a>' in text
    assert 'href="/t/new/purchase"' in text


def test_a_tender_that_cannot_be_read_keeps_its_own_navigation(tmp_path, pool):
    """Who is told what is wrong with a file can go on to that file, and need not begin at the front."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "purchase.yaml").write_text("a: [")
    (tmp_path / "new" / "offers.csv").write_text("id\nA1\n")
    site = site_of(tmp_path, pool)
    text = site.text("/t/new/verdicts", status=422)
    assert 'href="/t/new/purchase"' in text
    assert 'href="/t/new">To the tender' in text


def test_whatever_a_file_on_disk_is_called_every_page_answers(site):
    """A line break, a mark that turns writing round, letters of no coding: names are shown as text."""
    folder = os.fsencode(site.folder / "turku")
    for name in (b"new\nline.pdf", "\u202efdp.csv".encode(), b"\xff\xfe.pdf", b'"><img src=x>.pdf'):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(b"x")
    os.mkfifo(site.folder / "turku" / "pipe.csv")
    for page in ("", "/offers", "/evidence", "/verdicts", "/answers", "/changes", "/letters"):
        assert "<img" not in site.text(f"/t/turku{page}")


def test_a_served_folder_that_goes_away_is_told(site):
    """Its pages say what cannot be done, and are there again when the folder is."""
    away = site.folder.with_name("away")
    site.folder.rename(away)
    try:
        answer = site.get("/register")
        assert answer.status_code == 409
        assert "cannot be written to" in answer.text
    finally:
        away.rename(site.folder)
    assert site.get("/register").status_code == 200
