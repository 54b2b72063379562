"""Countries by ISO code or by any of the names that registries use."""

import re
from functools import lru_cache

import pycountry

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import PLACEHOLDERS, key, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

MULTIPLE = "multiple"
NAMIBIA = "NA"

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
MANY = frozenset(
    {"international", "multiple", "multiple countries", "multi-country", "global", "worldwide",
     "various", "regional", "several"}
)  # fmt: skip


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
    return " ".join(word for word in re.split(r"[ ,()]+", name) if word not in {"", "the"})


@lru_cache(maxsize=4096)
def read_country(text: str) -> str | None:
    """Return an ISO 3166-1 alpha-2 code or `multiple`; `NA` is Namibia, `N/A` is nothing stated."""
    name = key(text).rstrip("*")
    if name == key(NAMIBIA):
        return NAMIBIA
    if name in PLACEHOLDERS:
        return None
    if name in MANY:
        return MULTIPLE
    if code := _by_name().get(_plain(name)):
        return code
    return _several(text) or _inverted(name) or _refuse(text, name)


def _several(text: str) -> str | None:
    parts = [part for part in re.split(r"\s*[;/|]\s*|\s+and\s+|\s*,\s*", tidy(text)) if part]
    codes = {_by_name().get(_plain(key(part))) for part in parts}
    return MULTIPLE if len(codes) > 1 and None not in codes else None


def _inverted(name: str) -> str | None:
    """Read `Korea, Republic of` as `Republic of Korea`."""
    last, comma, first = name.partition(", ")
    return _by_name().get(_plain(f"{first} {last}")) if comma else None


def _refuse(text: str, name: str) -> str:
    raise UnreadableError(f"{shown(text)} is no country that is known", lambda: _near(name))


def _near(name: str) -> str:
    return did_you_mean(_plain(name), _by_name()) or "write the ISO code"
