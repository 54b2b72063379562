"""What a city may say of what was decided: the offers and tonnes of the decision."""

import shutil
from datetime import date

import pytest

import offsetcheck
from offsetcheck.api.claim import claim, lint
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import InputError

DAY = date(2026, 9, 30)
DECISION = """reference: T-1
by: B. Chief
role: head of procurement
on: 2026-09-30
awarded:
  - {offer: ACR1129, tonnes: 500, price: 28}
"""


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture
def tender(tmp_path):
    """Return a copy of the tender of Turku with a decision."""
    folder = shutil.copytree(bundled("samples") / "turku", tmp_path / "turku")
    (folder / "decision.yaml").write_text(DECISION, encoding="utf-8")
    return folder


def test_the_paragraph_names_what_was_bought_and_not_what_was_offered(rulebook, tender):
    """Of 800 tonnes on offer 500 were bought: the paragraph says 500, and nobody has to put them in."""
    made = claim(Request(tender, None, DAY), rulebook).explained
    said = " ".join(one.text for one in made.paragraphs)
    assert "500" in said
    assert "800" not in said
    assert "890" not in said


def test_a_press_release_is_held_against_what_was_bought(rulebook, tender):
    """The tonnes that were bought are known, and those on offer are more than is known."""
    request = Request(tender, None, DAY)
    told = {}
    for tonnes in ("500", "800"):
        text = f"The city contributes to climate action with {tonnes} tonnes of carbon credits."
        told[tonnes] = lint(request, rulebook, text, "text").explained.sentences[0].said
    assert told["500"] == "ok"
    assert told["800"] != "ok"


def test_a_decision_that_cannot_be_read_ends_the_claim_and_not_the_assessment(
    rulebook, tender, tmp_path
):
    """`claim` says what is wrong with the decision; the pages of `assess` do without it."""
    (tender / "decision.yaml").write_text("awarded: [{offer: VCS1}]", encoding="utf-8")
    request = Request(tender, None, DAY)
    with pytest.raises(InputError):
        claim(request, rulebook)
    offsetcheck.assess(request, rulebook, tmp_path / "out")
    assert (tmp_path / "out" / "claim.html").is_file()
