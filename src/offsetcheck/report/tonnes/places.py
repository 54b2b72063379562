"""The drawing of places: a column for each treatment, a mark for each offer, a line between.

A mark reaches from the first to the last place that an offer can have. A whole line joins two
places that are certain, a broken one where either is not.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.tonnes_explanation import (
    TonnesExplanation,
    TonnesOrderColumn,
    TonnesPlace,
)

LEFT, COLUMN, TOP, PLACE = 24, 84, 34, 26
MARK, LANE = 16, 17  # how wide a mark is, and how far apart two are that stand side by side
MOST = 12  # offers that are drawn
Plain = dict[str, Any]


def order_chart(explained: TonnesExplanation, words: Mapping[str, str]) -> Plain | None:
    """Return the places of all offers that have one; None where they are too many to tell apart."""
    order = explained.order
    if order is None or order.placed > MOST:
        return None
    columns = [_column(one, place) for place, one in enumerate(order.columns)]
    last = max(place.last for one in order.columns for place in one.places)
    return {
        "columns": [one | {"marks": list(one["by_id"].values())} for one in columns],
        "lines": [line for pair in pairwise(columns) for line in _lines(*pair)],
        "ticks": [{"y": _y(place), "place": place} for place in range(1, last + 1)],
        "width": LEFT + COLUMN * len(columns),
        "height": _y(last) + PLACE // 2,
        "title": words["tonnes.chart.order"],
        "text": " ".join(_said(one, words) for one in order.columns),
    }


def _said(column: TonnesOrderColumn, words: Mapping[str, str]) -> str:
    places = "; ".join(
        say(words, "tonnes.chart.order_place", id=one.id, place=one.words) for one in column.places
    )
    return say(words, "tonnes.chart.order_row", treatment=column.title, places=places)


def _column(column: TonnesOrderColumn, place: int) -> Plain:
    middle = LEFT + COLUMN * place + COLUMN // 2
    lanes = _lanes(column.places)
    many = 1 + max(lanes.values(), default=0)
    apart = min(LANE, (COLUMN - MARK) // max(1, many - 1)) if many > 1 else 0
    width = min(MARK, apart - 1) if apart else MARK
    left = middle - apart * (many - 1) / 2
    marks = {
        one.id: {
            "x": round(left + apart * lanes[one.id] - width / 2, 1),
            "y": _y(one.first) - MARK // 2,
            "width": width,
            "height": _y(one.last) - _y(one.first) + MARK,
            "number": one.number,
            "size": 11 if width >= MARK - 4 else 7,
            "certain": one.first == one.last,
        }
        for one in column.places
    }
    return {"x": middle, "title": column.short, "chosen": column.chosen, "by_id": marks}


def _lanes(places: Sequence[TonnesPlace]) -> dict[str, int]:
    """Return for each mark how far to the right it stands, so that none covers another."""
    ends: list[int] = []
    lanes: dict[str, int] = {}
    for one in places:
        lane = next((lane for lane, end in enumerate(ends) if end < one.first), len(ends))
        ends[lane : lane + 1] = [one.last]
        lanes[one.id] = lane
    return lanes


def _lines(before: Plain, after: Plain) -> list[Plain]:
    """Return the lines from the marks of one column to those of the next."""
    return [
        {
            "x1": mark["x"] + mark["width"],
            "y1": mark["y"] + mark["height"] / 2,
            "x2": after["by_id"][name]["x"],
            "y2": after["by_id"][name]["y"] + after["by_id"][name]["height"] / 2,
            "certain": mark["certain"] and after["by_id"][name]["certain"],
        }
        for name, mark in before["by_id"].items()
    ]


def _y(place: int) -> int:
    return TOP + PLACE * (place - 1) + PLACE // 2
