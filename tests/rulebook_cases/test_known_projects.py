"""Projects whose outcome experts know, each on its day, under the default profile unless stated."""

from datetime import date

import pytest

from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.finding import Outcome, State

KARIBA = {
    "id": "VCS902",
    "name": "KARIBA REDD+ PROJECT",
    "programme": "VCS",
    "country": "ZW",
    "project_type": "redd",
    "mechanism": "reduction",
    "methodology": "VM0009",
    "crediting_start": "2011-07-01",
    "crediting_end": "2041-06-30",
    "first_crediting_start": "2011-07-01",
    "start_date": "2011-07-01",
    "issued": 29016364,
    "retired": 24974033,
    "remaining": 4042331,
    "buffer_deposits": 5049473,
    "vintage": 2018,
    "tonnes": 1000,
    "delivery": "spot",
    "unit_type": "VCU",
    "serials": "one block",
}

NORTHERN_KENYA = {
    "id": "VCS1468",
    "name": "Northern Kenya Grassland Carbon Project",
    "programme": "VCS",
    "country": "KE",
    "project_type": "sustainable_grassland_management",
    "mechanism": "mixed",
    "methodology": "VM0032",
    "crediting_start": "2013-01-01",
    "crediting_end": "2042-12-31",
    "first_crediting_start": "2013-01-01",
    "issued": 6763174,
    "retired": 1945548,
    "remaining": 4817626,
    "buffer_deposits": 1238467,
    "vintage": 2020,
    "tonnes": 1000,
    "delivery": "spot",
    "unit_type": "VCU",
    "serials": "one block",
    "indigenous_or_local_community": True,
}

RICE = {
    "id": "VCS2362",
    "name": "Adjusted Water Management in Rice Cultivation in Tongcheng City",
    "programme": "VCS",
    "country": "CN",
    "project_type": "rice_emission_reductions",
    "mechanism": "reduction",
    "methodology": "AMS-III.AU",
    "registry_status": "rejected",
    "issued": 180000,
    "vintage": 2020,
    "tonnes": 1000,
    "delivery": "spot",
    "unit_type": "VCU",
}

TRADEWATER = {
    "id": "ACR1129",
    "name": "Tradewater - Middle East 1",
    "programme": "ACR",
    "country": "FR",
    "project_type": "ods_destruction",
    "mechanism": "reduction",
    "methodology": "ACR Destruction of Ozone Depleting Substances from International Sources",
    "methodology_version": "1.0",
    "registry_status": "completed",
    "issued": 261826,
    "retired": 4750,
    "remaining": 257076,
    "first_vintage": 2025,
    "last_vintage": 2025,
    "vintage": 2025,
    "vintage_start": "2025-01-15",
    "vintage_end": "2025-04-30",
    "issuance_date": "2025-06-30",
    "crediting_start": "2025-01-15",
    "crediting_end": "2035-01-14",
    "start_date": "2025-01-15",
    "first_notice_date": "2025-02-03",
    "tonnes": 800,
    "delivery": "spot",
    "unit_type": "ERT",
    "serials": "one block",
    "registry_snapshot": "2026-09-15",
    "documents_public": [
        "pdd",
        "monitoring_report",
        "validation_report",
        "verification_report",
        "calculation",
    ],
}
TRADEWATER_REPORTS = {
    "legal_requirement": "none",
    "positive_list": True,
    "carbon_revenue_share": 1.0,
    "common_practice_share": 0.02,
    "baseline_approach": "standardised",
    "baseline_reassessed_on": "2025-06-12",
    "uncertainty_percent": 4,
    "leakage_treatment": "justified_not_applicable",
    "validator": "TÜV SÜD America, Inc.",
    "verifier": "TÜV SÜD America, Inc.",
    "verification_date": "2025-06-12",
    "verification_standard": "programme",
    "monitoring_end": "2025-04-30",
    "overlapping_claims": "none",
}
CLEAN_SELLER = {
    "single_use_warranty": True,
    "second_registration": False,
    "title_chain": True,
    "sanctions_hit": False,
    "replacement_clause": True,
    "domestic_scheme": "none",
}

ORCA = {
    "id": "PURO-ORCA",
    "name": "Climeworks Orca",
    "programme": "PURO",
    "country": "IS",
    "project_type": "direct_air_capture",
    "mechanism": "long_duration_removal",
    "methodology": "Geologically Stored Carbon",
    "methodology_version": "1.0",
    "registry_status": "registered",
    "estimated_annual": 4000,
    "issued": 1900,
    "retired": 1500,
    "remaining": 400,
    "vintage": 2025,
    "vintage_start": "2025-01-01",
    "vintage_end": "2025-12-31",
    "issuance_date": "2026-02-20",
    "crediting_start": "2024-01-01",
    "crediting_end": "2028-12-31",
    "first_crediting_start": "2024-01-01",
    "start_date": "2021-09-08",
    "first_notice_date": "2021-09-01",
    "tonnes": 30,
    "delivery": "spot",
    "unit_type": "CORC",
    "serials": "one block",
    "durability_years": 1000,
    "registry_snapshot": "2026-09-15",
    "documents_public": TRADEWATER["documents_public"],
}
ORCA_REPORTS = TRADEWATER_REPORTS | {
    "common_practice_share": 0.0,
    "uncertainty_percent": 6,
    "leakage_treatment": "measured",
    "verification_date": "2026-02-05",
    "monitoring_end": "2025-12-31",
    "monitoring_years": 100,
    "reversal_liability": "proponent_contract",
}

WIND = {
    "id": "VCS1904",
    "name": "Wind Power Project in Tamil Nadu by Green Infra Renewable Energy Limited",
    "programme": "VCS",
    "country": "IN",
    "project_type": "wind",
    "mechanism": "reduction",
    "methodology": "ACM0002",
    "methodology_version": "19",
    "registry_status": "registered",
    "issued": 4297410,
    "retired": 1499070,
    "remaining": 2798340,
    "vintage": 2021,
    "tonnes": 5000,
    "delivery": "spot",
    "unit_type": "VCU",
    "start_date": "2018-10-08",
    "first_notice_date": "2018-06-20",
    "crediting_start": "2018-10-08",
    "crediting_end": "2028-10-07",
}
WIND_REPORTS = TRADEWATER_REPORTS | {
    "positive_list": False,
    "irr_without": 9.4,
    "irr_with": 11.2,
    "benchmark_irr": 11.0,
    "sensitivity_robust": True,
    "barrier_documented": True,
    "common_practice_share": 0.35,
    "carbon_revenue_share": 0.04,
}


def dated(record: dict, **more: object) -> dict:
    """Read the ISO dates of a record as dates."""
    return {
        name: date.fromisoformat(value) if isinstance(value, str) and _is_day(value) else value
        for name, value in (record | more).items()
    }


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text[:4].isdigit()


def failing(assessment: Assessment) -> set[str]:
    """Name the rules that are not met."""
    return {f.rule for f in assessment.findings if f.state is State.FAIL}


def outcome(assessment: Assessment, rule: str) -> Outcome:
    """Give the outcome of one rule."""
    return next(f.outcome for f in assessment.findings if f.rule == rule)


def test_t1_kariba_is_ruled_out_once_it_is_withdrawn(judge):
    """T1, 2025-12-31: the withdrawn status and the over-issuance rule Kariba out."""
    assessment = judge(date(2025, 12, 31), record=dated(KARIBA, registry_status="withdrawn"))
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
    assert {
        "governance.registry_status",
        "quantification.known_overissuance",
    } <= failing(assessment)


def test_t1_kariba_in_2022_falls_on_its_grade_and_not_on_its_status(judge):
    """T1, 2022-01-01: nothing is known against its status; the grade is D or E at best."""
    assessment = judge(
        date(2022, 1, 1),
        record=dated(KARIBA, registry_status="registered"),
        reports=dated(
            {
                "baseline_approach": "project_reference_area",
                "monitoring_years": 30,
                "legal_requirement": "none",
                "leakage_treatment": "modelled",
            }
        ),
        words=CLEAN_SELLER,
    )
    assert "governance.registry_status" not in failing(assessment)
    assert "quantification.known_overissuance" not in failing(assessment)
    assert assessment.grade_upper in {"D", "E"}
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_t3_northern_kenya_is_ruled_out_while_on_hold(judge):
    """T3, 2025-12-31: on hold at the registry is not eligible."""
    assessment = judge(date(2025, 12, 31), record=dated(NORTHERN_KENYA, registry_status="on_hold"))
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
    assert "governance.registry_status" in failing(assessment)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2023, 2, 28), State.CLEAR),
        (date(2023, 6, 30), State.FAIL),
        (date(2024, 6, 30), State.CLEAR),
        (date(2025, 2, 28), State.FAIL),
        (date(2026, 8, 13), State.CLEAR),
    ],
    ids=["before the review", "in the review", "after it", "after the ruling", "listed again"],
)
def test_t3_northern_kenya_follows_its_record_day_by_day(judge, day, state):
    """T3: a review, its end, a court's ruling and the listing anew each count from their day."""
    assessment = judge(
        day,
        record=dated(NORTHERN_KENYA, registry_status="registered", vintage=2015),
        reports={"consent": "before_start", "tenure": "valid"},
        words=CLEAN_SELLER,
    )
    states = {finding.rule: finding.state for finding in assessment.findings}
    assert states["safeguards.no_open_finding"] is state


@pytest.mark.parametrize("day", [date(2023, 10, 16), date(2023, 10, 17)])
def test_t1_kariba_falls_on_the_day_of_the_hold_and_not_before(judge, day):
    """T1: the registry's hold of 17 October 2023 is a finding from that day on."""
    assessment = judge(day, record=dated(KARIBA, registry_status="registered"))
    found = "safeguards.no_open_finding" in failing(assessment)
    assert found is (day >= date(2023, 10, 17))


def test_t7_the_rice_project_was_not_known_to_be_rejected_before(judge):
    """T7, 2024-08-27: on the day before the rejection no excess is known; the review is."""
    record = dated(RICE, registry_status="on_hold")
    before = failing(judge(date(2024, 8, 27), record=record))
    after = failing(judge(date(2024, 8, 28), record=record))
    assert "quantification.known_overissuance" not in before
    assert "quantification.known_overissuance" in after


def test_t10_co_benefits_do_not_move_the_grade(judge):
    """T10, 2026-09-30: Orca has few co-benefits to show, and all of them would leave its grade."""
    more = {"sdgs_verified": (7, 9, 13), "community_benefit_share": 0.6, "labels": ("CCB_GOLD",)}
    reports = dated(ORCA_REPORTS) | CLEAN_SELLER
    plain = judge(date(2026, 9, 30), record=dated(ORCA), reports=reports)
    richer = judge(date(2026, 9, 30), record=dated(ORCA), reports=reports | more)
    assert plain.integrity == richer.integrity
    assert plain.verdict is richer.verdict


def test_t3_northern_kenya_reinstated_waits_for_a_person(judge):
    """T3, 2026-08-13: the status no longer blocks; the contested finding waits for a person."""
    assessment = judge(
        date(2026, 8, 13),
        record=dated(NORTHERN_KENYA, registry_status="verification_requested"),
        reports={"consent": "before_start", "tenure": "valid"},
        words=CLEAN_SELLER,
    )
    assert "governance.registry_status" not in failing(assessment)
    assert "safeguards.contested_finding" in failing(assessment)
    assert assessment.verdict is Verdict.UNDECIDED


def test_t3_northern_kenya_falls_where_the_lot_itself_is_in_dispute(judge):
    """T3, 2026-08-13: a lot from conservancies whose land is in dispute is graded D or E."""
    assessment = judge(
        date(2026, 8, 13),
        record=dated(
            NORTHERN_KENYA, registry_status="verification_requested", tenure_litigation=True
        ),
        reports={"consent": "before_start", "tenure": "valid"},
        words=CLEAN_SELLER,
    )
    assert assessment.grade_upper in {"D", "E"}
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_t7_rejected_rice_projects_are_ruled_out(judge):
    """T7, 2025-12-31: the rejected rice project fails status, methodology and over-issuance."""
    assessment = judge(date(2025, 12, 31), record=dated(RICE))
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
    assert {
        "governance.registry_status",
        "governance.methodology_in_force",
        "quantification.known_overissuance",
    } <= failing(assessment)


def test_t9_ozone_depleting_substances_reach_the_best_grades(judge):
    """T9, 2026-09-30: ACR1129 with its reports in order is graded A or B and is eligible."""
    assessment = judge(
        date(2026, 9, 30),
        record=dated(TRADEWATER),
        reports=dated(TRADEWATER_REPORTS) | CLEAN_SELLER,
    )
    assert assessment.grade_lower in {"A", "B"}
    assert assessment.verdict is Verdict.ELIGIBLE


def test_t9_on_the_sellers_word_alone_conditions_stand(judge):
    """T9, 2026-09-30: what the seller only declares leaves the grade and adds conditions."""
    assessment = judge(
        date(2026, 9, 30),
        record=dated(TRADEWATER),
        reports=dated(TRADEWATER_REPORTS),
        words=CLEAN_SELLER,
    )
    assert assessment.grade_lower in {"A", "B"}
    assert assessment.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS
    assert {"double_counting.single_use", "procurement.title_and_sanctions"} <= set(
        assessment.conditions
    )


def test_t9_credits_retired_for_another_buyer_cannot_be_bought(judge):
    """T9, 2026-09-30: more tonnes than the ledger has left are not eligible."""
    assessment = judge(
        date(2026, 9, 30),
        record=dated(TRADEWATER, retired=261826, remaining=0),
        reports=dated(TRADEWATER_REPORTS) | CLEAN_SELLER,
    )
    assert "double_counting.units_available" in failing(assessment)
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_t10_direct_air_capture_is_graded_a(judge):
    """T10, 2026-09-30: Orca is graded A and eligible although ICVCM has not decided on it."""
    assessment = judge(
        date(2026, 9, 30), record=dated(ORCA), reports=dated(ORCA_REPORTS) | CLEAN_SELLER
    )
    assert (assessment.grade_lower, assessment.grade_upper) == ("A", "A")
    assert assessment.verdict is Verdict.ELIGIBLE


def test_t12_indian_grid_wind_is_graded_e(judge):
    """T12, 2023-11-30: a wind lot of a middle-income grid is graded E whatever its tests say."""
    assessment = judge(
        date(2023, 11, 30),
        record=dated(WIND, issued=3200000),
        reports=dated(WIND_REPORTS, verification_date="2022-07-02", monitoring_end="2021-12-31"),
        words=CLEAN_SELLER,
    )
    assert assessment.grade_upper == "E"
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_t12_the_grade_does_not_rest_on_answers_still_missing(judge):
    """T12, 2023-11-30: the wind lot is graded E with every due-diligence answer unknown."""
    assessment = judge(date(2023, 11, 30), record=dated(WIND, issued=3200000))
    assert assessment.grade_upper == "E"


def test_t12_the_citys_standard_takes_the_unit_that_the_grade_refuses(judge):
    """T12, 2023-11-30: under Melbourne the unit and year are accepted, only the grade falls."""
    assessment = judge(
        date(2023, 11, 30),
        record=dated(WIND, issued=3200000),
        reports=dated(WIND_REPORTS, verification_date="2022-07-02", monitoring_end="2021-12-31"),
        words=CLEAN_SELLER,
        city="melbourne",
    )
    assert outcome(assessment, "governance.accepted_unit_type") is Outcome.PASS
    assert outcome(assessment, "vintage.first_year") is Outcome.PASS
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
