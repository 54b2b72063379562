"""The sample of comparable tonnes: what its offers come to, and its pages as they were kept.

A wanted change is taken in with OFFSETCHECK_UPDATE=1, and read before it is kept. What stands in
the files of rules (formulae, sources, hashes) is not kept here.
"""

import os
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from offsetcheck.api.case import open_rulebook
from offsetcheck.api.request import Request
from offsetcheck.api.tonnes import tonnes, tonnes_text
from offsetcheck.ground.bundled import bundled

DAY = date(2026, 11, 27)
GOLDEN = Path(__file__).parent / "golden_tonnes"
KEPT = {"sample.md": (None, "md"), "pine.html": ("MAR-PINE", "html"), "order.html": (None, "html")}


@cache
def view(offer=None):
    return tonnes(Request(bundled("samples") / "tonnes", None, DAY), open_rulebook(), offer)


def cut(name, text):
    """Return the part of a page that is kept: what the city chooses up to what steps read."""
    first, last = {
        "sample.md": ("## What the city chooses", "## The steps, their formulae"),
        "pine.html": ('<h2 id="findings">', '<details class="rests'),
        "order.html": ('<h2 id="findings">', '<section class="offer">'),
    }[name]
    kept = text[text.index(first) : text.index(last)]
    if name == "sample.md":
        kept = re.sub(r"#### What each step read\n.*?(?=\n### |\Z)", "", kept, flags=re.DOTALL)
    return re.sub(r"\n{2,}", "\n\n", kept).strip() + "\n"


@pytest.mark.parametrize("name", KEPT)
def test_a_page_of_the_sample_is_as_it_was_kept(name):
    """Choices, offers, places and waterfalls are as they were kept, to the byte."""
    offer, form = KEPT[name]
    text, kept = cut(name, tonnes_text(view(offer), form)), GOLDEN / name
    if os.environ.get("OFFSETCHECK_UPDATE"):
        kept.write_text(text, encoding="utf-8", newline="\n")
    assert text == kept.read_text(encoding="utf-8")


def test_no_kept_page_is_left_over():
    """Each kept file is of a page that is made."""
    assert {path.name for path in GOLDEN.iterdir()} == set(KEPT)


def test_the_forest_of_the_sample_is_the_worked_case():
    """The pine forest comes to 692 t with a buffer and 326 t by the time of storage."""
    falls = {
        fall.treatment: fall.comparable for fall in view("MAR-PINE").explained.offers[0].waterfalls
    }
    assert falls["buffer"].central == pytest.approx(692, abs=0.5)
    assert falls["tonne_year"].central == pytest.approx(326, abs=0.5)


def test_an_assumption_is_told_only_where_it_acts():
    """What is counted of a forecast is the city's assumption; of what was measured nothing is assumed."""
    assumed = {
        offer.id: {
            name for fall in offer.waterfalls for step in fall.steps for name in step.assumed
        }
        for offer in view().explained.offers
    }
    assert assumed.pop("MAR-WOOD") == {"comes_about"}
    assert not any(assumed.values())


def test_the_order_of_the_sample_changes_over_treatments():
    """The forest that is kept standing is first by a buffer and has nothing left like for like."""
    order = view().explained.order
    places = {
        column.treatment: {one.id: (one.first, one.last) for one in column.places}
        for column in order.columns
    }
    assert places["buffer"]["MAR-REDD"] == (1, 1)
    assert places["like_for_like"]["MAR-REDD"] == (4, 4)
    assert places["tonne_year"]["MAR-REDD"][1] > 1
    assert any("depends on how storage" in text for text in order.told)
