"""In which language a sentence is: told by its common words, and by its words of claims."""

from collections.abc import Mapping

from offsetcheck.explain.claims.matching import weight, words_of
from offsetcheck.rulebook.lexicon.model import LexiconFile

ENOUGH = 2  # words of a language that tell it for sure


def language_of(text: str, languages: Mapping[str, LexiconFile], otherwise: str) -> str:
    """Return the language of which a text has most words; of as many words, `otherwise`."""
    words = words_of(text)
    weights = {name: weight(words, lexicon) for name, lexicon in languages.items()}
    return max(weights, key=lambda name: (weights[name], name == otherwise), default=otherwise)


def is_sure(text: str, lexicon: LexiconFile) -> bool:
    """Return whether a text has enough words of a language to be told by."""
    return weight(words_of(text), lexicon) >= ENOUGH
