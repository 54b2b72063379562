"""Every page of the app, full, empty and broken, in every language: opened in a browser and looked at."""

import re
import shutil
from urllib.parse import quote, urlencode

import pytest

from offsetcheck.web.routes import navigation, routes
from offsetcheck.web.tender.files import mark_of
from offsetcheck.web.visit import GET
from report.browser import BROWSER
from web.site import LANGUAGES, site_of
from web.walked import AXE, browsing, served

# What stands in the place of each `{part}` of an address, in the sample tender.
PARTS = {
    "tender": "turku",
    "offer": "VCS902",
    "file": mark_of("purchase.yaml"),
    "form": "csv",
    "rule": "permanence.storage_floor",
    "field": "candidate.vintage",
    "table": "corsia_programmes",
    "step": "tonnes.leakage",
    "guide": "icvcm-af",
    "city": "turku",
    "law": "fi",
    "kind": "candidate",
    "number": "1",
    "letter": "draft-report",
}
# What stands for a part in one address alone.
OWN = {
    "/t/{tender}/letters/file/{file}": {"file": "draft-report.docx"},
    "/t/{tender}/answers/{offer}/{field}": {"field": "vintage"},
}
# What some pages want to be asked.
ASKED = {
    "/t/{tender}/compare-cities": {"offer": "VCS902"},
    "/t/{tender}/compare-days": {"from": "2025-09-30"},
    "/t/{tender}/offer": {"offer": "VCS902"},
    "/t/{tender}/offer-file": {"offer": "VCS902", "form": "json"},
    "/t/{tender}/what-if": {"offer": "VCS902"},
    "/t/{tender}/result": {"form": "csv"},
    "/t/{tender}/result-ready": {"form": "csv"},
    "/t/{tender}/award/file": {"format": "csv"},
    "/t/{tender}/claim/file": {"format": "html"},
    "/t/{tender}/letters/all": {"format": "txt"},
    "/t/{tender}/letters/form": {"seller": "Jylland Soil Units ApS (invented)"},
}
# Addresses that answer with a file to keep, and those of files that have to be handed in before.
FILES = {
    "/register/{form}",
    "/report-style/{kind}",
    "/t/{tender}/award/file",
    "/t/{tender}/bid-form/file",
    "/t/{tender}/claim/file",
    "/t/{tender}/files/{file}",
    "/t/{tender}/letters/all",
    "/t/{tender}/letters/file/{file}",
    "/t/{tender}/letters/form",
    "/t/{tender}/offer-file",
    "/t/{tender}/result",
    "/t/{tender}/result-ready",
}
BEFORE = {"/t/{tender}/offers/file/{number}"}

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")
needs_axe = pytest.mark.skipif(
    AXE is None, reason="axe-core is not installed: `make setup` fetches it by npm"
)


def addresses(tender="turku"):
    """Return the address of each page, its parts filled in."""
    parts = {**PARTS, "tender": tender}
    found = []
    for route in routes():
        if route.method == GET and route.address not in FILES | BEFORE:
            names = re.findall(r"\{(\w+)\}", route.address)
            unknown = set(names) - set(parts)
            assert not unknown, f"say in PARTS what stands for {unknown} of {route.address}"
            own = parts | OWN.get(route.address, {})
            filled = {name: quote(own[name], safe="") for name in names}
            query = urlencode(ASKED.get(route.address, {}))
            found.append(f"{route.address.format(**filled)}?{query}".rstrip("?"))
    return found


def in_language(address, language):
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def of_a_tender(tender):
    return [one for one in addresses(tender) if one.startswith(f"/t/{tender}")]


def _wrong_with(page):
    """Return what no page may have: two headings of the first order, missing values, raw keys."""
    wrong = []
    if len(re.findall(r"<h1[ >]", page)) != 1:
        wrong.append("not one h1")
    # In a drawing `None` is the name of a treatment of losses.
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    wrong += re.findall(
        r"(?<!“)\bNone\b(?! [a-z])|\bundefined\b|\[object|\bweb_?\w*\.\w+|&amp;(?:lt|gt|amp);", text
    )
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_sample_answers(site, language):
    """Each page is there in each language, with one heading and no value that is missing."""
    for address in addresses():
        answer = site.get(in_language(address, language))
        assert answer.status_code == 200, (address, answer.status_code)
        if answer.headers["content-type"].startswith("text/html"):
            assert _wrong_with(answer.text) == [], address


BROKEN = {
    "nothing in it": "",
    "no YAML": "a: [",
    "no mapping": "- a\n- b\n",
    "another city": "title: x\ncity: atlantis\n",
    "values that are none": "title: x\ncity: turku\ntonnes: many\ndeadline: soon\nyear: [1]\n",
}


@pytest.mark.parametrize("state", BROKEN)
def test_every_page_of_a_broken_tender_says_so(tmp_path, pool, state):
    """Whatever stands in `purchase.yaml`, each page answers in words, and none with a fault of ours."""
    folder = tmp_path / "turku"
    folder.mkdir()
    (folder / "purchase.yaml").write_text(BROKEN[state])
    site = site_of(tmp_path, pool)
    for address in of_a_tender("turku"):
        answer = site.get(address)
        assert answer.status_code in {200, 404, 422}, (address, answer.status_code)
        if answer.headers["content-type"].startswith("text/html"):
            assert _wrong_with(answer.text) == [], address


HOSTILE = ["%2e%2e", "%2Fetc%2Fpasswd", "a%00b", "%3Cscript%3E", "x" * 3000, "%F0%9F", "{a}"]


@pytest.mark.parametrize("part", HOSTILE)
def test_no_address_leads_out_of_the_folder(site, part):
    """What stands in an address is looked up among what is there; anything else is not found."""
    for route in routes():
        for name in re.findall(r"\{(\w+)\}", route.address):
            known = PARTS | OWN.get(route.address, {})
            filled = {other: quote(known[other], safe="") for other in known} | {name: part}
            address = route.address.format(**filled)
            answer = site.get(f"{address}?{urlencode(ASKED.get(route.address, {}))}")
            assert answer.status_code in {404, 405, 422}, (route.address, part, answer.status_code)
            assert "root:" not in answer.text
            assert "<script>" not in answer.text


def test_every_page_that_changes_something_is_written_down_and_has_its_roles():
    """A route that takes a form names its act, or is one that writes down what it does itself."""
    silent = {route.address for route in routes() if route.method != GET and not route.act}
    assert silent <= SILENT


# Forms that change nothing that stays (a preview, a check), or that write to the register themselves.
SILENT = {
    "/t/{tender}/answers/{offer}/{field}/look",
    "/t/{tender}/by-paper/{offer}/look",
    "/t/{tender}/claim/lint",
    "/t/{tender}/interest",
    "/t/{tender}/offers/columns/look",
    "/t/{tender}/purchase/check",
    "/t/{tender}/purchase/text/check",
    "/check",
    "/rules/{rule}/edit/look",
    "/rules/{rule}/edit/numbers",
    "/rules/{rule}/edit/examples",
}


def test_a_reader_changes_nothing():
    """Whoever may only read may send no form but those of everybody."""
    from offsetcheck.web.visit import Role

    allowed = {
        route.address
        for route in routes()
        if route.method != GET and route.act and Role.READER in route.roles
    }
    assert allowed == set()


def test_the_navigation_names_each_group_of_pages_once():
    """No two pages share a place, and each has words."""
    for of_tender in (False, True):
        found = navigation(of_tender=of_tender)
        assert len({route.nav for route in found}) == len(found)
        assert all(route.label for route in found)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve the sample tender, one that is empty, and one that is broken."""
    folder = tmp_path_factory.mktemp("served")
    for name, text in {"empty": "title: Empty\ncity: turku\n", "broken": "a: ["}.items():
        (folder / name).mkdir()
        (folder / name / "purchase.yaml").write_text(text)
    with served(folder, "turku") as address:
        yield address
    shutil.rmtree(folder)


@needs_browser
@needs_axe
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_a_rule_of_accessibility(server, language):
    """axe-core finds nothing on any page, full, empty or broken; the console is clean, and nothing
    is asked of another server, with the app's own policy on."""
    found, waiting = {}, [*addresses(), *of_a_tender("empty"), *of_a_tender("broken")]
    with browsing(server) as walk:
        for address in waiting:
            status = walk.go(in_language(address, language))
            wrong, open_ = walk.axe()
            if wrong or open_:
                found[address] = [wrong, open_]
            if status == 200 and walk.told:
                found[address] = [walk.told[:], found.get(address)]
            walk.told.clear()
        assert walk.outside == []
    assert found == {}


@needs_browser
@pytest.mark.parametrize("width", [320, 640])
def test_no_page_scrolls_sideways(server, width):
    """At 320 px (400 % zoom of 1280) nothing but a labelled region is wider than the window."""
    found = {}
    with browsing(server, width=width) as walk:
        for address in [*addresses(), *of_a_tender("empty"), *of_a_tender("broken")]:
            walk.go(in_language(address, "fi"))
            if wide := walk.too_wide():
                found[address] = wide
    assert found == {}


@needs_browser
def test_every_page_is_whole_without_script(server):
    """With script turned off each page has its heading, its navigation and its forms' buttons."""
    with browsing(server, script=False) as walk:
        for address in addresses():
            assert walk.go(address) == 200, address
            assert walk.page.locator("h1").count() == 1
            for form in walk.page.locator("form").all():
                assert form.locator("button").count() >= 1, address


@needs_browser
def test_the_first_tab_leads_to_the_content(server):
    """By keyboard the first thing is the way past the navigation."""
    with browsing(server) as walk:
        for address in addresses():
            walk.go(address)
            walk.page.keyboard.press("Tab")
            focused = walk.page.evaluate("document.activeElement.className")
            assert focused == "skip", address
