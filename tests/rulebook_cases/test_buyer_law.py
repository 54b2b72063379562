"""The law and guidance of the buyer, by its day and its place."""

from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.finding import Effect, Outcome, State

from .profile_cases import DAY, PURCHASE, finding
from .test_known_projects import outcome


@pytest.mark.parametrize(
    ("programme", "unit", "usable"),
    [
        ("WCC", "WCU", {"london_boroughs"}),
        ("CRCF", "CRCF_FARM", {"turku", "paris", "copenhagen", "eu_mission_2030"}),
    ],
)
def test_a_unit_tied_to_a_territory_serves_its_own_cities(judge, programme, unit, usable):
    """Woodland units serve the United Kingdom and units of the Union its cities, nobody else."""
    record = {"id": "X1", "programme": programme, "unit_type": unit, "vintage": 2025}
    cities = ("london_boroughs", "turku", "paris", "copenhagen", "bogota", "melbourne", "toronto")
    found = {
        city
        for city in (*cities, "eu_mission_2030", "iclei_utmc_default")
        if outcome(judge(DAY, record=record, city=city), "claim.unit_territory") is Outcome.PASS
    }
    assert found == usable


@pytest.mark.parametrize(
    ("city", "day", "effect"),
    [
        ("turku", date(2026, 9, 26), None),
        ("turku", date(2026, 9, 27), Effect.CLAIM_LIMIT),
        ("paris", date(2026, 9, 27), Effect.CLAIM_LIMIT),
        ("melbourne", date(2026, 9, 27), Effect.NOTE),
    ],
)
def test_the_ban_on_neutral_products_binds_the_union_from_its_day(rulebook, city, day, effect):
    """From 27 September 2026 a neutral product claim is limited in the Union, a note elsewhere."""
    rule = bind(rulebook, city, day).rules.get("claim.product_channel")
    assert (None if rule is None else rule.effect) is effect


def test_a_neutral_product_claim_becomes_a_contribution_in_helsinki(judge_purchase):
    """On 2026-09-30 a product claim leaves a Finnish city a contribution, and Toronto a note."""
    facts = PURCHASE | {"claim_channel": "product"}
    rule = "claim.product_channel"
    assert finding(judge_purchase(DAY, facts, city="helsinki"), rule).state is State.FAIL
    assert finding(judge_purchase(DAY, facts, city="toronto"), rule).outcome is Outcome.FAIL


@pytest.mark.parametrize("city", ["bogota", "turku", "melbourne", "toronto", "icvcm_ccp"])
def test_a_missing_listing_in_renare_asks_for_papers_and_rules_nothing_out(judge, city):
    """A Colombian project outside RENARE carries a condition; it fails no gate for it."""
    record = {"id": "BCR1", "country": "CO", "national_registry_listed": False}
    assessment = judge(DAY, record=record, city=city)
    listed = finding(assessment, "governance.colombian_registry")
    assert listed.outcome is Outcome.FAIL
    assert listed.condition
    assert all(f"{listed.rule} is fail" not in step.premises for step in assessment.proof)


def test_a_domestic_outcome_in_finland_is_a_contribution(judge):
    """A Finnish unit of 2024 without an adjustment leaves Turku a contribution claim."""
    record = {
        "id": "F1",
        "country": "FI",
        "programme": "PURO",
        "vintage": 2024,
        "article6_status": "none",
        "project_type": "biochar",
        "mechanism": "long_duration_removal",
    }
    assessment = judge(DAY, record=record, city="turku", claim="neutral")
    assert finding(assessment, "claim.adjustment").outcome is Outcome.FAIL
    assert assessment.claim.limit == "contribution"


@pytest.mark.parametrize(("programme", "applies"), [("CRCF", True), ("GS", False)])
def test_the_union_asks_its_rules_of_its_own_units_only(judge, programme, applies):
    """Turku asks the Regulation's questions of a Union unit and none of another programme's."""
    record = {"id": "X3", "programme": programme, "project_type": "afforestation_reforestation"}
    assessment = judge(DAY, record=record, city="turku")
    asked = {
        rule
        for rule in ("permanence.activity_length", "governance.crcf_scheme")
        if outcome(assessment, rule) is not Outcome.NOT_APPLICABLE
    }
    assert bool(asked) is applies


@pytest.mark.parametrize(("city", "asks"), [("bogota", True), ("turku", False)])
def test_the_verifiers_standard_is_asked_by_a_colombian_buyer(judge, city, asks):
    """Bogotá notes a Colombian project that is not verified under ISO 14064-3; Turku does not."""
    record = {"id": "X7", "country": "CO", "verification_standard": "programme"}
    asked = {f.rule for f in judge(DAY, record=record, city=city).findings}
    assert ("governance.colombian_verification" in asked) is asks


def test_each_rule_of_law_says_whether_it_is_in_force(rulebook):
    """Each value that a jurisdiction takes from a text says its status in one of four words."""
    for name, jurisdiction in rulebook.jurisdictions.items():
        for parameter in jurisdiction.parameters.values():
            for value in parameter.dated.values():
                if value.source.guide is not None:
                    assert value.source.status is not None, (name, value)
