"""Methodologies: a bare id such as VM0042 where there is one, and the version apart."""

import re
from itertools import pairwise

from offsetcheck.intake.normalise.text import Read, is_placeholder, one_of, tidy

_ID = re.compile(
    r"(?:AR[- ]?(?:ACM|AMS|AM)[- ]?\d{4}|VMR?D?\d{4}|ACM\d{4}|AM\d{4}"
    r"|AMS[- .]?[IVX]+[- .]{1,2}[A-Z]{1,2}(?![A-Za-z])|GCCM[A-Z]?\d{3})",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"[,;( -]{0,4}\b(?:version|ver\.?|v\.?)\s*([0-9]+(?:\.[0-9]+)*|NA)\b\.?\s*\)?", re.IGNORECASE
)
_BARE_VERSION = re.compile(r"(?:version|ver\.?|v\.?)?\s*(\d+(?:\.\d+)*)\.?", re.IGNORECASE)
MAX_CHARACTERS = 1_000
"""Characters; what follows is no name of a methodology, and patterns must not wade through it."""

_APART = re.compile(r"\s*[;|]\s*|\",\s*\"|\),\s+")
_BETWEEN_IDS = re.compile(r"[\s,+/&()]|\band\b", re.IGNORECASE)
_NOTHING = frozenset({"other", "methodology under development", "unknown", "not provided"})


def methodology_id(text: str) -> str | None:
    """Return the bare id that opens a text, None where it opens with none."""
    match = _ID.match(tidy(text))
    return _spelled(match[0]) if match else None


def read_methodology(text: str) -> Read:
    """Return the id, or the name without version; of several, that it is one of them.

    A cell's second methodology cannot be told from its first by worth, and which one the credits
    come from decides on the rules that apply.
    """
    bare = tidy(text[:MAX_CHARACTERS]).strip("[]\"' ")
    if is_placeholder(bare) or bare.casefold() in _NOTHING:
        return None
    return one_of(_one(part) for part in _parts(bare))


def read_version(text: str) -> Read:
    """Return a bare version such as 2.1, None where the text has none.

    Where a text names several methodologies it is one of their versions, if each has one.
    """
    bare = tidy(text[:MAX_CHARACTERS]).strip("[]\"' ")
    if is_placeholder(bare):
        return None
    versions = {_one(part): _version(part) for part in _parts(bare)}
    known = [version for version in versions.values() if version is not None]
    return one_of(known) if len(known) == len(versions) else None


def _parts(text: str) -> list[str]:
    """Return the methodologies that a text names, each with its version if it has one."""
    parts = [part.strip("\"' ") for part in _APART.split(text)]
    return [one for part in parts if part for one in _ids_apart(part)]


def _ids_apart(part: str) -> list[str]:
    """Return bare ids that stand beside each other, or a name as it is, with all its words."""
    starts = [match.start() for match in _ID.finditer(part)]
    rest = _BETWEEN_IDS.sub("", _VERSION.sub("", _ID.sub("", part)))
    if len(starts) < 2 or rest:  # noqa: PLR2004 - one id needs no parting
        return [part]
    return [part[at:end] for at, end in pairwise([*starts, len(part)])]


def _version(text: str) -> str | None:
    if match := _BARE_VERSION.fullmatch(text):
        return match[1]
    match = _VERSION.search(text)
    return match[1] if match and match[1].upper() != "NA" else None


def _one(part: str) -> str:
    return methodology_id(part) or _VERSION.sub("", part).strip(" -–,")


def _spelled(found: str) -> str:
    bare = found.upper().replace(" ", "-")
    if small := re.fullmatch(r"AMS[-.]?([IVX]+)[-.]{1,2}([A-Z]{1,2})", bare):
        return f"AMS-{small[1]}.{small[2]}"
    return re.sub(r"^AR-?(ACM|AMS|AM)-?", r"AR-\1", bare)
