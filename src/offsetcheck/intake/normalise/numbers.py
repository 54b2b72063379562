"""Numbers as people and spreadsheets write them; what could mean two numbers is refused."""

import math
import re
from collections.abc import Iterable
from enum import StrEnum

from offsetcheck.intake.normalise.text import is_placeholder, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

LARGEST_INTEGER = 2**53


class NumberStyle(StrEnum):
    """How a column writes numbers; DOT and COMMA name the decimal sign."""

    DOT = "dot"
    COMMA = "comma"
    GROUPED = "grouped"  # a comma groups thousands, what a dot does is not known
    UNKNOWN = "unknown"


_BARE = re.compile(r"[+-]?\d+")
_DOT = re.compile(r"[+-]?(?:\d{1,3}(?:[, ']\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+")
_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:[. ']\d{3})+|\d+)(?:,\d*)?")
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_SURELY_DOT = re.compile(
    r"[+-]?(?:\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+\.\d+|\d*\.(?:\d{1,2}|\d{4,}))"
)
_SURELY_COMMA = re.compile(
    r"[+-]?(?:\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+|\d*,(?:\d{1,2}|\d{4,}))"
)
_UNIT = re.compile(r"\s*(?:t|tonnes?|tons?|tco2e?|t\s?co2-?e(?:q)?|years?|a|mw)$", re.IGNORECASE)
_SIGN = r"(?:eur|usd|aud|cop|gbp|chf|cad|[€$£])"
_MONEY = re.compile(rf"^{_SIGN}\s*|\s*{_SIGN}$", re.IGNORECASE)


def number_style(texts: Iterable[str], known: NumberStyle) -> NumberStyle:
    """Return how a column writes numbers: what its cells prove, else what is `known`."""
    if known is NumberStyle.DOT:
        return known
    bare = [_strip(text) for text in texts]
    dot = any(_SURELY_DOT.fullmatch(text) for text in bare)
    comma = any(_SURELY_COMMA.fullmatch(text) for text in bare)
    if dot == comma:
        return known
    return NumberStyle.DOT if dot else NumberStyle.COMMA


def read_number(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> float | None:
    """Return a finite double, None for a placeholder.

    Raises UnreadableError for what is no number and for `1.234` where the style is not known.
    """
    if is_placeholder(text):
        return None
    bare = _strip(text)
    if _BARE.fullmatch(bare):
        return _finite(bare, text)
    if _TWO_WAYS.fullmatch(bare) and not _decided(bare, style):
        raise UnreadableError(
            f"{shown(text)} can be read as two numbers",
            f"write {bare.replace('.', '').replace(',', '')} for thousands, "
            f"or {bare.replace(',', '.')}0 for a decimal",
        )
    return _decimal(bare, text, style)


def read_integer(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> int | None:
    """Return a whole number, None for a placeholder.

    2.5 raises UnreadableError, and so does 2^53 and more, where doubles are no longer exact.
    """
    number = read_number(text, style)
    if number is None:
        return None
    if not number.is_integer() or abs(number) >= LARGEST_INTEGER:
        raise UnreadableError(f"{shown(text)} is not a whole number")
    return int(number)


def read_share(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> float | None:
    """Return a share, 0.3 for `30 %` as for `0.3`."""
    bare = tidy(text)
    if bare.endswith("%"):
        percent = read_number(bare[:-1], style)
        return None if percent is None else percent / 100
    return read_number(text, style)


def number_text(value: float) -> str:
    """Return a number as text that reads back as that number in every style but COMMA."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < LARGEST_INTEGER:
        return str(int(value))
    text = repr(value)
    return text + "0" if _TWO_WAYS.fullmatch(text) else text


def _strip(text: str) -> str:
    bare = tidy(text).replace("−", "-").replace("’", "'")
    if bare.isascii() and bare.isdigit():
        return bare
    bare = _UNIT.sub("", _MONEY.sub("", bare))
    return bare.removesuffix("%").strip()


def _decided(bare: str, style: NumberStyle) -> bool:
    return style in {NumberStyle.DOT, NumberStyle.COMMA} or (
        style is NumberStyle.GROUPED and "," in bare
    )


def _decimal(bare: str, text: str, style: NumberStyle) -> float:
    if style is not NumberStyle.COMMA and _DOT.fullmatch(bare):
        return _finite(re.sub(r"[, ']", "", bare), text)
    if style is not NumberStyle.DOT and _COMMA.fullmatch(bare):
        return _finite(re.sub(r"[. ']", "", bare).replace(",", "."), text)
    if style is NumberStyle.COMMA and re.fullmatch(r"[+-]?\d+\.(?:\d{1,2}|\d{4,})", bare):
        return _finite(bare, text)
    raise UnreadableError(f"{shown(text)} is not a number", "write digits only, such as 1250.5")


def _finite(digits: str, text: str) -> float:
    number = float(digits) + 0.0
    if not math.isfinite(number):
        raise UnreadableError(f"{shown(text)} is too large a number")
    return number
