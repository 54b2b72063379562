"""A number with bounds in words, for tonnes, shares and prices."""

from math import isfinite

from offsetcheck.explain.quantity import DECIMALS, number_words, price_places
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.tonnes import Span
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine

SHARE, TONNES = 4, 1  # decimal places that are shown


def bounds_line(span: Span, places: int, wording: Wording) -> BoundsLine:
    """Return a number with bounds to some decimal places, and in words."""
    low, high = _limit(span.low, places), _limit(span.high, places)
    return BoundsLine(
        low=low,
        central=low if span.central is not None else None,
        high=high,
        words=span_words(*(_number(one, places, wording) for one in (low, high)), wording),
    )


def price_line(price: Span, currency: str | None, wording: Wording) -> BoundsLine:
    """Return a price with bounds to the places of its currency, and in words without that."""
    return bounds_line(price, price_places((price.low, price.high), currency), wording)


def span_words(low: str | None, high: str | None, wording: Wording) -> str:
    """Return the words of bounds from those of their ends; None: no limit on that side."""
    if low is None:
        return wording.word("tonnes.unknown" if high is None else "tonnes.at_most", high=high or "")
    if high is None:
        return wording.word("tonnes.at_least", low=low)
    return low if low == high else wording.word("tonnes.between", low=low, high=high)


def _limit(number: float, places: int) -> float | None:
    return round(number, places) + 0.0 if isfinite(number) else None


def _number(number: float | None, places: int, wording: Wording) -> str | None:
    return None if number is None else number_words(number, wording.locale, max(places, DECIMALS))
