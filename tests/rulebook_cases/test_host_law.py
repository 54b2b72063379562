"""The law of the host country follows a candidate to every buyer."""

from datetime import date

import pytest

from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding import Outcome, State

DAY = date(2026, 9, 30)
BUYERS = ("turku", "bogota", "melbourne", "iclei_utmc_default")
PLANTING = {
    "id": "VCS9001",
    "name": "Invented planting",
    "programme": "VCS",
    "project_type": "afforestation_reforestation",
    "mechanism": "impermanent_removal",
    "methodology": "VM0047",
    "registry_status": "registered",
    "vintage": 2024,
    "tonnes": 100,
    "delivery": "spot",
    "unit_type": "VCU",
    "issued": 1000,
    "retired": 0,
    "remaining": 1000,
}


def state(assessment, rule):
    """Give the state of one rule."""
    return next(f.state for f in assessment.findings if f.rule == rule)


def outcome(assessment, rule):
    """Give the outcome of one rule."""
    return next(f.outcome for f in assessment.findings if f.rule == rule)


@pytest.mark.parametrize("city", BUYERS)
def test_planting_on_finnish_forestry_land_is_additional_for_no_buyer(judge, city):
    """A Finnish planting on forestry land is ruled out in Turku and in Melbourne alike."""
    assessment = judge(
        DAY,
        record=PLANTING | {"country": "FI", "land_class": "forestry", "state_aid": False},
        reports={"legal_requirement": "none"},
        city=city,
    )
    assert state(assessment, "additionality.finnish_law") is State.FAIL
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


@pytest.mark.parametrize("city", BUYERS)
def test_the_finnish_rule_asks_nothing_of_other_countries(judge, city):
    """The same planting in Sweden is not judged by Finnish law."""
    assessment = judge(
        DAY, record=PLANTING | {"country": "SE", "land_class": "forestry"}, city=city
    )
    assert outcome(assessment, "additionality.finnish_law") is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("city", BUYERS)
def test_a_colombian_tonne_used_for_the_tax_is_for_no_buyer(judge, city):
    """A Colombian unit that already lowered somebody's carbon tax is ruled out everywhere."""
    assessment = judge(
        DAY, record=PLANTING | {"country": "CO", "used_for_tax_benefit": True}, city=city
    )
    assert state(assessment, "double_counting.no_tax_benefit") is State.FAIL
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


@pytest.mark.parametrize("city", BUYERS)
def test_a_pending_woodland_unit_is_bought_by_nobody(judge, city):
    """A pending issuance unit of the Woodland Carbon Code is no issued unit, and serves the UK."""
    woodland = PLANTING | {
        "id": "WCC-1",
        "country": "GB",
        "programme": "WCC",
        "unit_type": "PIU",
        "delivery": "forward",
    }
    assessment = judge(DAY, record=woodland, city=city)
    assert state(assessment, "quantification.no_ex_ante_units") is State.FAIL
    assert outcome(assessment, "claim.unit_territory") is Outcome.FAIL
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_a_colombian_programme_is_accepted_by_its_own_country_only(judge):
    """Cercarbono passes under the law of Bogotá and waits on no list of the default profile."""
    record = PLANTING | {"country": "CO", "programme": "CERCARBONO", "unit_type": "CARBONCER"}
    rule = "governance.programme_accepted"
    assert outcome(judge(DAY, record=record, city="bogota"), rule) is Outcome.PASS
    assert outcome(judge(DAY, record=record), rule) is Outcome.FAIL
