"""The page of two rulebooks compared and that of swept numbers, against kept copies."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.case import open_rulebook
from offsetcheck.api.request import Request
from offsetcheck.api.rule_sources import open_rules
from offsetcheck.api.rules_diff import Asked, diff_rules
from offsetcheck.api.sensitivity import Sweeping, sensitivity
from offsetcheck.report.render import render

WORLD = Path(__file__).parents[1] / "world" / "rules"
GOLDEN = Path(__file__).parent / "golden_rules"
DAY = date(2026, 9, 30)
OFFERS = """id,name,programme,country,project_type,vintage,volume
VCS1,<b>One</b>,VCS,KE,cookstoves,2024,100
VCS2,Two | three,VCS,KE,cookstoves,2018,250
VCS3,Three,VCS,KE,cookstoves,,50
"""
CHANGES = [
    ("vintage/age.yaml", "{value: 10,", "{value: 4,"),
    ("safeguards/permit.yaml", "effect: gate", "effect: review"),
    ("guide.yaml", "integrity: 40", "integrity: 45"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a list of offers, older rules and newer ones, in which a program stands."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(WORLD, "old")
    shutil.copytree(WORLD, "new")
    for file, old, new in CHANGES:
        path = Path("new") / file
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
    Path("offers.csv").write_text(OFFERS, encoding="utf-8")
    return tmp_path


def compared():
    sides = open_rules("old"), open_rules("new")
    made = diff_rules(*sides, Asked(DAY, (Path("offers.csv"),), ("turku", "lax")))
    return made.explained, made.words


def swept():
    request = Request(Path("offers.csv"), "turku", DAY)
    made = sensitivity(request, open_rulebook("old"), Sweeping(draws=20))
    return made.explained, made.words


def held(text, kept):
    if os.environ.get("OFFSETCHECK_UPDATE"):
        kept.write_text(text, encoding="utf-8", newline="\n")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["html", "md", "text", "json"])
@pytest.mark.parametrize("made", [compared, swept], ids=["rules_diff", "sensitivity"])
def test_the_page_is_as_kept(made, form):
    """Both pages are as they were kept in every format, to the byte."""
    explained, words = made()
    held(render(explained, form, words), GOLDEN / f"{explained.kind}.{form}")


@pytest.mark.usefixtures("folder")
def test_what_a_stranger_named_is_text_in_every_format():
    """Marks of HTML and of Markdown in the name of an offer are letters on the page."""
    explained, words = compared()
    shown = explained.model_copy(update={"effects": explained.effects})
    assert "<b>One</b>" not in render(shown, "html", words)
    assert "Two | three" not in render(shown, "md", words)
