"""Numbers, dates and units in the words of a language (Babel)."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

# English reports follow the day-month order that most cities' own papers use.
LOCALES = {"en": "en_GB", "fi": "fi_FI", "sv": "sv_FI", "es": "es_CO"}

CLDR_UNITS = {
    "year": "duration-year",
    "years": "duration-year",
    "month": "duration-month",
    "day": "duration-day",
    "days": "duration-day",
}
SHARES = frozenset({"share", "fraction", "1"})
CALENDAR_YEAR = "calendar year"  # a date and no amount: no separators, no unit behind it
TONNES = frozenset({"tCO2e", "tonne", "t"})


@lru_cache(maxsize=32)
def locale_of(language: str) -> Locale:
    """Return the locale of a report language; English where it is not known."""
    return Locale.parse(LOCALES.get(language, LOCALES["en"]))


@lru_cache(maxsize=4096)
def number_words(value: float, language: str) -> str:
    """Return a number with the language's separators, without a needless fraction."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return format_decimal(value, format="#,##0.####", locale=locale_of(language))


@lru_cache(maxsize=4096)
def percent_words(share: float, language: str) -> str:
    """Return a share (0 to 1) in percent."""
    return format_percent(share, format="#,##0.## %", locale=locale_of(language))


@lru_cache(maxsize=4096)
def date_words(day: date, language: str) -> str:
    """Return a date as `3 June 2025` in the language."""
    return format_date(day, format="long", locale=locale_of(language))


@lru_cache(maxsize=1024)
def country_words(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2); another text as it stands."""
    return str(locale_of(language).territories.get(code, code))


@lru_cache(maxsize=4096)
def money_words(amount: float, currency: str, language: str) -> str:
    """Return an amount with its ISO code, because `$` alone names a dozen currencies."""
    number = format_decimal(amount, format="#,##0.00##", locale=locale_of(language))
    # A no-break space: the code and its amount stay on one line.
    return f"{currency}\u00a0{number}".strip()


@lru_cache(maxsize=4096)
def score_words(thousandths: int, language: str) -> str:
    """Return a score with three decimals, so that no rounding hides a cut."""
    return format_decimal(thousandths / 1000, format="0.000", locale=locale_of(language))


def quantity_words(value: float, unit: str | None, language: str, currency: str | None) -> str:
    """Return a number with its unit; a unit that CLDR does not know stands behind the number."""
    if unit is None:
        return number_words(value, language)
    if unit == CALENDAR_YEAR:
        return f"{value:.0f}"
    if unit in SHARES:
        return percent_words(value, language)
    if unit == "percent":
        return percent_words(value / 100, language)
    if unit in CLDR_UNITS:
        return _cldr_words(value, CLDR_UNITS[unit], language)
    if unit in TONNES:
        return f"{number_words(value, language)} t CO₂e"
    if "currency" in unit or unit.startswith("per tonne"):
        return f"{number_words(value, language)} {currency or ''} per t".replace("  ", " ")
    return f"{number_words(value, language)} {unit.replace('tCO2e', 't CO₂e')}"


@lru_cache(maxsize=4096)
def _cldr_words(value: float, unit: str, language: str) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return format_unit(value, unit, length="long", locale=locale_of(language))
