"""Countries by ISO code or by any of the names that registries use."""

import re
from collections.abc import Sequence
from functools import lru_cache

import pycountry

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import PLACEHOLDERS, Read, key, one_of, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

NAMIBIA = "NA"
NAME_THEM = "name the countries; until then the country counts as not stated"

# Names that registries use and ISO 3166 does not; Kosovo's XK is a user-assigned code.
ALIASES = {
    "mainland china": "CN",
    "china, people's republic of": "CN",
    "prc": "CN",
    "turkey": "TR",
    "türkiye": "TR",
    "turkiye": "TR",
    "drc": "CD",
    "dr congo": "CD",
    "democratic republic of congo": "CD",
    "democratic republic of the congo": "CD",
    "congo (drc)": "CD",
    "congo - kinshasa": "CD",
    "congo republic": "CG",
    "republic of the congo": "CG",
    "republic of congo": "CG",
    "congo": "CG",
    "congo - brazzaville": "CG",
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "us": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "united kingdom": "GB",
    "south korea": "KR",
    "korea": "KR",
    "republic of korea": "KR",
    "north korea": "KP",
    "vietnam": "VN",
    "viet nam": "VN",
    "laos": "LA",
    "lao pdr": "LA",
    "russia": "RU",
    "iran": "IR",
    "syria": "SY",
    "moldova": "MD",
    "bolivia": "BO",
    "venezuela": "VE",
    "tanzania": "TZ",
    "taiwan": "TW",
    "chinese taipei": "TW",
    "ivory coast": "CI",
    "cote d'ivoire": "CI",
    "côte d'ivoire": "CI",
    "cape verde": "CV",
    "cabo verde": "CV",
    "swaziland": "SZ",
    "eswatini": "SZ",
    "macedonia": "MK",
    "north macedonia": "MK",
    "north macedonia republic of": "MK",
    "czech republic": "CZ",
    "burma": "MM",
    "myanmar": "MM",
    "east timor": "TL",
    "timor-leste": "TL",
    "kosovo": "XK",
    "kosovo republic of": "XK",
    "xk": "XK",
    "hong kong": "HK",
    "hong kong sar": "HK",
    "macau": "MO",
    "palestine": "PS",
    "brunei": "BN",
    "bahamas": "BS",
    "the bahamas": "BS",
    "gambia": "GM",
    "the gambia": "GM",
    "guinea bissau": "GW",
    "reunion": "RE",
    "curacao": "CW",
    "micronesia": "FM",
    "suomi": "FI",
    "sverige": "SE",
    "méxico": "MX",
    "brasil": "BR",
    "perú": "PE",
}
UNNAMED = frozenset(
    {
        *("international", "multiple", "multiple countries", "multi-country", "global"),
        *("worldwide", "various", "regional", "several", "several countries", "world"),
    }
)
"""Words for countries of which none is named: whose law applies is not stated."""

_APART = (
    re.compile(r"\s*[;/|\n]\s*"),
    re.compile(r"\s*[,+]\s*|\s+-\s+"),
    re.compile(r"\s*&\s*|\s+(?:and|y|et|und|ja|och)\s+", re.IGNORECASE),
)
"""What parts the countries of a cell, first what stands in no country's name."""


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name", "alpha_2", "alpha_3"):
            if spelled := getattr(country, attribute, None):
                names.setdefault(_plain(key(spelled)), country.alpha_2)
    return names | {_plain(name): code for name, code in ALIASES.items()}


def _plain(name: str) -> str:
    """Return a name without brackets, commas and articles: `Korea (Republic of)`, `Korea, …`."""
    return " ".join(word for word in _words(name) if word not in {"", "the"})


def _words(name: str) -> list[str]:
    return re.split(r"[ ,()]+", name.replace("&", " and "))


@lru_cache(maxsize=4096)
def read_country(text: str) -> Read:
    """Return an ISO 3166-1 alpha-2 code, several where several countries are named.

    `NA` is Namibia, `N/A` is nothing stated.
    """
    name = key(text).rstrip("*")
    if name == key(NAMIBIA):
        return NAMIBIA
    if name in PLACEHOLDERS:
        return None
    if name in UNNAMED:
        raise UnreadableError(f"{shown(text)} names no country", NAME_THEM)
    codes = _codes(tidy(text).rstrip("*"))
    named = [code for code in codes if code is not None]
    return one_of(named) if named and len(named) == len(codes) else _refuse(text, name)


def _codes(text: str, apart: Sequence[re.Pattern[str]] = _APART) -> list[str | None]:
    """Return the code of each country that a text names, None for a part that names none."""
    if code := _code(key(text)):
        return [code]
    if not apart:
        return [None]
    return [code for part in apart[0].split(text) if part for code in _codes(part, apart[1:])]


def _code(name: str) -> str | None:
    """Return the code of one country, also of `Korea, Republic of`."""
    last, comma, first = name.partition(", ")
    return _by_name().get(_plain(name)) or (
        _by_name().get(_plain(f"{first} {last}")) if comma else None
    )


def _refuse(text: str, name: str) -> str:
    raise UnreadableError(f"{shown(text)} is no country that is known", lambda: _near(name))


def _near(name: str) -> str:
    return did_you_mean(_plain(name), _by_name()) or "write the ISO code"
