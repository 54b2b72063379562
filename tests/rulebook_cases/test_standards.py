"""Purchasing standards: what each asks beside the default rules."""

from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding import Effect, Outcome, State

from .profile_cases import DAY, HYDRO_2023, NATURE_2023, PURCHASE, WIND_2023, basket, finding
from .test_known_projects import WIND, dated, failing, outcome


@pytest.mark.parametrize("lot", [WIND_2023, HYDRO_2023, NATURE_2023])
def test_t12_the_standard_takes_every_unit_of_the_basket(judge, lot):
    """T12, 2023-11-30: Climate Active accepts unit, vintage and technology of all three lots."""
    assessment = basket(judge, lot, "climate_active")
    assert outcome(assessment, "governance.accepted_unit_type") is Outcome.PASS
    assert outcome(assessment, "vintage.first_year") is Outcome.PASS
    assert outcome(assessment, "safeguards.technology_excluded") is Outcome.PASS


@pytest.mark.parametrize("lot", [WIND_2023, HYDRO_2023])
def test_t12_the_standard_sells_what_the_guide_grades_e(judge, lot):
    """T12, 2023-11-30: grid power is eligible by Climate Active's list and graded E beside it."""
    assessment = basket(judge, lot, "climate_active")
    assert assessment.verdict is Verdict.ELIGIBLE
    assert assessment.grade_upper == "E"


@pytest.mark.parametrize(
    ("labels", "expected"), [(["CCP"], Outcome.PASS), (["CCB_GOLD"], Outcome.FAIL)]
)
@pytest.mark.parametrize("city", ["icvcm_ccp", "vcmi"])
def test_approval_with_conditions_needs_the_label(judge, city, labels, expected):
    """A lot whose methodology is approved with conditions passes only with the label on it."""
    record = {
        "id": "X2",
        "programme": "GS",
        "methodology": (
            "GS Methodology for Methane Emission Reduction by Adjusted Water Management "
            "Practice in Rice Cultivation"
        ),
        "methodology_version": "1.0",
        "labels": labels,
    }
    assessment = judge(DAY, record=record, city=city)
    assert outcome(assessment, "governance.core_carbon_approved") is expected


def test_the_core_carbon_profile_turns_caps_into_gates(rulebook):
    """Turned-down methodologies and short storage cap a grade by default and bar under ICVCM."""
    default, ccp = (bind(rulebook, name, DAY).rules for name in ("iclei_utmc_default", "icvcm_ccp"))
    for rule in ("governance.icvcm_decision", "permanence.storage_floor"):
        assert default[rule].effect is Effect.CAP
        assert ccp[rule].effect is Effect.GATE


def test_the_core_carbon_profile_refuses_grid_wind_by_a_gate(judge):
    """The Indian wind lot fails the decision gate under ICVCM, where it is only capped elsewhere."""
    assert "governance.icvcm_decision" in failing(judge(DAY, record=dated(WIND), city="icvcm_ccp"))


@pytest.mark.parametrize(
    ("programme", "version", "day", "expected"),
    [
        ("GS", None, date(2024, 4, 5), Outcome.PASS),
        ("VCS", None, date(2024, 5, 2), Outcome.PASS),
        ("ISOMETRIC", None, date(2024, 12, 12), Outcome.PASS),
        ("ERS", None, date(2025, 6, 30), Outcome.PASS),
        ("CAR", "9.1", DAY, Outcome.PASS),
        ("CAR", "8.0", DAY, Outcome.FAIL),
        ("CAR", None, DAY, Outcome.UNKNOWN),
        ("PURO", "4.2", date(2025, 12, 11), Outcome.PASS),
        ("PURO", "4.2", date(2025, 12, 10), Outcome.FAIL),
        ("PURO", "4.3", DAY, Outcome.FAIL),
        ("PURO", None, DAY, Outcome.UNKNOWN),
        ("RIVERSE", "7.1", date(2026, 3, 5), Outcome.PASS),
        ("RIVERSE", "6.9", DAY, Outcome.FAIL),
        ("GCC", "2.0", DAY, Outcome.FAIL),
        ("CERCARBONO", None, DAY, Outcome.FAIL),
    ],
)
def test_a_programme_is_eligible_from_its_day_in_its_version(
    judge, programme, version, day, expected
):
    """Without a label each programme counts from its notice on, some in one version alone."""
    record = {"id": "X5", "programme": programme, "labels": []}
    record |= {} if version is None else {"programme_version": version}
    asked = {"programme_version"} if expected is Outcome.UNKNOWN else set()
    for city in ("icvcm_ccp", "vcmi"):
        found = finding(judge(day, record=record, city=city), "governance.programme_eligible")
        assert found.outcome is expected
        assert {missing.field for missing in found.missing} == asked


@pytest.mark.parametrize("programme", ["PURO", "GCC", "CAR"])
def test_a_label_settles_the_version_of_the_programme(judge, programme):
    """Labelled credits are of an eligible version, so that none is asked."""
    record = {"id": "X5", "programme": programme, "labels": ["CCP"]}
    assessment = judge(DAY, record=record, city="icvcm_ccp")
    assert outcome(assessment, "governance.programme_eligible") is Outcome.PASS


@pytest.mark.parametrize(
    ("record", "fails"),
    [
        ({"project_type": "wind", "methodology": "ACM0002", "capacity_mw": 40}, True),
        ({"project_type": "wind", "methodology": "ACM0002", "capacity_mw": 10}, False),
        ({"project_type": "cookstoves", "methodology": "AMS-II.G"}, True),
        ({"project_type": "cookstoves", "methodology": "VM0050"}, False),
    ],
)
def test_aviation_leaves_out_large_grid_power_and_old_stoves(judge, record, fails):
    """Under CORSIA's first phase some units of Verra are left out by type and method."""
    lot = {"id": "VCS9104", "programme": "VCS", "vintage": 2023} | record
    assert (
        "governance.aviation_exclusions" in failing(judge(DAY, record=lot, city="corsia_phase_1"))
    ) is fails


@pytest.mark.parametrize(
    ("vintage", "expected"),
    [(2020, State.FAIL), (2021, State.CLEAR), (2026, State.CLEAR), (2027, State.FAIL)],
)
def test_aviations_first_phase_has_a_window(judge, vintage, expected):
    """Vintages 2021 to 2026 are inside CORSIA's first phase, the years beside them are not."""
    record = {"id": "X6", "programme": "GS", "vintage": vintage}
    record |= {"first_crediting_start": date(2016, 1, 1)}
    assessment = judge(DAY, record=record, city="corsia_phase_1")
    assert finding(assessment, "vintage.corsia_first_phase").state is expected


@pytest.mark.parametrize(
    ("city", "actual", "expected"),
    [("vcmi", 500_000, Outcome.PASS), ("vcmi", 500_001, Outcome.FAIL)],
)
def test_vcmi_allows_no_emissions_above_the_pathway(judge_purchase, city, actual, expected):
    """VCMI has no tolerance: a tonne above the pathway fails."""
    facts = PURCHASE | {"actual_tonnes": actual, "pathway_tonnes": 500_000}
    assert finding(judge_purchase(DAY, facts, city=city), "residual.on_track").outcome is expected


def test_melbourne_asks_of_a_unit_what_its_standard_asks(rulebook):
    """Units, oldest vintage, technologies and scope are the same in Melbourne and its standard."""
    city, standard = (bind(rulebook, name, DAY).rules for name in ("melbourne", "climate_active"))
    for rule in (
        "governance.accepted_unit_type",
        "vintage.first_year",
        "safeguards.technology_excluded",
        "residual.scope_declared",
        "residual.share",
    ):
        assert city[rule].effect is standard[rule].effect
        assert {name: p.value for name, p in city[rule].parameters.items()} == {
            name: p.value for name, p in standard[rule].parameters.items()
        }
