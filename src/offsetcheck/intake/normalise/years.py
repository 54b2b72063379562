"""Calendar years: one, a range, a list, or a season that runs over the turn of a year."""

import re

from offsetcheck.intake.normalise.amounts import read_integer
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.text import OneOf, Read, is_placeholder, one_of, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

CALENDAR_YEAR = "calendar year"
"""The unit, in the dictionary, of fields that this module reads."""

_YEAR = r"(?:19|20|21)\d{2}"
_DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]({_YEAR})|({_YEAR})-\d{{2}}-\d{{2}})"
_TO = r"\s*(?:-|–|—|\bto\b|\bbis\b|\ba\b|\bà\b)\s*"
_LIST = re.compile(r"\s*(?:[,;&+|]|\band\b|\bund\b|\by\b|\bet\b)\s*|\s*/\s*(?=\d{4})")
_SPAN = re.compile(rf"({_YEAR})(?:{_TO}({_YEAR}))?")
_SEASON = re.compile(rf"({_YEAR})\s*[-/–]\s*(\d{{2}})")
_DAYS = re.compile(_DAY + _TO + _DAY)
_WORDS = re.compile(r"^(?:vintages?|vint\.?|v|my|year)\s*(?=\d)", re.IGNORECASE)


def read_years(text: str, style: NumberStyle = NumberStyle.UNKNOWN) -> Read:
    """Return the year of a cell, or the several of `2019-2020`, `2019/20` and `2019, 2020`.

    A range stands for each of its years. None for a placeholder; raises UnreadableError.
    """
    if is_placeholder(text):
        return None
    bare = _WORDS.sub("", tidy(text))
    parts = [bare] if _DAYS.fullmatch(bare) else _LIST.split(bare)
    spans = [_span(part) for part in parts]
    found = [span for span in spans if span is not None]
    if len(found) < len(spans):
        return read_integer(bare if _SPAN.fullmatch(bare) else text, style)
    if any(last < first for first, last in found):
        raise UnreadableError(f"{shown(text)} is no range of years", "write it as 2019-2020")
    return one_of(year for first, last in found for year in range(first, last + 1))


def year_of(text: str) -> int | None:
    """Return the year of a text that is one year and nothing else."""
    bare = text.strip()
    return int(bare) if re.fullmatch(_YEAR, bare) else None


def first_and_last(read: Read) -> tuple[int, int] | None:
    """Return the first and the last of several years, None for one year or none."""
    values = read.values if isinstance(read, OneOf) else ()
    years = [value for value in values if isinstance(value, int)]
    return (min(years), max(years)) if years else None


def _span(part: str) -> tuple[int, int] | None:
    if match := _SPAN.fullmatch(part):
        return int(match[1]), int(match[2] or match[1])
    if match := _DAYS.fullmatch(part):
        return int(match[1] or match[2]), int(match[3] or match[4])
    if match := _SEASON.fullmatch(part):
        first = int(match[1])
        last = first // 100 * 100 + int(match[2])
        return (first, last) if last > first else None
    return None
