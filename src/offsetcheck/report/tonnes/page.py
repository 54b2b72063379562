"""What a page of comparable tonnes needs beside its explanation: drawings, rows and steps."""

from collections.abc import Mapping
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.report.tonnes.charts import comparison, waterfall
from offsetcheck.report.tonnes.places import MOST, order_chart
from offsetcheck.vocabulary.tonnes_explanation import (
    TonnesExplanation,
    TonnesOffer,
    TonnesPlace,
    TonnesStep,
)

MOST_OFFERS = 100  # that stand on one page
Plain = dict[str, Any]
Words = Mapping[str, str]


def tonnes_page(explained: TonnesExplanation, report: Plain, words: Words) -> Plain:
    """Return the context of the page of an explanation, `report` as plain data.

    `apart` names the offers without a place, those behind the first ones counted.

    `lines` are the offers that are shown, each with its number in the list, its waterfalls with
    their drawings, and its steps; `order_lines` the rows of the order; `every_step` each step once.
    """
    many = explained.count > MOST_OFFERS
    shown = list(zip(explained.offers, report["offers"], strict=True))[:MOST_OFFERS]
    return {
        "shown": MOST_OFFERS if many else None,
        "most_places": MOST,
        "comparison": None if explained.single else comparison([o for o, _ in shown], words),
        "places": None if explained.order is None else order_chart(explained, words),
        "lines": [offer_line(n, o, plain, words) for n, (o, plain) in enumerate(shown, 1)],
        "order_lines": _order_lines(explained)[:MOST_OFFERS],
        "apart": _apart(explained, words),
        "every_step": [
            {"step": step.model_dump(), "treatments": under}
            for step, under in every_step(explained)
        ],
    }


def offer_line(number: int, offer: TonnesOffer, plain: Plain, words: Words) -> Plain:
    """Return one offer: the waterfalls that are shown at once, the folded ones, and its steps."""
    falls = [
        {"fall": as_data, "drawing": waterfall(offer, fall, words)}
        for fall, as_data in zip(offer.waterfalls, plain["waterfalls"], strict=True)
    ]
    chosen = [one for one in falls if one["fall"]["chosen"]]
    return {
        "number": number,
        "offer": plain,
        "falls": chosen or falls,
        "others": [one for one in falls if chosen and not one["fall"]["chosen"]],
        "steps": [one.model_dump() for one in steps_once(offer)],
    }


def _order_lines(explained: TonnesExplanation) -> list[Plain]:
    """Return the offers that have a place, each with its place under each treatment.

    They stand in the order of the treatment chosen, of the first one where none is.
    """
    if explained.order is None:
        return []
    columns = explained.order.columns
    leading = next((one for one in columns if one.chosen), columns[0])
    found: dict[str, list[TonnesPlace]] = {one.id: [] for one in leading.places}
    for column in columns:
        for one in column.places:
            found[one.id].append(one)
    return [
        {
            "number": own[0].number,
            "id": own[0].id,
            "name": own[0].name,
            "places": [one.model_dump() for one in own],
        }
        for own in found.values()
    ]


def _apart(explained: TonnesExplanation, words: Words) -> str | None:
    """Return the offers without a place, None where there are none."""
    order = explained.order
    if order is None or not order.apart:
        return None
    named = ", ".join(order.apart[:MOST_OFFERS])
    rest = order.without - len(order.apart[:MOST_OFFERS])
    return say(words, "list.more", list=named, count=rest) if rest else named


def steps_once(offer: TonnesOffer) -> list[TonnesStep]:
    """Return the steps of all waterfalls of an offer, each once, in the order in which they act."""
    found: dict[str, TonnesStep] = {}
    behind: dict[str, int] = {}
    for fall in offer.waterfalls:
        for place, step in enumerate(fall.steps):
            found.setdefault(step.step, step)
            behind[step.step] = max(behind.get(step.step, 0), len(fall.steps) - place)
    return sorted(found.values(), key=lambda step: -behind[step.step])


def every_step(explained: TonnesExplanation) -> list[tuple[TonnesStep, list[str]]]:
    """Return each step once, with the treatments that it acts under; none where all of them."""
    first = next((offer for offer in explained.offers if offer.waterfalls), None)
    if first is None:
        return []
    found = []
    for step in steps_once(first):
        under = [
            fall.title
            for fall in first.waterfalls
            if any(one.step == step.step for one in fall.steps)
        ]
        everywhere = len(under) == len(first.waterfalls)
        found.append((step, [] if everywhere else under))
    return found
