"""A sink becomes tonnes a year by its method, and goes through the steps of any offer."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.api.case import open_rulebook
from offsetcheck.engine.sinks import credit_candidate, credit_of, net_change, removal_candidate
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.intake.normalise.units import OF_CARBON
from offsetcheck.rulebook.tonnes.binding import bind_steps, with_choices
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.sinks import (
    CARBON_TO_DIOXIDE,
    Baseline,
    Flow,
    Flux,
    ForestAndTrees,
    GainLoss,
    Land,
    LandCategory,
    Meaning,
    Modelled,
    Per,
    Pool,
    RelativeTo,
    Sink,
    SinkUncertainty,
    SinkUnit,
    Stock,
    StockDifference,
    Timing,
)
from offsetcheck.vocabulary.tonnes import Treatment

DAY = date(2026, 11, 27)
FLUX = Flux(-300, 120, 8)
AMOUNTS = st.floats(0, 1e6, allow_nan=False)


@cache
def steps():
    return with_choices(
        bind_steps(open_rulebook(), "turku", DAY), {"shared.tonnes_confidence": 0.7}
    )


def sink(found=FLUX, **changes):
    """Return a sink of plain tonnes of carbon dioxide, of which nothing but this is stated."""
    said = {
        "id": "S", "name": "Wood", "found": found, "unit": SinkUnit.DIOXIDE, "per": Per.WHOLE,
        "area_ha": 100.0, "parcels": ("P1",), "pools": (Pool.ABOVE_GROUND,), "since": 2021,
        "until": 2025, "timing": Timing.EX_POST, "boundary": "area", "in_inventory": True,
        "uses": (),
    }  # fmt: skip
    return Sink(**(said | changes))


def project(**changes):
    """Return a sink with a baseline of its own."""
    stated = {
        "baseline": Baseline(50, "as it was kept"),
        "leakage_tonnes": 0.0,
        "project_emissions_tonnes": 0.0,
    }
    return sink(**(stated | changes))


def two_stocks(first, second, years=10):
    return StockDifference(Stock(2025 - years, first), Stock(2025, second))


def under(made, treatment=Treatment.NONE):
    return next(one for one in made.waterfalls if one.treatment is treatment)


def removal(one):
    """Return what the steps make of the whole net change of a sink."""
    change = net_change(one)
    return comparable_tonnes(
        steps(), removal_candidate(one, change, change.tonnes, DAY), Purchase()
    )


def relative_error(one):
    """Return the standard error of a sink as a share of its net change, as its step has it."""
    step = next(s for s in under(removal(one)).steps if s.step == "tonnes.uncertainty")
    return step.parts["relative_error"].central


def test_two_stocks_by_equation_2_5():
    """(C2 - C1) / (t2 - t1): 80 and 85 t C a hectare over ten years on 1,200 ha are 2,200 t a year."""
    one = sink(two_stocks(80, 85), unit=SinkUnit.CARBON, per=Per.HECTARE, area_ha=1200)
    assert net_change(one).tonnes == pytest.approx(600 * 44 / 12)


def test_gains_and_losses_by_equation_2_4():
    """G - L: growth of 900 less felling of 500 and dead wood of 60 is 340 a year."""
    found = GainLoss((Flow("growth", 900),), (Flow("felling", 500), Flow("decay", 60)))
    assert net_change(sink(found)).tonnes == 340


def test_forests_and_trees_are_lands_less_emissions():
    """Each land times its removal factor, less the emissions of a year."""
    lands = (Land(LandCategory.FOREST, 60, 4.0), Land(LandCategory.TREES_ELSEWHERE, 40, 2.5))
    found = ForestAndTrees(lands, (Flow("felling", 100),))
    assert net_change(sink(found)).tonnes == 60 * 4 + 40 * 2.5 - 100


def test_a_flux_is_less_what_leaves_on_other_ways():
    """-NEE - harvest - DOC: an uptake of 300 with a harvest of 120 and 8 in the water is 172."""
    change = net_change(sink(FLUX))
    assert change.tonnes == 172
    assert change.parts == (("nee", 300.0), ("harvest", -120.0), ("doc", -8.0))


def test_a_model_is_taken_at_its_word():
    """A model's change a hectare is that times the area; below zero it is a source."""
    one = sink(Modelled("Yasso", "20", -0.5), per=Per.HECTARE, unit=SinkUnit.CARBON)
    assert net_change(one).tonnes == pytest.approx(-50 * 44 / 12)


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_carbon_becomes_dioxide_by_44_over_12(amount):
    """A tonne of carbon is 44/12 tonnes of dioxide, to the last bit, as in lists of offers."""
    of_carbon = sink(Modelled("M", "1", amount), unit=SinkUnit.CARBON)
    assert net_change(of_carbon).tonnes == amount * (44 / 12)
    assert net_change(sink(Modelled("M", "1", amount))).tonnes == amount
    assert CARBON_TO_DIOXIDE == OF_CARBON == 44 / 12


def test_twenty_percent_of_a_stock_is_four_hundred_of_its_change():
    """20 % of a stock of 100 t are 400 % of a change of 5 t, over one year or over ten."""
    half = SinkUncertainty(20, Meaning.STANDARD_ERROR, RelativeTo.STOCK)
    for years in (1, 10):
        assert relative_error(sink(two_stocks(95, 100, years), uncertainty=half)) == pytest.approx(
            4.0
        )


def test_the_uncertainty_of_the_change_is_taken_as_stated():
    """A half-width of the net change at 90 or 95 % becomes a standard error by its multiple."""
    for meaning, multiple in ((Meaning.HALF_WIDTH_90, 1.645006), (Meaning.HALF_WIDTH_95, 1.96)):
        stated = SinkUncertainty(30, meaning, RelativeTo.NET_CHANGE)
        assert relative_error(sink(uncertainty=stated)) == pytest.approx(0.3 / multiple)


def test_parts_that_are_uncertain_apart_combine_by_their_squares():
    """Two stocks with 20 % each are √(20² + 19²) in a change of 5: the rule for sums."""
    each = SinkUncertainty(20, Meaning.STANDARD_ERROR, RelativeTo.EACH_PART)
    found = relative_error(sink(two_stocks(95, 100), uncertainty=each))
    assert found == pytest.approx((20**2 + 19**2) ** 0.5 / 5)


def test_a_baseline_makes_the_same_error_larger():
    """±30 of 172 are more of the 122 that a baseline of 50 leaves."""
    stated = SinkUncertainty(30, Meaning.STANDARD_ERROR, RelativeTo.NET_CHANGE)
    one = project(uncertainty=stated)
    change, credit = net_change(one), credit_of(one, net_change(one))
    made = comparable_tonnes(
        steps(), credit_candidate(one, change, credit, credit, DAY), Purchase()
    )
    step = next(s for s in under(made).steps if s.step == "tonnes.uncertainty")
    assert credit == 122
    assert step.parts["relative_error"].central == pytest.approx(0.3 * 172 / 122)


def test_a_sink_without_a_baseline_has_no_credit():
    """Change less baseline, leakage and emissions of the project: each must be stated."""
    assert credit_of(sink(), net_change(sink())) is None
    for lacking in ("baseline", "leakage_tonnes", "project_emissions_tonnes"):
        one = project(**{lacking: None})
        assert credit_of(one, net_change(one)) is None


def test_the_worked_case_comes_out_of_a_sink():
    """A sink of 1,000 t with the numbers of the worked case comes to its 692 t."""
    one = sink(
        Modelled("M", "1", 1000.0), leakage_tonnes=100.0, buffer_percent=15.0,
        uncertainty=SinkUncertainty(30, Meaning.HALF_WIDTH_90, RelativeTo.NET_CHANGE),
    )  # fmt: skip
    assert round(under(removal(one), Treatment.BUFFER).comparable.central) == 692


def test_what_a_sink_does_not_state_stays_open():
    """A sink that states nothing of its uncertainty and leakage has bounds, and no assumption."""
    made = under(removal(sink()))
    assert (made.comparable.low, made.comparable.high) == (0.0, 172.0)
    assert all(not step.assumed for step in made.steps)


def test_a_forecast_that_calls_itself_measured_is_a_forecast():
    """Numbers of years that lie ahead of the day are not measured, whatever is said of them."""
    for until, timing in ((2026, "ex_post"), (2027, "ex_ante")):
        one = sink(until=until)
        fact = removal_candidate(one, net_change(one), 172, DAY).fact("quantity_timing")
        assert fact.value == timing


@settings(max_examples=40)
@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_more_baseline_leakage_or_emissions_never_give_more(baseline, leakage, emissions, more):
    """A larger baseline, leakage or emission of a project leaves no larger credit."""

    def credit(*taken):
        one = project(
            baseline=Baseline(taken[0], "x"), leakage_tonnes=taken[1],
            project_emissions_tonnes=taken[2],
        )  # fmt: skip
        return credit_of(one, net_change(one))

    first = credit(baseline, leakage, emissions)
    for raised in (
        (baseline + more, leakage, emissions),
        (baseline, leakage + more, emissions),
        (baseline, leakage, emissions + more),
    ):
        assert credit(*raised) <= first
