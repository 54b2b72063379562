"""A number with bounds in words, for tonnes, shares and prices."""

from math import isfinite

from offsetcheck.explain.quantity import number_words
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.tonnes import Span
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine

SHARE, TONNES, MONEY = 4, 1, 2  # decimal places that are shown


def bounds_line(span: Span, places: int, wording: Wording) -> BoundsLine:
    """Return a number with bounds to some decimal places, and in words."""
    low, high = _limit(span.low, places), _limit(span.high, places)
    return BoundsLine(
        low=low,
        central=low if span.central is not None else None,
        high=high,
        words=_span_words(low, high, wording),
    )


def _span_words(low: float | None, high: float | None, wording: Wording) -> str:
    first, last = (
        None if one is None else number_words(one, wording.locale) for one in (low, high)
    )
    if first is None or last is None:
        if first is None and last is None:
            return wording.word("tonnes.unknown")
        return (
            wording.word("tonnes.at_most", high=last or "")
            if first is None
            else wording.word("tonnes.at_least", low=first)
        )
    return first if first == last else wording.word("tonnes.between", low=first, high=last)


def _limit(number: float, places: int) -> float | None:
    return round(number, places) + 0.0 if isfinite(number) else None
