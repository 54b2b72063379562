"""Numbers as people and spreadsheets write them; what could mean two numbers is refused."""

import math
import re
from enum import StrEnum
from functools import lru_cache

from offsetcheck.intake.normalise.text import shown
from offsetcheck.vocabulary.problem import UnreadableError

LARGEST_INTEGER = 2**53


class NumberStyle(StrEnum):
    """How a file writes numbers; DOT and COMMA name the decimal sign."""

    DOT = "dot"
    COMMA = "comma"
    GROUPED = "grouped"  # a comma groups thousands, what a dot does is not known
    UNKNOWN = "unknown"


SAMPLES = {NumberStyle.DOT: "1,234.5", NumberStyle.COMMA: "1.234,5"}
"""A number in each style, as an option of the command line and a message write it."""

TWO_NUMBERS = "cells can be read as two numbers"
NOT_IN_STYLE = "cells are not written as the numbers of the file are said to be"

_EXPONENT = r"(?:[eE][+-]?\d+)?"
_DOT = re.compile(
    r"[+-]?(?:[1-9]\d{0,2}([, '])\d{3}(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3}|\d+)(?:\.\d*)?"
    rf"{_EXPONENT}|[+-]?\.\d+{_EXPONENT}"
)
"""A decimal point; thousands apart by one sign, or as in India by two digits above the first."""

_COMMA = re.compile(
    rf"[+-]?(?:[1-9]\d{{0,2}}([. '])\d{{3}}(?:\1\d{{3}})*|\d+)(?:,\d*)?{_EXPONENT}|[+-]?,\d+"
)
_SEPARATORS = re.compile(r"[., ']")
_TYPED = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?%?")
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def is_typed(text: str) -> bool:
    """Return whether a text may be `number_text` of a number that a cell held as such.

    Also with the `%` of a share that its cell shows in per cent.
    """
    return _TYPED.fullmatch(text) is not None and not _TWO_WAYS.fullmatch(text.removesuffix("%"))


@lru_cache(maxsize=65536)
def readings(digits: str) -> tuple[float | None, float | None]:
    """Return what digits say with a decimal point and with a decimal comma, None for no number."""
    dot = float(re.sub(r"[, ']", "", digits)) if _DOT.fullmatch(digits) else None
    if _COMMA.fullmatch(digits):
        return dot, float(re.sub(r"[. ']", "", digits).replace(",", "."))
    return dot, None


def proof(digits: str) -> NumberStyle | None:
    """Return the style in which alone digits are a number; None where both or neither do."""
    dot, comma = readings(digits)
    if (dot is None) == (comma is None) or digits[-1] in ".,":
        return None
    return NumberStyle.DOT if comma is None else NumberStyle.COMMA


def is_ambiguous(digits: str) -> bool:
    """Return whether digits are one number with a decimal point and another with a comma."""
    dot, comma = readings(digits)
    return dot is not None and comma is not None and dot != comma


def number_of(digits: str, style: NumberStyle, text: str) -> float:
    """Return the finite number that digits are in a style; `text` is the cell that held them.

    Raises UnreadableError for no number, for one of two where the style does not tell, and for one
    that only the other style can read.
    """
    dot, comma = readings(digits)
    if dot is None and comma is None:
        raise UnreadableError(f"{shown(text)} is not a number", "write digits only, such as 1250.5")
    if style is NumberStyle.GROUPED and "," in digits and dot is not None:
        style = NumberStyle.DOT
    if style in SAMPLES:
        found = dot if style is NumberStyle.DOT else comma
        if found is None:
            raise _other_style(text, style, dot if comma is None else comma)
        return _finite(found, text)
    if dot is not None and comma is not None and dot != comma:
        raise _two_numbers(text, digits)
    return _finite(comma if dot is None else dot, text)


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


def _two_numbers(text: str, digits: str) -> UnreadableError:
    whole = _SEPARATORS.sub("", digits)
    return UnreadableError(
        f"{shown(text)} can be read as two numbers",
        f"write {whole} for thousands, or {digits.replace(',', '.')}0 for a decimal",
        TWO_NUMBERS,
    )


def _other_style(text: str, style: NumberStyle, other: float | None) -> UnreadableError:
    said = SAMPLES[style]
    hint = None if other is None else f"if it is {other:.15g}, write {number_text(other)}"
    return UnreadableError(
        f"{shown(text)} is no number in a file that writes numbers as {said}", hint, NOT_IN_STYLE
    )


def _finite(number: float | None, text: str) -> float:
    if number is None or not math.isfinite(number):
        raise UnreadableError(f"{shown(text)} is too large a number")
    return number + 0.0
