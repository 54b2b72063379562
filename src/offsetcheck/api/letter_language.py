"""In which language each letter is, and why in that one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.api.case import Case
from offsetcheck.explain.letters.case import addressee_of, name_key
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.vocabulary.decision import Decision


class Because(StrEnum):
    """Why a letter is in its language, in the order in which the reasons count."""

    ASKED = "asked for"
    DECISION = "named in decision.yaml"
    FORM = "the language of the form that came in"
    CITY = "the city's first language that has words"
    OTHERWISE = "there are no words in a language of the city"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language, and why it is taken."""

    language: str
    because: Because


@dataclass(frozen=True, slots=True)
class LetterLanguages:
    """The languages of a tender's letters; `asked` is the one that somebody asks for, of all."""

    case: Case
    decision: Decision | None
    asked: str | None = None

    def to(self, seller: str | None) -> Spoken:
        """Return the language of the letters to a bidder, of the report without one."""
        return next(self._wanted(seller))

    def _wanted(self, seller: str | None) -> Iterator[Spoken]:
        if self.asked is not None:
            yield Spoken(self.asked, Because.ASKED)
        if seller is not None:
            own = addressee_of(self.decision, seller).language
            if own is not None:
                yield Spoken(own, Because.DECISION)
            yield from self._known(self._of_forms(seller), Because.FORM)
        yield from self._known(self.case.bound.city.languages, Because.CITY)
        yield Spoken(ENGLISH, Because.OTHERWISE)

    def _known(self, languages: Iterable[str], because: Because) -> Iterator[Spoken]:
        words = self.case.chosen.rulebook.words
        return (Spoken(one, because) for one in languages if one in words)

    def _of_forms(self, seller: str) -> Iterator[str]:
        for reading in self.case.readings:
            for form in reading.forms:
                if name_key(seller) in map(name_key, form.sellers):
                    yield form.language


def told(languages: LetterLanguages, sellers: Iterable[str | None]) -> Iterator[str]:
    """Yield a line for each language of letters that nobody asked for: to whom, and why in it."""
    groups: dict[Spoken, list[str]] = {}
    for seller in dict.fromkeys(sellers):
        groups.setdefault(languages.to(seller), []).append(seller or "the report")
    for spoken, names in groups.items():
        if spoken.because is not Because.ASKED:
            yield f"written in {spoken.language} ({spoken.because}): {'; '.join(names)}"
