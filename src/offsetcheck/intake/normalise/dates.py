"""Dates as registries, spreadsheets and people write them; two possible days are refused."""

import re
from datetime import date, timedelta
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
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})" + _TIME)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})" + _TIME)
TWELVE = 12
_MOST_DAYS = 31
_EPOCH = date(1899, 12, 30)


SAMPLES = {DateStyle.DAY_FIRST: "d/m/y", DateStyle.MONTH_FIRST: "m/d/y"}
"""The order of a day, as an option of the command line and a message write it."""

TWO_DAYS = "cells can be read as two days"
NOT_IN_ORDER = "cells are not written as the days of the file are said to be"
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-]) ?\d{1,2}\1 ?\d{2}" + _TIME)
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.\d+)?")


def day_and_month(text: str) -> tuple[int, int, int, bool] | None:
    """Return the first and second number, the year, and whether dots part them, of 3/4/2020.

    None where a text is no such day.
    """
    bare = tidy(text)
    if match := _SLASHED.fullmatch(bare):
        return int(match[1]), int(match[2]), int(match[3]), False
    if match := _DOTTED.fullmatch(bare):
        return int(match[1]), int(match[2]), int(match[3]), True
    return None


def read_date(
    text: str, style: DateStyle = DateStyle.UNKNOWN, dotted: DateStyle = DateStyle.DAY_FIRST
) -> date | None:
    """Return a day (a time of day is dropped), None for a placeholder.

    `style` says which comes first in 3/4/2020, `dotted` in 3.4.2020. Raises UnreadableError for
    what is no day or could be two.
    """
    if is_placeholder(text):
        return None
    bare = tidy(text)
    if match := _ISO.fullmatch(bare):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if (parts := day_and_month(bare)) is not None:
        first, second, year, with_dots = parts
        return _in_order(first, second, year, text, dotted if with_dots else style)
    if match := _NAMED.fullmatch(bare):
        return _day(_year(match[3]), _month(match[2], text), int(match[1]), text)
    if match := _NAMED_US.fullmatch(bare):
        return _day(int(match[3]), _month(match[1], text), int(match[2]), text)
    raise _no_day(text, bare)


def _no_day(text: str, bare: str) -> UnreadableError:
    if _SHORT_YEAR.fullmatch(bare):
        return UnreadableError(
            f"{shown(text)} has a year of two digits: which number is the year is not told",
            "write days as 2026-09-30",
            "years stand in two digits",
        )
    if not _SERIAL.fullmatch(bare):
        return UnreadableError(f"{shown(text)} is not a date", "write it as 2026-09-30")
    day = _EPOCH + timedelta(days=int(bare.partition(".")[0]))
    return UnreadableError(
        f"{shown(text)} is a spreadsheet's own number of a day",
        f"write the day; in most spreadsheets it is {day}",
        "numbers stand where days are expected",
    )


def _in_order(first: int, second: int, year: int, text: str, style: DateStyle) -> date:
    if style is DateStyle.UNKNOWN and first > TWELVE >= second:
        style = DateStyle.DAY_FIRST
    if style is DateStyle.UNKNOWN and (second > TWELVE >= first or first == second):
        style = DateStyle.MONTH_FIRST
    if style is DateStyle.UNKNOWN and max(first, second) <= TWELVE:
        both = f"write {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}"
        raise UnreadableError(f"{shown(text)} can be read as two days", both, TWO_DAYS)
    day, month = (second, first) if style is DateStyle.MONTH_FIRST else (first, second)
    if month > TWELVE >= day and style is not DateStyle.UNKNOWN:
        said = SAMPLES[style]
        raise UnreadableError(
            f"{shown(text)} is no day in a file that writes days as {said}",
            f"write {year}-{day:02}-{month:02}" if month <= _MOST_DAYS else None,
            NOT_IN_ORDER,
        )
    return _day(year, month, day, text)


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
