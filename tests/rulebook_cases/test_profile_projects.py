"""The gas and the basket of the catalogue of cases, under the profiles that part over them."""

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Purchase, Stage

from .profile_cases import DAY, HYDRO_2023, NATURE_2023, WIND_2023, basket, finding, ods
from .test_known_projects import TRADEWATER, dated, failing, outcome


@pytest.mark.parametrize("lot", [WIND_2023, HYDRO_2023])
def test_t12_the_default_profile_refuses_grid_power_by_its_grade(judge, lot):
    """T12, 2023-11-30: the same lots are graded E and not eligible, with no gate failed."""
    assessment = basket(judge, lot, "iclei_utmc_default")
    assert assessment.grade_upper == "E"
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


@pytest.mark.parametrize("lot", [WIND_2023, HYDRO_2023, NATURE_2023])
def test_t12_toronto_takes_nothing_of_the_basket(judge, lot):
    """T12, 2023-11-30: none of the three removes carbon for good, so that Toronto refuses all."""
    assessment = basket(judge, lot, "toronto")
    assert "transition.permanent_removal_only" in failing(assessment)
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_t9_the_default_profile_grades_destroyed_gas_among_the_best(judge):
    """T9, 2026-09-30: ACR1129 is A or B and eligible by default and under Turku."""
    for city in ("iclei_utmc_default", "turku"):
        assessment = ods(judge, city)
        assert assessment.grade_lower in {"A", "B"}
        assert assessment.verdict is Verdict.ELIGIBLE


def test_t9_toronto_refuses_it_because_nothing_is_removed(judge):
    """T9, 2026-09-30: Toronto's only failed gate is that ACR1129 is no removal; the grade stays."""
    assessment = ods(judge, "toronto")
    assert "transition.permanent_removal_only" in failing(assessment)
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
    assert assessment.grade_lower in {"A", "B"}


def test_t9_locality_is_silent_in_a_tender_under_european_law(judge):
    """T9, 2026-09-30: in such a tender the French site has no tier, near or far."""
    for city in ("turku", "paris", "bogota"):
        assert outcome(ods(judge, city), "locality.tier") is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(("city", "points"), [("paris", 5), ("turku", 2), ("bogota", 2)])
def test_t9_locality_ranks_the_site_where_the_law_lets_it(rulebook, city, points):
    """T9, 2026-09-30: bought directly, the French site is at home in Paris and far elsewhere."""
    facts = {name: Fact(value, EvidenceGrade.E1) for name, value in dated(TRADEWATER).items()}
    stated = {"procedure": "direct", "procurement_law": "none", "claim": "contribution"}
    purchase = Purchase(
        stage=Stage.CLARIFICATION,
        facts={name: Fact(value, EvidenceGrade.E1) for name, value in stated.items()},
    )
    assessment = assess(Candidate("ACR1129", facts), bind(rulebook, city, DAY), purchase)
    tier = finding(assessment, "locality.tier")
    assert (tier.lower, tier.upper) == (points, points)


@pytest.mark.parametrize("city", ["melbourne", "climate_active"])
def test_t9_climate_active_refuses_the_unit_and_not_the_project(judge, city):
    """T9, 2026-09-30: an ERT is not on Climate Active's list, whatever its grade."""
    assessment = ods(judge, city)
    assert "governance.accepted_unit_type" in failing(assessment)
    assert assessment.grade_lower in {"A", "B"}
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
