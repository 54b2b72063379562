"""How rows are found in the index of a long list: one script, no server, the choice in the address."""

import base64
import hashlib
import html
import json
import re

import pytest

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.report import finder, index
from offsetcheck.report.index import explain_batch
from offsetcheck.report.render import render
from report import browser
from world import bound, made_setting, offer, offers, purchase, table

HOSTILE = "</script><script>alert(1)</script><!-- \u202e \u2028"
SPREAD = [
    *offers().values(),
    offer(id="VCS10", name="Far", permit_until=None, country="KE"),
    offer(id="VCS11", name=HOSTILE, permit_until=None, country="KE"),
]
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
in_a_browser = pytest.mark.skipif(
    browser.BROWSER is None, reason="no Chromium or Chrome is installed"
)


def explained(rows=SPREAD, links=None):
    made = table(rows)
    judged = assess_table(made, bound(), purchase())
    return explain_batch(judged, made, made_setting(), links=links or {}, file="verdicts.csv")


def page(rows=SPREAD, links=None):
    return render(explained(rows, links), "html", made_setting().wording.words)


def data_in(text):
    held = re.search(r'<script type="application/json" id="find-data">(.*?)</script>', text)
    return json.loads(held[1])


def test_the_page_holds_each_row_with_what_it_is_found_by():
    """Each row of the list stands in the page with verdict, type, country and outcomes."""
    listed = explained()
    found = listed.finder
    rows = dict(zip(found.ids, range(len(found.ids)), strict=True))
    assert rows.keys() == {one.id for one in SPREAD}
    judged = assess_table(table(SPREAD), bound(), purchase())
    for place, name in enumerate(judged.rows["id"]):
        row = rows[name]
        verdict = found.verdict_choices[found.verdicts[row]].code
        assert verdict == judged.rows["verdict"][place]
        letters = found.outcomes[found.patterns[row]]
        said = {
            rule.rule: found.outcome_choices[int(letter)].code
            for rule, letter in zip(found.rules, letters, strict=True)
        }
        assert said == {rule: judged.outcomes[rule][place] for rule in said}
    assert found.country_choices[found.countries[rows["VCS10"]]].code == "KE"


def test_of_a_very_long_list_the_page_finds_the_first_rows_and_says_so(monkeypatch):
    """Rows beyond the limit stand in the tables alone, and the page says in which."""
    monkeypatch.setattr(finder, "MOST_FOUND", 3)
    found = explained().finder
    assert len(found.ids) == len(found.patterns) == 3
    assert "3" in found.cut
    assert "verdicts.csv" in found.cut


def test_groups_count_each_row_once_and_show_the_first():
    """The sections by type and country count every row, and a large one shows its first rows."""
    many = [offer(id=f"VCS{n}", country="KE" if n % 2 else "PE") for n in range(60)]
    listed = explained(many)
    (types,) = listed.types
    assert types.count == "60"
    assert len(types.first) == index.MOST_OF_GROUP
    assert "The first 20 of 60" in types.shown
    assert {(line.code, line.count) for line in listed.countries} == {("KE", "30"), ("PE", "30")}
    assert not any(line.first for line in listed.countries)


def test_the_one_script_that_may_run_is_the_page_s_own():
    """The policy names the script by its hash, and the page has no other that would run."""
    text = page()
    (script,) = SCRIPT.findall(text)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert f"script-src 'sha256-{digest}';" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\son[a-z]+=", text.partition("<body>")[2].partition("<script")[0])


def test_no_name_ends_the_data_of_the_page():
    """A name that closes a script stays a text of the data."""
    text = page()
    assert text.count("<script") == 2
    assert any(name.startswith("</script>") for name in data_in(text)["names"])
    assert "alert(1)" not in "".join(SCRIPT.findall(text))


def test_an_empty_list_has_nothing_to_find():
    """Without rows there is neither form nor script."""
    text = page([])
    assert "<script" not in text
    assert "find-form" not in text


LOOK = """async (window, document) => {
  const form = document.getElementById("find-form"), told = {};
  const ids = () => [...document.querySelectorAll("#find-rows .small")].map(e => e.textContent);
  const choose = chosen => {
    form.reset();
    for (const [name, value] of Object.entries(chosen)) { form.elements[name].value = value; }
    form.dispatchEvent(new window.Event("change"));
    return [ids().sort(), document.getElementById("find-said").textContent];
  };
  told.hidden = document.getElementById("find").hidden;
  told.all = choose({});
  told.country = choose({ country: "KE" });
  told.both = choose({ country: "KE", text: "far" });
  told.rule = choose({ rule: "governance.registry_status" });
  told.dimension = choose({ dimension: "governance", outcome: "fail" });
  told.none = choose({ text: "no such name" });
  told.alive = document.getElementById("find-said").getAttribute("aria-live");
  told.links = [...document.querySelectorAll("[data-find] a")].map(e => e.getAttribute("href"));
  return told;
}"""


@in_a_browser
def test_rows_are_found_by_what_is_chosen(tmp_path):
    """Choices together narrow the rows, the count is said, and counts above lead to their rows."""
    found = browser.looked_at({"index": page()}, LOOK, tmp_path, width=1280)["index"]
    judged = assess_table(table(SPREAD), bound(), purchase())
    failed = judged.outcomes["governance.registry_status"].cast(str) == "fail"
    assert found["hidden"] is False
    assert found["all"] == [
        sorted(one.id for one in SPREAD),
        f"{len(SPREAD)} offers; {len(SPREAD)} are shown.",
    ]
    assert found["country"] == [["VCS10", "VCS11"], "2 offers; 2 are shown."]
    assert found["both"] == [["VCS10"], "One offer"]
    assert found["rule"][0] == sorted(judged.rows["id"].filter(failed))
    assert set(found["rule"][0]) <= set(found["dimension"][0])
    assert found["none"] == [[], "No offer is so."]
    assert found["alive"] == "polite"
    assert "#rule=governance.registry_status&outcome=fail" in found["links"]


@in_a_browser
def test_the_address_says_what_is_chosen(tmp_path):
    """A page that is opened at an address with a choice shows the rows of that choice."""
    path = tmp_path / "index.html"
    path.write_text(page(links={"VCS10": "offers/VCS10.html"}), encoding="utf-8")
    text = browser.dumped(f"{path.as_uri()}#country=KE&text=far", tmp_path)
    rows = re.search(r'<tbody id="find-rows">(.*?)</tbody>', text, re.DOTALL)[1]
    assert re.findall(r'<span class="small">(\w+)</span>', rows) == ["VCS10"]
    assert '<a href="offers/VCS10.html">Far</a>' in rows
    assert "<script>alert" not in html.unescape(rows)


@in_a_browser
def test_a_strange_address_shows_all_rows(tmp_path):
    """What an address says that is no choice of the page is passed over."""
    path = tmp_path / "index.html"
    path.write_text(page(), encoding="utf-8")
    text = browser.dumped(
        f"{path.as_uri()}#country=%3Cb%3E&rule=no.such&verdict=__proto__", tmp_path
    )
    rows = re.search(r'<tbody id="find-rows">(.*?)</tbody>', text, re.DOTALL)[1]
    assert rows.count("<tr>") == len(SPREAD)
