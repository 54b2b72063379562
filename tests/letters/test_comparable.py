"""Comparable tonnes in letters: only where the purchase announced them, and only of a decision."""

import re

import pytest

from letters.desk import (
    DAY,
    SAMPLES,
    decision,
    made,
    offers_of,
    tender,
    texts,
    whole,
    with_remedy,
    write_decision,
)
from offsetcheck.api.request import Request
from offsetcheck.api.tonnes import tonnes

ANNOUNCED = "award:\n  compare_on: comparable_tonnes\n"
DECIDED = ("award", "refusal", "debrief", "standstill", "report")


def announcing(folder, sample, stage="final"):
    """Return a sample whose purchase announced comparable tonnes."""
    decided = decision(sample, offers_of(sample)) if stage == "final" else None
    goal = tender(folder, sample, stage=stage, decided=decided)
    purchase = goal / "purchase.yaml"
    purchase.write_text(purchase.read_text("utf-8") + ANNOUNCED, encoding="utf-8")
    return goal


@pytest.mark.parametrize("stage", ["clarification", "final"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_without_an_announcement_no_letter_holds_the_word(sample, stage):
    """Where the purchase announced nothing no letter, as text or as data, speaks of comparable tonnes."""
    found = whole(sample, stage)
    assert found.written
    for one in found.written:
        assert "comparable" not in one.file.text.lower()
        assert "comparable" not in one.letter.model_dump_json().lower()


def test_where_it_was_announced_letters_of_a_decision_tell_them(tmp_path):
    """Each offer of a letter of the decision has its tonnes beside what they compare to."""
    found = made(announcing(tmp_path, "turku"))
    kinds = {one.letter.letter.value for one in found.written}
    assert {"award", "refusal", "report"} <= kinds
    for one in found.written:
        if one.letter.letter.value in DECIDED:
            lots = one.letter.lots or one.letter.report.awarded
            said = "by the measure that the purchase announced"
            assert all(said in lot.tonnes for lot in lots)
            assert said in one.file.text


def test_questions_do_not_tell_them(tmp_path):
    """While answers can still change what is comparable, no letter to a bidder quotes it."""
    found = texts(made(announcing(tmp_path, "turku", "clarification")), "clarification")
    assert found
    assert not any("comparable" in text.lower() for text in found.values())


def test_a_part_of_an_offer_compares_as_the_whole_of_it(tmp_path):
    """Of 250 tonnes that are bought of 500, half of the comparable tonnes are told."""
    folder = announcing(tmp_path, "turku")
    whole_offer = tonnes(Request(folder, None, DAY), with_remedy(), "ACR1129").explained.offers[0]
    half = whole_offer.offered.low / 2
    said = decision("turku", offers_of("turku"))
    said["awarded"] = [{"offer": "PURO-ORCA"}, {"offer": "ACR1129", "tonnes": int(half)}]
    write_decision(folder, said)
    (line,) = (
        lot
        for one in made(folder, kinds=("award",)).written
        for lot in one.letter.lots
        if lot.id == "ACR1129"
    )
    low, high = re.search(r"announced: ([\d.,]+) to ([\d.,]+)\)", line.tonnes).groups()
    assert float(low.replace(",", "")) == pytest.approx(whole_offer.comparable.low / 2, abs=0.1)
    assert float(high.replace(",", "")) == pytest.approx(whole_offer.comparable.high / 2, abs=0.1)
