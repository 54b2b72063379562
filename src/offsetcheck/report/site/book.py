"""A rulebook as one PDF: contents with numbers of pages, rules by dimension, cities, sources."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from offsetcheck.report.cleaning import footer_text
from offsetcheck.report.environment import environment, page, template_problems
from offsetcheck.report.press import Attached, printed, style_of
from offsetcheck.report.saying import say
from offsetcheck.report.site.addresses import DATA
from offsetcheck.report.site.said import foot, start_words
from offsetcheck.vocabulary.site_explanation import SiteExplanation

TEMPLATE = "site/book.html.jinja"


def book(site: SiteExplanation, words: Mapping[str, str]) -> bytes:
    """Return a rulebook as PDF/UA-1 with its data attached; the same gives the same bytes."""
    with template_problems(None):
        text = page(environment(None, autoescape=True), TEMPLATE, context_of(site, words))
    data = site.model_dump_json().encode("utf-8")
    attached = Attached(DATA, data, words["site.data_lead"])
    return printed(text, style_of(None), date.fromisoformat(site.as_of), attached, None)


def context_of(site: SiteExplanation, words: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template of the book reads."""
    return {
        "site": site.model_dump(),
        "words": dict(words),
        "chapters": _chapters(site, words),
        "anchors": {rule.rule.rule: f"rule-{n}" for n, rule in enumerate(site.rules, 1)},
        "footer": footer_text(foot(site, words)),
        "page_words": footer_text(words["report.page"]),
    } | start_words(site, words)


def _chapters(site: SiteExplanation, words: Mapping[str, str]) -> list[dict[str, Any]]:
    pages = {one.rule.rule: one for one in site.rules}
    return [
        {
            "title": dimension.title,
            "anchor": f"part-{number}",
            "rules": [_rule(pages[rule.id].model_dump(), words) for rule in dimension.rules],
        }
        for number, dimension in enumerate(site.dimensions, 1)
    ]


def _rule(shown: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    in_force = say(words, "site.in_force_of", count=shown["in_force"], of=shown["of"])
    return shown | {"in_force_words": in_force}
