"""Words of claims found in a sentence: whatever its endings, hyphens, accents and capitals are.

A text is read as plain words: apostrophes, accents and invisible signs do not count, hyphens and
slashes part words, and the signs that part clauses stay.
"""

import re
from collections.abc import Iterable, Iterator

from offsetcheck.explain.claims.denial import is_denied, is_mentioned
from offsetcheck.explain.claims.patterns import finders_of, pattern_of, says_any
from offsetcheck.explain.claims.plain_words import (
    Hit,
    Words,
    clause_before,
    clause_text,
    folded,
    folded_set,
    visible,
    words_at,
    words_of,
)
from offsetcheck.rulebook.lexicon.model import LexiconFile
from offsetcheck.vocabulary.claim_kind import ClaimKind

__all__ = [
    "Hit",
    "Words",
    "clause_before",
    "clause_text",
    "folded",
    "hits_in",
    "pattern_of",
    "says_any",
    "speaks_of_future",
    "visible",
    "weight",
    "words_of",
]

FUTURE_REACH = 2
SAID_ANEW = {  # `net-zero emissions` is not `zero emissions`, `more than neutral` not `neutral`
    ClaimKind.NET_ZERO: (ClaimKind.EMISSION_FREE, ClaimKind.NEUTRALITY),
    ClaimKind.POSITIVE: (ClaimKind.EMISSION_FREE, ClaimKind.NEUTRALITY, ClaimKind.NET_ZERO),
}


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
    common = folded_set((*lexicon.common, *lexicon.negations))
    regexes = [pattern_of(lexicon.about), *_all_of(lexicon)]
    claims = sum(len(regex.findall(words.line)) for regex in regexes)
    return sum(token in common for token in words.tokens) + claims


def _all_of(lexicon: LexiconFile) -> Iterator[re.Pattern[str]]:
    for kind in ClaimKind:
        for _, regex in finders_of(lexicon.of(kind).patterns):
            if regex is not None:
                yield regex


def speaks_of_future(words: Words, hit: Hit, lexicons: Iterable[LexiconFile]) -> bool:
    """Return whether a hit is promised: words of the future before it, or right behind it.

    Only those of its clause and of its part of it count, and none where it is said to be so now.
    """
    first, last = words_at(words, hit)
    begin, finish = words.clause(first, last)
    for lexicon in lexicons:
        boundaries = folded_set(lexicon.boundaries)
        start = next(
            (i + 1 for i in range(first - 1, begin - 1, -1) if words.tokens[i] in boundaries), begin
        )
        near = words.tokens[start : min(finish, last + FUTURE_REACH)]
        is_now = folded_set(lexicon.present) & set(words.tokens[begin:finish])
        if not is_now and pattern_of(lexicon.future).search(f" {' '.join(near)} "):
            return True
    return False


def _found(
    words: Words, lexicon: LexiconFile, before: Words | None
) -> Iterator[tuple[ClaimKind, int, int]]:
    told = (words, before) if before else (words,)
    about = any(says_any(one, lexicon.about) for one in told)
    for kind in ClaimKind:
        for needs_about, regex in finders_of(lexicon.of(kind).patterns):
            if regex is None or (needs_about and not about):
                continue
            for match in regex.finditer(words.line):
                yield kind, *words.span(match.start() + 1, match.end())


def _hit(words: Words, kind: ClaimKind, first: int, last: int, spoken: LexiconFile) -> Hit:
    start, end = words.places[first][0], words.places[last - 1][1]
    text = words.text[start:end]
    denied = is_denied(words, first, last, spoken)
    mentioned = is_mentioned(words, first, last, spoken)
    return Hit(kind, start, end, text, denied, mentioned)
