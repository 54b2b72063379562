"""The order of offers by comparable tonnes in words, under each treatment of permanence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from offsetcheck.explain.tonnes.bounds import TONNES, bounds_line, price_line
from offsetcheck.explain.tonnes.order import (
    Made,
    OrderedBy,
    Place,
    known_on,
    ordered_by,
    places,
    prices_side_by_side,
)
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.tonnes import Treatment
from offsetcheck.vocabulary.tonnes_explanation import (
    BoundsLine,
    TonnesOrder,
    TonnesOrderColumn,
    TonnesPlace,
)

PLACES = 2  # an order is of two at least


def tonnes_order(
    made: Made,
    chosen: Treatment | None,
    day: date,
    wording: Wording,
    most: int | None = None,
) -> TonnesOrder | None:
    """Return the order under each treatment; None where fewer than two offers have a place.

    What of prices and rates was known only after the day does not count. With `most` the places of
    so many offers are told, the first ones under the treatment chosen, else under the first.
    """
    made = [(known_on(candidate, day), one) for candidate, one in made]
    by = ordered_by(made)
    found = {treatment: places(made, treatment, by) for treatment in Treatment}
    if len(found[Treatment.NONE]) < PLACES:
        return None
    placed = {one.id for one in found[Treatment.NONE]}
    apart = [candidate.id for candidate, _ in made if candidate.id not in placed]
    leading = found[chosen or next(iter(Treatment))]
    named = _Named(
        frozenset(one.id for one in leading[:most]),
        prices_side_by_side(made).currency,
        {
            candidate.id: (number, str(candidate.fact("name").value or ""))
            for number, (candidate, _) in enumerate(made, 1)
        },
    )
    return TonnesOrder(
        by=by.value,
        words=wording.word(f"tonnes.order.by.{by.value}", currency=_currency(made, wording)),
        told=tuple(_told(found, wording)),
        columns=tuple(
            _column(treatment, own, by, wording, named, chosen=chosen is treatment)
            for treatment, own in found.items()
        ),
        apart=tuple(apart[:most]),
        placed=len(placed),
        without=len(apart),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """The offers whose places are told, the currency of prices, and the number and name of each."""

    told: frozenset[str]
    currency: str | None
    offers: Mapping[str, tuple[int, str]]


def _currency(made: Made, wording: Wording) -> str:
    """Return the currency in which prices are set side by side."""
    found = prices_side_by_side(made).currency
    return wording.word("tonnes.order.no_currency") if found is None else found


def _told(found: Mapping[Treatment, Sequence[Place]], wording: Wording) -> Iterator[str]:
    """Yield what an order shows: whether it holds under each treatment, and where it is open."""
    orders = [{one.id: (one.first, one.last) for one in own} for own in found.values()]
    if any(first < last for order in orders for first, last in order.values()):
        yield wording.word("tonnes.order.open")
    firsts = [{one for one, place in order.items() if place == (1, 1)} for order in orders]
    known = [one for one in firsts if one]
    if not known:
        yield wording.word("tonnes.order.nobody_first")
    elif any(one != known[0] for one in known):
        yield wording.word("tonnes.order.changes")
    always = set.intersection(*firsts)
    if len(always) == 1:
        yield wording.word("tonnes.order.always_first", id=next(iter(always)))


def _column(
    treatment: Treatment,
    own: Sequence[Place],
    by: OrderedBy,
    wording: Wording,
    named: _Named,
    *,
    chosen: bool,
) -> TonnesOrderColumn:
    return TonnesOrderColumn(
        treatment=treatment.value,
        title=wording.word(f"tonnes.treatment.{treatment.value}"),
        short=wording.word(f"tonnes.chart.short.{treatment.value}"),
        chosen=chosen,
        certain=all(one.first == one.last for one in own),
        places=tuple(_place(one, by, wording, named) for one in own if one.id in named.told),
    )


def _place(one: Place, by: OrderedBy, wording: Wording, named: _Named) -> TonnesPlace:
    number, name = named.offers[one.id]
    key = "shared" if one.shared else "one" if one.first == one.last else "between"
    return TonnesPlace(
        id=one.id,
        number=number,
        name=name,
        first=one.first,
        last=one.last,
        shared=one.shared,
        words=wording.word(f"tonnes.order.place.{key}", first=one.first, last=one.last),
        measure=_measure(one, by, wording, named.currency),
    )


def _measure(one: Place, by: OrderedBy, wording: Wording, currency: str | None) -> BoundsLine:
    """Return what an offer is ordered by; a price of nothing is none."""
    if by is OrderedBy.TONNES:
        return bounds_line(one.measure, TONNES, wording)
    line = price_line(one.measure, currency, wording)
    if one.measure.low == inf:
        return line.model_copy(update={"words": wording.word("tonnes.none_left")})
    return line
