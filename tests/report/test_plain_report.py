"""Templates see an explanation as plain data, and its texts escaped."""

from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.api.judge import judge
from offsetcheck.report import environment
from offsetcheck.report.environment import escape_known
from offsetcheck.report.plain_report import plain_report
from offsetcheck.report.render import render

TURKU = Path(__file__).resolve().parents[2] / "samples" / "turku"


def test_the_plain_form_is_that_of_the_model() -> None:
    """Of each offer of a sample it equals what pydantic dumps, in the same order of keys."""
    case = open_tender(TURKU, open_rulebook(), as_of=date(2026, 9, 30))
    for offer in judge(case):
        made, dumped = plain_report(offer.explained), offer.explained.model_dump()
        assert repr(made) == repr(dumped)


def test_a_text_is_escaped_the_same_each_time() -> None:
    """A text that was made safe before does not make the same text safe that a stranger wrote."""
    tag = "<b>&amp;</b>"
    assert escape_known(Markup(tag)) == tag
    for _ in range(2):
        assert escape_known(tag) == escape(tag)
        assert type(escape_known(tag)) is Markup
    for value in (None, 7, 1.5, True, "x" * 5000 + "<"):
        assert escape_known(value) == escape(value)


def test_a_page_is_the_same_after_others_and_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What findings share with those of other offers is written once and changes no page."""
    case = open_tender(TURKU, open_rulebook(), as_of=date(2026, 9, 30))
    words = case.setting.wording.words
    offers = [offer.explained for offer in judge(case)]
    among = [render(offer, "html", words) for offer in (*offers, *offers)][len(offers) :]
    for offer, page in zip(offers, among, strict=True):
        monkeypatch.setattr(environment, "_made", {})
        assert render(offer, "html", words) == page
