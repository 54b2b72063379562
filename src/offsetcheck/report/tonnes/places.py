"""The drawing of places: a row for each offer, a field for each treatment, a bar in each.

A bar reaches from the first to the last place that an offer can have; it is filled where the place
is certain. No bar can cover another, however much is open.
"""

from collections.abc import Mapping
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.tonnes_explanation import TonnesExplanation, TonnesOrderColumn

NUMBERS, FIELD, GAP = 26, 124, 14  # widths: of the offers' numbers, of a treatment, and between
TOP, ROW, BAR = 40, 20, 12
MOST = 20  # offers that are drawn
TICKS = (1, 2, 5, 10)  # how far apart the places are that are written above
MOST_TICKS = 6
Plain = dict[str, Any]


def order_chart(explained: TonnesExplanation, words: Mapping[str, str]) -> Plain | None:
    """Return the places of all offers that have one; None where they are too many to look at.

    The offers stand in the order of the treatment chosen, of the first one where none is.
    """
    order = explained.order
    if order is None or order.placed > MOST:
        return None
    leading = next((one for one in order.columns if one.chosen), order.columns[0])
    rows = {one.id: row for row, one in enumerate(leading.places)}
    last = max(place.last for one in order.columns for place in one.places)
    return {
        "rows": [
            {"number": one.number, "y": TOP + ROW * row + ROW // 2}
            for row, one in enumerate(leading.places)
        ],
        "columns": [
            _column(one, NUMBERS + (FIELD + GAP) * at, rows, last)
            for at, one in enumerate(order.columns)
        ],
        "top": TOP,
        "width": NUMBERS + (FIELD + GAP) * len(order.columns),
        "height": TOP + ROW * len(rows) + 4,
        "title": words["tonnes.chart.order"],
        "text": " ".join(_said(one, words) for one in order.columns),
    }


def _said(column: TonnesOrderColumn, words: Mapping[str, str]) -> str:
    places = "; ".join(
        say(words, "tonnes.chart.order_place", id=one.id, place=one.words) for one in column.places
    )
    return say(words, "tonnes.chart.order_row", treatment=column.title, places=places)


def _column(column: TonnesOrderColumn, left: int, rows: Mapping[str, int], last: int) -> Plain:
    """Return a treatment's field: the places above it, and for each offer from where to where."""
    wide = FIELD / last  # of one place
    apart = next((step for step in TICKS if last / step <= MOST_TICKS), TICKS[-1])
    return {
        "x": left,
        "end": left + FIELD,
        "title": column.short,
        "chosen": column.chosen,
        "ticks": [
            {"x": round(left + wide * (place - 0.5), 1), "place": place}
            for place in range(1, last + 1)
            if place == 1 or place % apart == 0
        ],
        "marks": [
            {
                "x": round(left + wide * (one.first - 1) + 1, 1),
                "y": TOP + ROW * rows[one.id] + (ROW - BAR) // 2,
                "width": round(wide * (one.last - one.first + 1) - 2, 1),
                "height": BAR,
                "certain": one.first == one.last,
            }
            for one in column.places
        ],
    }
