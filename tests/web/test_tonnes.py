"""Comparable tonnes and own sinks: what the command line says of the same tender."""

import re

import pytest

from offsetcheck.api.balance import balance_of_case
from offsetcheck.api.tonnes import tonnes_of
from offsetcheck.report.render import render
from web.judged import SAMPLES, case_of, said, with_offer
from web.site import site_of, text_of


def main_of(html):
    return text_of(re.search(r"<main>(.*)</main>", html, re.DOTALL)[1]).strip()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_holds_the_whole_report(tmp_path, pool, name):
    """List, order under each treatment and steps are those of `offsetcheck tonnes`."""
    site = site_of(tmp_path, pool, name)
    case = case_of(site, name)
    report = render(tonnes_of(case).explained, "html", case.setting.wording.words)
    assert main_of(report) in text_of(site.text(f"/t/{name}/tonnes"))


def test_one_offer_is_shown_with_every_step(site):
    """The waterfall of an offer is that of `offsetcheck tonnes FOLDER ID`."""
    case = case_of(site, "turku")
    report = render(tonnes_of(case, "VCS902").explained, "html", case.setting.wording.words)
    page = site.text("/t/turku/tonnes?offer=VCS902")
    assert main_of(report) in text_of(page)
    assert 'href="/t/turku/offer/VCS902"' in page


def test_no_page_styles_by_attribute(site):
    """The policy of the app bars inline style, so that none may be lost by it."""
    for path in ("/t/turku/tonnes", "/t/turku/sinks", "/t/turku/offer/VCS902"):
        assert " style=" not in site.text(path)
    assert "data-style" in site.text("/t/turku/tonnes")
    assert "data-style" in site.text("/report-style/tonnes")


def test_own_sinks_are_balanced(site):
    """The balance is that of `offsetcheck tonnes --balance`."""
    case = case_of(site, "turku")
    report = render(balance_of_case(case).explained, "html", case.setting.wording.words)
    assert main_of(report) in text_of(site.text("/t/turku/sinks"))
    assert 'href="/t/turku/sinks"' in site.text("/t/turku/tonnes")


def test_a_tender_without_sinks_says_how_to_state_them(tmp_path, pool):
    """Nothing leads to a balance that there is not, and its page says why."""
    site = site_of(tmp_path, pool, "bogota")
    assert "/t/bogota/sinks" not in site.text("/t/bogota/tonnes")
    assert "sinks.yaml" in said(site.text("/t/bogota/sinks"))


def test_sinks_that_cannot_be_read_are_told_with_their_place(site):
    """Every mistake of the statement stands with file and line."""
    (site.folder / "turku" / "sinks.yaml").write_text("sinks: 3\n", encoding="utf-8")
    assert "sinks.yaml" in said(site.text("/t/turku/sinks", status=422))


def test_an_offer_that_is_not_there_is_told(site):
    """A mistyped id is a refusal with the nearest."""
    assert "VCS902" in said(site.text("/t/turku/tonnes?offer=VCS903", status=404))


def test_a_hostile_name_is_text(site):
    """Marks in a name stand as text in list and choice."""
    with_offer(site, "turku", id="VCS9001", name="<i onclick=x>", tonnes="10")
    assert "<i onclick" not in site.text("/t/turku/tonnes")


def test_a_style_of_no_report_is_not_there(site):
    """A kind that is none has no style, and opens no file; one without a style has that of all."""
    for kind in ("nothing", "%2e%2e%2fetc", "index.html"):
        assert site.get(f"/report-style/{kind}").status_code == 404
    assert ".report-part" in site.text("/report-style/candidate")


def test_it_is_read_in_finnish(site):
    """The report in the page is in the language that was chosen."""
    case = case_of(site, "turku", "fi")
    report = render(tonnes_of(case, "VCS902").explained, "html", case.setting.wording.words)
    assert main_of(report) in text_of(site.text("/t/turku/tonnes?offer=VCS902&lang=fi"))
