"""Rules, cities and clauses in the browser: found, read whole, and no link that leads nowhere."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from web.site import text_of

HREF = re.compile(r'href="(/[^"]*)"')
STARTS = ("/rules", "/cities", "/clauses")
TAGS = re.compile(r"<(script|img|svg|iframe)\b(?! src=\"/app.js\")", re.IGNORECASE)
HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "../../etc/passwd",
           "(a+)+$" * 20, "%00", "{{ 7*7 }}", "Ω" * 900, "' OR 1=1 --")  # fmt: skip


@pytest.fixture(scope="module")
def book():
    return load_rulebook(bundled("rules"))


def links(page):
    return {unescape(to).split("#")[0] for to in HREF.findall(page)}


def test_every_link_of_the_rulebook_leads_somewhere_and_every_rule_is_reached(site, book):
    """From the three entries all pages are walked; none is missing, and no rule or field is left out."""
    waiting, seen = list(STARTS), set()
    while waiting:
        to = waiting.pop()
        if to in seen:
            continue
        seen.add(to)
        for link in links(site.text(to)):
            bare = link.split("?")[0]
            ours = bare.startswith(STARTS) and not bare.endswith(("/edit", "/new"))
            if ours and "lang=" not in link and link not in seen:
                waiting.append(link)
    assert {f"/rules/{name}" for name in book.rules} <= seen
    assert {f"/cities/{name}" for name in book.cities} <= seen
    assert {f"/rules/tonnes/{name}" for name in book.steps} <= seen
    assert {f"/rules/tables/{name}" for name in book.tables} <= seen
    assert {f"/clauses/{name}" for name in book.guides} <= seen
    assert {f"/rules/fields/candidate.{name}" for name in book.dictionary.candidate} <= seen


def test_a_rule_is_shown_whole(site):
    """Requirement, logic as a sentence and as written, values by day, sources, examples, scenarios."""
    page = text_of(site.text("/rules/permanence.storage_floor"))
    for part in ("Sources", "Values by day", "27 July 2023", "The logic, in words and as written",
                 "What passes and what fails", "Scenarios that expect something of it", "History",
                 "Who adopts, tightens or loosens it"):  # fmt: skip
        assert part in page


def test_rules_are_found_by_words_ids_and_fields(site):
    """Any word of a title, an id, a field or a source finds a rule; all of several must be there."""
    assert "/rules/vintage.age" in site.text("/rules?q=VIN-01")
    assert "/rules/vintage.age" in site.text("/rules?q=oldest+VINTAGE")
    assert "/rules/vintage.age" not in site.text("/rules?q=vintage+zebra")
    assert "No rule fits" in site.text("/rules?q=zebra")
    assert "/rules/fields/candidate.vintage" in site.text("/rules?q=vintage")


def test_rules_are_filtered_by_city_effect_and_standing(site, book):
    """Each filter leaves out what is not so; together they leave what is all of it."""
    adopted = site.text("/rules?city=copenhagen")
    assert '/rules/double_counting.city_inventory"' not in adopted
    assert '/rules/double_counting.city_inventory"' in site.text("/rules?city=turku")
    gates = site.text("/rules?effect=gate&dimension=vintage")
    named = {to.removeprefix("/rules/") for to in links(gates)} & set(book.rules)
    assert named
    assert {book.rules[name].file.effect for name in named} == {"gate"}
    assert {book.rules[name].file.dimension for name in named} == {"vintage"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(site, text):
    """Whatever is searched for is looked for as it is, shown as text, and quickly."""
    page = site.text(f"/rules?q={quote(text)}&city={quote(text)}&effect={quote(text)}")
    assert not TAGS.search(page.split("<main", 1)[1])


@pytest.mark.parametrize(
    "to", ["/rules/{}", "/rules/fields/{}", "/rules/tables/{}", "/rules/tonnes/{}", "/cities/{}",
           "/cities/laws/{}", "/clauses/{}", "/cities/compare?first={}&second=turku"],
)  # fmt: skip
def test_what_is_not_there_is_said_in_words(site, to):
    """An unknown name of any kind is a page that says so, and shows the name as text."""
    page = site.text(to.format(quote("<b>x</b>", safe="")), status=404)
    assert "There is no such" in page
    assert "<b>x</b>" not in page


def test_two_cities_are_compared(site):
    """What the second asks more or less, what only one asks, and that a city is as itself."""
    page = text_of(site.text("/cities/compare?first=turku&second=oslo"))
    assert "Largest residual share" in page
    assert re.search(r"10% 20%\s+looser", page)
    assert re.search("Rules in force only for [^.]*Turku", page)
    assert "They ask the same" in site.text("/cities/compare?first=turku&second=turku")


def test_the_pages_are_read_in_another_language(site):
    """Titles, logic and headings are those of the language that is chosen."""
    page = site.text("/rules/vintage.age?lang=fi")
    assert '<html lang="fi">' in page
    assert "The vintage is not too old" not in page.split("<main", 1)[1]


def test_a_rule_is_read_as_on_another_day(site):
    """The day of the address is that of the values; one before every rule is refused in words."""
    assert site.get("/rules/vintage.age?on=2022-01-01").status_code == 200
    assert "begins on" in site.text("/rules?on=1999-01-01", status=422)
