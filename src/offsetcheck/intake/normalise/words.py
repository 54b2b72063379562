"""The known words in a text that names several, some of which hold signs that part others."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from offsetcheck.intake.normalise.text import key

MOST_JOINED = 8
"""Pieces; no word of a registry holds as many signs that part words."""
MOST_PIECES = 200
"""Pieces of one cell; what has more is no list of words."""

APART = re.compile(
    r"\s*[;|\n,+/&(){}\[\]\"]\s*|\s+[-–—:]\s+|\s+(?:and|or|y|e|et|und|ja|och|en|og)\s+",
    re.IGNORECASE,
)
"""What parts words; within a word that is known it parts nothing."""

CLOSING = ("+", ")")

_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−_"), " ")
_QUOTES = {ord("‘"): "'", ord("’"): "'", ord("ʼ"): "'", ord("“"): '"', ord("”"): '"'}
_PLAINLY = {**_DASHES, **_QUOTES}


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text as it stands there, and the code that it spells, None where it is none."""

    text: str
    code: str | None


@lru_cache(maxsize=16384)
def spelled(text: str) -> str:
    """Return a word as compared: case, spaces, dashes, kinds of apostrophe and digit aside."""
    plain = key(text) if text.isascii() else unicodedata.normalize("NFKC", key(text))
    return " ".join(plain.translate(_PLAINLY).split()).rstrip(".:*")


CodeOf = Callable[[str], str | None]
"""The code that a word spells, None for a word that is not known."""


def words_in(text: str, code_of: CodeOf, apart: re.Pattern[str] = APART) -> list[Word]:
    """Return the words of a text, the longest that is known first, with what is known of none.

    `Livestock, enteric fermentation, and manure management, Transport` is two words where the
    first is known as it stands.
    """
    pieces = [span for span in _pieces(text, apart) if text[slice(*span)].strip()]
    if len(pieces) > MOST_PIECES:
        return [Word(text, None)]
    found: list[Word] = []
    at = 0
    while at < len(pieces):
        word, taken = _longest(text, pieces[at : at + MOST_JOINED], code_of)
        found.append(word)
        at += taken
    return found


def _pieces(text: str, apart: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for match in apart.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _longest(text: str, pieces: list[tuple[int, int]], code_of: CodeOf) -> tuple[Word, int]:
    """Return the longest known word that opens some pieces, and how many of them it takes."""
    start = pieces[0][0]
    for taken in range(len(pieces), 0, -1):
        end = pieces[taken - 1][1]
        # A sign that parts may end a word: `REDD+`, `Energy industries (renewable)`.
        for until in (end + 1, end) if text[end : end + 1] in CLOSING else (end,):
            if (code := code_of(text[start:until])) is not None:
                return Word(text[start:until], code), taken
    return Word(text[slice(*pieces[0])], None), 1
