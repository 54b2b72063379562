"""In which language a sentence is: told by its commonest words."""

from collections.abc import Mapping

from offsetcheck.explain.claims.matching import folded, words_of
from offsetcheck.rulebook.lexicon.model import LexiconFile

ENOUGH = 2  # common words of another language than the text's, before a sentence is taken for it


def language_of(text: str, languages: Mapping[str, LexiconFile], otherwise: str) -> str:
    """Return the language whose common words a text has most of; `otherwise` where none stands out.

    Of two that have as many, `otherwise` goes first.
    """
    counts = _counts(text, languages)
    best = max(counts, key=lambda name: (counts[name], name == otherwise), default=otherwise)
    leads = counts.get(best, 0) > counts.get(otherwise, 0)
    return best if leads and counts[best] >= ENOUGH else otherwise


def _counts(text: str, languages: Mapping[str, LexiconFile]) -> dict[str, int]:
    tokens = words_of(text).tokens
    return {
        name: sum(token in common for token in tokens)
        for name, lexicon in languages.items()
        if (common := frozenset(map(folded, lexicon.common)))
    }
