"""Screenings and reviews that nobody did, that were done too early, too late, or of something else."""

import pytest

from cheats.honest import FOREST, OZONE, PURCHASE, SCREENING
from cheats.tender import Verdict, confirmed, drifted, judge_folder, write_tender

FINAL = PURCHASE | {"stage": "final"}
REVIEW = {
    "offer": "ACR1950",
    "rule": "double_counting.other_listing",
    "judgement": "clear",
    "reason": "The other listing ended before the first vintage offered.",
    "by": "B. Expert",
    "role": "climate adviser",
    "on": "2026-09-25",
}
LISTED_TWICE = OZONE | {"other_programmes": "CDM"}


def test_nobody_looked_while_answers_are_clarified(sell):
    """Without a screening an offer is at best bought on condition that somebody looks."""
    judged = sell(OZONE, screenings=())
    assert judged.verdict() is Verdict.ELIGIBLE_WITH_CONDITIONS
    assert judged.conditions()


def test_nobody_looked_at_the_final_evaluation(sell):
    """Without a screening the final evaluation waits for the officer, not for the bidder."""
    judged = sell(OZONE, screenings=(), purchase=FINAL)
    assert judged.verdict() is Verdict.UNDECIDED
    assert not any(f.not_demonstrated for f in judged.only.assessment.findings)


@pytest.mark.parametrize(
    "change",
    [
        {"on": "2026-05-01"},
        {"on": "2026-12-01"},
        {"sources": []},
        {"sources": ["-"]},
        {"by": ""},
        {"by": "n/a"},
        {"offers": ["ACR1951"]},
    ],
    ids=["too old", "in the future", "no sources", "a dash", "nobody", "n/a", "another offer"],
)
def test_a_screening_that_does_not_count(sell, change):
    """A screening that is stale, not yet done, of nothing, by nobody or of another offer is none."""
    assert not sell(OZONE, screenings=[SCREENING | change]).signs()
    judged = sell(OZONE, screenings=[SCREENING | change], purchase=FINAL)
    assert not judged.may_be_bought()


@pytest.mark.parametrize("on", ["2026-05-01", "2026-12-01"])
def test_a_screening_of_another_time_is_named(sell, on):
    """A screening that is too old or yet to come is named, with what it changes."""
    judged = sell(OZONE, screenings=[SCREENING | {"on": on}])
    said = judged.told() + judged.page()
    assert on in said or "1 May 2026" in said or "1 December 2026" in said


def test_a_review_in_the_future(sell):
    """A review dated after the day of judgement is not signed yet."""
    judged = sell(LISTED_TWICE, reviews=[REVIEW | {"on": "2027-01-10"}])
    assert judged.verdict() is Verdict.UNDECIDED
    assert "2027-01-10" in judged.told()


def test_a_review_of_a_rule_that_does_not_exist(sell):
    """A review of a rule that does not exist is a located problem, and clears nothing."""
    judged = sell(LISTED_TWICE, reviews=[REVIEW | {"rule": "double_counting.other_listings"}])
    assert judged.verdict() is Verdict.UNDECIDED
    assert "double_counting.other_listings" in judged.told()


@pytest.mark.parametrize(
    "rule", ["governance.registry_status", "quantification.known_overissuance"]
)
def test_a_review_does_not_clear_a_gate(sell, rule):
    """A person's signature does not clear the withdrawal of a project from its registry."""
    withdrawn = FOREST | {"id": "VCS902", "registry_status": "withdrawn"}
    judged = sell(withdrawn, reviews=[REVIEW | {"offer": "VCS902", "rule": rule}])
    assert judged.verdict() is Verdict.NOT_ELIGIBLE
    assert judged.state(rule) == "fail"
    assert rule in judged.told()


@pytest.mark.parametrize("key", ["by", "role", "reason", "on"])
def test_a_review_that_lacks_a_key(sell, key):
    """A judgement without a name, a role, a reason or a day does not count."""
    judged = sell(LISTED_TWICE, reviews=[REVIEW | {key: ""}])
    assert judged.verdict() is Verdict.UNDECIDED
    assert "reviews.yaml" in judged.told()


@pytest.mark.parametrize("on", ["2027-03-01", "2026-10-01"])
def test_a_confirmation_in_the_future(sell, on):
    """Papers seen after the day of judgement have not been seen, and the entry is named."""
    judged = sell(OZONE, evidence=confirmed(OZONE, on=on))
    assert not judged.may_be_bought()
    assert on in judged.told()


def test_a_note_of_later_does_not_count_on_the_earlier_day_of_a_drift(tmp_path, rulebook):
    """What was seen on 23 September was the seller's word on the 1st, and drift says what changed."""
    folder = write_tender(tmp_path / "tender", OZONE)
    [offer] = drifted(folder, rulebook, "2026-09-01").shown
    assert offer.before.verdict == judge_folder(folder, rulebook, day="2026-09-01").verdict()
    assert offer.before.verdict == "undecided"
    assert offer.after.verdict == "eligible"
    assert "23 September 2026" in offer.model_dump_json()


def test_a_review_of_later_does_not_count_on_the_earlier_day_of_a_drift(tmp_path, rulebook):
    """What a person signed on the 25th was not signed on the 24th, and drift names the signature."""
    folder = write_tender(tmp_path / "tender", LISTED_TWICE, reviews=[REVIEW])
    [offer] = drifted(folder, rulebook, "2026-09-24").shown
    assert (offer.before.verdict, offer.after.verdict) == ("undecided", "eligible")
    assert "B. Expert" in offer.model_dump_json()
    assert "25 September 2026" in offer.model_dump_json()


def test_a_paper_that_is_known_only_later(sell):
    """A paper whose answers are known from next year on does not count today."""
    judged = sell(OZONE, evidence=confirmed(OZONE, as_of="2027-03-01"))
    assert not judged.may_be_bought()


@pytest.mark.parametrize("looked", ["paper", "screening", "review"])
def test_what_was_looked_at_before_the_offers_were_there(sell, looked):
    """Notes dated before the offers were received cannot be about them, and are named."""
    early = "2026-08-01"
    notes = {
        "paper": {"evidence": confirmed(OZONE, on=early)},
        "screening": {"screenings": [SCREENING | {"on": early}]},
        "review": {"reviews": [REVIEW | {"on": early}]},
    }
    offer = LISTED_TWICE if looked == "review" else OZONE
    received = PURCHASE | {"offers_received_on": "2026-09-01"}
    judged = sell(offer, purchase=received, **notes[looked])
    assert not judged.signs()
    assert early in judged.told()
