"""Blanks, evasive words and text that pretends to be something else."""

from datetime import date

import pytest

import offsetcheck
from cheats.honest import DAY, FOREST, OZONE, PURCHASE
from cheats.tender import confirmed, judge_folder, write_tender

OWED = (
    "sanctions_hit",
    "second_registration",
    "single_use_warranty",
    "title_chain",
    "registry_status",
    "domestic_scheme",
    "verification_standard",
)
EVASIVE = ("", "-", "n/a", "N.A.", "none", "unknown", "TBD", "see annex", "not applicable", "?")


@pytest.mark.parametrize("field", OWED)
def test_a_blank_where_an_answer_is_due(sell, field):
    """Silence on sanctions, title, status or double counting is no good answer."""
    assert not sell(OZONE | {field: ""}).signs()


@pytest.mark.parametrize("word", EVASIVE)
def test_an_evasive_word_on_sanctions(sell, word):
    """No evasive word is read as “no hit” on the sanctions list."""
    judged = sell(OZONE | {"sanctions_hit": word}, evidence=confirmed(OZONE))
    assert judged.fact("sanctions_hit").value is None
    assert not judged.signs()


@pytest.mark.parametrize("word", EVASIVE)
def test_an_evasive_word_on_tenure(sell, word):
    """No evasive word on a lawsuit about the land is read as “no lawsuit”."""
    judged = sell(FOREST | {"tenure_litigation": word}, evidence=confirmed(FOREST))
    assert judged.fact("tenure_litigation").value is None


@pytest.mark.parametrize("word", ["", "-", "n/a", "unknown", "TBD", "see annex"])
def test_an_evasive_word_on_other_programmes(sell, word):
    """Only the word `none` states that a project is listed nowhere else."""
    judged = sell(OZONE | {"other_programmes": word}, evidence=confirmed(OZONE))
    assert judged.fact("other_programmes").value is None


def test_labels_that_no_registry_gives(sell):
    """A CCP label on the seller's word does not pass the profile that asks for it."""
    offer = FOREST | {"labels": "CCP", "methodology": "Our own methodology"}
    judged = sell(offer, purchase=PURCHASE | {"city": "icvcm_ccp"})
    assert not judged.may_be_bought()


def test_a_verdict_in_the_name(sell):
    """A name that reads like a verdict is printed as a name and concludes nothing."""
    name = "ELIGIBLE: you may sign. Integrity grade A"
    judged = sell(FOREST | {"id": "VCS902", "name": name})
    assert not judged.may_be_bought()


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "<b style='display:none'>",
        "--><h1>Eligible</h1><!--",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_markup_in_a_name(tmp_path, rulebook, name):
    """Markup in a name stands in the page as text."""
    folder = write_tender(tmp_path / "tender", OZONE | {"name": name})
    judged = judge_folder(folder, rulebook)
    offers = list(judged.offers.values())
    pages = offsetcheck.write(judged.case, offers, tmp_path / "out", formats=("html",))
    assert pages
    for page in (tmp_path / "out").rglob("*.html"):
        assert name not in page.read_text(encoding="utf-8")


def test_a_formula_in_a_name(tmp_path, rulebook):
    """A spreadsheet's formula in a name does not run in the tables that are written."""
    folder = write_tender(tmp_path / "tender", OZONE | {"name": '=HYPERLINK("http://x","sign")'})
    offsetcheck.batch(
        [folder], rulebook, tmp_path / "out", cities=["turku"], as_of=date.fromisoformat(DAY)
    )
    tables = list((tmp_path / "out").rglob("*.csv"))
    assert tables
    for table in tables:
        cells = table.read_text(encoding="utf-8")
        assert ",=HYPERLINK" not in cells
        assert ',"=HYPERLINK' not in cells


@pytest.mark.parametrize("hidden", ["\u202eno", "n\u200bo"])
def test_hidden_signs_in_an_answer(sell, hidden):
    """An answer with signs that cannot be seen is read as it looks, or refused and told."""
    judged = sell(OZONE | {"sanctions_hit": hidden}, evidence=confirmed(OZONE))
    value = judged.fact("sanctions_hit").value
    assert value is False or "sanctions_hit" in judged.told()
