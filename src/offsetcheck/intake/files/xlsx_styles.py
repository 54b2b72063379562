"""What the format of a cell tells of its number: a day, a share in per cent; and struck-through."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from xml.etree import ElementTree as ET

from offsetcheck.intake.files.xlsx_package import Package, is_true, local
from offsetcheck.intake.normalise.numbers import number_text

_DAYS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
_PERCENTS = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_PLAIN_WORDS = frozenset({"general", "@", "standard", "standaard"})
LAST_DAY = 2_958_466  # the day after 31 December 9999
DAYS_1904 = 1_462
LEAP_THAT_WAS_NOT = 60  # Excel counts a 29 February 1900


class Shown(StrEnum):
    """How a cell shows its number."""

    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class CellStyles:
    """For each style of a workbook how it shows a number, and the styles that strike through."""

    shown: Sequence[Shown] = ()
    struck: frozenset[int] = frozenset()
    days_from_1904: bool = False

    def shows(self, style: int) -> Shown:
        """Return how a style shows a number; an unknown style shows it plainly."""
        return self.shown[style] if 0 <= style < len(self.shown) else Shown.NUMBER


@dataclass(slots=True)
class _Read:
    formats: dict[int, str] = field(default_factory=dict)
    struck_fonts: set[int] = field(default_factory=set)
    styles: list[tuple[int, int]] = field(default_factory=list)


def read_styles(package: Package, part: str | None, *, days_from_1904: bool) -> CellStyles:
    """Return the styles of a workbook, from its part for styles where it has one."""
    read = _Read()
    for _, element in package.ends(part) if part else ():
        _take(element, read)
    shown = [_shown(number, read.formats.get(number)) for number, _ in read.styles]
    struck = frozenset(at for at, (_, font) in enumerate(read.styles) if font in read.struck_fonts)
    return CellStyles(shown, struck, days_from_1904)


def _take(element: ET.Element, read: _Read) -> None:
    match local(element.tag):
        case "numFmts":
            for item in element:
                read.formats[int(item.get("numFmtId", "0"))] = item.get("formatCode", "")
        case "fonts":
            read.struck_fonts = {at for at, font in enumerate(element) if strikes(font)}
        case "cellXfs":
            read.styles = [
                (int(item.get("numFmtId", "0")), int(item.get("fontId", "0"))) for item in element
            ]


def strikes(font: ET.Element) -> bool:
    """Return whether a font, or the properties of a run of text, strike it through."""
    return any(local(item.tag) == "strike" and is_true(item.get("val", "1")) for item in font)


def _shown(number: int, code: str | None) -> Shown:
    if code is None:
        return _built_in(number)
    first = _LITERAL.sub("", code).split(";")[0].casefold()
    if first.strip() in _PLAIN_WORDS:
        return Shown.NUMBER
    if "%" in first:
        return Shown.PERCENT
    if any(letter in first for letter in "yd") or ("m" in first and not set("hs") & set(first)):
        return Shown.DAY
    return Shown.TIME if set("hs") & set(first) and "e+" not in first else Shown.NUMBER


def _built_in(number: int) -> Shown:
    if number in _DAYS:
        return Shown.DAY
    if number in _TIMES:
        return Shown.TIME
    return Shown.PERCENT if number in _PERCENTS else Shown.NUMBER


def text_of_number(value: float, style: int, styles: CellStyles) -> str:
    """Return a cell's number as text: a day as ISO, a share in per cent with its sign."""
    match styles.shows(style):
        case Shown.PERCENT:
            return number_text(float(Decimal(repr(value)) * 100)) + "%"
        case Shown.DAY if 0 <= value < LAST_DAY:
            return _day(value, styles)
        case Shown.TIME if 0 <= value < 1:
            return str(timedelta(seconds=round(value * 86_400)))
        case Shown.TIME if 1 <= value < LAST_DAY:
            return _day(value, styles)
        case _:
            return number_text(value)


def _day(value: float, styles: CellStyles) -> str:
    if styles.days_from_1904:
        value += DAYS_1904
    elif value < LEAP_THAT_WAS_NOT:
        value += 1
    try:
        moment = datetime(1899, 12, 30) + timedelta(seconds=round(value * 86_400))  # noqa: DTZ001
    except OverflowError:
        return number_text(value)
    return moment.date().isoformat() if value == int(value) else moment.isoformat()
