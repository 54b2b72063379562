"""What is counted already is not counted again, however it is named, cut, sold or ordered."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.engine.sink_gates import accounts_of
from offsetcheck.engine.sink_places import parcel_key
from offsetcheck.vocabulary.balance import Because, GateOutcome, SinkGate
from offsetcheck.vocabulary.sinks import (
    Baseline,
    Boundary,
    Modelled,
    Neutrality,
    Per,
    Pool,
    Sink,
    SinkStatement,
    SinkUnit,
    Stock,
    StockDifference,
    Timing,
    Use,
    UseKind,
)
from offsetcheck.vocabulary.tonnes import Span

BOUNDARIES = {
    "area": Boundary("area", "City area"),
    "harbour": Boundary("harbour", "Harbour", "area"),
    "old_town": Boundary("old_town", "Old town", "area"),
    "travel": Boundary("travel", "Travel"),
}
YEAR = Neutrality(2029, 1000.0, "area", "made up")
SOIL, WOOD = Pool.SOIL, Pool.ABOVE_GROUND


def sink(id_, tonnes=100.0, **changes):
    """Return a sink in the inventory of the city, a parcel of its own."""
    said = {
        "id": id_, "name": id_, "found": Modelled("M", "1", tonnes), "unit": SinkUnit.DIOXIDE,
        "per": Per.WHOLE, "area_ha": float(sum(map(ord, id_))), "parcels": (f"P{id_}",),
        "pools": (WOOD,), "since": 2021, "until": 2025, "timing": Timing.EX_POST,
        "boundary": "area", "in_inventory": True, "uses": (),
    }  # fmt: skip
    return Sink(**(said | changes))


def project(id_, tonnes=100.0, baseline=40.0, **changes):
    """Return a sink outside the inventory, with a baseline."""
    stated = {
        "in_inventory": False, "baseline": Baseline(baseline, "x"), "leakage_tonnes": 0.0,
        "project_emissions_tonnes": 0.0,
    }  # fmt: skip
    return sink(id_, tonnes, **(stated | changes))


def compensation(boundary="area", tonnes=None):
    return Use(UseKind.COMPENSATION, boundary, None, tonnes)


def sale(tonnes=None, to="Buyer"):
    return Use(UseKind.SALE, None, to, tonnes)


def accounts(*sinks):
    return {one.sink.id: one for one in accounts_of(SinkStatement(BOUNDARIES, sinks, YEAR))}


def counted(*sinks):
    """Return the low and the high of what all sinks count in the inventory's own term."""
    found = accounts(*sinks).values()
    return sum(one.counted.low for one in found), sum(one.counted.high for one in found)


def offsets(*sinks):
    """Return the low and the high of what is set off against the city's emissions."""
    spans = [one.is_offset for one in accounts(*sinks).values()]
    return sum(one.low for one in spans), sum(one.high for one in spans)


def because(account):
    """Return why an account is as it is, of its uses too."""
    uses = (one for use in account.uses for one in use.findings)
    return {one.because for one in (*account.findings, *uses)}


def test_a_sink_of_the_inventory_counts_in_its_term():
    """A sink that nobody else uses counts with its whole net change, once."""
    assert counted(sink("A"), sink("B", 50)) == (150, 150)


def test_a_use_that_is_stated_twice_asks_twice():
    """Two compensations of one sink, each of all that it has, ask for more than there is."""
    one = accounts(project("A", uses=(compensation(), compensation())))["A"]
    assert one.is_offset.high == 0
    assert Because.MORE_THAN_THERE_IS in because(one)


def test_a_removal_of_the_inventory_is_no_offset():
    """A sink without a baseline compensates nothing, and says why."""
    one = project("A", baseline=0, uses=(compensation(),))
    bare = accounts(sink("A", in_inventory=False, uses=(compensation(),)))["A"]
    assert bare.is_offset.high == 0
    assert Because.NO_BASELINE in because(bare)
    assert accounts(one)["A"].is_offset.low == 100


@pytest.mark.parametrize("lacking", ["leakage_tonnes", "project_emissions_tonnes"])
def test_an_offset_states_leakage_and_emissions(lacking):
    """A baseline alone is not enough: leakage and emissions are stated, be they nought."""
    found = accounts(project("A", uses=(compensation(),), **{lacking: None}))["A"]
    assert found.is_offset.high == 0
    assert Because.NO_LEAKAGE in because(found)


def test_what_would_have_grown_anyway_is_no_offset():
    """A sink that takes up no more than its baseline compensates nothing."""
    found = accounts(project("A", baseline=100, uses=(compensation(),)))["A"]
    assert (found.credit, found.is_offset.high) == (0, 0)
    assert Because.NOTHING_BEYOND in because(found)


def test_an_offset_is_what_is_beyond_the_baseline():
    """Change less baseline, leakage and emissions is what compensates, and nothing of S."""
    one = project("A", leakage_tonnes=10.0, project_emissions_tonnes=5.0, uses=(compensation(),))
    assert offsets(one) == (45, 45)
    assert counted(one) == (0, 0)


@pytest.mark.parametrize("boundary", ["area", "harbour"])
def test_a_sink_of_the_inventory_compensates_nothing_within_it(boundary):
    """A sink in the city's inventory counts there and compensates no emission of the city."""
    one = project("A", in_inventory=True, uses=(compensation(boundary),))
    assert offsets(one) == (0, 0)
    assert counted(one) == (100, 100)
    assert Because.COUNTED_IN_INVENTORY in because(accounts(one)["A"])


def test_two_parts_of_one_city_do_not_hide_it():
    """A sink in the inventory of one part of the city compensates nothing of another part."""
    one = project("A", in_inventory=True, boundary="harbour", uses=(compensation("old_town"),))
    assert offsets(one) == (0, 0)
    assert counted(one) == (100, 100)


def test_what_compensates_elsewhere_is_not_counted_here():
    """Tonnes that compensate travel outside the inventory are not in the city's own term."""
    one = project("A", in_inventory=True, uses=(compensation("travel", 30),))
    found = accounts(one)["A"]
    assert found.counted.high == 70
    assert [use.tonnes.high for use in found.uses] == [30]
    assert not found.uses[0].in_balance


@pytest.mark.parametrize(
    ("use", "left"), [(sale(), 0), (sale(30), 70), (compensation("travel"), 0)]
)
def test_what_is_sold_or_used_elsewhere_is_gone(use, left):
    """A sink that is sold, in whole or in part, counts with what is left, offset or not."""
    assert counted(sink("A", uses=(use,))) == (left, left)


def test_one_tonne_goes_to_one():
    """Uses that ask for more than there is compensate nothing, and leave nothing in the term."""
    twice = (compensation(tonnes=None), sale())
    found = accounts(project("A", uses=twice))["A"]
    assert found.is_offset.high == 0
    assert Because.MORE_THAN_THERE_IS in because(found)
    assert offsets(project("A", uses=(compensation(tonnes=40), sale(20)))) == (40, 40)
    assert offsets(project("A", uses=(compensation(tonnes=40), sale(21)))) == (0, 0)
    assert counted(sink("A", uses=(sale(80), compensation("travel", 80)))) == (0, 0)


@pytest.mark.parametrize("parcel", ["P-A", "pa", "p a", "ＰＡ"])
def test_a_sink_under_two_names_counts_once(parcel):
    """The same parcel, pool and time under another name and spelling is the same sink."""
    other = sink("B", 250, parcels=(parcel,))
    for pair in permutations((sink("A"), other)):
        low, high = counted(*pair)
        assert low == high == accounts(*pair)[pair[0].id].counted.high
    assert Because.SAME_PLACE in because(accounts(sink("A"), other)["B"])


def test_a_sink_cut_in_two_beside_the_whole_counts_once():
    """The parts of an area that stands in the statement as a whole are not counted beside it."""
    whole = sink("A", parcels=("P1", "P2"))
    parts = sink("B", 60, parcels=("P1",)), sink("C", 40, parcels=("P2",))
    for order in permutations((whole, *parts)):
        assert counted(*order)[1] <= 100


def test_a_sink_sold_under_another_name_is_gone():
    """A second entry of the same parcel that is sold takes its tonnes from the first."""
    sold = sink("B", parcels=("PA",), uses=(sale(),))
    for pair in permutations((sink("A"), sold)):
        assert counted(*pair) == (0, 0)


def test_an_offset_under_another_name_is_none():
    """A sink of the inventory that is entered again as a project with a baseline stays one sink."""
    again = project("B", parcels=("PA",), uses=(compensation(),))
    for pair in permutations((sink("A"), again)):
        assert counted(*pair)[1] + offsets(*pair)[1] <= 100


def test_other_pools_of_a_place_are_other_sinks():
    """Soil and wood of one parcel both count; a pool that both name does not."""
    assert counted(sink("A"), sink("B", parcels=("PA",), pools=(SOIL,)))[0] == 200
    assert counted(sink("A"), sink("B", parcels=("PA",), pools=(SOIL, WOOD)))[1] == 100


def test_of_two_times_of_a_place_the_later_counts():
    """A year has one removal: of two times of a place the later is taken, in either order."""
    early = sink(
        "A", 70, found=StockDifference(Stock(2015, 0), Stock(2020, 350)), since=2015, until=2020
    )
    late = sink("B", found=StockDifference(Stock(2020, 350), Stock(2025, 850)), since=2020,
                until=2025, parcels=("PA",))  # fmt: skip
    for pair in permutations((early, late)):
        assert counted(*pair) == (100, 100)
        assert because(accounts(*pair)["A"]) == {Because.LATER_YEARS}


def test_what_looks_the_same_is_open_until_a_person_says():
    """Another parcel with the same area and change may be the same: it counts perhaps."""
    alike = sink("B", area_ha=65.0)
    assert counted(sink("A"), alike) == (100, 200)
    found = accounts(sink("A"), alike)["B"]
    assert [(one.gate, one.outcome) for one in found.findings] == [
        (SinkGate.ONE_PLACE, GateOutcome.OPEN)
    ]
    assert counted(sink("A"), sink("B", area_ha=65.0, apart_from=("A",))) == (200, 200)


def test_what_looks_cut_in_two_is_open():
    """Two entries whose areas and changes come to those of a third may be its parts."""
    trio = sink("A", area_ha=10.0), sink("B", 60, area_ha=6.0), sink("C", 40, area_ha=4.0)
    for order in permutations(trio):
        assert counted(*order)[0] <= 100
        assert counted(*order)[1] == 200


def test_a_source_is_counted_in_full():
    """A forest that gives more than it takes raises the need, whatever it is said to be used for."""
    assert counted(sink("A", -30), sink("B", 100)) == (70, 70)
    assert offsets(project("A", -30, baseline=-50, uses=(compensation(),))) == (20, 20)
    assert counted(sink("A", -30, uses=(sale(),))) == (-30, -30)


@pytest.mark.parametrize("years", [{}, {"since": 2026, "until": 2030}], ids=["same", "later"])
def test_a_source_does_not_hide_behind_a_sink_of_a_part_of_its_place(years):
    """A drained bog counts as far as all of it though an entry of one of its parcels stands first."""
    part = sink("A", 1.0, parcels=("P1",), **years)
    bog = sink("B", -5000.0, parcels=("P1", "P2"))
    assert counted(part, bog) == (-4999.0, 1.0)
    assert accounts(part, bog)["B"].findings[0].outcome is GateOutcome.OPEN


def test_a_source_of_former_years_is_gone_where_all_of_its_place_is_measured_anew():
    """A bog that was wetted again counts by its later years alone."""
    assert counted(sink("A", 1.0, since=2026, until=2030), sink("B", -9.0, parcels=("PA",))) == (
        1,
        1,
    )


def test_a_source_of_a_repeated_place_is_no_offset():
    """What repeats a place is set off by no baseline, though it gives more than it takes."""
    use = {"uses": (compensation("travel"),), "parcels": ("PA",)}
    account = accounts(sink("A"), project("B", -10.0, baseline=-50.0, **use))["B"]
    assert account.uses[0].tonnes == Span(0.0, 0.0)


def test_a_former_time_does_not_count_beside_a_later_one_where_a_third_entry_repeats_another():
    """Of two later entries of a place one that is a repetition itself stands in for neither."""
    former = {"since": 2016, "until": 2020}
    kept, repeated = sink("E", parcels=("P",)), sink("D", parcels=("P", "Q"))
    newer, older = sink("F", parcels=("R",)), sink("A", parcels=("Q", "R"), **former)
    assert {counted(*order) for order in permutations((kept, repeated, older, newer))} <= {
        (200.0, 200.0), (100.0, 100.0),
    }  # fmt: skip


def test_sinks_of_another_inventory_are_not_of_this_one():
    """A sink of another boundary, or of no inventory, is in no term of this balance."""
    assert counted(sink("A", boundary="travel"), sink("B", in_inventory=False)) == (0, 0)
    assert counted(sink("A", boundary="harbour")) == (100, 100)


def test_signs_alone_do_not_make_one_parcel():
    """Parcels named by signs alone are told apart by them."""
    assert parcel_key("§") != parcel_key("—")


PARCELS = st.sets(st.sampled_from(["P1", "P2", "P3"]), min_size=1)
USES = st.lists(
    st.one_of(
        st.builds(compensation, st.sampled_from(sorted(BOUNDARIES)), st.none() | st.floats(1, 150)),
        st.builds(sale, st.none() | st.floats(1, 150)),
    ),
    max_size=2,
)
ENTRIES = st.lists(
    st.tuples(PARCELS, USES, st.booleans(), st.booleans(), st.sampled_from(["area", "harbour"])),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150)
@given(ENTRIES)
def test_a_tonne_never_counts_twice(entries):
    """Of three parcels with 100 t each no statement makes more than 300 t, whatever it names."""
    sinks = [
        (project if of_project else sink)(
            f"S{index}", 100.0 * len(parcels), parcels=tuple(sorted(parcels)), uses=tuple(uses),
            in_inventory=in_inventory, boundary=boundary, area_ha=float(len(parcels)),
            apart_from=tuple(f"S{i}" for i in range(4)),
        )
        for index, (parcels, uses, in_inventory, of_project, boundary) in enumerate(entries)
    ]  # fmt: skip
    assert counted(*sinks)[1] + offsets(*sinks)[1] <= 300 + 1e-6


@given(st.floats(1, 150), st.booleans())
def test_what_goes_elsewhere_and_what_is_counted_are_no_more_than_there_is(tonnes, of_project):
    """Tonnes sold, tonnes counted and tonnes set off come to no more than a sink takes up."""
    one = (project if of_project else sink)("A", uses=(sale(tonnes), compensation("travel", 5)))
    gone = min(tonnes + 5, 100)
    assert counted(one)[1] + offsets(one)[1] + gone <= 100 + 1e-6
