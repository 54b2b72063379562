"""Currencies by ISO 4217 code, or by a sign that only one of them has."""

import re
from functools import lru_cache

import pycountry

from offsetcheck.intake.normalise.text import is_placeholder, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

SHARED = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})
"""Codes with an X that several countries pay with; the others are metals, tests and none at all."""

SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD",
    "CA$": "CAD", "NZ$": "NZD", "R$": "BRL", "ZŁ": "PLN", "EURO": "EUR", "EUROS": "EUR",
}  # fmt: skip

ALSO_WORDS = frozenset(
    {"ALL", "ANG", "BAM", "BOB", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "RON", "SOS"}
    | {"TOP", "TRY"}
)
"""Codes that a heading may hold as a word or the end of one."""

_SIGN = re.compile(
    r"(?<![a-z])(?:us ?\$|ca?\$|au?\$|nz\$|r\$|zł|euros?)(?![a-z])|[€£₹]", re.IGNORECASE
)
_USUAL = re.compile(r"(?<![a-z])(?:eur|usd|aud|cop|gbp|chf|cad)(?![a-z])", re.IGNORECASE)
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


def currency_in(text: str) -> str | None:
    """Return the one currency that a price or its heading names, as `Price (EUR/t)` does.

    Any ISO code counts in capitals; the most usual ones in any case.
    """
    found = {SIGNS[name.upper().replace(" ", "")] for name in _SIGN.findall(text)}
    found |= {name.upper() for name in _USUAL.findall(text)}
    found |= {name for name in _CODE.findall(text) if name not in ALSO_WORDS and is_currency(name)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=256)
def is_currency(code: str) -> bool:
    """Return whether a code in capitals is one that a price is paid in."""
    unpaid = code.startswith("X") and code not in SHARED
    return not unpaid and pycountry.currencies.get(alpha_3=code) is not None


def read_currency(text: str) -> str | None:
    """Return an ISO 4217 code, None for a placeholder; a bare `$` is more than one currency."""
    if is_placeholder(text):
        return None
    bare = tidy(text).upper()
    code = SIGNS.get(bare, bare)
    if not is_currency(code):
        raise UnreadableError(
            f"{shown(text)} is no currency that a price is paid in", "write EUR, USD, AUD, COP …"
        )
    return code
