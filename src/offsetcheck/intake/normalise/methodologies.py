"""Methodologies: a bare id such as VM0042 where there is one, and the version apart."""

import re

from offsetcheck.intake.normalise.text import is_placeholder, shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

_ID = re.compile(
    r"(?:AR[- ]?(?:ACM|AMS|AM)[- ]?\d{4}|VMR?D?\d{4}|ACM\d{4}|AM\d{4}"
    r"|AMS[- .]?[IVX]+[- .]{1,2}[A-Z]{1,2}(?![A-Za-z])|GCCM[A-Z]?\d{3})",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"[,;( -]{0,4}\b(?:version|ver\.?|v\.?)\s*([0-9]+(?:\.[0-9]+)*|NA)\b\.?\s*\)?", re.IGNORECASE
)
MAX_CHARACTERS = 1_000
"""Characters; what follows is no name of a methodology, and patterns must not wade through it."""

_NOTHING = frozenset({"other", "methodology under development", "unknown", "not provided"})


def methodology_id(text: str) -> str | None:
    """Return the bare id that opens a text, None where it opens with none."""
    match = _ID.match(tidy(text))
    return _spelled(match[0]) if match else None


def read_methodology(text: str) -> str | None:
    """Return the id, or the name without version; several ids are UnreadableError.

    A cell's second methodology cannot be told from its first by worth, and which one the credits
    come from decides on the rules that apply: the offer has to say.
    """
    bare = tidy(text[:MAX_CHARACTERS]).strip("[]\"' ")
    if is_placeholder(bare) or bare.casefold() in _NOTHING:
        return None
    parts = [part.strip("\"' ") for part in re.split(r"\s*;\s*|\",\s*\"|\),\s+", bare)]
    names = list(dict.fromkeys(_one(part) for part in parts if part))
    if len(names) > 1:
        raise UnreadableError(
            f"{shown(text)} names {len(names)} methodologies",
            "the offer has to say which one its credits come from",
            "several methodologies in one cell",
        )
    return names[0] if names else None


def read_version(text: str) -> str | None:
    """Return a bare version such as 2.1, None where the text has none."""
    bare = tidy(text[:MAX_CHARACTERS])
    if is_placeholder(bare):
        return None
    if match := re.fullmatch(r"(?:version|ver\.?|v\.?)?\s*(\d+(?:\.\d+)*)\.?", bare, re.IGNORECASE):
        return match[1]
    match = _VERSION.search(bare)
    return match[1] if match and match[1].upper() != "NA" else None


def _one(part: str) -> str:
    return methodology_id(part) or _VERSION.sub("", part).strip(" -–,")


def _spelled(found: str) -> str:
    bare = found.upper().replace(" ", "-")
    if small := re.fullmatch(r"AMS[-.]?([IVX]+)[-.]{1,2}([A-Z]{1,2})", bare):
        return f"AMS-{small[1]}.{small[2]}"
    return re.sub(r"^AR-?(ACM|AMS|AM)-?", r"AR-\1", bare)
