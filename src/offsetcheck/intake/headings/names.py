"""What a heading says by itself: a field, the paper behind one, one of several fields, or none.

A heading is compared in the form of `vocabulary.headings`, without its units. Other words beside
the name are passed over only where the dictionary says that they change nothing: `Volume (sold)`
is no volume on offer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from offsetcheck.ground.suggest import VERY_NEAR, nearest
from offsetcheck.intake.headings.qualifiers import Qualifier, parse
from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.normalise.units import Dimension
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.headings import (
    ByLanguage,
    heading_key,
    heading_letters,
    heading_words,
)

PAPERS = {"document": "document", "evidence": "document", "page": "page"}
"""Last words of a heading that tell of the paper behind a field, and what they tell."""

_UNNAMED = re.compile(r"unnamed: \d+")
_BRACKETS = re.compile(r"[\[({][^\[\](){}]*[\])}]")
_EXAMPLE = re.compile(r"\b(?:e\.?\s?g\.?|for example|esim\.?|t\.ex\.?|z\.\s?b\.?|p\.\s?ej\.?)\b")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a heading says.

    `fields` are the fields that it may mean; `weak`: only where the cells say so too; `unclear` are
    words beside the name that nobody understands, which may make it something else. `paper` is what
    the column tells of the paper behind the field, `label` the label of which it says yes or no,
    and `means` what a heading that is understood means where no field holds it; `no_offer`: a cell
    under it says that the row is no offer.
    """

    fields: tuple[str, ...] = ()
    paper: str | None = None
    label: str | None = None
    means: str | None = None
    no_offer: bool = False
    weak: bool = False
    unclear: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the heading alone says what the column is."""
        return len(self.fields) == 1 and not self.weak and not self.unclear


NOTHING_HEARD = Heard()


@dataclass(frozen=True)
class Names:
    """All headings of a dictionary, as compared, with what they say."""

    heard: Mapping[str, Heard]
    spelled: Mapping[str, Heard]
    asides: frozenset[str]
    others: frozenset[str]
    forms: frozenset[str]

    def hear(self, header: str) -> Heard:
        """Return what a heading says: `price`, `Price (EUR/t)`, `price document`."""
        if (heard := self._known(header)) is not None:
            return heard
        stem, beside = parse(header)
        found = self._known(_BRACKETS.sub(" ", header)) or self._known(stem)
        if found is None and not stem and beside is not None:
            found = _unit_alone(beside)
        if found is None:
            return self._paper(header)
        unclear = self._unclear(header, beside) if beside is not None else ()
        return replace(found, unclear=unclear) if found.fields else found

    def near(self, header: str) -> tuple[str, ...]:
        """Return the fields of the heading that one is likeliest a misspelling of."""
        found = nearest(heading_letters(header), self.spelled, VERY_NEAR)
        return self.spelled[found].fields if found else ()

    def is_of_another(self, header: str) -> bool:
        """Whether a heading says that the column is about somebody or something else."""
        return any(word in self.others for word in heading_words(header))

    def _known(self, heading: str) -> Heard | None:
        return self.heard.get(heading_key(heading)) if heading else None

    def _unclear(self, header: str, beside: Qualifier) -> tuple[str, ...]:
        """Return the words beside the name that may change what the column is."""
        if _EXAMPLE.search(key(header)):
            return ()
        strange = [word for word in beside.unknown if not self._is_aside(word)]
        return tuple(["per year", *strange] if beside.yearly else strange)

    def _is_aside(self, word: str) -> bool:
        return all(part in self.asides for part in heading_words(word))

    def _paper(self, header: str) -> Heard:
        words = heading_words(header)
        last = key(header.replace("_", " ")).rstrip(" :?*").rpartition(" ")[2]
        about = PAPERS.get(last) if len(words) > 1 else None
        heard = self.heard.get("".join(words[:-1])) if about else None
        return Heard(heard.fields, about) if heard is not None and heard.sure else NOTHING_HEARD


def _unit_alone(beside: Qualifier) -> Heard | None:
    """Return what a heading is that is nothing but a unit: `EUR/t` a price, `kt` a quantity."""
    if beside.whole and beside.currency:
        return Heard(means="the price of a whole lot, not of a tonne")
    if beside.currency and beside.per:
        return Heard(("price",))
    if beside.unit and beside.unit.dimension is Dimension.MASS and not beside.yearly:
        return Heard(("tonnes",))
    return None


def header_forms(dictionary: Dictionary) -> frozenset[str]:
    """Return every heading that the dictionary knows, as a cell and as a heading is compared."""
    return names_of(dictionary).forms


def both_forms(headings: Iterable[str]) -> frozenset[str]:
    """Return headings in the form in which cells compare and in that in which headings do."""
    return frozenset(form(heading) for heading in headings for form in (key, heading_key))


_KEPT: dict[int, tuple[Dictionary, Names]] = {}


def names_of(dictionary: Dictionary) -> Names:
    """Return the headings of a dictionary; those of the last one asked for are kept."""
    kept = _KEPT.get(id(dictionary))
    if kept is None or kept[0] is not dictionary:
        _KEPT.clear()
        kept = _KEPT[id(dictionary)] = (dictionary, _names(dictionary))
    return kept[1]


def _names(dictionary: Dictionary) -> Names:
    words = dictionary.headings
    spelled = list(reversed(list(_spelled(dictionary))))
    return Names(
        heard={heading_key(text): heard for text, heard in spelled},
        spelled={heading_letters(text): heard for text, heard in spelled},
        asides=frozenset(word for text in words.asides for word in heading_words(text)),
        others=frozenset(word for text in words.others for word in heading_words(text.lower())),
        forms=both_forms(text for text, _ in spelled),
    )


def _spelled(dictionary: Dictionary) -> Iterator[tuple[str, Heard]]:
    """Yield each heading with what it says; of two the first counts."""
    inputs = {name: field for name, field in dictionary.candidate.items() if field.is_input}
    words = dictionary.headings
    for name in inputs:
        yield name, Heard((name,))
    for name, languages in words.fields.items():
        yield from _each(languages, Heard((name,)))
    for either in words.either:
        yield from _each(either.headings, Heard(either.fields, weak=True))
    for column in words.labels:
        yield from _each(column.headings, Heard(("labels",), label=column.label))
    for none in words.no_field:
        yield from _each(none.headings, Heard(means=none.means, no_offer=none.no_offer))
    for name, field in inputs.items():
        for text in (*field.aliases, *field.title.values()):
            yield text, Heard((name,))


def _each(languages: ByLanguage, heard: Heard) -> Iterator[tuple[str, Heard]]:
    for headings in languages.values():
        for heading in headings:
            yield heading, heard


@lru_cache(maxsize=4096)
def is_blank(header: str) -> bool:
    """Return whether a heading says nothing; a data frame writes `Unnamed: 0` for none."""
    return not header.strip() or _UNNAMED.fullmatch(key(header)) is not None
