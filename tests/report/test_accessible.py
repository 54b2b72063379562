"""What a screen reader, a printer and a browser without network need of each page."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from offsetcheck.report.charts import supply_bar
from offsetcheck.report.render import render
from world import award_explained, explained, made_setting, offers, purchase, tender_explained

VOID = {"meta", "link", "br", "img", "input", "hr", "rect", "wbr"}
PALETTE = ("#9ccbea", "#e0a100", "#7a1f00")


class Page(HTMLParser):
    """The elements of a page in order, with their attributes, parents and texts."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts = [], [], {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def of(self, tag):
        return [(attrs, parents) for name, attrs, parents in self.elements if name == tag]


def pages():
    words = made_setting().wording.words
    made = {name: render(explained(c), "html", words) for name, c in offers().items()}
    made["tender"] = render(tender_explained(), "html", words)
    made["empty"] = render(tender_explained({}), "html", words)
    made["award"] = render(award_explained(), "html", words)
    made["award without offers"] = render(award_explained({}), "html", words)
    return made


PAGES = pages()
every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_every_element_is_closed(name):
    """Each element that is opened is closed in its turn."""
    assert Page(PAGES[name]).open == []


@every_page
def test_one_main_heading_and_no_jumps(name):
    """A page has one h1, and no heading skips a level."""
    levels = [
        int(tag[1]) for tag, _, _ in Page(PAGES[name]).elements if re.fullmatch("h[1-6]", tag)
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@every_page
def test_the_language_and_title_are_named(name):
    """A page names its language, its title and its encoding."""
    page = Page(PAGES[name])
    assert page.of("html")[0][0]["lang"] == "en"
    assert "".join(page.texts["title"]).strip()
    assert page.of("meta")[0][0] == {"charset": "utf-8"}


@every_page
def test_tables_have_captions_and_scopes(name):
    """Each table has a caption, each header cell says what it is the header of."""
    page = Page(PAGES[name])
    assert len(page.of("table")) == len(page.of("caption"))
    assert all(attrs.get("scope") in ("row", "col") for attrs, _ in page.of("th"))


@every_page
def test_drawings_have_a_title_first(name):
    """Each drawing carries its facts as a title, which is its first child."""
    text = PAGES[name]
    assert len(re.findall("<svg", text)) == len(re.findall(r"<svg[^>]*><title>[^<]+</title>", text))


@every_page
def test_the_skip_link_leads_to_the_findings(name):
    """The first link skips to the findings, and what it leads to is there once."""
    page = Page(PAGES[name])
    assert page.of("a")[0][0] == {"class": "skip", "href": "#findings"}
    assert [a.get("id") for _, a, _ in page.elements].count("findings") == 1


@every_page
def test_ids_are_used_once(name):
    """No two elements share an id, and each link within the page leads to one."""
    page = Page(PAGES[name])
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for a, _ in page.of("a") if a["href"].startswith("#")}
    assert targets <= set(ids)


@every_page
def test_nothing_is_fetched_and_nothing_runs(name):
    """A page holds no script and no address that a browser would fetch."""
    page = Page(PAGES[name])
    assert not {tag for tag, _, _ in page.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "base",
    }
    for _, attrs, _ in page.elements:
        assert not [
            key
            for key in attrs
            if key.startswith("on") or key in ("src", "srcset", "style", "action")
        ]
    style = "".join(page.texts["style"])
    assert "url(" not in style
    assert "@import" not in style


@every_page
def test_status_is_never_colour_alone(name):
    """Each coloured mark carries a sign and a word."""
    marks = re.findall(
        r'<span class="tag [a-z]+"><span aria-hidden="true">(.)</span> ([^<]*)</span>', PAGES[name]
    )
    assert len(marks) == PAGES[name].count('class="tag ')
    assert all(sign.strip() and word.strip() for sign, word in marks)


@every_page
def test_every_printed_page_carries_hashes_versions_and_day(name):
    """The running footer names rulebook, input and result by hash, the engine's version and the day."""
    style = "".join(Page(PAGES[name]).texts["style"])
    footer = re.search(r'@bottom-left { content: "([^"]*)"', style)[1]
    for part in (
        "rules 2026.1",
        "aaaaaaaaaaaa",
        "cccccccccccc",
        "offsetcheck 0.0.0",
        "City of Turku · 30 September 2026",
    ):
        assert part in footer
    assert "counter(page)" in style


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#1a1a1a", "#9ccbea"),
        ("#1a1a1a", "#e0a100"),
        ("#ffffff", "#7a1f00"),
        ("#4a4a4a", "#ffffff"),
        ("#0b4f8a", "#ffffff"),
    ],
)
def test_text_stands_out_from_its_ground(ink, ground):
    """Each pair of text and ground that the style uses has a contrast of at least 4.5 to 1."""
    style = PAGES["eligible"]
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert all(colour in style for colour in PALETTE)


def test_supply_is_drawn_against_need_in_proportion():
    """The parts of the bar are as wide as their tonnes, and the mark stands at what is sought."""
    drawn = supply_bar(tender_explained())
    assert [part["width"] for part in drawn["parts"]] == [150, 150, 300]
    assert drawn["tick"] == 2 + round(600 * 4000 / 20000)
    assert supply_bar(tender_explained(bought=purchase(tonnes=None))) is None


def test_what_is_not_translated_is_marked_as_english():
    """A sentence that stands in English within another language is marked, also for a reader's voice."""
    words = made_setting(language="fi").wording.words
    text = render(explained(offers()["eligible"], language="fi"), "html", words)
    assert '<html lang="fi">' in text
    assert ' lang="en">The registry status is Registered. <span' in text
    assert ">Menetykset korvataan vähintään 40 vuotta.</dd>" in text


@pytest.mark.parametrize("name", pages())
def test_no_page_shows_the_key_of_its_words(name):
    """A reader sees “Source”, never `report.clause`."""
    keys = made_setting().wording.words.keys()
    shown = {text.strip() for texts in Page(pages()[name]).texts.values() for text in texts}
    assert not shown & set(keys)
