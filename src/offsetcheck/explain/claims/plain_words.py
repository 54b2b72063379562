"""A sentence as plain words, and the words of claims that stand in it with their clauses.

A text is read as plain words: apostrophes, accents and invisible signs do not count, hyphens and
slashes part words, and the signs that part clauses stay.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from offsetcheck.vocabulary.claim_kind import ClaimKind

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:()–—]|(?<=\s)-(?=\s)")
CLAUSE = "|"
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a claim: its kind, where it stands in the sentence, and whether it is claimed.

    `denied`: the sentence says that it is not so; `mentioned`: it speaks of the word itself.
    """

    kind: ClaimKind
    start: int
    end: int
    text: str
    denied: bool = False
    mentioned: bool = False

    @property
    def claimed(self) -> bool:
        """Whether the sentence itself says it."""
        return not self.denied and not self.mentioned


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as plain words: each with its place, and one line in which patterns are sought."""

    text: str
    tokens: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    line: str
    starts: tuple[int, ...] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last word, exclusive, of a stretch of the line."""
        inside = [i for i, at in enumerate(self.starts) if start <= at < end]
        return inside[0], inside[-1] + 1

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """Return the words of the clause around some words."""
        while first > 0 and self.tokens[first - 1] != CLAUSE:
            first -= 1
        while last < len(self.tokens) and self.tokens[last] != CLAUSE:
            last += 1
        return first, last


def visible(text: str) -> str:
    """Return a text without the invisible signs that could hide a word, and small digits large."""
    plain = unicodedata.normalize("NFC", text.translate(INVISIBLE))
    return plain.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """Return a word without case, accents and apostrophes."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign) and sign not in "'’")


def words_of(text: str) -> Words:
    """Return a sentence (already `visible`) as plain words."""
    tokens, places, starts = [], [], []
    at = 1
    for found in TOKEN.finditer(text):
        token = folded(found[0]) if found[0][0].isalnum() else CLAUSE
        tokens.append(token)
        places.append(found.span())
        starts.append(at)
        at += len(token) + 1
    return Words(text, tuple(tokens), tuple(places), f" {' '.join(tokens)} ", tuple(starts))


def clause_before(words: Words, hit: Hit) -> str:
    """Return the text of the clause before that of a hit, empty where there is none."""
    first, _ = words.clause(*words_at(words, hit))
    if first == 0:
        return ""
    begin, end = words.clause(first - 1, first - 1)
    return words.text[words.places[begin][0] : words.places[end - 1][1]] if begin < end else ""


def clause_text(words: Words, hit: Hit) -> str:
    """Return the text of the clause around a hit."""
    first, last = words.clause(*words_at(words, hit))
    return words.text[words.places[first][0] : words.places[last - 1][1]]


def words_at(words: Words, hit: Hit) -> tuple[int, int]:
    """Return the first and the last word, exclusive, of a hit."""
    inside = [i for i, (at, _) in enumerate(words.places) if hit.start <= at < hit.end]
    return inside[0], inside[-1] + 1


@lru_cache(maxsize=256)
def folded_set(texts: tuple[str, ...]) -> frozenset[str]:
    """Return words of a lexicon, folded."""
    return frozenset(map(folded, texts))
