"""Offers side by side, one offer for other cities, the list on two days."""

import re
from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.api.compare import compare
from offsetcheck.api.drift import drift
from offsetcheck.api.request import Request
from offsetcheck.api.write import whole_list
from offsetcheck.report.render import render
from web.judged import case_of, judged_of, rulebook, said, with_offer
from web.site import TODAY, text_of

COMPARE = "/t/turku/compare"
FOUR = ("VCS902", "PURO-ORCA", "ACR1129", "VCS2250")


def chosen(*ids):
    return f"{COMPARE}?shown=yes&" + "&".join(f"offer={one}" for one in ids)


def request_of(site):
    return Request(site.folder / "turku", None, TODAY)


def test_what_differs_is_what_the_whole_report_would_say_of_these(site):
    """Rows, cells and places are those of a list of these offers alone."""
    case = case_of(site, "turku")
    judged = [one for one in judged_of(site, "turku") if one.candidate.id in FOUR]
    together = whole_list(case, judged, {})
    page = site.text(chosen(*FOUR))
    table = page.partition("Where they differ</h2>")[2]
    titles = re.findall(r'<tr><th scope="row">(.*?) <span', table)
    assert titles == [row.title.replace("'", "&#39;") for row in together.differing]
    for row in together.differing:
        assert len({cell.words for cell in row.cells}) > 1
    assert f"What comes out alike ({len(together.same)})" in text_of(page)


def test_equal_offers_share_a_place_and_undecided_ones_have_none(site):
    """Two offers that cannot be told apart stand on the same places; the others on none."""
    page = site.text(chosen(*FOUR))
    places = re.search(r"<tr><th[^>]*>Place</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert re.findall(r"<td>(.*?)</td>", places) == ["1 to 2, shared"] * 2 + ["none"] * 2


@pytest.mark.parametrize("count", [0, 1, 8])
def test_too_few_and_too_many_are_told(site, count):
    """From two to seven stand side by side; what was ticked stays ticked."""
    ids = [one.candidate.id for one in judged_of(site, "turku")][:count]
    page = site.text(chosen(*ids), status=422)
    assert f"Chosen: {count}" in said(page)
    assert page.count(" checked") == count


def test_the_first_look_asks_and_blames_nobody(site):
    """Without a choice there is the form, and no error."""
    page = site.text(COMPARE)
    assert "Something is missing" not in page
    assert page.count('type="checkbox"') == 11


def test_an_offer_that_is_not_there_is_told(site):
    """A mistyped id of an address is a refusal in words."""
    assert "VCS902" in said(site.text(chosen("VCS903", "VCS902"), status=404))


def test_other_cities_are_those_of_the_command_line(site):
    """The comparison of cities is that of `offsetcheck compare`, word for word."""
    made = compare(request_of(site), rulebook(), "VCS902", "turku,bogota").explained
    page = site.text("/t/turku/compare-cities?offer=VCS902&city=turku&city=bogota")
    words = case_of(site, "turku").setting.wording.words
    report = re.search(r"<main>(.*)</main>", render(made, "html", words), re.DOTALL)[1]
    assert text_of(report).strip() in text_of(page)


@pytest.mark.parametrize("city", ["/etc", "../bogota", "turku,bogota", "nowhere", "city"])
def test_no_path_is_a_city_here(site, city):
    """Only cities of the rules are compared: a browser reads no folder by its path."""
    page = site.get("/t/turku/compare-cities", params={"offer": "VCS902", "city": ["turku", city]})
    assert page.status_code == 404


def test_one_city_is_too_few(site):
    """One city alone is no comparison, and is told at its field."""
    page = site.text("/t/turku/compare-cities?offer=VCS902&city=turku", status=422)
    assert '<a href="#city">' in page


def test_two_days_are_those_of_the_command_line(site):
    """The drift of the tender is that of `offsetcheck drift`."""
    until = date(2026, 9, 1)
    request = replace(request_of(site), as_of=until)
    made = drift(request, rulebook(), date(2026, 1, 1)).explained
    page = site.text("/t/turku/compare-days?from=2026-01-01&to=2026-09-01")
    assert made.summary in text_of(page)
    assert made.audit.result_hash in page


@pytest.mark.parametrize("since", ["x", "2026-13-01", "2027-01-01", "2026-09-30"])
def test_a_day_that_is_none_or_not_the_earlier_is_told(site, since):
    """What is no day, and a day that does not lie before the other, is told at its field."""
    page = site.text(f"/t/turku/compare-days?from={since}", status=422)
    assert '<a href="#from">' in page


def test_hostile_names_are_text(site):
    """Marks in a name stand as text in choices and columns."""
    with_offer(site, "turku", id="VCS9001", name="<b onclick=x>\"'")
    for path in (
        chosen("VCS9001", "VCS902"),
        "/t/turku/compare-cities?offer=VCS9001&city=turku&city=bogota",
    ):
        assert "<b onclick" not in site.text(path)


def test_it_is_read_in_finnish(site):
    """Statuses and reasons are in the language that was chosen."""
    one = next(x for x in judged_of(site, "turku", "fi") if x.candidate.id == "VCS902")
    assert one.explained.verdict.words in text_of(site.text(f"{chosen(*FOUR)}&lang=fi"))
