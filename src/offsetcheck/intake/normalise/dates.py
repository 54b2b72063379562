"""Dates as registries, spreadsheets and people write them; two possible days are refused."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from offsetcheck.intake.normalise.text import is_placeholder, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
CENTURY_TURN = 70
EARLIEST, LATEST = 1900, 2300


class DateStyle(StrEnum):
    """Which comes first in a date such as 3/4/2020."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    UNKNOWN = "unknown"


_ZONE = r"(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?"
_TIME = rf"(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?{_ZONE})?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})" + _TIME)
_NAMED_US = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})" + _TIME)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})" + _TIME)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})" + _TIME)
TWELVE = 12


def date_style(texts: Iterable[str], known: DateStyle) -> DateStyle:
    """Return what the cells of a column prove: a number above twelve is a day."""
    if known is not DateStyle.UNKNOWN:
        return known
    parts = [(int(m[1]), int(m[2])) for m in map(_SLASHED.fullmatch, map(tidy, texts)) if m]
    day_first = any(first > TWELVE for first, _ in parts)
    month_first = any(second > TWELVE for _, second in parts)
    if day_first == month_first:
        return known
    return DateStyle.DAY_FIRST if day_first else DateStyle.MONTH_FIRST


def read_date(text: str, style: DateStyle = DateStyle.UNKNOWN) -> date | None:
    """Return a day (a time of day is dropped), None for a placeholder."""
    if is_placeholder(text):
        return None
    bare = tidy(text)
    if match := _ISO.fullmatch(bare):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _DOTTED.fullmatch(bare):
        return _day(int(match[3]), int(match[2]), int(match[1]), text)
    if match := _NAMED.fullmatch(bare):
        return _day(_year(match[3]), _month(match[2], text), int(match[1]), text)
    if match := _NAMED_US.fullmatch(bare):
        return _day(int(match[3]), _month(match[1], text), int(match[2]), text)
    if match := _SLASHED.fullmatch(bare):
        return _slashed(int(match[1]), int(match[2]), int(match[3]), text, style)
    raise UnreadableError(f"{shown(text)} is not a date", "write it as 2026-09-30")


def _slashed(first: int, second: int, year: int, text: str, style: DateStyle) -> date:
    if style is DateStyle.MONTH_FIRST or (style is DateStyle.UNKNOWN and second > TWELVE):
        return _day(year, first, second, text)
    if style is DateStyle.DAY_FIRST or first > TWELVE or first == second:
        return _day(year, second, first, text)
    raise UnreadableError(
        f"{shown(text)} can be read as two days",
        f"write {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}",
    )


def _month(name: str, text: str) -> int:
    if name.casefold() not in MONTHS:
        raise UnreadableError(f"{shown(text)} is not a date", "write it as 2026-09-30")
    return MONTHS[name.casefold()]


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == len("2019"):
        return year
    return year + (2000 if year < CENTURY_TURN else 1900)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise UnreadableError(f"{shown(text)} is no day of the calendar") from None
    if not EARLIEST <= year <= LATEST:
        raise UnreadableError(f"{shown(text)} lies outside the years {EARLIEST} to {LATEST}")
    return found
