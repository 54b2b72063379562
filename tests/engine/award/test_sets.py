"""The sets of the award view against exhaustive enumeration, and in any order of rows."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.engine.award.binding import holding
from offsetcheck.engine.award.highs import Allowance
from offsetcheck.engine.award.lots import Choice, LimitKind, LimitName, Limits, Lot, cost
from offsetcheck.engine.award.narrow import SHORT
from offsetcheck.engine.award.order import shared_places
from offsetcheck.engine.award.programme import holds
from offsetcheck.engine.award.relax import ways
from offsetcheck.engine.award.rows import keeps
from offsetcheck.engine.award.sets import SetKind, Weighing, aims, chosen, coverable
from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.award_terms import Criterion, Group, Part, PricePoints

MANY = 99  # limits asked of
SHARES = st.sampled_from([Fraction(1, 5), Fraction(1, 3), Fraction(1, 2), Fraction(3, 5)])


@st.composite
def whole_lots(draw, most=8, divisible=False):
    lots = []
    for number in range(draw(st.integers(1, most))):
        tonnes = draw(st.integers(1, 6 if divisible else 40))
        lower = draw(st.sampled_from([1000, 2500, 3000, 4500, 5000]))
        least = draw(st.integers(1, tonnes)) if divisible else tonnes
        lots.append(
            Lot(
                offer=f"P{number}",
                least=least,
                most=tonnes,
                price=draw(st.sampled_from([100, 5_0000, 7_5000, 12_3400, 900_0001])),
                integrity=Bounds(lower, 5000),
                grade=draw(st.integers(0, 3)),
                value=draw(st.sampled_from([None, 1000, 3000])),
                groups={g: draw(st.sampled_from(["a", "b", "c", None])) for g in Group},
                parts=frozenset(p for p in Part if draw(st.booleans())),
            )
        )
    return lots


@st.composite
def limits_drawn(draw):
    return Limits(
        need=draw(st.integers(1, 120)),
        ceiling=draw(st.none() | st.integers(1, 150)),
        budget=draw(st.none() | st.integers(100, 4_000_0000)),
        min_share=draw(st.dictionaries(st.sampled_from(list(Part)), SHARES, max_size=2)),
        max_share=draw(st.dictionaries(st.sampled_from(list(Group)), SHARES, max_size=2)),
        max_tonnes=draw(
            st.dictionaries(st.sampled_from(list(Group)), st.integers(1, 60), max_size=1)
        ),
        min_grade=draw(st.none() | st.integers(0, 3)),
        max_price=draw(st.none() | st.sampled_from([5_0000, 100_0000])),
    )


def takeable(lot):
    """Return every number of tonnes that can be taken of a lot."""
    return [0, *range(lot.least, lot.most + 1, lot.step)]


def kept(choice):
    """Return every choice of tonnes that keeps all limits but the need."""
    return [t for t in product(*map(takeable, choice.lots)) if keeps(choice, t)]


def best_of(choice, kind, weighing=None):
    """Return what the enumeration covers at most, and the least of all aims in turn for that."""
    every = kept(choice)
    covered = max(min(sum(t), choice.limits.need) for t in every)
    enough = [t for t in every if sum(t) >= covered]
    return covered, min([aim.of(t) for aim in aims(kind, choice.lots, weighing)] for t in enough)


def weighing(choice):
    lowest = min(lot.price for lot in choice.lots)
    weights = {Criterion.PRICE: Fraction(40), Criterion.INTEGRITY: Fraction(60)}
    return Weighing(weights, PricePoints.LOWEST_OVER_PRICE, lowest)


@settings(max_examples=120, deadline=None)
@given(whole_lots(), limits_drawn(), st.sampled_from(list(SetKind)))
def test_sets_of_whole_lots_are_the_best_of_all(lots, limits, kind):
    """No choice of whole lots covers more, or the same with less of the aims in their turn."""
    choice = Choice.of(lots, limits)
    covered, proven = coverable(choice, Allowance())
    expected, least = best_of(choice, kind, weighing(choice))
    assert (covered, proven) == (expected, True)
    made = chosen(choice, kind, covered, weighing(choice), Allowance())
    assert holds(choice, covered, made.tonnes)
    assert made.proven
    assert [aim.of(made.tonnes) for aim in aims(kind, choice.lots, weighing(choice))] == least
    assert made.cost == cost(choice.lots, made.tonnes)


@settings(max_examples=60, deadline=None)
@given(whole_lots(most=3, divisible=True), limits_drawn(), st.sampled_from(list(SetKind)[:2]))
def test_sets_of_divisible_lots_are_the_best_of_all(lots, limits, kind):
    """No choice of whole tonnes, each lot from its least to its most, is better."""
    choice = Choice.of(lots, limits)
    covered, _ = coverable(choice, Allowance())
    expected, least = best_of(choice, kind)
    made = chosen(choice, kind, covered, None, Allowance())
    assert covered == expected
    assert [aim.of(made.tonnes) for aim in aims(kind, choice.lots, None)] == least


@settings(max_examples=40, deadline=None)
@given(whole_lots(), limits_drawn(), st.randoms(use_true_random=False))
def test_no_order_of_rows_decides(lots, limits, draw):
    """Offers in another order give the same tonnes of each."""
    mixed = list(lots)
    draw.shuffle(mixed)
    for kind in (SetKind.CHEAPEST, SetKind.BEST):
        made = []
        for some in (lots, mixed):
            choice = Choice.of(some, limits)
            need, _ = coverable(choice, Allowance())
            found = chosen(choice, kind, need, None, Allowance())
            made.append({lot.offer: t for lot, t in zip(choice.lots, found.tonnes, strict=True)})
        assert made[0] == made[1]


@settings(max_examples=60, deadline=None)
@given(whole_lots(most=6), limits_drawn())
def test_relaxations_are_enough_and_the_least(lots, limits):
    """A limit at the value told lets the need be covered, and a tighter one does not."""
    choice = Choice.of(lots, limits)
    covered, _ = coverable(choice, Allowance())
    if covered == limits.need:
        return
    way = ways(choice, Allowance(), MANY)
    names = [name for name in choice.names() if name.kind is not LimitKind.LOTS]
    able = {n for n in names if any(sum(t) >= limits.need for t in kept(choice.without(n)))}
    single = [line for line in way.single if line.name.kind is not LimitKind.LOTS]
    assert {line.name for line in single} == able
    for line in single:
        freed = choice.without(line.name)
        assert holds(freed, limits.need, line.tonnes)
        whole = [t for t in kept(freed) if sum(t) >= limits.need]
        if line.name.kind is LimitKind.BUDGET:
            assert line.enough == min(cost(choice.lots, t) for t in whole)
        if line.name.kind is LimitKind.CEILING:
            assert line.enough == min(map(sum, whole))
        if line.name.kind is LimitKind.MAX_PRICE:
            dearest = (
                max(lot.price for lot, n in zip(choice.lots, t, strict=True) if n) for t in whole
            )
            assert line.enough == min(dearest)
        if line.passed is not None:
            assert line.passed >= 1


@settings(max_examples=40, deadline=None)
@given(whole_lots(most=6), limits_drawn())
def test_a_limit_that_holds_makes_the_answer_worse(lots, limits):
    """Just the limits without which the enumeration finds a better answer are named."""
    choice = Choice.of(lots, limits)
    covered, _ = coverable(choice, Allowance())
    made = chosen(choice, SetKind.CHEAPEST, covered, None, Allowance())
    named = {held.name for held in holding(choice, made, None, Allowance(), MANY)}
    for name in (one for one in choice.names() if one.kind is not LimitKind.LOTS):
        freed = choice.without(name)
        reach = max(min(sum(t), limits.need) for t in kept(freed))
        cheapest = min(cost(freed.lots, t) for t in kept(freed) if sum(t) >= covered)
        assert (name in named) == (reach > covered or cheapest < made.cost)


def long_choice(offers, need, budget, scale=1):
    lots = [
        Lot(
            offer=f"P{n:03}", least=1, most=scale * (50 + 37 * n % 900),
            price=10_000 * (3 + 7 * n % 50) + n, integrity=Bounds(1500 + 13 * n % 3400, 5000),
            groups={Group.TYPE: f"T{n % 5}", Group.COUNTRY: f"C{n % 7}"},
            parts=frozenset({Part.REMOVAL} if n % 3 == 0 else ()),
        )
        for n in range(offers)
    ]  # fmt: skip
    limits = Limits(
        need=need, budget=budget, min_share={Part.REMOVAL: Fraction(37, 100)},
        max_share={Group.TYPE: Fraction(31, 100), Group.COUNTRY: Fraction(29, 100)},
    )  # fmt: skip
    return Choice.of(lots, limits)


@pytest.mark.parametrize("kind", [SetKind.CHEAPEST, SetKind.BEST])
def test_a_long_list_is_narrowed_without_loss(kind, monkeypatch):
    """Of a long list the same set comes out whether columns are fixed first or not."""
    from offsetcheck.engine.award import narrow

    made = []
    for short in (SHORT, 10_000):
        monkeypatch.setattr(narrow, "SHORT", short)
        made.append(chosen(long_choice(90, 5_001, 90_000_0000), kind, 5_001, None, Allowance()))
    assert made[0].proven
    assert made[0] == made[1]


def test_tonnes_by_the_billion_and_prices_to_a_hundredth_of_a_cent_are_exact():
    """Lots of hundreds of millions of tonnes keep every limit exactly and cost what they cost."""
    choice = long_choice(12, 1_000_000_001, None, scale=1_000_000)
    made = chosen(choice, SetKind.CHEAPEST, 1_000_000_001, None, Allowance())
    assert holds(choice, 1_000_000_001, made.tonnes)
    assert made.total == 1_000_000_001
    assert made.cost == sum(lot.price * t for lot, t in zip(choice.lots, made.tonnes, strict=True))


def test_a_budget_is_never_passed_by_a_cent():
    """A budget that is one ten-thousandth too small buys less, and is told to be just that short."""
    lots = [Lot("A", 7, 7, 9_999_9999, Bounds(4000, 4000)), Lot("B", 3, 3, 1, Bounds(4000, 4000))]
    whole = cost(tuple(lots), (7, 3))
    short = Choice.of(lots, Limits(need=10, budget=whole - 1))
    assert coverable(short, Allowance()) == (7, True)
    (line,) = ways(short, Allowance(), MANY).single
    assert (line.name, line.enough) == (LimitName(LimitKind.BUDGET), whole)


@settings(max_examples=60, deadline=None)
@given(whole_lots(most=6), limits_drawn())
def test_what_the_budget_keeps_out_is_told_with_its_least_cost(lots, limits):
    """Where no other budget covers the need, it is told what the other limits allow, and for what."""
    choice = Choice.of(lots, limits)
    covered, _ = coverable(choice, Allowance())
    if covered == limits.need or limits.budget is None:
        return
    way = ways(choice, Allowance(), MANY)
    name = LimitName(LimitKind.BUDGET)
    free = list(kept(choice.without(name)))
    reach = max(min(sum(t), limits.need) for t in free)
    told = any(line.name == name for line in way.single)
    assert (way.within_others is not None) == (reach > covered and not told)
    if way.within_others is not None:
        least = min(cost(choice.lots, t) for t in free if sum(t) >= reach)
        assert (way.within_others.tonnes >= reach, way.within_others.cost) == (True, least)
        assert least > limits.budget
    some = [cost(choice.lots, t) for t in free if sum(t)]
    assert (way.least is not None) == (not covered and bool(some))
    if way.least is not None:
        assert way.least.cost == min(some) > limits.budget


def test_an_unknown_country_counts_against_every_cap():
    """Tonnes whose country is not known cannot slip past a cap of countries."""
    known = Lot("A", 1, 100, 1, Bounds(4000, 4000), groups={Group.COUNTRY: "FI"})
    unknown = Lot("B", 1, 100, 1, Bounds(4000, 4000), groups={Group.COUNTRY: None})
    limits = Limits(need=150, max_tonnes={Group.COUNTRY: 100})
    assert coverable(Choice.of([known, unknown], limits), Allowance()) == (100, True)


def test_time_that_has_run_out_is_no_proof():
    """Without seconds left nothing is found, and nothing is said to be impossible."""
    choice = long_choice(5, 10, None)
    assert coverable(choice, Allowance(seconds=0)) == (0, False)
    assert chosen(choice, SetKind.BEST, 10, None, Allowance(seconds=0)) is None


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4)), min_size=1, max_size=8))
def test_a_place_is_behind_only_what_is_surely_better(drawn):
    """Who stands behind another lies wholly below it; who overlaps it shares its place."""
    bounds = [Bounds(low, low + wide) for low, wide in drawn]
    places = shared_places(bounds)
    for one, place in zip(bounds, places, strict=True):
        for other, behind in zip(bounds, places, strict=True):
            if place[1] < behind[0]:
                assert one.lower > other.upper
            if one.lower <= other.upper and other.lower <= one.upper:
                assert place == behind


def test_what_was_not_asked_is_not_said_to_be_nothing(monkeypatch):
    """Where the time is out, an outcome says that its limits were not asked of."""
    from offsetcheck.engine.award import award

    choice = long_choice(5, 10, None)
    assert award.concluded(choice.lots, choice.lots, (), choice.limits, None)[0].asked
    monkeypatch.setattr(award, "Allowance", lambda: Allowance(seconds=0))
    assert not award.concluded(choice.lots, choice.lots, (), choice.limits, None)[0].asked
