"""Each text of each file of translations, with its place."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from offsetcheck.rulebook.files.words import REVIEWED, words_of
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


def english_texts(rulebook: Rulebook) -> Mapping[str, str]:
    """Return every English text by the key under which it is translated."""
    return {**rulebook.words[ENGLISH], **every_english_text(rulebook)}


def translated_texts(rulebook: Rulebook) -> Iterator[TranslatedText]:
    """Yield the texts of all languages but English."""
    for path, document in sorted(rulebook.documents.items()):
        language = path.removeprefix(WORDS).removesuffix(".yaml").split("/", 1)[0]
        if path.startswith(WORDS) and language != ENGLISH:
            data = mapping_in(document, Problems(), "")
            for steps, key, text in words_of(document, data, (), Problems()):
                if steps[0] != REVIEWED:
                    yield TranslatedText(document, steps, key, text)
