"""The drawings of comparable tonnes: waterfalls, offers side by side, and places by treatment.

A drawing is 360 wide, so that its letters stay readable in a narrow window. What stays in any case
is filled, what may stay is striped, what is taken off has a broken edge: no colour alone says
anything. A line with a point marks the middle of the choices that are open and of what is stated in
part. Each drawing has its facts as `title` and `text`, and a table beside it with the same.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.tonnes_explanation import (
    BoundsLine,
    TonnesOffer,
    TonnesWaterfall,
)

WIDTH, LEFT = 356, 2
STEP = 39  # how high a row is: its label, its bar, and the line below that says where it may end
STRIPE = 5
LETTERS = 52  # that a line has room for: a label, and the amount beside it
CAPITAL = 1.4  # small letters that a capital is wide
LEAST = 12  # letters of a label, however long the amount is
Plain = dict[str, Any]
Words = Mapping[str, str]


def waterfall(offer: TonnesOffer, fall: TonnesWaterfall, words: Words) -> Plain | None:
    """Return the waterfall of one offer under one treatment; None where it offers nothing."""
    if offer.offered is None or not offer.offered.high:
        return None
    scale = offer.offered.high
    before = offer.offered
    rows = [_row(words["tonnes.page.start"], before, before, scale, words)]
    for step in fall.steps:
        row = _row(step.title, step.tonnes, before, scale, words)
        rows.append(row | {"middle": _middle(step.central_tonnes, step.tonnes, scale)})
        before = step.tonnes
    whole = _row(words["tonnes.page.end"], fall.comparable, fall.comparable, scale, words)
    middle = _middle(fall.central, fall.comparable, scale)
    rows.append(whole | {"whole": True, "middle": middle})
    told = [(one.title, one.tonnes) for one in fall.steps]
    told.append((words["tonnes.page.end"], fall.comparable))
    said = [say(words, "tonnes.offered", offered=offer.offered.words)]
    said += [
        say(words, "tonnes.chart.waterfall_step", title=title, words=tonnes.words)
        for title, tonnes in told
    ]
    if middle is not None and fall.central_words is not None:
        said.append(fall.central_words)
    title = say(words, "tonnes.chart.waterfall", id=offer.id, treatment=fall.title)
    return _drawing(rows, title, said)


def comparison(offers: Sequence[TonnesOffer], words: Words) -> Plain | None:
    """Return the offers one below the other: what each offers, and what of it compares."""
    drawn = [(one, one.offered, one.comparable) for one in offers]
    scale = max((offered.high or 0 for _, offered, _ in drawn if offered is not None), default=0)
    if not scale:
        return None
    rows, said = [], []
    for one, offered, comparable in drawn:
        if offered is not None and comparable is not None:
            rows.append(_row(f"{one.id} {one.name}".rstrip(), comparable, offered, scale, words))
            found = {"offered": offered.words, "comparable": comparable.words}
            said.append(say(words, "tonnes.chart.comparison_row", id=one.id, **found))
    return _drawing(rows, words["tonnes.chart.comparison"], said)


def _drawing(rows: Iterable[Plain], title: str, said: Iterable[str]) -> Plain:
    placed = [row | {"y": STEP * place} for place, row in enumerate(rows)]
    return {"rows": placed, "height": STEP * len(placed), "title": title, "text": " ".join(said)}


def _row(label: str, left: BoundsLine, before: BoundsLine, scale: float, words: Words) -> Plain:
    """Return one bar: what stays, what may stay, and what was taken of what stood before."""
    amount = say(words, "tonnes.chart.tonnes_words", tonnes=left.words)
    low, high, edge = (_x(one, scale) for one in (left.low, left.high, before.high))
    return {
        "label": _cut(label, max(LEAST, LETTERS - len(amount))),
        "words": amount,
        "low": low,
        "high": high,
        "edge": max(edge, high),
        "stripes": list(range(low + STRIPE, high, STRIPE)),
        "open": high > low,
        "whole": False,
        "middle": None,
    }


def _middle(central: float | None, tonnes: BoundsLine, scale: float) -> int | None:
    """Return where the middle of what is open stands, None where nothing is or it has none."""
    return None if central is None or tonnes.low == tonnes.high else _x(central, scale)


def _cut(label: str, most: int) -> str:
    """Return a label that takes the width of so many small letters at most."""
    widths = list(accumulate(map(_width, label)))
    if not widths or widths[-1] <= most:
        return label
    return label[: bisect_right(widths, most - 1)] + "…"


def _width(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 2
    return CAPITAL if letter.isupper() else 1


def _x(number: float | None, scale: float) -> int:
    """Return how far from the left edge a number stands."""
    return LEFT + round(WIDTH * min(max(number or 0.0, 0.0), scale) / scale)
