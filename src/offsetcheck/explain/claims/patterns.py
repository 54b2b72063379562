"""Patterns of the lexicon as what finds them in a line of plain words."""

import re
from functools import lru_cache

from offsetcheck.explain.claims.plain_words import Words, folded


def says_any(words: Words, patterns: tuple[str, ...]) -> bool:
    """Return whether a sentence says one of some patterns."""
    return pattern_of(patterns).search(words.line) is not None


@lru_cache(maxsize=512)
def finders_of(patterns: tuple[str, ...]) -> tuple[tuple[bool, re.Pattern[str] | None], ...]:
    """Return what finds patterns that are sure, and what finds those that need something named."""
    sure = tuple(p for p in patterns if not p.startswith("?"))
    unsure = tuple(p[1:] for p in patterns if p.startswith("?"))
    return (False, pattern_of(sure) if sure else None), (
        True,
        pattern_of(unsure) if unsure else None,
    )


@lru_cache(maxsize=1024)
def pattern_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some patterns in a line of plain words, the longest first."""
    parts = sorted({_as_regex(pattern) for pattern in patterns}, key=lambda p: (-len(p), p))
    return re.compile(f" (?:{'|'.join(parts)})(?= )") if parts else re.compile(r"(?!)")


def _as_regex(pattern: str) -> str:
    pieces = re.split(r"( \.\. |~| )", pattern.lstrip("?"))
    between = {" .. ": r"(?: \w+){0,3} ", "~": " ?", " ": " "}
    return "".join(between.get(piece) or _word(piece) for piece in pieces)


def _word(piece: str) -> str:
    stem = re.escape(folded(piece.strip("*")))
    start = r"\w*" if piece.startswith("*") else ""
    return f"{start}{stem}\\w*" if piece.endswith("*") else f"{start}{stem}"
