"""Words of claims found in a sentence: whatever its endings, hyphens, accents and capitals are.

A text is read as plain words: apostrophes, accents and invisible signs do not count, hyphens and
slashes part words, and the signs that part clauses stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from offsetcheck.rulebook.lexicon.model import LexiconFile
from offsetcheck.vocabulary.claim_kind import ClaimKind

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:()–—]|(?<=\s)-(?=\s)")
CLAUSE = "|"
QUOTES = re.compile(r"[\"“”„«»‘‚]|(?<!\w)'|'(?!\w)")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
NEGATION_REACH = 7  # words between a negation and what it denies
AFTER_REACH = 4
MENTION_REACH = 3
FUTURE_REACH = 2
SAID_ANEW = {  # `net-zero emissions` is not `zero emissions`, `more than neutral` not `neutral`
    ClaimKind.NET_ZERO: (ClaimKind.EMISSION_FREE, ClaimKind.NEUTRALITY),
    ClaimKind.POSITIVE: (ClaimKind.EMISSION_FREE, ClaimKind.NEUTRALITY, ClaimKind.NET_ZERO),
}


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


def hits_in(
    words: Words,
    lexicons: Iterable[LexiconFile],
    spoken: LexiconFile,
    before: Words | None = None,
) -> list[Hit]:
    """Return the words of claims of a sentence in their order, as these languages tell them.

    `spoken` is the language of the sentence: only its negations deny. `before`
    is the sentence before it: what that is about, a word such as `compensated` is about too.
    """
    known = tuple(lexicons)
    found = {hit[:3]: hit for lexicon in known for hit in _found(words, lexicon, before)}
    longest = sorted(found.values(), key=lambda hit: (hit[1] - hit[2], hit[1], hit[0].value))
    kept: list[tuple[ClaimKind, int, int]] = []
    for hit in longest:
        if not any(one[1] <= hit[1] and hit[2] <= one[2] and _hides(one, hit) for one in kept):
            kept.append(hit)
    return [_hit(words, *hit, spoken) for hit in sorted(kept, key=lambda hit: (hit[1], hit[2]))]


def _hides(longer: tuple[ClaimKind, int, int], hit: tuple[ClaimKind, int, int]) -> bool:
    """Whether a hit within another is a part of its words: of its kind, or said by it anew."""
    return longer[0] is hit[0] or hit[0] in SAID_ANEW.get(longer[0], ())


def weight(words: Words, lexicon: LexiconFile) -> int:
    """Return how many words of a sentence are of a language: common ones, and those of claims."""
    common = _folded_set((*lexicon.common, *lexicon.negations))
    regexes = [pattern_of(lexicon.about), *_all_of(lexicon)]
    claims = sum(len(regex.findall(words.line)) for regex in regexes)
    return sum(token in common for token in words.tokens) + claims


def _all_of(lexicon: LexiconFile) -> Iterator[re.Pattern[str]]:
    for kind in ClaimKind:
        for _, regex in _of_kind(lexicon.of(kind).patterns):
            if regex is not None:
                yield regex


def says_any(words: Words, patterns: tuple[str, ...]) -> bool:
    """Return whether a sentence says one of some patterns."""
    return pattern_of(patterns).search(words.line) is not None


def clause_before(words: Words, hit: Hit) -> str:
    """Return the text of the clause before that of a hit, empty where there is none."""
    first, _ = words.clause(*_words_at(words, hit))
    if first == 0:
        return ""
    begin, end = words.clause(first - 1, first - 1)
    return words.text[words.places[begin][0] : words.places[end - 1][1]] if begin < end else ""


def speaks_of_future(words: Words, hit: Hit, lexicons: Iterable[LexiconFile]) -> bool:
    """Return whether a hit is promised: words of the future before it, or right behind it.

    Only those of its clause and of its part of it count, and none where it is said to be so now.
    """
    first, last = _words_at(words, hit)
    begin, finish = words.clause(first, last)
    for lexicon in lexicons:
        boundaries = _folded_set(lexicon.boundaries)
        start = next(
            (i + 1 for i in range(first - 1, begin - 1, -1) if words.tokens[i] in boundaries), begin
        )
        near = words.tokens[start : min(finish, last + FUTURE_REACH)]
        is_now = _folded_set(lexicon.present) & set(words.tokens[begin:finish])
        if not is_now and pattern_of(lexicon.future).search(f" {' '.join(near)} "):
            return True
    return False


def clause_text(words: Words, hit: Hit) -> str:
    """Return the text of the clause around a hit."""
    first, last = words.clause(*_words_at(words, hit))
    return words.text[words.places[first][0] : words.places[last - 1][1]]


def _words_at(words: Words, hit: Hit) -> tuple[int, int]:
    inside = [i for i, (at, _) in enumerate(words.places) if hit.start <= at < hit.end]
    return inside[0], inside[-1] + 1


def _found(
    words: Words, lexicon: LexiconFile, before: Words | None
) -> Iterator[tuple[ClaimKind, int, int]]:
    told = (words, before) if before else (words,)
    about = any(says_any(one, lexicon.about) for one in told)
    for kind in ClaimKind:
        for needs_about, regex in _of_kind(lexicon.of(kind).patterns):
            if regex is None or (needs_about and not about):
                continue
            for match in regex.finditer(words.line):
                yield kind, *words.span(match.start() + 1, match.end())


@lru_cache(maxsize=512)
def _of_kind(patterns: tuple[str, ...]) -> tuple[tuple[bool, re.Pattern[str] | None], ...]:
    sure = tuple(p for p in patterns if not p.startswith("?"))
    unsure = tuple(p[1:] for p in patterns if p.startswith("?"))
    return (False, pattern_of(sure) if sure else None), (
        True,
        pattern_of(unsure) if unsure else None,
    )


@lru_cache(maxsize=1024)
def pattern_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some patterns in a line of plain words, the longest first."""
    parts = sorted({_aspattern_of(pattern) for pattern in patterns}, key=lambda p: (-len(p), p))
    return re.compile(f" (?:{'|'.join(parts)})(?= )") if parts else re.compile(r"(?!)")


def _aspattern_of(pattern: str) -> str:
    pieces = re.split(r"( \.\. |~| )", pattern.lstrip("?"))
    between = {" .. ": r"(?: \w+){0,3} ", "~": " ?", " ": " "}
    return "".join(between.get(piece) or _word(piece) for piece in pieces)


def _word(piece: str) -> str:
    stem = re.escape(folded(piece.strip("*")))
    start = r"\w*" if piece.startswith("*") else ""
    return f"{start}{stem}\\w*" if piece.endswith("*") else f"{start}{stem}"


def _hit(words: Words, kind: ClaimKind, first: int, last: int, spoken: LexiconFile) -> Hit:
    start, end = words.places[first][0], words.places[last - 1][1]
    text = words.text[start:end]
    denied = _denied(words, first, last, spoken)
    mentioned = _mentioned(words, first, last, spoken)
    return Hit(kind, start, end, text, denied, mentioned)


def _denied(words: Words, first: int, last: int, lexicon: LexiconFile) -> bool:
    """Whether a negation of the same part of a clause stands before a hit, or at its end after it.

    A negation around it counts where it is about what is meant (`this does not mean that …`), and
    undoes one within (`nobody can say that we are not …`).
    """
    begin, finish = words.clause(first, last)
    own, *around = _parts_before(words, begin, first, lexicon)
    if _negated(words, own, lexicon):
        return not any(_negated(words, part, lexicon) for part in around)
    meant = _folded_set(lexicon.definitions)
    for part in around:
        if _negated(words, part, lexicon) and meant & {words.tokens[i] for i in part}:
            return True
    after = range(last, finish)
    boundaries = _folded_set((*lexicon.boundaries, *lexicon.subordinators))
    is_end = len(after) <= AFTER_REACH and not any(words.tokens[i] in boundaries for i in after)
    return is_end and _negated(words, after, lexicon)


def _parts_before(words: Words, begin: int, first: int, lexicon: LexiconFile) -> list[range]:
    """Return the parts of a clause before a hit, the nearest first, as far as they go on."""
    joins, subordinates = _folded_set(lexicon.boundaries), _folded_set(lexicon.subordinators)
    parts: list[range] = []
    end = first
    for index in range(first - 1, begin - 1, -1):
        token = words.tokens[index]
        if token in joins:
            return [*parts, range(index + 1, end)]
        if token in subordinates:
            parts.append(range(index + 1, end))
            end = index
    return [*parts, range(begin, end)]


def _negated(words: Words, part: range, lexicon: LexiconFile) -> bool:
    """Whether a part of a clause says no, within reach of its end."""
    negations = _folded_set(lexicon.negations)
    return any(
        words.tokens[index] in negations and not _is_no_negation(words, index, lexicon)
        for index in part[-NEGATION_REACH:]
    )


def _is_no_negation(words: Words, index: int, lexicon: LexiconFile) -> bool:
    """Whether a negation begins words such as `not only`, with at most one word between."""
    rest = words.tokens[index:]
    phrases = (tuple(map(folded, phrase.split())) for phrase in lexicon.not_negations)
    return any(
        rest[:1] == phrase[:1] and phrase[1:] in (rest[1 : len(phrase)], rest[2 : len(phrase) + 1])
        for phrase in phrases
    )


def _mentioned(words: Words, first: int, last: int, lexicon: LexiconFile) -> bool:
    """Whether a hit is a word that the sentence speaks of: quoted after such a cue, or defined."""
    after = set(words.tokens[last : last + 2])
    if after & _folded_set(lexicon.definitions):
        return True
    start, end = words.places[first][0], words.places[last - 1][1]
    before = QUOTES.findall(words.text[:start])
    if not before or not QUOTES.search(words.text[end:]) or len(before) % 2 == 0:
        return False
    opened = [m.start() for m in QUOTES.finditer(words.text[:start])][-1]
    index = next(i for i, (at, _) in enumerate(words.places) if at > opened)
    near = words.tokens[max(0, index - MENTION_REACH) : index]
    return bool(set(near) & _folded_set(lexicon.mentions))


@lru_cache(maxsize=256)
def _folded_set(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(folded, texts))
