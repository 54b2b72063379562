"""The site of a rulebook: pages that lead to each other, that are safe, and that say the rules."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from offsetcheck.ground.version import __version__
from offsetcheck.report.site.addresses import safe_name
from offsetcheck.report.site.markdown import inline, resolver, written
from offsetcheck.rulebook.load import load_rulebook
from report import browser, sites
from report.test_axe import AXE, LOOK, WIDE

GOLDEN = Path(__file__).parent / "golden_site"
KEPT = (
    "rules/permanence.storage_floor.html",
    "cities/lax.html",
    "fields/candidate.project_type.html",
    "by-criterion.html",
)
LOOKED_AT = (
    "index.html", "search.html", "404.html", "by-dimension.html", "by-criterion.html",
    "by-city.html", "by-source.html", "tables.html", "rules/permanence.storage_floor.html",
    "rules/quantification.published_evaluations.html", "rules/claim.words_fit.html",
    "cities/turku.html", "cities/london_boroughs.html", "laws/fi.html",
    "fields/candidate.project_type.html", "fields/purchase.claim.html", "sources/icvcm-af.html",
    "tables/programmes.html", "steps/tonnes.storage_time.html", "steps.html", "docs/rules.html", "docs/cities.html", "docs/decisions/index.html",
)  # fmt: skip
in_a_browser = pytest.mark.skipif(
    browser.BROWSER is None, reason="no Chromium or Chrome is installed"
)


def test_every_link_within_the_site_leads_somewhere():
    """Each address and anchor of the shipped site, documentation and all, is there."""
    assert sites.broken_links(sites.shipped()) == []


def test_no_page_is_without_a_way_to_it():
    """Every page is reached from the start page by links alone."""
    files = sites.shipped()
    read = sites.pages(files)
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in read:
            continue
        reached.add(path)
        links = (sites.urlsplit(link) for link in read[path].links)
        waiting += [
            sites.normpath(f"{sites.dirname(path)}/{link.path}".lstrip("/"))
            for link in links
            if link.path and not link.scheme
        ]
    assert read.keys() - reached == {"404.html"}


def test_every_page_is_closed_and_each_name_is_given_once():
    """All elements end in order, no page names two things alike, no script stands in one."""
    for path, page in sites.pages(sites.shipped()).items():
        assert page.wrong == [], path
        assert len(page.names) == len(set(page.names)), path
        assert ("script" in page.tags) == (path == "search.html"), path


def test_the_same_rulebook_gives_the_same_bytes():
    """Two sites of one rulebook on one day are the same, file for file."""
    assert sites.files_of(sites.site_of()) == sites.small()


@pytest.mark.parametrize("path", KEPT)
def test_kept_pages_are_as_they_were(path):
    """A page of the tests' own rulebook is what was read and kept."""
    text = re.sub(r"rules [0-9a-f]{12}", "rules {hash}", sites.small()[path])
    text = text.replace(f"offsetcheck {__version__}", "offsetcheck {version}")
    kept = GOLDEN / path
    if os.environ.get("OFFSETCHECK_UPDATE") == "1":
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


def test_a_rule_shows_what_a_reader_needs():
    """Requirement with its value, sources, earlier values, examples, logic, changelog, profiles."""
    page = sites.shipped()["rules/permanence.storage_floor.html"]
    for words in (
        "at least 40 years", "30 years", "27 July 2023", "criterion 9", "[text read]",
        "thirty-nine do not", "not met", "monitoring_years &gt;= $min_storage_years",
        "“Years of monitoring and compensation” is at least 40 years",
        "has no condition any more", "ICVCM Core Carbon Principles", "tighter",
        "For how many years from the first crediting start", "Verified reversal risk report",
    ):  # fmt: skip
        assert words in page, words


def test_a_table_shows_every_row_with_its_standing():
    """The rows of an edition stand on the page of the table, each with how it is known."""
    page = sites.shipped()["tables/programmes.html"]
    row = re.search(r"<tr><td>VCS</td>.*?</tr>", page)[0]
    assert row.endswith("<td>general knowledge</td></tr>")
    assert "Rows of the edition that serves: 0" not in page


def test_the_data_is_the_rulebook():
    """The JSON beside the pages holds every rule with its examples."""
    data = json.loads(sites.shipped()["rulebook.json"])
    assert len(data["rules"]) == len([p for p in sites.shipped() if p.startswith("rules/")])
    assert data["failed"] == 0


def test_where_the_site_will_stand_is_told_to_those_who_look():
    """With an address there are a sitemap and canonical links, and the page of no page is led home."""
    files = sites.files_of(sites.site_of(), "https://example.org/rules/")
    assert "<loc>https://example.org/rules/by-field.html</loc>" in files["sitemap.xml"]
    assert 'href="https://example.org/rules/style.css"' in files["404.html"]
    assert 'rel="canonical" href="https://example.org/rules/index.html"' in files["index.html"]
    assert "sitemap.xml" not in sites.small()


@pytest.mark.parametrize(
    ("name", "plain"),
    [("vintage.age", True), ("candidate.year", True), ("Vintage.Age", False), ("../up", False),
     ("nul", False), ("index", False), ("a" * 200, False), ("é", False), ("", False)],
)  # fmt: skip
def test_an_id_becomes_a_name_that_every_system_takes(name, plain):
    """A plain id is the name of its file; any other gets a mark by which it stays apart."""
    safe = safe_name(name)
    assert (safe == name) is plain
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_.-]{0,79}", safe)
    assert safe != safe_name(name.swapcase()) or name.swapcase() == name


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- --><svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html,<script>1</script>)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/x)",
    "[x](\\\\evil\\x)",
    "[x](../../../etc/passwd)",
    "![x](https://evil.example/pixel.png)",
    "<https://ok.example/><iframe src=//evil></iframe>",
    '[x](https://ok.example/" onmouseover="alert(1))',
    "<br onclick=alert(1)>",
    "```html\n<script>1</script>\n```",
    "| a |\n|---|\n| <script>1</script> |",
    "&#60;script&#62;",
    "x\n<div\nonclick=alert(1)>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_of_strangers_holds_no_markup_and_leads_nowhere_odd(attack):
    """Tags are text, pictures are their words, and a link leads to the web or to a page."""
    read = sites.Page(written(attack, resolver("a.md", {}), "table").html)
    assert read.wrong == []
    allowed = {"p", "a", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "div", "br"}
    assert read.tags <= allowed
    assert all(link.startswith("https://ok.example/") for link in read.links)


HOSTILE = "</title></script><script>alert(1)</script><b onclick='x'>{{ 7 * 7 }} \u202egnp"


def hostile_folder(tmp_path):
    """Return a rule folder in which a stranger has put markup wherever words may stand."""
    folder = shutil.copytree(sites.RULES, tmp_path / "rules")
    changes = {
        "permanence/storage_floor.yaml": ("title: ", "why: ", 'requires: "', "- name: "),
        "cities/lax.yaml": ("name: {en: ",),
        "fields/candidate.yaml": ("title: {en: ",),
        "sources.yaml": ("  title: ",),
    }
    for name, keys in changes.items():
        path = folder / name
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join(hostile_line(line, keys) for line in lines) + "\n", "utf-8")
    words = f"# C\n\n## {HOSTILE}\n\n- `permanence.storage_floor` [x](javascript:x) {HOSTILE}\n"
    (folder / "CHANGELOG.md").write_text(words, "utf-8")
    return folder


def hostile_line(line, keys):
    """Return a line of YAML with the attack at the end of the words that follow one of its keys."""
    for key in keys:
        start, found, rest = line.partition(key)
        if found and not start.strip(" -") and (words := re.fullmatch(r'"?([^"{}>]*)"?(}?)', rest)):
            return f"{start}{key.rstrip(chr(34))}{json.dumps(words[1] + HOSTILE)}{words[2]}"
    return line


def test_markup_in_a_foreign_rule_folder_is_text(tmp_path):
    """Titles, names, notes and a changelog of a stranger run nothing and close nothing."""
    folder = hostile_folder(tmp_path)
    files = sites.files_of(sites.site_of(folder, load_rulebook(folder)))
    read = sites.pages(files)
    assert sum("&lt;script&gt;alert(1)" in files[path] for path in read) > 10
    for path, page in read.items():
        assert page.wrong == [], path
        assert ("script" in page.tags) == (path == "search.html"), path
        assert "\u202e" not in files[path], path
        assert not any(link.lower().startswith("javascript") for link in page.links), path
    assert "<" not in files["search-index.js"]


def test_markdown_keeps_links_between_its_pages():
    """A link to another page leads to that page, with its anchor; one to no page is words."""
    resolve = resolver("more/a.md", {"b.md": "../b.html", "more/c.md": "c.html"})
    assert inline("[b](../b.md#part)", resolve) == '<a href="../b.html#part">b</a>'
    assert inline("[c](c.md) [d](d.md) [e](#here)", resolve) == (
        '<a href="c.html">c</a> d <a href="#here">e</a>'
    )


def test_headings_have_the_anchors_that_links_on_github_use():
    """`evidence.yaml` is found by `#evidenceyaml`; a second heading of a name is told apart."""
    text = "# A page\n\n### `evidence.yaml`\n\ntext\n\n## A page\n\n## site-main\n"
    page = written(text, lambda _: None, "")
    assert [(s.anchor, s.level) for s in page.sections] == [
        ("a-page", 1), ("evidenceyaml", 2), ("a-page-1", 2), ("site-main-1", 2),
    ]  # fmt: skip
    assert page.title == "A page"


@in_a_browser
@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: `make setup` fetches it by npm")
def test_no_page_of_the_site_breaks_a_rule_of_accessibility(tmp_path):
    """axe-core finds nothing wrong with any kind of page."""
    files = sites.shipped()
    shown = {path: sites.standing_alone(files, path) for path in LOOKED_AT}
    source = AXE.read_text("utf-8").replace("</", "<\\/")
    script = f"const AXE_SOURCE = {json.dumps(source)};"
    found = browser.looked_at(shown, LOOK, tmp_path, script=script, width=1280)
    assert {path: told.get("violations", told) for path, told in found.items()} == {
        path: [] for path in LOOKED_AT
    }


@in_a_browser
def test_no_page_of_the_site_scrolls_sideways(tmp_path):
    """At 320 px nothing but a labelled region is wider than the window."""
    files = sites.shipped()
    shown = {path: sites.standing_alone(files, path) for path in LOOKED_AT}
    found = browser.looked_at(shown, WIDE, tmp_path, width=320)
    wrong = {
        path: told
        for path, told in found.items()
        if told.get("error") or told["scroll"] > told["width"] or told["wide"]
    }
    assert wrong == {}


def dumped(folder, address):
    """Return the document of a page of a folder as a browser has it, opened from disk."""
    command = [str(browser.BROWSER), *browser.FLAGS, f"--user-data-dir={folder}/browser"]
    command += ["--virtual-time-budget=5000", "--dump-dom", f"{folder.as_uri()}/{address}"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return done.stdout.decode("utf-8")


@pytest.fixture
def on_disk(tmp_path):
    for path, content in sites.small().items():
        goal = tmp_path / path
        goal.parent.mkdir(exist_ok=True)
        goal.write_text(content, encoding="utf-8")
    return tmp_path


@in_a_browser
@pytest.mark.parametrize(
    ("words", "found"),
    [("per-02", "rules/permanence.storage_floor.html"), ("Storag+MONITOR", "permanence.storage"),
     ("zzzz", None)],
)  # fmt: skip
def test_the_search_needs_no_server(on_disk, words, found):
    """Opened from disk the page finds rules by number and by parts of words, and says if none."""
    text = dumped(on_disk, f"search.html?q={words}")
    results = re.search(r'<ol id="site-search-results".*?</ol>', text, re.DOTALL)[0]
    said = re.search(r'<p id="site-search-said"[^>]*>(.*?)</p>', text)[1]
    assert "found" in said
    assert said.startswith("Nothing") is (found is None)
    assert (found is None and "<li>" not in results) or found in results


@in_a_browser
def test_what_is_searched_for_is_shown_as_text(on_disk):
    """Words of a stranger's link to the search run nothing."""
    text = dumped(on_disk, "search.html?q=%3Cimg%20src=x%20onerror=document.title=1%3E")
    assert "<title>1</title>" not in text
    assert "<img" not in text.replace("&lt;img", "")


def test_the_search_finds_a_step_by_what_it_reads_and_offers():
    """A step of comparable tonnes is in the index with its address, and its page stands there."""
    files = sites.shipped()
    lines = [line for line in files["search-index.js"].splitlines() if "steps/" in line]
    entries = [json.loads(line.rstrip(",")) for line in lines]
    assert {entry[2] for entry in entries} <= set(files)
    assert [entry[0] for entry in entries if "Lashof" in entry[3]] == ["Time of storage"]
    assert "steps.html" in files["index.html"]
