"""Eight tasks of an officer: each answered on the first screen, or by one click from there.

The whole sample tender of Turku is written as an officer gets it and opened in a browser. What
stands on the first screen is what is painted within 1280 × 900 px; a click is a link on it.
"""

from datetime import date
from urllib.parse import unquote

import pytest

import offsetcheck
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from report.browser import BROWSER, looked_at, printed_together

DAY = date(2026, 9, 30)
SCREEN = """async (window, document) => {
  const seen = box => box.width && box.height && box.top < window.innerHeight && box.bottom > 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const range = document.createRange(); range.selectNode(walker.currentNode);
    if (seen(range.getBoundingClientRect())) text += " " + walker.currentNode.textContent;
  }
  const links = [...document.links].filter(a => seen(a.getBoundingClientRect()))
    .map(a => [a.textContent, a.getAttribute("href")]);
  const place = id => { const e = document.getElementById(id); if (!e) return "";
    const after = document.createRange(); after.setStartBefore(e); after.setEndAfter(document.body);
    return after.toString().slice(0, 1500); };
  const ids = {}; for (const e of document.querySelectorAll("[id]")) ids[e.id] = place(e.id);
  return { text: text.replace(/\\s+/g, " "), links, ids };
}"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture(scope="module")
def written(rulebook, tmp_path_factory):
    """Return the folder of the reports of the sample tender."""
    out = tmp_path_factory.mktemp("tasks") / "out"
    offsetcheck.assess(Request(bundled("samples") / "turku", None, DAY), rulebook, out)
    return out


@pytest.fixture(scope="module")
def screens(written, tmp_path_factory):
    """Return what is seen of each page, by its path within the folder."""
    beside = ["index.html", "award.html", "claim.html"]
    paths = [*beside, *(f"offers/{p.name}" for p in sorted((written / "offers").iterdir()))]
    pages = {path: (written / path).read_text("utf-8") for path in paths}
    folder = tmp_path_factory.mktemp("browser")
    return looked_at(pages, SCREEN, folder, width=1280, height=900)


def clicked(screens, page, words):
    """Return what stands where a link of the first screen with these words leads."""
    href = next(href for text, href in screens[page]["links"] if text == words)
    path, _, place = unquote(href).partition("#")
    folder = page.rpartition("/")[0]
    goal = page if not path else (f"{folder}/{path}" if folder else path)
    goal = goal.replace("offers/../", "")
    assert goal in screens, goal
    return screens[goal]["ids"][place] if place else screens[goal]["text"]


def test_may_we_buy(screens):
    """The list shows each verdict it has room for, an offer its verdict and the officer's word."""
    assert "The purchase is ready" in screens["index.html"]["text"]
    assert screens["index.html"]["text"].count("You may sign") >= 4
    assert "Cannot be decided yet Ask first" in screens["offers/VCS2250.html"]["text"]


def test_why_not_with_the_limit(screens):
    """A refused offer says on its first screen what is wrong, and the limit it breaks."""
    text = screens["offers/VCS214.html"]["text"]
    assert "Not eligible" in text
    assert "19 years old, but at most 10 years are allowed" in text


def test_what_to_ask_by_when(screens):
    """The day stands on the first screen, and all questions are one click away."""
    assert "Answer by 15 October 2026" in screens["offers/VCS2250.html"]["text"]
    told = clicked(screens, "offers/VCS2250.html", "What to ask, and by when")
    assert "6 questions decide the verdict" in told
    assert told.count("Papers that would do") >= 4


def test_best_by_price_and_integrity(screens):
    """Places, grades and prices of the offers stand on the first screen of the list."""
    text = screens["index.html"]["text"]
    for word in ("Place", "Integrity", "Price", "EUR 28.00 per tonne", "EUR 890.00"):
        assert word in text


def test_best_per_euro_and_per_integrity(screens):
    """One click leads from the list to the sets by price and by integrity, with what they cost."""
    told = clicked(screens, "index.html", "What to buy within the need and the budget")
    assert "EUR" in told


@pytest.mark.parametrize("page", ["index.html", "offers/VCS902.html"])
def test_what_the_city_must_decide(screens, page):
    """From the list and from each offer one click leads to what the city decides and turns."""
    told = clicked(screens, page, "What the city must decide")
    assert "5 points are for the city" in told
    assert "Decide “Oldest vintage allowed”" in told or "Decide “Accepted programmes”" in told
    assert "“Not eligible” instead of “Eligible”" in told


def test_what_we_may_say(screens):
    """One click leads from the list to the answer and the paragraph, from an offer to its claim."""
    told = clicked(screens, "index.html", "The words that may be published")
    assert "contribution" in told
    assert "contribution" in clicked(screens, "offers/ACR1129.html", "What we may say")


def test_which_clause_and_how_it_stands(screens):
    """One click leads to the findings, each with its source and how that was seen."""
    told = clicked(screens, "offers/VCS902.html", "Which clause, and how it stands")
    assert "Source" in told
    assert "[text read]" in told or "[read second-hand]" in told


def test_what_if_price_or_vintage_change(screens):
    """One click leads to the smallest change that would better the verdict."""
    told = clicked(screens, "offers/VCS2930.html", "What if price or vintage change")
    assert "better the verdict" in told or "then the verdict" in told


def test_every_link_of_every_page_leads_somewhere(screens):
    """No page of a run links to a page or place that is not there."""
    for page, seen in screens.items():
        for text, _ in seen["links"]:
            if text.strip():
                assert clicked(screens, page, text) is not None


@pytest.mark.parametrize(("edition", "most"), [("full", 59), ("summary", 14)])
def test_the_whole_tender_is_printed_on_few_sheets(edition, most, rulebook, tmp_path):
    """The list and all offers come to under 60 sheets, to under 15 without findings."""
    out = tmp_path / "out"
    request = Request(bundled("samples") / "turku", None, DAY)
    offsetcheck.assess(request, rulebook, out, edition=edition)
    paths = [out / "index.html", *sorted((out / "offers").glob("*.html"))]
    pages = [page.read_text("utf-8") for page in paths]
    assert len(pages) == 12
    assert 12 <= len(printed_together(pages, tmp_path)) <= most


@pytest.mark.parametrize(("page", "most"), [("award", 2), ("claim", 3)])
def test_the_pages_beside_the_list_add_few_sheets(page, most, written, tmp_path):
    """The award view is two sheets; the claim three, of which the first is what is published."""
    sheets = printed_together([(written / f"{page}.html").read_text("utf-8")], tmp_path)
    assert len(sheets) <= most


def test_the_first_sheet_of_the_claim_is_what_is_published(written, tmp_path):
    """Answer, paragraph, words and what to name stand on one sheet of A4, the reasons on others."""
    first, second, *_ = printed_together([(written / "claim.html").read_text("utf-8")], tmp_path)
    for title in ("A paragraph to publish", "In what words", "To be named with the claim"):
        assert title in first
    assert "Why, and what to write instead" in second
