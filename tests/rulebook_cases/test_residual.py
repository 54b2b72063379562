"""T14: the residual share of three Finnish cities against the cap of the default profile."""

from datetime import date

import pytest

from offsetcheck.vocabulary.finding import Outcome

DAY = date(2026, 9, 30)
PURCHASE = {
    "claim": "neutral",
    "year": 2026,
    "tonnes": 1000,
    "procedure": "tender",
    "procurement_law": "eu",
    "locality_mode": "functional",
    "emission_scope": "community",
    "inventory_standard": "national",
    "inventory_level": "basic",
    "inventory_year": 2024,
    "separate_reduction_target": True,
    "authorised_by": "council",
    "authorised_tonnes": 1000,
    "baseline_tonnes": 1_000_000,
}


@pytest.mark.parametrize(
    ("city", "residual", "expected"),
    [
        ("Helsinki", 200_000, Outcome.PASS),
        ("Turku", 100_000, Outcome.PASS),
        ("Joensuu", 400_000, Outcome.FAIL),
    ],
)
def test_t14_residual_share(judge_purchase, city, residual, expected):
    """T14, 2026-09-30: 20 and 10 per cent are within the cap of 20 per cent, 40 are not."""
    assessment = judge_purchase(DAY, PURCHASE | {"residual_tonnes": residual})
    finding = next(f for f in assessment.findings if f.rule == "residual.share")
    assert finding.outcome is expected, city


def test_t14_a_share_not_stated_is_not_a_failure(judge_purchase):
    """T14, 2026-09-30: without residual emissions the share is unknown and names the field."""
    assessment = judge_purchase(DAY, PURCHASE)
    finding = next(f for f in assessment.findings if f.rule == "residual.share")
    assert finding.outcome is Outcome.UNKNOWN
    assert {m.field for m in finding.missing} == {"purchase.residual_tonnes"}


@pytest.mark.parametrize(
    ("city", "residual", "expected"),
    [
        ("turku", 100_000, Outcome.PASS),
        ("turku", 100_001, Outcome.FAIL),
        ("bogota", 200_000, Outcome.PASS),
        ("bogota", 200_001, Outcome.FAIL),
    ],
)
def test_t14_a_city_is_held_to_its_own_share(judge_purchase, city, residual, expected):
    """T14, 2026-09-30: Turku's own plan says 10 per cent, Bogotá's about 20; the limit is in."""
    assessment = judge_purchase(DAY, PURCHASE | {"residual_tonnes": residual}, city=city)
    finding = next(f for f in assessment.findings if f.rule == "residual.share")
    assert finding.outcome is expected


def test_t14_a_contribution_is_not_held_to_a_share(judge_purchase):
    """T14, 2026-09-30: who only contributes claims no neutrality, so that the cap does not apply."""
    assessment = judge_purchase(DAY, PURCHASE | {"claim": "contribution"})
    finding = next(f for f in assessment.findings if f.rule == "residual.share")
    assert finding.outcome is Outcome.NOT_APPLICABLE
