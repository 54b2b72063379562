"""Every page under axe-core and in a narrow window: WCAG 2.2 AA as far as a program can tell."""

import sys
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from report import browser, page_kinds

ROOT = Path(__file__).parents[2]
AXE = next(
    (f for f in (Path(sys.prefix) / "axe.min.js", ROOT / ".venv" / "axe.min.js") if f.exists()),
    None,
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = f"""async (window, document) => {{
  window.eval(AXE_SOURCE);
  const told = await window.axe.run(document, {{
    runOnly: {TAGS}, resultTypes: ["violations", "incomplete"] }});
  const short = list => list.map(rule => [rule.id, rule.nodes.map(n => n.html.slice(0, 160))]);
  return {{ violations: short(told.violations), incomplete: short(told.incomplete),
    passes: told.passes.length }};
}}"""
WIDE = """async (window, document) => {
  const view = document.documentElement;
  const wide = [...document.body.querySelectorAll("*")].filter(e => {
    if (e.closest(".scroll") && !e.matches(".scroll")) return false;
    if (e.closest("caption") || e.closest(".skip")) return false;
    return e.getBoundingClientRect().right > view.clientWidth + 1; });
  return { scroll: view.scrollWidth, width: view.clientWidth,
    wide: wide.slice(0, 3).map(e => e.outerHTML.slice(0, 160)) };
}"""
# What axe cannot decide, and why no page is wrong: reviewed by a person.
REVIEWED = {
    # Text on a fill: the pairs are computed in test_accessible. A mark hangs over its own border.
    "color-contrast",
}

pytestmark = pytest.mark.skipif(
    browser.BROWSER is None, reason="no Chromium or Chrome is installed"
)
in_each_language = pytest.mark.parametrize("language", page_kinds.languages())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a function that gives the pages of a language, each language made once."""
    kept = {}

    def of(language):
        if language not in kept:
            kept[language] = page_kinds.pages(language, tmp_path_factory.mktemp(language))
        return kept[language]

    return of


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: `make setup` fetches it by npm")
@in_each_language
def test_no_page_breaks_a_rule_of_accessibility(language, made, tmp_path):
    """axe-core finds nothing wrong, and what it cannot decide is known and reviewed."""
    source = AXE.read_text("utf-8").replace("</", "<\\/")
    script = f"const AXE_SOURCE = {browser.json.dumps(source)};"
    pages = {name: browser.without_policy(page) for name, page in made(language).items()}
    found = browser.looked_at(pages, LOOK, tmp_path, script=script, width=1280)
    assert found.keys() == made(language).keys()
    assert {name: told.get("violations", told) for name, told in found.items()} == {
        name: [] for name in found
    }
    assert all(told["passes"] > 20 for told in found.values())
    undecided = {rule for told in found.values() for rule, _ in told["incomplete"]}
    assert undecided <= REVIEWED


@in_each_language
@pytest.mark.parametrize("width", [320, 640])
def test_no_page_scrolls_sideways(language, width, made, tmp_path):
    """At 320 px (400 % zoom of 1280) nothing but a labelled region is wider than the window."""
    found = browser.looked_at(made(language), WIDE, tmp_path, width=width)
    wrong = {
        name: told
        for name, told in found.items()
        if told.get("error") or told["scroll"] > told["width"] or told["wide"]
    }
    assert wrong == {}


def test_every_kind_of_page_is_looked_at(made):
    """Each template of a page is among those that are opened here, in more than one state."""
    kinds = {path.name.removesuffix(".html.jinja")
             for path in bundled("templates").glob("*.html.jinja")}  # fmt: skip
    assert {name.partition(",")[0] for name in made("en")} == kinds
    assert len(made("en")) >= 2 * len(kinds)


BAD = """<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>
<h1>One</h1><h4>Four</h4><img src="data:,"><p style="color:#bbb">pale</p>
<div style="overflow:auto;height:20px"><p style="height:90px">long</p></div>
<p style="width:900px">wide</p><a href="#no"></a></body></html>"""


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: `make setup` fetches it by npm")
def test_a_page_that_breaks_rules_is_told(tmp_path):
    """The runner sees what is wrong: language, image, contrast, order of headings, empty link."""
    source = AXE.read_text("utf-8").replace("</", "<\\/")
    script = f"const AXE_SOURCE = {browser.json.dumps(source)};"
    found = browser.looked_at({"bad": BAD}, LOOK, tmp_path, script=script, width=1280)
    broken = {rule for rule, _ in found["bad"]["violations"]}
    assert {"html-has-lang", "image-alt", "color-contrast", "heading-order", "link-name"} <= broken


def test_a_page_that_is_too_wide_is_told(tmp_path):
    """What stands out of a narrow window is named."""
    found = browser.looked_at({"bad": BAD}, WIDE, tmp_path, width=320)["bad"]
    assert found["scroll"] > 320
    assert any("wide" in text for text in found["wide"])
