"""What each language of words/ translates: whole, missing, stale, reviewed; and what to translate.

A translation is stale where its English has changed since somebody accepted it, or where nobody
has: `made_from.csv` in the language's folder holds the mark of the English of each accepted key.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.explain.wording import REVIEWED_BY
from offsetcheck.rulebook.files.words import MADE_FROM, read_marks, read_words
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.texts.english import ENGLISH, english_by_topic, own_texts
from offsetcheck.rulebook.texts.keys import mark
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.workshop.languages_template import Text

NO_TEXTS = frozenset(("locale",))


@dataclass(frozen=True, slots=True)
class LanguageState:
    """One language: how many texts there are, the keys missing and stale, and who reviewed it."""

    language: str
    texts: int
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    reviewed_by: str | None

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class LanguageStates:
    """The state of each language but English, by its code, and every English text by key."""

    english: Mapping[str, str]
    states: tuple[LanguageState, ...]


def language_states(rulebook: Rulebook) -> LanguageStates:
    """Return what each language of a rulebook translates."""
    english = {text.key: text.english for text in english_of(rulebook)}
    others = sorted(set(rulebook.words) - {ENGLISH})
    states = tuple(_state(rulebook, language, english) for language in others)
    return LanguageStates(english, states)


def english_of(rulebook: Rulebook) -> tuple[Text, ...]:
    """Return every text that a language can translate: words of reports, then those of rules."""
    topics = {**_interface(rulebook), **english_by_topic(rulebook)}
    return tuple(
        Text(topic, key, english)
        for topic, texts in topics.items()
        for key, english in texts.items()
    )


def missing_texts(rulebook: Rulebook, language: str) -> tuple[Text, ...]:
    """Return the texts that a language lacks, all of them where there is no such language."""
    there = _there(rulebook, language)
    return tuple(text for text in english_of(rulebook) if text.key not in there)


def marks_of(rulebook: Rulebook, language: str) -> str:
    """Return `made_from.csv` for a language: what English each of its texts is made from now."""
    there = rulebook.words.get(language, {}).keys()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("key", "english"))
    texts = sorted((one.key, one.english) for one in english_of(rulebook))
    writer.writerows((key, mark(english)) for key, english in texts if key in there)
    return text.getvalue()


def marks_path(rulebook: Rulebook, language: str) -> Path:
    """Return where the marks of a language stand."""
    return rulebook.folder / "words" / language / MADE_FROM


def _state(rulebook: Rulebook, language: str, english: Mapping[str, str]) -> LanguageState:
    there = _there(rulebook, language)
    path = marks_path(rulebook, language)
    marks = read_marks(path.read_text("utf-8")) if path.is_file() else {}
    translated = rulebook.words[language].keys()
    return LanguageState(
        language=language,
        texts=len(english),
        missing=tuple(key for key in english if key not in there),
        stale=tuple(
            key
            for key, text in english.items()
            if key in translated and marks.get(key) != mark(text)
        ),
        reviewed_by=rulebook.words[language].get(REVIEWED_BY),
    )


def _there(rulebook: Rulebook, language: str) -> frozenset[str]:
    words = rulebook.words.get(language, {})
    return frozenset((*words, *own_texts(rulebook, language)))


def _interface(rulebook: Rulebook) -> dict[str, dict[str, str]]:
    """Return the words of reports by the topic in whose file their English stands."""
    start = f"words/{ENGLISH}"
    found: dict[str, dict[str, str]] = {}
    for path, document in sorted(rulebook.documents.items()):
        if path == f"{start}.yaml" or path.startswith(f"{start}/"):
            topic = path.removeprefix(f"{start}/").removesuffix(".yaml")
            words = read_words({ENGLISH: document}, Problems())[ENGLISH]
            found["words" if topic == start else topic] = {
                key: text for key, text in words.items() if key not in NO_TEXTS
            }
    return found
