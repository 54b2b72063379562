"""What a cell says beside its digits: about, at least, a unit, a currency, per what, thousands."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from offsetcheck.intake.normalise.currencies import is_currency
from offsetcheck.intake.normalise.numbers import LARGEST_INTEGER, NumberStyle, number_of
from offsetcheck.intake.normalise.text import is_placeholder, shown, tidy
from offsetcheck.intake.normalise.units import TWO_MEANINGS, UNIT, Unit, unit_of
from offsetcheck.vocabulary.problem import UnreadableError


class Bound(StrEnum):
    """What a number that is no exact value bounds."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Written:
    """A cell taken apart: its digits as text, and what stands around them.

    `last` are the digits after the hyphen of a range. A number is `scale` times its digits.
    """

    digits: str
    last: str | None = None
    scale: float = 1.0
    unit: Unit | None = None
    per: Unit | None = None
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit that its own cell names, if any; of a range the first number."""

    number: float
    unit: Unit | None = None
    per: Unit | None = None
    bound: Bound | None = None
    is_range: bool = False


_ABOUT = (
    r"(?:approx(?:\.|imately|imativement)?|aprox\.?|circa|ca\.?|about|around|rund|etwa|environ"
    r"|env\.|noin|c\.|[~≈±])"
)
_LOW = (
    r"(?:at least|minimum|min\.?|no less than|not less than|more than|over|from|mindestens|mind\."
    r"|au moins|al menos|vähintään|>=|=>|≥|>)"
)
_HIGH = (
    r"(?:at most|maximum|max\.?|no more than|up to|less than|under|höchstens|bis zu|au plus|hasta"
    r"|enintään|<=|=<|≤|<)"
)
_MONEY = r"(?:us ?\$|ca?\$|au?\$|nz\$|r\$|euros?|eur|usd|aud|cop|gbp|chf|cad|[€$£₹])"
_OR_MORE = r"(?:\+|or more|and more|and above|plus|minimum|oder mehr|ou plus)"
_EDGE = r"(?<![^\W\d_])"

_LEAD = (
    (rf"{_ABOUT}\s*", None),
    (rf"{_LOW}\s*", Bound.AT_LEAST),
    (rf"{_HIGH}\s*", Bound.AT_MOST),
    (rf"{_MONEY}\s*(?![^\W\d_])", None),
)
_LEADING_CODE = re.compile(r"([A-Z]{3})\s*(?=[\d.,(+-])")
_ENDING_CODE = re.compile(r"(?<=[\d\s])([A-Z]{3})$")

_Ending = Callable[[Written, re.Match[str]], Written]
_Told = TypeVar("_Told")


def _with_per(found: Written, match: re.Match[str]) -> Written:
    return replace(found, per=unit_of(match["unit"]))


def _with_unit(found: Written, match: re.Match[str]) -> Written:
    return replace(found, unit=unit_of(match["unit"]) if found.unit is None else found.unit)


def _scaled(by: float) -> _Ending:
    return lambda found, _: replace(found, scale=found.scale * by)


def _bound(bound: Bound) -> _Ending:
    return lambda found, _: replace(found, bound=bound)


_ENDINGS: tuple[tuple[str, _Ending], ...] = (
    (rf"\s*(?:/|{_EDGE}(?:per|pro|par|por|je|à)\s)\s*(?P<unit>{UNIT}|mt)$", _with_per),
    (rf"\s*{_EDGE}(?:{_MONEY})$", lambda found, _: found),
    (rf"\s*{_EDGE}(?P<unit>{UNIT}|mt(?:co2e?)?)$", _with_unit),
    (rf"\s*{_OR_MORE}$", _bound(Bound.AT_LEAST)),
    (r"\s*(?:or less|maximum|oder weniger)$", _bound(Bound.AT_MOST)),
    (rf"\s*{_EDGE}(?:k|thousand|tsd\.?)$", _scaled(1e3)),
    (rf"\s*{_EDGE}(?:mio\.?|mln\.?|mn|millions?|millones|milj\.?)$", _scaled(1e6)),
)  # fmt: skip
_WHOLE_PRICE = re.compile(r"(?<=\d)([.,])(?:-{1,2}|–|—)$")
_NEGATIVE = re.compile(r"\(\s*([^()+-]*\d[^()]*)\)")
_RANGE = re.compile(r"([\d.,' ]*\d)\s*(?:-|–|—|\bto\b|\bbis\b)\s*(\d[\d.,' ]*)", re.IGNORECASE)
_IS_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_SIGNS = str.maketrans(
    {
        "−": "-", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "，": ",", "．": ".", "٬": "'", "％": "%",
        "٪": "%", "＋": "+", "（": "(", "）": ")",
    }
)  # fmt: skip
"""Signs that people, other scripts and other widths write, as a keyboard has them."""

MOST_DIGITS = 15
"""Digits of a whole number that a double holds exactly, whatever they are."""

ARABIC_DECIMAL = "٫"


@lru_cache(maxsize=65536)
def written(text: str) -> Written:
    """Take a cell apart; raises UnreadableError for a unit that means two things, and for a day."""
    bare = _latin(tidy(text))
    if _PLAIN.fullmatch(bare):
        return Written(bare)
    if _IS_DAY.fullmatch(bare):
        raise _day_for_number(text)
    bare, found = _without_lead(bare, Written(""))
    sign = ""
    if match := _NEGATIVE.match(bare):
        bare, sign = match[1] + bare[match.end() :], "-"
    bare, found = _without_endings(bare, found)
    bare = _WHOLE_PRICE.sub(r"\g<1>00", bare)
    if match := _RANGE.fullmatch(bare):
        return replace(found, digits=match[1].strip(), last=match[2].strip())
    return replace(found, digits=sign + bare.replace("+", "").strip() if sign else bare.strip())


def is_plain(text: str) -> bool:
    """Return whether a text is a few digits and nothing else, as most cells of long lists are."""
    return text.isdigit() and text.isascii() and len(text) <= MOST_DIGITS


def digits_of(text: str) -> str:
    """Return the digits of a cell, "" where it holds none that can be read."""
    try:
        found = written(text)
    except UnreadableError:
        return ""
    return found.digits if any(sign.isdigit() for sign in found.digits) else ""


def read_amount(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> Amount | None:
    """Return a number and what its cell says of it, None for a placeholder.

    Raises UnreadableError for what is no number or could be two.
    """
    if is_placeholder(text):
        return None
    found = written(text)
    number = number_of(found.digits, style, text) * found.scale
    if found.last is None:
        return Amount(number, found.unit, found.per, found.bound)
    if number_of(found.last, style, text) * found.scale < number:
        raise UnreadableError(f"{shown(text)} is not a number", "write digits only, such as 1250.5")
    return Amount(number, found.unit, found.per, found.bound, is_range=True)


def read_number(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> float | None:
    """Return a finite double, None for a placeholder; a unit that is no plain one is refused.

    Raises UnreadableError for what is no number, for a bound or range, and for `1.234` where the
    style is not known.
    """
    amount = read_amount(text, style)
    if amount is None:
        return None
    if any(unit is not None and unit.factor != 1 for unit in (amount.unit, amount.per)):
        raise UnreadableError(f"{shown(text)} has a unit where none belongs", "write the number")
    return exact(amount, text)


def exact(amount: Amount, text: str) -> float:
    """Return the number of an amount that is one; a bound or a range raises UnreadableError."""
    if amount.is_range:
        raise UnreadableError(f"{shown(text)} is a range", "write the one number that counts")
    if amount.bound is not None:
        raise UnreadableError(
            f"{shown(text)} is a bound and not a number", "write the one number that counts"
        )
    return amount.number


def whole(number: float, text: str) -> int:
    """Return a number as a whole one; 2.5, and 2^53 and more, raise UnreadableError."""
    if not number.is_integer() or abs(number) >= LARGEST_INTEGER:
        raise UnreadableError(f"{shown(text)} is not a whole number")
    return int(number)


def read_integer(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> int | None:
    """Return a whole number, None for a placeholder; see `whole`."""
    number = read_number(text, style)
    return None if number is None else whole(number, text)


def _latin(text: str) -> str:
    """Return text with digits of every script as 0 to 9 and signs as a keyboard has them."""
    if text.isascii():
        return text
    text = text.translate(_SIGNS)
    if ARABIC_DECIMAL in text:
        left, _, right = text.partition(ARABIC_DECIMAL)
        text = f"{left.replace(',', chr(39))}.{right}" + ("0" if len(right) == len("000") else "")
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


@cache
def _compiled(told: tuple[tuple[str, _Told], ...]) -> tuple[tuple[re.Pattern[str], _Told], ...]:
    """Return patterns compiled when a cell first needs them, with what each tells."""
    return tuple((re.compile(pattern, re.IGNORECASE), what) for pattern, what in told)


def _without_lead(bare: str, found: Written) -> tuple[str, Written]:
    """Strip what stands before the digits: about, at least, a currency."""
    before = None
    while bare != before:
        before = bare
        for pattern, bound in _compiled(_LEAD):
            if match := pattern.match(bare):
                bare = bare[match.end() :]
                found = replace(found, bound=bound) if bound else found
        if (match := _LEADING_CODE.match(bare)) and is_currency(match[1]):
            bare = bare[match.end() :]
    return bare, found


def _without_endings(bare: str, found: Written) -> tuple[str, Written]:
    """Strip what stands behind the digits, the last first, until nothing more is known."""
    before = None
    while bare != before:
        before = bare
        for pattern, taken in _compiled(_ENDINGS):
            if match := pattern.search(bare):
                if match.groupdict().get("unit") and TWO_MEANINGS.fullmatch(match["unit"]):
                    unit_of(match["unit"])  # raises for all but `Mt`
                found, bare = taken(found, match), bare[: match.start()].rstrip()
                break
        if (match := _ENDING_CODE.search(bare)) and is_currency(match[1]):
            bare = bare[: match.start()].rstrip()
    return bare, found


def _day_for_number(text: str) -> UnreadableError:
    return UnreadableError(
        f"{shown(text)} is a day where a number is expected",
        "a spreadsheet turns 1-2 or 12.10 into a day: type the number again, as text",
        "days stand where numbers are expected",
    )
