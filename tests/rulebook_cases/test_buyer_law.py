"""The law and guidance of the buyer, by its day and its place."""

from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.engine.assess import assess_purchase
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import PurchaseVerdict
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect, Outcome, State
from offsetcheck.vocabulary.purchase import Purchase, Stage

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
def test_the_ban_on_neutral_products_begins_on_its_day(rulebook, city, day, effect):
    """From 27 September 2026 member states may limit a neutral product claim; it is a note elsewhere."""
    rule = bind(rulebook, city, day).rules.get("claim.product_channel")
    assert (None if rule is None else rule.effect) is effect


PRODUCT = PURCHASE | {"claim_channel": "product"}


@pytest.fixture(scope="session")
def in_state(rulebook):
    """Judge a purchase for a city that lies in a member state and has decided nothing else."""

    def in_state(state, facts, day=DAY):
        town = rulebook.cities["helsinki"].model_copy(
            update={"id": "town", "jurisdictions": ("eu", state), "change": (), "adopt_also": ()}
        )
        bound = bind(replace(rulebook, cities={"town": town}), "town", day)
        stated = {name: Fact(value, EvidenceGrade.E1) for name, value in facts.items()}
        return assess_purchase(Purchase(stage=Stage.CLARIFICATION, facts=stated), bound)

    return in_state


def test_a_neutral_product_claim_is_barred_where_the_state_has_transposed(in_state):
    """On 2026-09-30 the law of Germany leaves a product claim a contribution, Canada a note."""
    found = finding(in_state("de", PRODUCT), "claim.product_channel")
    assert found.state is State.FAIL
    assert in_state("de", PRODUCT).verdict is PurchaseVerdict.READY_FOR_CONTRIBUTION


@pytest.mark.parametrize("state", ["fi", "fr", "dk", "se", "nl"])
def test_where_no_act_was_found_the_officer_is_asked_whether_it_is_in_force(in_state, state):
    """A directive without a known act neither binds nor is forgotten: the claim stays open."""
    rule = "claim.product_channel"
    asked = finding(in_state(state, PRODUCT), rule)
    assert asked.state is State.OPEN
    assert {missing.field for missing in asked.missing} == {"purchase.empco_in_force"}
    assert finding(in_state(state, PRODUCT | {"empco_in_force": True}), rule).state is State.FAIL
    answered = finding(in_state(state, PRODUCT | {"empco_in_force": False}), rule)
    assert answered.outcome is Outcome.NOT_APPLICABLE


def test_the_union_alone_sets_nothing_about_claims_to_consumers(rulebook):
    """What a directive bars stands in the files of the member states, none of it in the Union's."""
    union = rulebook.jurisdictions["eu"]
    named = {change.rule for change in union.change} | {*union.adopt_also, *union.parameters}
    assert not any(name.startswith(("claim.product", "claim.future")) for name in named)
    states = {
        name
        for name, law in rulebook.jurisdictions.items()
        if "claim.product_channel" in {change.rule for change in law.change}
    }
    assert states == {"de", "dk", "fi", "fr", "nl", "se"}


@pytest.mark.parametrize(
    ("plan", "expected"), [("reviewed", State.CLEAR), ("public", State.FAIL), (None, State.OPEN)]
)
def test_a_promise_to_consumers_about_the_future_needs_a_plan_in_germany(in_state, plan, expected):
    """A neutral year to come may be promised of a product with a plan that is looked at."""
    facts = PRODUCT | {"claims_future": True} | ({} if plan is None else {"future_plan": plan})
    assert finding(in_state("de", facts), "claim.future_promise").state is expected


def test_a_promise_is_asked_of_no_buyer_outside_the_union(rulebook):
    """Toronto and Melbourne have no rule on promises about the future; Turku and Paris have."""
    rule = "claim.future_promise"
    having = {
        city
        for city in ("turku", "paris", "copenhagen", "toronto", "melbourne")
        if rule in bind(rulebook, city, DAY).rules
    }
    assert having == {"turku", "paris", "copenhagen"}


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


@pytest.mark.parametrize(
    ("day", "budget", "law", "expected"),
    [
        (DAY, 215_999, "national", State.CLEAR),
        (DAY, 216_000, "national", State.FAIL),
        (DAY, 216_000, "eu", State.CLEAR),
        (date(2025, 12, 31), 216_000, "national", State.CLEAR),
    ],
)
def test_a_city_of_the_union_names_the_european_law_from_its_threshold_on(
    judge_purchase, day, budget, law, expected
):
    """From 216,000 euro on, since 2026, a purchase under national law alone is not ready."""
    facts = PURCHASE | {"budget": budget, "procurement_law": law}
    rule = "procurement.law_fits_value"
    assert finding(judge_purchase(day, facts, city="turku"), rule).state is expected
    assert rule not in {found.rule for found in judge_purchase(day, facts, city="toronto").findings}
