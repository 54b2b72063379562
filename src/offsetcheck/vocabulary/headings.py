"""What columns are called: the words of the dictionary, and the form in which headings compare."""

import re
import unicodedata
from functools import lru_cache

import pydantic

from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import Sentence, Texts, YesNo

MAX_CHARACTERS = 200
"""Characters; a longer cell is text that has slipped into the header."""

ByLanguage = dict[str, Texts]
"""Headings by the code of their language."""


class NoField(FileModel):
    """Headings that are understood and name no field, with what they mean instead.

    `no_offer`: a cell under one says that the row is no offer.
    """

    means: Sentence
    headings: ByLanguage
    no_offer: YesNo = False


class Either(FileModel):
    """Headings that say too little: the cells decide between these fields, the first on a tie."""

    fields: Texts
    headings: ByLanguage


class LabelColumn(FileModel):
    """Headings of a column that says of one label whether the credits have it."""

    label: str
    headings: ByLanguage


class Headings(FileModel):
    """What sheets call their columns (`fields/headings.yaml`), by language.

    `fields` are headings that mean one field, `asides` words that may stand in brackets and change
    nothing. `others` are words that make a column one of somebody or something else, so that its
    cells alone never make it a field.
    """

    fields: dict[str, ByLanguage] = pydantic.Field(default_factory=dict)
    either: tuple[Either, ...] = ()
    labels: tuple[LabelColumn, ...] = ()
    no_field: tuple[NoField, ...] = ()
    asides: Texts = ()
    others: Texts = ()


_SIGNS = str.maketrans(
    {
        "#": " number ",
        "%": " percent ",
        "€": " eur ",
        "£": " gbp ",
        "$": " dollar ",
        "&": " and ",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ł": "l",
        "ı": "i",
        **dict.fromkeys("'’‘`´\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    }
)
_NUMBER = frozenset({"no", "nr", "num", "nro", "nbr", "nb", "nummer", "numero", "numbers"})
_CARBON_DIOXIDE = re.compile(
    r"co\s*2(?:\s*-?\s*(?:eq?|äq|aq|equivalents?)(?![a-z]))?", re.IGNORECASE
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[a-z013-9 ]*")  # no sign, no capital, and no 2 that might be of CO2
_PLURAL_KEPT = ("ss", "us", "is")
_SHORTEST_PLURAL = 4


@lru_cache(maxsize=16384)
def heading_words(heading: str) -> tuple[str, ...]:
    """Return the words of a heading, without case, diacritics, punctuation and plural.

    `Project_IDs`, `projectId` and `PROJECT-ID:` are all ("project", "id"), and so is no other
    heading. Of a text longer than a heading there are none.
    """
    return tuple(map(_one, _words(heading)))


def heading_key(heading: str) -> str:
    """Return the form in which headings compare: their words without what is between them."""
    return "".join(heading_words(heading))


def heading_letters(heading: str) -> str:
    """Return the letters of a heading, plurals as they are: what a misspelling is near to."""
    return "".join(_words(heading))


@lru_cache(maxsize=16384)
def _words(heading: str) -> tuple[str, ...]:
    if len(heading) > MAX_CHARACTERS:
        return ()
    return tuple(heading.split()) if _PLAIN.fullmatch(heading) else words_of_any(heading)


def words_of_any(heading: str) -> tuple[str, ...]:
    """Return the words of a heading however it is written, without case and diacritics."""
    text = unicodedata.normalize("NFKC", heading).translate(_SIGNS)
    text = _HUMP.sub(" ", _CARBON_DIOXIDE.sub("co2e", text))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORD.findall(bare.casefold()))


def _one(word: str) -> str:
    if word in _NUMBER:
        return "number"
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(_PLURAL_KEPT):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > _SHORTEST_PLURAL else word[:-1]
