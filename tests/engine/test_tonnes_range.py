"""Ranges of comparable tonnes: first order and draws hold each other, and policy stands apart."""

import subprocess
import sys
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tonnes_offers import CONFIDENCE, CURVE, HORIZON, TREATMENT, guide_steps

from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.engine.tonnes_range import first_order, ranges_of, sampled
from offsetcheck.rulebook.tonnes.binding import with_choices
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.tonnes import Span, Treatment
from offsetcheck.vocabulary.tonnes_range import MULTIPLE, Measured

WORKED = {
    "project_type": "afforestation_reforestation", "quantity_timing": "ex_post", "tonnes": 1000,
    "uncertainty_percent": 30, "leakage_percent": 10, "buffer_percent": 15,
    "monitoring_years": 40, "deductions_applied": (),
}  # fmt: skip
STEADY = settings(max_examples=80, deadline=None, derandomize=True, database=None)
SEEDS, TONNES = st.integers(0, 2**32 - 1), st.floats(1, 1e9)


def ranges(values, choices=None):
    """Return the ranges of an offer of these values under some choices."""
    steps = with_choices(guide_steps(), choices or {})
    facts = {name: Fact(value, EvidenceGrade.E1) for name, value in values.items()}
    return ranges_of(steps, comparable_tonnes(steps, Candidate("A", facts), Purchase()))


def measured(central, error, seed):
    """Return the two ranges of a quantity with a relative standard error."""
    drawn = sampled(central, error, seed)
    return Measured(Treatment.NONE, central, error, first_order(central, error), drawn)


@STEADY
@given(TONNES, st.floats(0, 0.25), SEEDS)
def test_first_order_and_draws_agree_where_the_error_is_small(central, error, seed):
    """Up to a quarter of the quantity nothing is cut off, and both ranges are the same."""
    assert measured(central, error, seed).agree


@STEADY
@given(TONNES, st.floats(0.6, 100), SEEDS)
def test_a_large_error_is_told_by_draws_that_lie_otherwise(central, error, seed):
    """Where much of the distribution lies below zero, first order is no longer the range."""
    made = measured(central, error, seed)
    assert not made.agree
    assert made.first_order.low <= made.sampled.span.low
    assert made.sampled.central > central


@STEADY
@given(TONNES, st.floats(0.01, 20), SEEDS)
def test_draws_are_of_the_normal_distribution_cut_off_at_zero(central, error, seed):
    """The drawn ends and middle are the quantiles that can be computed, as far as chance goes."""
    normal = NormalDist()
    below = normal.cdf(-1 / error)
    drawn = sampled(central, error, seed)
    for chance, found in ((0.05, drawn.span.low), (0.5, drawn.central), (0.95, drawn.span.high)):
        exact = central * (1 + error * normal.inv_cdf(below + chance * (1 - below)))
        assert abs(found - exact) <= 1.5 * drawn.slack


def test_the_same_seed_gives_the_same_numbers():
    """The numbers of a seed are written down here, and another seed gives others."""
    one = sampled(1000, 0.2, 1)
    assert (one.draws, one.seed) == (20_000, 1)
    assert [round(each, 6) for each in (one.span.low, one.central, one.span.high)] == PINNED
    assert sampled(1000, 0.2, 1) == one
    assert sampled(1000, 0.2, 2).span != one.span


PINNED = [674.093786, 1002.882129, 1331.012258]


def test_the_worked_case_has_both_ranges_side_by_side():
    """900 t behind leakage: 630 to 1,170 by measurement; by choice anything from none to 900."""
    found = ranges(WORKED)
    by = {one.treatment: one for one in found.measured}
    plain = by[Treatment.NONE]
    assert plain.central == pytest.approx(900)
    assert (plain.first_order.low, plain.first_order.high) == pytest.approx((630, 1170))
    assert plain.error == pytest.approx(0.30 / MULTIPLE)
    assert by[Treatment.BUFFER].central == pytest.approx(765)
    assert found.policy.low == 0
    assert found.policy.high == pytest.approx(900)
    assert (found.left_out, found.assumed) == ((), False)


def test_time_of_storage_has_a_range_of_measurement_once_its_curve_is_chosen():
    """What is left to choose is no measurement: without a curve and horizon none stands there."""
    assert Treatment.TONNE_YEAR not in {one.treatment for one in ranges(WORKED).measured}
    chosen = {TREATMENT: "tonne_year", CURVE: "car", HORIZON: 100}
    (one,) = ranges(WORKED, chosen).measured
    assert one.central == pytest.approx(360)
    # Like for like leaves nothing of a forest, so that nothing is left of which a range could stand.
    assert ranges(WORKED, {TREATMENT: "like_for_like"}).measured == ()


def test_a_city_that_has_chosen_all_has_no_range_of_policy():
    """Two in three, and no treatment: choice leaves one number, and measurement its range."""
    found = ranges(WORKED, {TREATMENT: "none", CONFIDENCE: 0.7})
    assert found.policy.central == pytest.approx(814, abs=0.5)
    assert len(found.measured) == 1


def test_an_open_step_is_left_out_of_both_ranges_and_named():
    """Leakage that nobody states is no measurement and no choice; the ranges say what they lack."""
    silent = {name: value for name, value in WORKED.items() if name != "leakage_percent"}
    found = ranges(silent)
    assert found.left_out == ("tonnes.leakage",)
    assert found.policy.high == 1000
    assert {one.central for one in found.measured} == {1000, 850}


def test_an_offer_that_states_no_uncertainty_has_no_range_of_measurement():
    """What was not measured has no range; what a city assumes of it has one, told as assumed."""
    silent = {name: value for name, value in WORKED.items() if name != "uncertainty_percent"}
    assert ranges(silent).measured == ()
    assumed = ranges(silent, {"shared.assumed_uncertainty": 0.3})
    assert assumed.assumed
    assert assumed.measured == ranges(WORKED).measured


def test_an_offer_without_one_number_of_tonnes_has_no_ranges():
    """No tonnes give nothing, several possible ones no middle to reach out from."""
    assert ranges({"uncertainty_percent": 30}) is None
    several = Fact(None, EvidenceGrade.E1, possible=(900, 1000))
    steps = guide_steps()
    made = comparable_tonnes(steps, Candidate("A", {"tonnes": several}), Purchase())
    found = ranges_of(steps, made)
    assert (found.measured, found.policy) == ((), None)


@STEADY
@given(st.floats(0, 300), st.floats(0, 300))
def test_a_better_measurement_has_a_narrower_range(one, other):
    """A smaller stated uncertainty never widens the range of measurement."""
    low, high = sorted((one, other))
    better, poorer = (ranges(WORKED | {"uncertainty_percent": u}).measured for u in (low, high))
    for good, bad in zip(better, poorer, strict=True):
        assert bad.first_order.low <= good.first_order.low
        assert good.first_order.high <= bad.first_order.high
        assert width(good.sampled.span) <= width(bad.sampled.span) + 1e-9


def width(span: Span) -> float:
    return span.high - span.low


def test_nothing_of_comparable_tonnes_loads_numpy_before_it_draws():
    """Start-up does not wait for the library of random numbers."""
    code = "import sys, offsetcheck.api.tonnes; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
