"""A number and a day in a dozen styles each, as people write them, and what hypothesis draws."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _grouped(number: Decimal, group: str, mark: str) -> str:
    whole, _, rest = f"{number:f}".partition(".")
    return f"{int(whole):,}".replace(",", group) + (f"{mark}{rest}" if rest else "")


def _indian(number: Decimal) -> str:
    whole, _, rest = f"{number:f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(at - 2, 0) : at] for at in range(len(head), 0, -2)][::-1]
    return ",".join([*pairs, tail]) + (f".{rest}" if rest else "")


NUMBERS: Mapping[str, Callable[[Decimal], str]] = {
    "bare with a point": lambda n: f"{n:f}",
    "bare with a comma": lambda n: f"{n:f}".replace(".", ","),
    "1,234.5": lambda n: _grouped(n, ",", "."),
    "1.234,5": lambda n: _grouped(n, ".", ","),
    "space and comma": lambda n: _grouped(n, " ", ","),
    "space and point": lambda n: _grouped(n, " ", "."),
    "no-break space": lambda n: _grouped(n, NBSP, ","),
    "narrow no-break space": lambda n: _grouped(n, NARROW, ","),
    "thin space": lambda n: _grouped(n, THIN, "."),
    "apostrophe and point": lambda n: _grouped(n, "'", "."),
    "curly apostrophe and comma": lambda n: _grouped(n, "’", ","),
    "Indian groups": _indian,
    "full-width digits": lambda n: f"{n:f}".translate(FULL_WIDTH),
    "Arabic digits": lambda n: _grouped(n, "٬", "٫").translate(ARABIC),
}
"""Styles of numbers."""

COMMA_MARKS = frozenset(
    {"bare with a comma", "1.234,5", "space and comma", "no-break space", "narrow no-break space"}
    | {"curly apostrophe and comma"}
)
"""Styles that nobody writes where commas part the cells: there a comma groups thousands."""

DAYS: Mapping[str, Callable[[date], str]] = {
    "2026-03-04": date.isoformat,
    "2026-03-04 00:00:00": lambda d: f"{d} 00:00:00",
    "2026-03-04T12:30:00Z": lambda d: f"{d}T12:30:00Z",
    "2026/03/04": lambda d: f"{d:%Y/%m/%d}",
    "4.3.2026": lambda d: f"{d.day}.{d.month}.{d.year}",
    "04.03.2026": lambda d: f"{d:%d.%m.%Y}",
    "4/3/2026, day first": lambda d: f"{d.day}/{d.month}/{d.year}",
    "3/4/2026, month first": lambda d: f"{d.month}/{d.day}/{d.year}",
    "04-03-2026": lambda d: f"{d:%d-%m-%Y}",
    "3/4/2026 1:05 PM": lambda d: f"{d.month}/{d.day}/{d.year} 1:05 PM",
    "4 Mar 2026": lambda d: f"{d.day} {d:%b} {d.year}",
    "March 4, 2026": lambda d: f"{d:%B} {d.day}, {d.year}",
}
"""Styles of days."""

numbers = st.decimals(min_value=1, max_value=10**8, allow_nan=False, places=3).flatmap(
    lambda n: st.sampled_from([n, round(n), round(n, 1), round(n, 2)])
)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
rows = st.lists(st.tuples(numbers, numbers, days, days), min_size=1, max_size=6)
styles = st.tuples(st.sampled_from(sorted(NUMBERS)), st.sampled_from(sorted(DAYS)))
separators = st.sampled_from([";", "\t", "|"])
