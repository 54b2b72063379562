"""Countries by ISO code or by any of the names that registries use."""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

import pycountry
from babel import Locale

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import PLACEHOLDERS, Read, key, one_of, shown, tidy
from offsetcheck.intake.normalise.words import words_in
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
    "costa de marfil": "CI",
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
    "china taiwan": "TW",
    "china hong kong": "HK",
    "china hong kong sar": "HK",
    "china macau": "MO",
    "china macao sar": "MO",
    "macao sar": "MO",
    "uae": "AE",
    "u.a.e.": "AE",
    "emirates": "AE",
    "ksa": "SA",
    "png": "PG",
    "rok": "KR",
    "dprk": "KP",
    "dpr korea": "KP",
    "korea democratic republic": "KP",
    "lao people's democratic republic": "LA",
    "lao": "LA",
    "kyrgyz republic": "KG",
    "slovak republic": "SK",
    "egypt arab republic": "EG",
    "iran islamic republic": "IR",
    "venezuela rb": "VE",
    "macedonia fyr": "MK",
    "fyrom": "MK",
    "micronesia fed. sts.": "FM",
    "west bank and gaza": "PS",
    "palestinian territories": "PS",
    "cote divoire": "CI",
    "holland": "NL",
    "the netherlands": "NL",
    "britain": "GB",
    "u.k.": "GB",
    "czech": "CZ",
    "guiné-bissau": "GW",
    "st. vincent": "VC",
    "virgin islands us": "VI",
    "antigua": "AG",
    "bosnia": "BA",
    "trinidad": "TT",
    "yemen republic": "YE",
    "republic of korea south": "KR",
}
UNNAMED = frozenset(
    {
        *("international", "multiple", "multiple countries", "multi-country", "global"),
        *("worldwide", "various", "regional", "several", "several countries", "world"),
        *("eu", "european union", "latin america", "middle east"),
    }
)
"""Words for countries of which none is named: whose law applies is not stated."""

_APART = re.compile(
    r"\s*[;/|\n,+&()\[\]]\s*|\s+[-–—:]\s+|\s+(?:and|y|e|et|und|ja|och|en|og)\s+", re.IGNORECASE
)
"""What parts the countries of a cell; within a country's name it parts nothing."""

_LANGUAGES = ("en", "fi", "sv", "es", "da", "nb", "nl", "de", "fr", "pt", "it")
"""Languages of the cities and of the markets that sell to them, as CLDR names territories."""

_UNCLEAR = ("kongo",)
"""Of two countries: each of them is called so in some language."""

_UNSAID = frozenset({"", "the", "of", "and", "&"})
_SHORT = {"st": "saint", "rep": "republic", "dem": "democratic", "fed": "federated"}
_NO_LETTERS = re.compile(r"[\s,()\[\].'’‘ʼ‐‑‒–—―_/-]+")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FLAG_A = 0x1F1E6
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
LONGEST_NAME = 80
"""Characters; no country's name is as long, in any language."""


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name", "alpha_2", "alpha_3"):
            if spelled := getattr(country, attribute, None):
                names.setdefault(_plain(spelled), country.alpha_2)
    return names | {_plain(name): code for name, code in ALIASES.items()}


@lru_cache(maxsize=1)
def _in_languages() -> tuple[dict[str, str], frozenset[str]]:
    """Return the names of countries in further languages, and those of regions.

    A name that means one country here and another there is left out.
    """
    codes = set(_by_name().values())
    found: dict[str, set[str]] = defaultdict(set)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            found[_plain(name)].add(code)
    countries = {name: meant & codes for name, meant in found.items() if name not in _UNCLEAR}
    named = {name: min(meant) for name, meant in countries.items() if len(meant) == 1}
    regions = (name for name, meant in found.items() if any(code.isdecimal() for code in meant))
    return named, frozenset(regions) - named.keys()


@lru_cache(maxsize=16384)
def _plain(name: str) -> str:
    """Return a name's words in alphabetical order, without accents, brackets and articles.

    `Korea (Republic of)`, `Korea, Rep.` and `Republic of Korea` are the same.
    """
    apart = unicodedata.normalize("NFKD", key(name))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    words = [_SHORT.get(word, word) for word in _NO_LETTERS.split(bare)]
    return " ".join(sorted(word for word in words if word not in _UNSAID))


@lru_cache(maxsize=4096)
def read_country(text: str) -> Read:
    """Return an ISO 3166-1 alpha-2 code, several where several countries are named.

    Names are read in the languages of the cities and of the market, as codes of two and three
    letters, and as flags. `NA` is Namibia, `N/A` is nothing stated.
    """
    name = key(text).rstrip("*")
    if name == key(NAMIBIA):
        return NAMIBIA
    if name in PLACEHOLDERS:
        return None
    if name in UNNAMED:
        raise UnreadableError(f"{shown(text)} names no country", NAME_THEM)
    lines = tidy(text.replace("\n", ";")).rstrip("*")
    words = words_in(_FLAG.sub(_flagged, lines), _code, _APART)
    codes = [word.code for word in words if word.code is not None]
    if not codes or len(codes) < len(words):
        raise _refused(text, name)
    return one_of(codes)


def _flagged(flag: re.Match[str]) -> str:
    """Return the code that a flag shows, apart from what stands beside it."""
    return f";{''.join(chr(ord(sign) - _FLAG_A + ord('A')) for sign in flag[0])};"


def _code(name: str) -> str | None:
    """Return the code of one country, in any spelling and language, or of an ISO 3166-2 place."""
    if len(name) > LONGEST_NAME:
        return None
    if (code := _by_name().get(_plain(name))) is not None:
        return code
    if _SUBDIVISION.fullmatch(name.strip()):
        return _of_subdivision().get(name.strip())
    return _in_languages()[0].get(_plain(name))


@lru_cache(maxsize=1)
def _of_subdivision() -> dict[str, str]:
    return {place.code: place.country_code for place in pycountry.subdivisions}


def _refused(text: str, name: str) -> UnreadableError:
    if _plain(name) in _in_languages()[1]:
        return UnreadableError(f"{shown(text)} names no country", NAME_THEM)
    return UnreadableError(f"{shown(text)} is no country that is known", lambda: _near(name))


def _near(name: str) -> str:
    within = sorted(
        {place.country_code for place in pycountry.subdivisions if key(place.name) == name}
    )
    if within:
        return f"it is a part of a country: write {' or '.join(within)}"
    return did_you_mean(name, [key(known) for known in _spelled_out()]) or "write the ISO code"


def _spelled_out() -> list[str]:
    """Return the names of all countries in English, as a hint shows them."""
    return [*ALIASES, *(country.name for country in pycountry.countries)]
