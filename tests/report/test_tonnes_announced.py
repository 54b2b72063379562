"""Comparable tonnes in reports and the award view: only where the purchase announced them."""

import json
import shutil
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from offsetcheck.api.award import award, award_text
from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.judge import explain_offer
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.render import render

DAY = date(2026, 9, 30)
OFFER = "VCS2930"
FORMS = ("html", "md", "json", "text")


@pytest.fixture
def tender(tmp_path):
    """Return a function that copies the sample of Turku with an announcement, or without."""

    def made(said=""):
        goal = shutil.copytree(bundled("samples") / "turku", tmp_path / (said or "none"))
        purchase = goal / "purchase.yaml"
        line = f"award:\n  compare_on: {said}\n" if said else ""
        purchase.write_text(purchase.read_text("utf-8") + line, encoding="utf-8")
        return Request(goal, None, DAY)

    return made


def report(request, form):
    case = open_case(request, open_rulebook())
    return render(explain_offer(case, OFFER).explained, form, case.setting.wording.words)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("said", ["", "offered_tonnes"])
def test_nothing_is_told_where_nothing_was_announced(said, form, tender):
    """Reports and the award view hold no word of comparable tonnes, and no key of it in JSON."""
    request = tender(said)
    assert "comparable tonnes" not in report(request, form).lower()
    assert '"comparable"' not in report(request, form)
    view = award_text(award(request, open_rulebook()), form).lower()
    assert "comparable tonnes" not in view
    assert '"compared"' not in view


@pytest.mark.parametrize("form", FORMS)
def test_a_report_has_a_section_where_it_was_announced(form, tender):
    """The report of an offer says what its tonnes come to, and that no verdict rests on it."""
    text = report(tender("comparable_tonnes"), form)
    assert "500 t offered come to 455 to 500 comparable tonnes." in text
    assert "makes no offer eligible" in " ".join(text.split())
    assert ("<desc>" in text) == (form == "html")


def test_the_verdict_is_the_same_with_it_and_without(tender):
    """What is concluded of an offer does not change by the announcement."""
    hashes = {
        said: json.loads(report(tender(said), "json"))["audit"]["result_hash"]
        for said in ("", "comparable_tonnes")
    }
    assert hashes[""] == hashes["comparable_tonnes"]


@pytest.mark.parametrize("form", FORMS)
def test_the_award_view_has_both_prices_where_it_was_announced(form, tender):
    """Each offer has its price and the price of a comparable tonne, and the page says why."""
    text = " ".join(award_text(award(tender("comparable_tonnes"), open_rulebook()), form).split())
    assert "The purchase announced that offers are compared on comparable tonnes too" in text
    assert "EUR 6.40 to EUR 7.03" in text


@pytest.mark.parametrize("form", FORMS)
def test_undecided_offers_have_both_prices_too(form):
    """A tender in which nothing is decided yet says of each offer what its tonnes come to."""
    request = Request(bundled("samples") / "tonnes", None, date(2026, 11, 27))
    view = award(request, open_rulebook())
    assert not view.explained.offers
    text = " ".join(award_text(view, form).split()).partition("beside each price")[2]
    assert len(view.explained.undecided) == 7
    for line in view.explained.undecided:
        assert line.id in text
        assert " ".join(line.comparable.price.words.split()) in text


def test_the_workbook_of_an_award_has_both_prices(tender):
    """Bounds of comparable tonnes and of their price are numbers in columns of their own."""
    made = award(tender("comparable_tonnes"), open_rulebook())
    rows = openpyxl.load_workbook(BytesIO(award_text(made, "xlsx")))["Offers"].values
    heads = next(rows)
    row = next(dict(zip(heads, one, strict=True)) for one in rows if one[0] == OFFER)
    assert row["Comparable tonnes: lowest"] == 455
    assert row["Price of a comparable tonne: highest"] == 7.03
    plain = award_text(award(tender(), open_rulebook()), "xlsx")
    assert not any(
        "Comparable" in str(one)
        for one in next(openpyxl.load_workbook(BytesIO(plain))["Offers"].values)
    )


def test_sets_are_the_same_with_it_and_without(tender):
    """No set of an award rests on comparable tonnes."""
    with_it, without = (
        award(tender(said), open_rulebook()).explained for said in ("comparable_tonnes", "")
    )
    assert with_it.sets == without.sets
    assert with_it.compared
    assert without.compared is None


def test_a_mistyped_choice_is_told(tender):
    """A word that is none of the choices is a located problem and announces nothing."""
    made = award(tender("comparable_tons"), open_rulebook())
    assert made.explained.compared is None
    problem = next(one for one in made.problems if "comparable_tons" in one.message)
    assert problem.place.file == "purchase.yaml"
    assert "comparable_tonnes" in problem.hint
