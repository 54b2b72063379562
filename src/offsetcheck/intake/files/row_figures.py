"""Figures in the rows of a list, and which of them are the sums of others."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from offsetcheck.vocabulary.reading import Aside

LONGEST_LABEL = 80
ROUNDED = 0.51  # a total of rounded figures may be off by half a unit
RELATIVE = 1e-9

_DOT, _COMMA = ".", ","
_FIGURE = re.compile(r"[^\W\d_]{0,4}[\s€$£+-]*\d[\d.,\s']*(?:%|[^\W\d_]{1,6}\d?e?|[€$£])?\s*")


def is_figure(text: str) -> bool:
    """Return whether a text is a figure, with or without a unit or a currency."""
    return len(text) <= LONGEST_LABEL and _FIGURE.fullmatch(text) is not None


class Figures:
    """A column's figures, read with a decimal dot and with a decimal comma, and their sums."""

    def __init__(self, texts: Sequence[str], aside: Mapping[int, Aside]) -> None:
        self._read = [
            _Read([0.0 if row in aside else _value(text, sign) for row, text in enumerate(texts)])
            for sign in (_DOT, _COMMA)
        ]

    def is_sum(self, row: int, totals: Sequence[int]) -> bool:
        """Return whether a figure is a sum of others, of which `totals` above are sums too."""
        return any(read.is_sum(row, totals) for read in self._read)


class _Read:
    """Figures read in one style, with their sums and counts up to each row."""

    def __init__(self, values: Sequence[float]) -> None:
        self._values = values
        self._sums = list(accumulate(values, initial=0.0))
        self._counts = list(accumulate(map(bool, values), initial=0))
        self._known, self._taken = 0.0, 0

    def is_sum(self, row: int, totals: Sequence[int]) -> bool:
        """Return whether a figure is the sum of at least two others; `totals` only grow."""
        self._known += sum(self._values[total] for total in totals[self._taken :])
        self._taken = len(totals)
        figure = self._values[row]
        start = totals[-1] + 1 if totals else 0
        sums = []
        if self._counts[row] - self._counts[start] > 1:
            sums = [self._sums[row] - self._known, self._sums[row] - self._sums[start]]
        if self._counts[-1] > 2:  # noqa: PLR2004 - two figures and their sum
            sums.append(self._sums[-1] - figure - self._known)
        return bool(figure) and any(_equal(figure, one) for one in sums)


def _equal(figure: float, total: float) -> bool:
    rounded = ROUNDED if abs(figure) > 100 * ROUNDED else 0
    return abs(figure - total) <= rounded + RELATIVE * abs(total)


def _value(text: str, decimal: str) -> float:
    """Return a figure, 0 where there is none."""
    if not is_figure(text):
        return 0.0
    bare = re.sub(r"[^\d.,-]", "", text)
    group = _COMMA if decimal == _DOT else _DOT
    try:
        return float(bare.replace(group, "").replace(decimal, "."))
    except ValueError:
        return 0.0
