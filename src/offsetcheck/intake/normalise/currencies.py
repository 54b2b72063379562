"""Currencies by ISO 4217 code, or by a sign that only one of them has."""

import re

import pycountry

from offsetcheck.intake.normalise.text import is_placeholder, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

SHARED = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})
"""Codes with an X that several countries pay with; the others are metals, tests and none at all."""

SIGNS = {"€": "EUR", "£": "GBP", "A$": "AUD", "US$": "USD", "EURO": "EUR", "EUROS": "EUR"}

_NAMED = re.compile(
    r"(?<![a-z])(eur|euros?|usd|us\$|aud|a\$|cop|gbp|chf|cad|€|£)(?![a-z])", re.IGNORECASE
)


def currency_in(text: str) -> str | None:
    """Return the one currency that a price or its heading names, as `Price (EUR/t)` does."""
    found = {match.upper() for match in _NAMED.findall(text)}
    codes = {SIGNS.get(name, name) for name in found}
    return codes.pop() if len(codes) == 1 else None


def read_currency(text: str) -> str | None:
    """Return an ISO 4217 code, None for a placeholder; a bare `$` is more than one currency."""
    if is_placeholder(text):
        return None
    bare = tidy(text).upper()
    code = SIGNS.get(bare, bare)
    unpaid = code.startswith("X") and code not in SHARED
    if unpaid or pycountry.currencies.get(alpha_3=code) is None:
        raise UnreadableError(
            f"{shown(text)} is no currency that a price is paid in", "write EUR, USD, AUD, COP …"
        )
    return code
