"""Each text of each file of translations, with its place."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from offsetcheck.rulebook.files.words import REVIEWED, texts_in
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.texts.english import ENGLISH, every_english_text
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import mapping_in
from offsetcheck.vocabulary.forms.problems import Problems

WORDS = "words/"


class TranslatedText(NamedTuple):
    """One text of a file of translations."""

    document: Document
    steps: Steps
    key: str
    text: str


class Translations(NamedTuple):
    """Every English text by its key, and every text of another language."""

    english: Mapping[str, str]
    texts: tuple[TranslatedText, ...]


_last: list[tuple[Rulebook, Translations]] = []


def translations_of(rulebook: Rulebook) -> Translations:
    """Return what is translated in a rulebook; several checks ask for that of the same one."""
    if not _last or _last[0][0] is not rulebook:
        _last[:] = [(rulebook, Translations(_english(rulebook), tuple(_translated(rulebook))))]
    return _last[0][1]


def _english(rulebook: Rulebook) -> Mapping[str, str]:
    return {**rulebook.words[ENGLISH], **every_english_text(rulebook)}


def _translated(rulebook: Rulebook) -> Iterator[TranslatedText]:
    for path, document in sorted(rulebook.documents.items()):
        language = path.removeprefix(WORDS).removesuffix(".yaml").split("/", 1)[0]
        if path.startswith(WORDS) and language != ENGLISH:
            data = mapping_in(document, Problems(), "")
            for steps, key, text in texts_in(document, data, Problems()):
                if steps[0] != REVIEWED:
                    yield TranslatedText(document, steps, key, text)
