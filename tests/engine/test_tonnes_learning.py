"""What a step learns: it narrows, or it contradicts what was said before, and nothing else."""

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tonnes_offers import (
    CONFIDENCE,
    CURVE,
    HORIZON,
    LEAST,
    RULES,
    OfferDrawer,
    guide_steps,
)

from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.rulebook.tonnes.binding import with_choices
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.tonnes import Held, Origin, Span, StepTaken

STEADY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
SLACK = 1e-12  # of the last bits, by which operations in another order differ
KNOWN = {
    "project_type": "afforestation_reforestation", "quantity_timing": "ex_post", "tonnes": 1000,
    "uncertainty_percent": 30, "leakage_percent": 10, "buffer_percent": 15,
    "monitoring_years": 40, "deductions_applied": (), "programme": "VCS",
}  # fmt: skip


def steps_of(facts, choices) -> dict[str, StepTaken]:
    """Return each step on an offer of these facts, by its id."""
    steps = with_choices(guide_steps(), choices)
    made = comparable_tonnes(steps, Candidate("A", facts), Purchase())
    return {one.step: one for fall in made.waterfalls for one in fall.steps}


def stated(values):
    return {name: Fact(value, EvidenceGrade.E1) for name, value in values.items()}


def lies_within(narrow: Held, wide: Held) -> bool:
    """Whether all that one can be the other could be."""
    if isinstance(wide, Span):
        assert isinstance(narrow, Span)
        return wide.low - SLACK <= narrow.low and narrow.high <= wide.high + SLACK
    return wide is None or (narrow is not None and set(narrow) <= set(wide))


@STEADY
@given(st.integers(0, 10**6), st.data())
def test_what_is_learned_narrows_unless_it_contradicts(seed, data):
    """A step widens only where an input is now answered by another expression than before."""
    drawer = OfferDrawer(Random(seed))
    more, chosen = dict(drawer.offer("A").facts), drawer.choices()
    more.setdefault("tonnes", Fact(1000, EvidenceGrade.E1))
    fewer = dict(more)
    for name in data.draw(st.sets(st.sampled_from(sorted(more)))) - {"tonnes"}:
        del fewer[name]
    before, after = steps_of(fewer, chosen), steps_of(more, chosen)
    for name, step in after.items():
        contradicted = False
        for old, new in zip(before[name].inputs, step.inputs, strict=True):
            if not lies_within(new.held, old.held):
                assert new.names != old.names, (old, new)
                assert old.origin is not Origin.OPEN or new.origin is Origin.STATED
                contradicted = True
        if not contradicted:
            assert lies_within(step.factor, before[name].factor)


@STEADY
@given(st.integers(0, 10**6), st.data())
def test_what_a_city_chooses_narrows(seed, data):
    """A choice that a city makes is one of those that counted before it made it."""
    drawer = OfferDrawer(Random(seed))
    facts = {"tonnes": Fact(1000, EvidenceGrade.E1)} | dict(drawer.offer("A").facts)
    chosen = {n: v for n, v in drawer.choices().items() if n in (CONFIDENCE, CURVE, HORIZON)}
    fewer = {n: v for n, v in chosen.items() if data.draw(st.booleans())}
    before, after = steps_of(facts, fewer), steps_of(facts, chosen)
    assert all(lies_within(one.factor, before[name].factor) for name, one in after.items())


@pytest.mark.parametrize(
    ("fewer", "more", "step", "was", "now"),
    [
        # A table says of all units of VCS that leakage is off; a document of this one says it is not.
        ({"programme": "VCS"}, {"deductions_applied": ()}, "leakage", 1, 0.9),
        # Without a meaning the field's own counts: half the width of 90 %, not of 95 %.
        ({"deductions_applied": ()}, {"uncertainty_meaning": "half_width_95"}, "uncertainty", 0.904362, 0.919732),
        # What a city assumes gives way to what is stated.
        ({"deductions_applied": (), "leakage_percent": None}, {"leakage_percent": 30}, "leakage", 0.8, 0.7),
        # The programme's term serves where an offer states no years.
        ({"programme": "ACR", "deductions_applied": (), "monitoring_years": None}, {"monitoring_years": 100},
         "storage_time", 0.4, 1),
    ],
)  # fmt: skip
def test_a_contradiction_is_decided_by_the_order_of_the_expressions(fewer, more, step, was, now):
    """The statement on this one unit comes before a table, a meaning and an assumption."""
    chosen = {CONFIDENCE: 0.7, CURVE: "car", HORIZON: 100, "shared.assumed_leakage": 0.2}
    known = {
        name: value
        for name, value in KNOWN.items()
        if name not in ("programme", "deductions_applied")
    }
    first = {n: v for n, v in (known | fewer).items() if v is not None}
    before = steps_of(stated(first), chosen)[f"tonnes.{step}"]
    after = steps_of(stated(first | more), chosen)[f"tonnes.{step}"]
    assert before.factor.central == pytest.approx(was, abs=1e-6)
    assert after.factor.central == pytest.approx(now, abs=1e-6)


def test_what_is_stated_in_part_comes_before_what_a_table_knows():
    """Ten or twenty years stated stay ten or twenty, whatever term the programme has."""
    several = Fact(None, EvidenceGrade.E1, possible=(10, 20))
    facts = stated(KNOWN | {"programme": "ACR"}) | {"monitoring_years": several}
    found = steps_of(facts, {CURVE: "car", HORIZON: 100})["tonnes.storage_time"]
    assert next(one.held for one in found.inputs if one.name == "years") == Span(10, 20)
    assert found.factor == Span(0.1, 0.2)


SHARES = st.floats(0, 100)
WORSE = {
    "uncertainty_percent": ("uncertainty", st.floats(0, 300), 1),
    "stock_measured": ("uncertainty", st.floats(0, 5000), 1),
    "leakage_percent": ("leakage", SHARES, 1),
    "buffer_percent": ("buffer", SHARES, 1),
    "monitoring_years": ("storage_time", st.floats(0, 2000), -1),
    LEAST: ("buffer", st.floats(0, 1), 1),
    CONFIDENCE: ("uncertainty", st.sampled_from((0.5, 0.667, 0.7, 0.9, 0.95)), 1),
    "shared.assumed_delivery": ("delivery", st.floats(0, 1), -1),
}
TAKEN = {"uncertainty": "taken", "buffer": "of_benefit"}
OTHERS = st.fixed_dictionaries(
    {"deductions_applied": st.sampled_from(((), ("uncertainty",), ("buffer",), ("uncertainty", "buffer"))),
     "uncertainty_rule": st.sampled_from(RULES),
     "uncertainty_relative_to": st.sampled_from(("net_change", "stock")),
     "stock_measured": st.floats(0, 5000), "stock_change": st.floats(1, 500),
     "quantity_timing": st.sampled_from(("ex_post", "ex_ante"))},
)  # fmt: skip
CHOSEN = st.fixed_dictionaries(
    {CONFIDENCE: WORSE[CONFIDENCE][1], CURVE: st.sampled_from(("car", "moura_costa", "lashof")),
     HORIZON: st.sampled_from((100, 500, 1000)), LEAST: st.floats(0, 1),
     "shared.assumed_delivery": st.floats(0, 1)},
)  # fmt: skip


@settings(STEADY, max_examples=300)
@given(st.sampled_from(sorted(WORSE)), OTHERS, CHOSEN, st.data())
def test_each_step_is_monotone_where_its_formula_is(name, others, chosen, data):
    """A worse input never gives a larger factor; of a unit that is less already, never more of the
    quantity before the programme took its part.
    """
    step, values, side = WORSE[name]
    low, high = sorted((data.draw(values), data.draw(values)))
    better, poorer = (low, high) if side > 0 else (high, low)
    good, bad = (_left(step, name, value, others, chosen) for value in (better, poorer))
    assume(good is not None and bad is not None)
    assert bad <= good + SLACK


def _left(step, name, value, others, chosen) -> float | None:
    """Return the share of the quantity that a step leaves, of that before anything was taken."""
    facts, own = KNOWN | others, dict(chosen)
    (own if name.startswith("shared.") else facts)[name] = value
    taken = steps_of(stated(facts), own)[f"tonnes.{step}"]
    left = taken.factor.central
    if left is None or step not in others["deductions_applied"] or step not in TAKEN:
        return left
    before = taken.parts[TAKEN[step]].central
    # Of all that the programme took, nothing is left to lose.
    return None if before is None else left * (1 - before)


def falls(values, choices=None):
    """Return the waterfalls of an offer, by treatment."""
    steps = with_choices(guide_steps(), choices or {})
    facts = {n: v if isinstance(v, Fact) else Fact(v, EvidenceGrade.E1) for n, v in values.items()}
    made = comparable_tonnes(steps, Candidate("A", facts), Purchase())
    return {one.treatment.value: one for one in made.waterfalls}


NOT_TAKEN = {name: value for name, value in KNOWN.items() if name != "programme"}


def test_a_known_step_stands_at_its_number_and_an_open_choice_at_its_middle_way():
    """Of five chances the middle one is seven in ten; of nine ways to count time the fifth."""
    found = falls(NOT_TAKEN)
    assert found["buffer"].central == pytest.approx(692, abs=0.5)
    by_time = found["tonne_year"].steps[-2]
    assert sorted(one.factor.central for one in by_time.options)[4] == by_time.central
    settled = falls(NOT_TAKEN, {CONFIDENCE: 0.7})["buffer"]
    assert settled.central == settled.comparable.central


def test_what_is_stated_in_part_stands_half_way():
    """Ten or thirty per cent of leakage come to twenty; two quantities to that between them."""
    several = {
        "leakage_percent": Fact(None, EvidenceGrade.E1, possible=(10, 30)),
        "tonnes": Fact(None, EvidenceGrade.E1, possible=(900, 1100)),
    }
    found = falls(NOT_TAKEN | several, {CONFIDENCE: 0.5})["none"]
    assert found.central == pytest.approx(800)
    assert (found.comparable.low, found.comparable.high) == pytest.approx((630, 990))


def test_what_nobody_states_has_no_middle():
    """Half of anything would look like knowledge: the step and all behind it have none."""
    silent = {name: value for name, value in NOT_TAKEN.items() if name != "leakage_percent"}
    found = falls(silent)["none"]
    assert [one.central is None for one in found.steps] == [False, True, False]
    assert [one.central_tonnes is None for one in found.steps] == [False, True, True]
    assert found.central is None


@STEADY
@given(st.integers(0, 10**6))
def test_the_middle_lies_within_the_bounds(seed):
    """Whatever is known and chosen, a middle is one of the numbers that can be."""
    drawer = OfferDrawer(Random(seed))
    for one in falls(drawer.offer("A").facts, drawer.choices()).values():
        for step in one.steps:
            if step.central is not None:
                assert lies_within(Span(step.central, step.central), step.factor)
            if step.central_tonnes is not None:
                low, high = step.tonnes.low, step.tonnes.high
                assert low * (1 - SLACK) <= step.central_tonnes <= high * (1 + SLACK)
