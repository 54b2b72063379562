"""Cities: what each has decided for itself."""

import csv
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import PurchaseVerdict, Verdict
from offsetcheck.vocabulary.finding import Outcome, State

from .profile_cases import DAY, PURCHASE, WIND_2023, finding, ods
from .test_known_projects import CLEAN_SELLER, ORCA, ORCA_REPORTS, dated, failing, outcome

LEDGER = Path(__file__).parents[3] / "shared/data/ledger/acr_retirements_of_cities.csv"
BENEFICIARY = "Retired on Behalf of"
TYPES = {
    "Improved Forest Management (IFM) on Non-Federal U.S. Forestlands": (
        "improved_forest_management"
    ),
    "Afforestation and Reforestation of Degraded Lands": "afforestation_reforestation",
}
ARB_FOREST = {
    "id": "CAR9103",
    "name": "Destruction of refrigerants under a compliance protocol",
    "programme": "CAR",
    "country": "US",
    "project_type": "ods_destruction",
    "mechanism": "reduction",
    "compliance_programme": "ARB Compliance",
    "unit_type": "CRT",
    "currency": "USD",
    "price": 18.5,
    "vintage": 2024,
    "tonnes": 100,
    "delivery": "spot",
}


def test_palo_alto_buys_a_compliance_project_below_its_limit(judge):
    """A project of a type with a protocol at USD 18.50 meets both of the city's gates."""
    assessment = judge(DAY, record=ARB_FOREST, city="palo_alto")
    assert outcome(assessment, "governance.compliance_protocol") is Outcome.PASS
    assert outcome(assessment, "procurement.price_limit") is Outcome.PASS


@pytest.mark.parametrize("price", [19, 25])
def test_palo_alto_refuses_its_limit_and_above(judge, price):
    """At USD 19 the price limit is reached; it is a gate in Palo Alto and unknown to Turku."""
    record = ARB_FOREST | {"price": price}
    assert "procurement.price_limit" in failing(judge(DAY, record=record, city="palo_alto"))
    turku = {f.rule for f in judge(DAY, record=record, city="turku").findings}
    assert "procurement.price_limit" not in turku


def test_palo_alto_takes_no_project_from_abroad(judge):
    """The protocols are for the United States, so that the French site of ACR1129 is refused."""
    assert "governance.compliance_protocol" in failing(ods(judge, "palo_alto"))


@pytest.mark.skipif(not LEDGER.exists(), reason="the shared lists are not beside the repository")
def test_palo_alto_refuses_none_of_its_own_retirements_by_type(judge):
    """The 22 blocks that the city retired are of types that the protocols cover."""
    with LEDGER.open(encoding="cp1252", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r[BENEFICIARY] == "City of Palo Alto"]
    assert len(rows) == 22
    for row in rows:
        record = {
            "id": row["Project ID"],
            "programme": "ACR",
            "country": row["Project Site Country"],
            "project_type": TYPES[row["Project Methodology/Protocol"]],
            "compliance_programme": "No",
        }
        assessment = judge(DAY, record=record, city="palo_alto")
        assert outcome(assessment, "governance.compliance_protocol") is Outcome.PASS


def test_palo_alto_has_no_score_for_locality(rulebook):
    """California decides between equal prices only, so that the locality scale is left out."""
    bound = bind(rulebook, "palo_alto", DAY)
    assert "locality.tier" not in bound.rules
    assert {change.what for change in bound.city.left_out} == {"locality.tier"}


def test_toronto_buys_only_what_council_has_authorised(judge_purchase):
    """An executive's decision is enough by default, in Toronto only Council's report is."""
    facts = PURCHASE | {"authorised_by": "executive"}
    rule = "residual.authorised"
    assert finding(judge_purchase(DAY, facts), rule).outcome is Outcome.PASS
    assert finding(judge_purchase(DAY, facts, city="toronto"), rule).outcome is Outcome.FAIL


def test_toronto_offsets_its_own_operations_only(judge_purchase):
    """The whole city as scope is refused in Toronto and in Melbourne."""
    facts = PURCHASE | {"emission_scope": "community", "claim_channel": "territorial"}
    for city in ("toronto", "melbourne"):
        assessment = judge_purchase(DAY, facts, city=city)
        assert finding(assessment, "residual.scope_declared").state is State.FAIL


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2024, 9, 9), Outcome.PASS), (date(2024, 9, 10), Outcome.FAIL)]
)
def test_paris_takes_its_label_alone_from_the_day_of_its_cooperative(judge, day, expected):
    """A unit of Verra is refused in Paris from 10 September 2024 on, not the day before."""
    assessment = judge(day, record=dated(WIND_2023), city="paris")
    assert outcome(assessment, "governance.programme_accepted") is expected


def test_a_london_borough_asks_a_local_project_for_no_registry(judge):
    """A borough's fund pays for projects without programme, unit, registry or vintage."""
    assessment = judge(DAY, record={"id": "LB-1", "country": "GB"}, city="london_boroughs")
    asked = {f.rule for f in assessment.findings}
    assert asked.isdisjoint(
        {
            "governance.programme_accepted",
            "governance.registry_status",
            "double_counting.units_available",
            "vintage.age",
        }
    )


def test_in_oslo_no_purchase_is_ready(judge_purchase):
    """A purchase that is in order elsewhere is not ready where offsets are not permitted."""
    facts = PURCHASE | {"emission_scope": "community", "claim_channel": "territorial"}
    assessment = judge_purchase(DAY, facts, city="oslo")
    assert assessment.verdict is PurchaseVerdict.NOT_READY
    assert finding(assessment, "residual.offsetting_permitted").state is State.FAIL


def test_toronto_offsets_nothing_before_2040(judge_purchase):
    """A claim for 2039 is refused in Toronto, one for 2040 is not; a contribution is free."""
    rule = "residual.not_before_year"
    for year, claim, expected in (
        (2039, "neutral", Outcome.FAIL),
        (2040, "neutral", Outcome.PASS),
        (2026, "contribution", Outcome.NOT_APPLICABLE),
    ):
        facts = PURCHASE | {"year": year, "claim": claim}
        assert finding(judge_purchase(DAY, facts, city="toronto"), rule).outcome is expected


def test_toronto_buys_direct_air_capture(judge):
    """Orca meets both of Toronto's rules on removal, so that its policy is no closed door."""
    assessment = judge(
        DAY, record=dated(ORCA), reports=dated(ORCA_REPORTS) | CLEAN_SELLER, city="toronto"
    )
    assert outcome(assessment, "transition.permanent_removal_only") is Outcome.PASS
    assert outcome(assessment, "residual.like_for_like") is Outcome.PASS
    assert assessment.verdict is Verdict.ELIGIBLE


@pytest.mark.parametrize(("country", "expected"), [("GB", Outcome.PASS), ("FR", Outcome.FAIL)])
def test_a_london_fund_pays_for_projects_at_home(judge, country, expected):
    """A borough's fund takes a British project and refuses one abroad, whatever its grade."""
    assessment = judge(DAY, record={"id": "LB-2", "country": country}, city="london_boroughs")
    assert outcome(assessment, "locality.home_required") is expected


@pytest.mark.parametrize("city", ["turku", "helsinki", "espoo", "joensuu"])
def test_a_citys_own_sink_is_not_counted_twice(judge, city):
    """A Finnish project that already lowers the city's inventory leaves no offset claim."""
    record = {"id": "X4", "country": "FI", "in_city_boundary": True, "counted_in_inventory": True}
    assessment = judge(DAY, record=record, city=city, claim="neutral")
    assert finding(assessment, "double_counting.city_inventory").outcome is Outcome.FAIL
    assert assessment.claim.limit == "contribution"


def test_a_seller_abroad_is_not_asked_about_the_citys_boundary(judge):
    """Turku asks about its inventory only where the project is in Finland."""
    found = ods(judge, "turku")
    assert outcome(found, "double_counting.city_inventory") is Outcome.NOT_APPLICABLE
