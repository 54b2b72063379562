"""Project ids in one form, so that lists of different registries and years can be joined."""

import re

from offsetcheck.intake.normalise.text import tidy

# Prefix of a project id by programme code; programmes not named here keep the id as written.
PREFIXES = {
    "VCS": "VCS", "GS": "GS", "ACR": "ACR", "CAR": "CAR", "ART": "ART", "PURO": "PURO",
    "ISOMETRIC": "ISO", "GCC": "GCC", "PLAN_VIVO": "PV",
}  # fmt: skip
_SYNONYMS = {"GLD": "GS", "GOLD": "GS", "VERRA": "VCS", "TREES": "ART"}
_LETTERED = re.compile(r"([A-Za-z]+)[\s\-_#:]*(\d+)")
_BARE = re.compile(r"[A-Za-z]+\d+")


def canonical_id(text: str, programme: str | None = None) -> str:
    """Return `VCS902` for `vcs-902`, `GS4221` for `GLD4221`, `ACR242` for `ACR0242`.

    A bare number takes the prefix of its programme. What has another form is kept, tidied.
    """
    bare = tidy(text)
    if match := _LETTERED.fullmatch(bare):
        prefix = _SYNONYMS.get(match[1].upper(), match[1].upper())
        if prefix in PREFIXES.values():
            return prefix + (match[2].lstrip("0") or "0")
    if _BARE.fullmatch(bare):
        return bare.upper()
    number = bare.removesuffix(".0")
    if number.isascii() and number.isdigit() and programme in PREFIXES:
        return PREFIXES[programme] + (number.lstrip("0") or "0")
    return bare


def programme_of(identity: str) -> str | None:
    """Return the programme whose prefix a canonical id carries, None where it tells nothing."""
    match = re.match(r"[A-Z]+", identity)
    for programme, prefix in PREFIXES.items():
        if match and match[0] == prefix and identity[match.end() :].isdigit():
            return programme
    return "ACCU" if re.fullmatch(r"(?:EOP|ERF)\d+", identity) else None
