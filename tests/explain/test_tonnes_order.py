"""The order of offers by comparable tonnes: a place is what every way of knowing more could give."""

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.explain.tonnes.order import OrderedBy, places, ranks
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.tonnes import (
    Chosen,
    ComparableTonnes,
    Option,
    Span,
    StepTaken,
    Treatment,
    Waterfall,
    price_span,
)

NUMBERS = st.one_of(st.integers(0, 6).map(float), st.just(inf))
SPANS = st.tuples(NUMBERS, NUMBERS).map(lambda both: Span(min(both), max(both)))
LISTS = st.lists(SPANS, min_size=1, max_size=6)
EITHER = st.sampled_from(OrderedBy)


def better(one, other, by):
    return one < other if by is OrderedBy.PRICE else one > other


@given(LISTS, EITHER)
def test_a_place_counts_what_is_better_for_sure_and_what_may_be(spans, by):
    """The first place is behind all that are better in any case, the last behind all that may be."""
    for own, (first, last) in zip(spans, ranks(spans, by), strict=True):
        rest = [one for one in spans if one is not own]
        ends = (own.low, own.high) if by is OrderedBy.PRICE else (own.high, own.low)
        worst = [(one.high if by is OrderedBy.PRICE else one.low) for one in rest]
        best = [(one.low if by is OrderedBy.PRICE else one.high) for one in rest]
        assert first == 1 + sum(better(one, ends[0], by) for one in worst)
        assert last == 1 + sum(better(one, ends[1], by) for one in best)


@given(LISTS, EITHER, st.data())
def test_whatever_comes_out_lies_within_the_places(spans, by, data):
    """Each offer that is known at last has a place within the one that it had before."""
    known = [data.draw(st.sampled_from([one.low, one.high])) for one in spans]
    for own, (first, last) in zip(known, ranks(spans, by), strict=True):
        place = 1 + sum(better(one, own, by) for one in known)
        assert first <= place <= last


@given(LISTS, EITHER)
def test_what_is_known_has_one_place_and_equals_share_it(spans, by):
    """Where all is known each has one place, and two that are equal have the same."""
    points = [Span(one.low, one.low) for one in spans]
    found = list(ranks(points, by))
    assert all(first == last for first, last in found)
    for one, place in zip(points, found, strict=True):
        assert all(p == place for o, p in zip(points, found, strict=True) if o == one)


def offer(name, price, factors):
    """Return an offer of 100 t of which a choice between two values leaves one of two factors."""
    facts = {
        "price": Fact(price, EvidenceGrade.E1),
        "currency": Fact("EUR", EvidenceGrade.E1),
    }
    options = tuple(
        Option((Chosen("shared.choice", place),), Span(one, one))
        for place, one in enumerate(factors)
    )
    factor = Span(min(factors), max(factors))
    whole = Span(100 * factor.low, 100 * factor.high)
    step = StepTaken("tonnes.step", factor, whole, options=options)
    fall = Waterfall(Treatment.NONE, (step,), whole)
    made = ComparableTonnes(name, Span(100.0, 100.0), None, (fall,))
    return Candidate(name, facts), made


def test_one_choice_holds_for_all_offers():
    """Ranges that overlap only because the city has not chosen leave no doubt who is first."""
    made = [offer("A", 10.0, (0.5, 1.0)), offer("B", 12.0, (0.5, 1.0))]
    found = {one.id: one for one in places(made, Treatment.NONE, OrderedBy.PRICE)}
    assert found["A"].measure.high > found["B"].measure.low
    assert (found["A"].first, found["A"].last) == (1, 1)
    assert (found["B"].first, found["B"].last) == (2, 2)


def test_a_choice_that_turns_the_order_gives_a_range():
    """Where one choice puts an offer first and another last, its place reaches from one to the other."""
    made = [offer("A", 10.0, (0.5, 1.0)), offer("B", 12.0, (1.0, 0.5))]
    found = places(made, Treatment.NONE, OrderedBy.PRICE)
    assert [(one.first, one.last) for one in found] == [(1, 2), (1, 2)]


@given(st.floats(0.01, 1e6), st.integers(1, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_a_price_has_its_lowest_end_first(price, tonnes, one, other):
    """The price of a comparable tonne is no lower than the stated one, without limit where none is left."""
    low, high = sorted((one * tonnes / 1000, other * tonnes / 1000))
    made = price_span(Span(price, price), Span(float(tonnes), float(tonnes)), Span(low, high))
    assert price * (1 - 1e-12) <= made.low <= made.high
    assert (made.high == inf) == (low == 0)
