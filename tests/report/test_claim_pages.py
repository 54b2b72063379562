"""Pages of a claim and of a text held against one: whole, self-contained, safe with strangers."""

import json
from datetime import date

import pytest

from offsetcheck.api.case import open_rulebook
from offsetcheck.api.claim import claim, lint, text_of
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.format import format_names

DAY = date(2026, 9, 30)
HOSTILE = "<script>alert(1)</script> Turku is carbon neutral [x](javascript:1) | *now* \x1b[31m."


@pytest.fixture(scope="module")
def made():
    request = Request(bundled("samples") / "turku", None, DAY)
    rulebook = open_rulebook()
    return {
        "claim": claim(request, rulebook),
        "claim_lint": lint(request, rulebook, HOSTILE, "<b>text</b>.txt"),
    }


@pytest.mark.parametrize("kind", ["claim", "claim_lint"])
def test_each_format_shows_it(made, kind):
    """Text, Markdown, HTML and JSON each show a claim and a text held against one; PDF is there."""
    assert set(format_names(kind)) == {"html", "json", "md", "pdf", "text"}
    for form in ("html", "json", "md", "text"):
        assert "Turku" in text_of(made[kind], form, None)


def test_the_paragraph_can_be_copied_in_each_language(made):
    """The page holds each paragraph in a block of its own, marked with its language."""
    page = text_of(made["claim"], "html", None)
    for language in ("fi", "sv", "en"):
        assert f'<blockquote class="publish" lang="{language}">' in page
    assert "{" not in page.partition("</style>")[2]


def test_a_strangers_text_stays_text(made):
    """Tags, links, marks and control signs of a text are shown and do nothing."""
    page = text_of(made["claim_lint"], "html", None)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>text</b>" not in page
    for form in ("html", "md", "text"):
        assert "\x1b" not in text_of(made["claim_lint"], form, None)
    assert "[x](javascript" not in text_of(made["claim_lint"], "md", None)


def test_json_tells_place_rule_and_source(made):
    """The JSON of a held text has line, signs, reason and source for each hit."""
    held = json.loads(text_of(made["claim_lint"], "json", None))
    assert held["kind"] == "claim_lint"
    (hit,) = [
        hit for one in held["sentences"] for hit in one["hits"] if hit["kind"] == "neutrality"
    ]
    assert {"line", "text", "said"} <= held["sentences"][0].keys()
    assert hit["end"] - hit["start"] == len("carbon neutral")
    assert hit["source"]["standing"] == "design"
