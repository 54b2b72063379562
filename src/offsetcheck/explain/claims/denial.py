"""Whether a sentence says that a word of a claim is not so, or only speaks of the word."""

import re

from offsetcheck.explain.claims.plain_words import Words, folded, folded_set
from offsetcheck.rulebook.lexicon.model import LexiconFile

QUOTES = re.compile(r"[\"“”„«»‘‚]|(?<!\w)'|'(?!\w)")
NEGATION_REACH = 7  # words between a negation and what it denies
AFTER_REACH = 4
MENTION_REACH = 3


def is_denied(words: Words, first: int, last: int, lexicon: LexiconFile) -> bool:
    """Whether a negation of the same part of a clause stands before a hit, or at its end after it.

    A negation around it counts where it is about what is meant (`this does not mean that …`), and
    undoes one within (`nobody can say that we are not …`).
    """
    begin, finish = words.clause(first, last)
    own, *around = _parts_before(words, begin, first, lexicon)
    if _negated(words, own, lexicon):
        return not any(_negated(words, part, lexicon) for part in around)
    meant = folded_set(lexicon.definitions)
    for part in around:
        if _negated(words, part, lexicon) and meant & {words.tokens[i] for i in part}:
            return True
    after = range(last, finish)
    boundaries = folded_set((*lexicon.boundaries, *lexicon.subordinators))
    is_end = len(after) <= AFTER_REACH and not any(words.tokens[i] in boundaries for i in after)
    return is_end and _negated(words, after, lexicon)


def _parts_before(words: Words, begin: int, first: int, lexicon: LexiconFile) -> list[range]:
    """Return the parts of a clause before a hit, the nearest first, as far as they go on."""
    joins, subordinates = folded_set(lexicon.boundaries), folded_set(lexicon.subordinators)
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
    negations = folded_set(lexicon.negations)
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


def is_mentioned(words: Words, first: int, last: int, lexicon: LexiconFile) -> bool:
    """Whether a hit is a word that the sentence speaks of: quoted after such a cue, or defined."""
    after = set(words.tokens[last : last + 2])
    if after & folded_set(lexicon.definitions):
        return True
    start, end = words.places[first][0], words.places[last - 1][1]
    before = QUOTES.findall(words.text[:start])
    if not before or not QUOTES.search(words.text[end:]) or len(before) % 2 == 0:
        return False
    opened = [m.start() for m in QUOTES.finditer(words.text[:start])][-1]
    index = next(i for i, (at, _) in enumerate(words.places) if at > opened)
    near = words.tokens[max(0, index - MENTION_REACH) : index]
    return bool(set(near) & folded_set(lexicon.mentions))
