"""Numbers, dates and units as a locale writes them (Babel), such as `en_GB`."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import floor, log10

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_currency_precision
from babel.units import format_unit

OTHERWISE = "en_GB"  # of a language that CLDR does not know
TIMES = {
    "year": "duration-year",
    "years": "duration-year",
    "month": "duration-month",
    "day": "duration-day",
    "days": "duration-day",
}
ALPHA_2 = 2  # letters of a country's code
SHARES = frozenset({"share", "fraction", "1"})
PERCENT = "percent"
SIGN = "¤"  # of any currency, in the patterns of CLDR
HUNDREDTH = 10  # thousandths of a point
NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ"]
)  # territories of CLDR that ISO 3166-1 does not have, and one where nobody lives
# What a guide names where only a city can name a country: its own, and its neighbours.
HOME, NEIGHBOURS = "ZZ", "XZ"
NOWHERE = frozenset((HOME, NEIGHBOURS))
CALENDAR_YEAR = "calendar year"  # a date and no amount: no separators, no unit behind it


@lru_cache(maxsize=32)
def locale_named(name: str) -> Locale:
    """Return the CLDR locale of a name such as `fi_FI`; English where it is not known."""
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(OTHERWISE)


DECIMALS = 4  # decimal places of a number, unless more are asked for
CENTS = 2  # decimal places of a currency that CLDR does not know


@lru_cache(maxsize=4096)
def number_words(value: float, locale: str, places: int = DECIMALS) -> str:
    """Return a number with the locale's separators, without a needless fraction."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return format_decimal(
        value, format=f"#,##0.{'#' * places}".rstrip("."), locale=locale_named(locale)
    )


def price_places(prices: Iterable[float], currency: str | None) -> int:
    """Return to how many decimal places prices are shown: to those of the currency's least coin.

    Of what is less than one a second digit that counts is shown, so that 0.014 is not called 0.01.
    """
    usual = CENTS if currency is None else get_currency_precision(currency)
    least = min((one for one in prices if 0 < one < 1), default=None)
    return usual if least is None else max(usual, 1 - floor(log10(least)))


@lru_cache(maxsize=4096)
def percent_words(share: float, locale: str) -> str:
    """Return a share (0 to 1) in percent, with as much room before the sign as the locale has."""
    named = locale_named(locale)
    pattern = named.percent_formats[None].pattern.replace("0", "0.##")
    return format_percent(share, format=pattern, locale=named)


@lru_cache(maxsize=4096)
def date_words(day: date, locale: str) -> str:
    """Return a date as `3 June 2025` as the locale has it."""
    return format_date(day, format="long", locale=locale_named(locale))


@lru_cache(maxsize=1024)
def country_words(code: str, locale: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2); another text as it stands."""
    return str(locale_named(locale).territories.get(code, code))


@lru_cache(maxsize=8)
def countries(locale: str) -> tuple[str, ...]:
    """Return the codes of all countries (ISO 3166-1 alpha-2) that a locale has a name for."""
    codes = set(map(str, locale_named(locale).territories)) - NO_COUNTRIES
    return tuple(sorted(code for code in codes if len(code) == ALPHA_2 and code.isalpha()))


@lru_cache(maxsize=4096)
def money_words(amount: float, currency: str, locale: str) -> str:
    """Return an amount with its ISO code, because `$` alone names a dozen currencies.

    It stands where the locale has the sign of a currency: `EUR 28.00`, in Finnish `28,00 EUR`; a
    currency without a smaller coin has no decimals that say nothing: `JPY 2,800`.
    """
    named = locale_named(locale)
    usual = min(get_currency_precision(currency), DECIMALS)
    if round(amount, usual) != round(amount, DECIMALS):
        usual = max(usual, CENTS)  # what has a fraction all the same is written as one
    pattern = f"#,##0.{'0' * usual}{'#' * (DECIMALS - usual)}"
    number = format_decimal(amount, format=pattern, locale=named)
    ahead = named.currency_formats["standard"].pattern.startswith(SIGN)
    # A no-break space: the code and its amount stay on one line.
    return "\u00a0".join((currency, number) if ahead else (number, currency)).strip()


@lru_cache(maxsize=4096)
def score_words(thousandths: int, locale: str, step: int = HUNDREDTH) -> str:
    """Return a score in points, cut to a step of so many thousandths.

    It is cut and not rounded, so that a score below a cut that lies on a step is never shown as it.
    """
    shown = thousandths // step * step
    return format_decimal(shown / 1000, format="0.0##", locale=locale_named(locale))


def step_of(cuts: Iterable[int]) -> int:
    """Return the step in which scores are shown: fine enough to tell the cuts between grades."""
    return HUNDREDTH if all(cut % HUNDREDTH == 0 for cut in cuts) else 1


def time_words(value: float, unit: str, locale: str) -> str | None:
    """Return a span of time with its unit, None for a unit that is none of time."""
    known = TIMES.get(unit)
    return None if known is None else _cldr_words(value, known, locale)


@lru_cache(maxsize=4096)
def _cldr_words(value: float, unit: str, locale: str) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return format_unit(value, unit, length="long", locale=locale_named(locale))
