"""The order of offers by comparable tonnes: the places that each can have under a treatment.

The same choices of policy hold for every offer, so that offers are set against one another under
each way in which the open ones can be made, and a place is what any of them gives.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import product

from offsetcheck.engine.knowledge import is_later
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import NOT_STATED, Value
from offsetcheck.vocabulary.tonnes import (
    ComparableTonnes,
    Span,
    StepTaken,
    Treatment,
    Waterfall,
    price_span,
)

PRICE, CURRENCY, RATE = "price", "currency", "exchange_rate"
MILLIONTHS = 6  # decimal places
Made = Sequence[tuple[Candidate, ComparableTonnes]]
Way = Mapping[str, Value | None]


class OrderedBy(StrEnum):
    """By what offers are ordered: the price of a comparable tonne, else how many there are."""

    PRICE = "price"
    TONNES = "tonnes"


@dataclass(frozen=True, slots=True)
class Place:
    """The first and the last place that an offer can have, and what it is ordered by.

    `shared` says that another has the same place for sure.
    """

    id: str
    first: int
    last: int
    measure: Span
    shared: bool


def ordered_by(made: Made) -> OrderedBy:
    """Return by what offers can be ordered: by price where one can be set beside another."""
    priced = prices_side_by_side(made).by_offer
    alone = len(priced) == 1 and sum(price_of(one) is not None for one, _ in made) > 1
    return OrderedBy.PRICE if priced and not alone else OrderedBy.TONNES


@dataclass(frozen=True, slots=True)
class Prices:
    """What a tonne of each offer costs in one currency, which is None where none states one."""

    currency: str | None = None
    by_offer: Mapping[str, float] = field(default_factory=dict)


def prices_side_by_side(made: Made) -> Prices:
    """Return the prices of offers with tonnes in one currency.

    Where they have several it is the purchase's own, by its rates. A price without a currency or
    without a rate is not among them, so that nobody turns the order of all by his own currency.
    """
    priced = [candidate for candidate, one in made if one.offered]
    asked = {one.id: (one, price) for one in priced if (price := price_of(one)) is not None}
    found = {str(one.value(CURRENCY)) for one, _ in asked.values() if one.value(CURRENCY)}
    if len(found) <= 1:
        currency = next(iter(found), None)
        return Prices(
            currency, {i: p for i, (one, p) in asked.items() if one.value(CURRENCY) == currency}
        )
    rates = {i: _rate(one) for i, (one, _) in asked.items()}
    own = [one for i, (one, _) in asked.items() if rates[i] == 1]
    if not own:
        return Prices()
    turned = {i: price * rate for i, (_, price) in asked.items() if (rate := rates[i]) is not None}
    return Prices(str(own[0].value(CURRENCY)), turned)


def known_on(candidate: Candidate, day: date) -> Candidate:
    """Return an offer without what of its price and rate was known only after a day."""
    later = {
        name: NOT_STATED for name in (PRICE, CURRENCY, RATE) if is_later(candidate.fact(name), day)
    }
    return candidate.with_facts(later) if later else candidate


def _rate(candidate: Candidate) -> float | None:
    """Return how much of the purchase's currency one unit of an offer's is, 1 for its own."""
    rate = candidate.value(RATE)
    return float(rate) if isinstance(rate, int | float) else None


def price_of(candidate: Candidate) -> float | None:
    """Return the price of a tonne as an offer states it, None where it states none."""
    price = candidate.fact(PRICE).value
    return float(price) if isinstance(price, int | float) else None


def places(made: Made, treatment: Treatment, by: OrderedBy) -> list[Place]:
    """Return the places of the offers that can be ordered, those with the first ones first."""
    prices = prices_side_by_side(made).by_offer if by is OrderedBy.PRICE else {}
    falls = [
        (candidate, one.offered, fall)
        for candidate, one in made
        for fall in one.waterfalls
        if fall.treatment is treatment and one.offered is not None
        if by is OrderedBy.TONNES or candidate.id in prices
    ]
    if not falls:
        return []
    found: dict[str, tuple[int, int]] = {}
    for way in _ways([fall for _, _, fall in falls]):
        picked = [_picked(step, way) for step in falls[0][2].steps]
        measures = [
            _measure(_comparable(o, fall, picked), o, prices.get(c.id)) for c, o, fall in falls
        ]
        for (candidate, _, _), (first, last) in zip(falls, ranks(measures, by), strict=True):
            low, high = found.get(candidate.id, (first, last))
            found[candidate.id] = (min(low, first), max(high, last))
    having = Counter(found.values())
    made_places = [
        Place(
            c.id,
            *found[c.id],
            _measure(fall.comparable, o, prices.get(c.id)),
            _certain(found[c.id]) and having[found[c.id]] > 1,
        )
        for c, o, fall in falls
    ]
    return sorted(made_places, key=lambda one: (one.first, one.last))


def _certain(place: tuple[int, int]) -> bool:
    return place[0] == place[1]


def _ways(falls: Sequence[Waterfall]) -> Iterator[Way]:
    """Yield every way in which the open choices of these waterfalls can be made; one where none."""
    listed: dict[str, dict[Value | None, None]] = {}
    for step in falls[0].steps:
        for option in step.options:
            for chosen in option.choices:
                listed.setdefault(chosen.parameter, {})[chosen.value] = None
    for values in product(*listed.values()):
        yield dict(zip(listed, values, strict=True))


def _picked(step: StepTaken, way: Way) -> int | None:
    """Return which option of a step is that of a way, None where it has none; alike for all offers.

    The options of a step are the ways to choose, whatever the offer.
    """
    fitting = (
        place
        for place, option in enumerate(step.options)
        if all(way.get(one.parameter) == one.value for one in option.choices)
    )
    return next(fitting, None)


def _comparable(offered: Span, fall: Waterfall, picked: Sequence[int | None]) -> Span:
    low, high = offered.low, offered.high
    for step, place in zip(fall.steps, picked, strict=True):
        factor = step.factor if place is None else step.options[place].factor
        low, high = low * factor.low, high * factor.high
    return Span(low, high)


def _measure(comparable: Span, offered: Span, price: float | None) -> Span:
    """Return what orders an offer: the price of a comparable tonne, else how many there are."""
    return _rounded(
        comparable if price is None else price_span(Span(price, price), offered, comparable)
    )


def _rounded(span: Span) -> Span:
    """Return a span to the millionth: what differs by an error of the last digit is equal."""
    return Span(round(span.low, MILLIONTHS), round(span.high, MILLIONTHS))


def ranks(measures: Sequence[Span], by: OrderedBy) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of each: what is better for sure, and what may be."""
    if by is OrderedBy.TONNES:
        measures = [Span(-one.high, -one.low) for one in measures]
    lows, highs = sorted(one.low for one in measures), sorted(one.high for one in measures)
    for one in measures:
        surely = bisect_left(highs, one.low)
        perhaps = bisect_left(lows, one.high)
        own = int(one.low < one.high)
        yield 1 + surely, 1 + perhaps - own
