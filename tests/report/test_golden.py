"""Reports of the hand-made rulebook against kept copies.

A wanted change is taken in with OFFSETCHECK_UPDATE=1, and read before it is kept.
"""

import os
from pathlib import Path

import pytest

from offsetcheck.report.render import Format, render
from world import explained, made_setting, offers, tender_explained

GOLDEN = Path(__file__).parent / "golden"


def made(name, form):
    words = made_setting().wording.words
    if name == "tender":
        return render(tender_explained(links={"VCS1": "offers/VCS1.html"}), form, words)
    if name == "empty":
        return render(tender_explained({}), form, words)
    return render(explained(offers()[name]), form, words, back="../index.html")


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("name", [*offers(), "tender", "empty"])
def test_reports_equal_their_kept_copies(name, form):
    """Each report of each verdict, of the whole list and of an empty one is as it was kept."""
    text = made(name, form)
    kept = GOLDEN / f"{name}.{form.value}"
    if os.environ.get("OFFSETCHECK_UPDATE"):
        kept.write_text(text, encoding="utf-8", newline="\n")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", list(Format))
def test_two_runs_give_the_same_bytes(form):
    """Nothing in a report depends on the clock, on chance or on an earlier report."""
    assert made("undecided", form).encode() == made("undecided", form).encode()
