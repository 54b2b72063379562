from collections.abc import Iterator, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.files.words import REVIEWED, words_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.sentences import PLACEHOLDER
from offsetcheck.rulebook.texts.english import ENGLISH, every_english_text
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Problem, Severity

WORDS = "words/"


def translations_fit_their_english(rulebook: Rulebook) -> Iterator[Problem]:
    """Find translations of nothing, and those that name in braces what their English does not."""
    english = {**rulebook.words[ENGLISH], **every_english_text(rulebook)}
    for path, document in sorted(rulebook.documents.items()):
        language = path.removeprefix(WORDS).removesuffix(".yaml").split("/", 1)[0]
        if path.startswith(WORDS) and language != ENGLISH:
            yield from _of_file(document, english)


def _of_file(document: Document, english: Mapping[str, str]) -> Iterator[Problem]:
    data = mapping_in(document, Problems(), "")
    for steps, key, text in words_of(document, data, (), Problems()):
        if steps[0] == REVIEWED:
            continue
        if key not in english:
            hint = did_you_mean(key, english) or "leave it out"
            message = f"there is no English text `{key}`"
            yield Problem(message, document.key_place(steps), hint, Severity.WARNING)
        elif braces := _braces(text, english[key]):
            yield Problem(braces, document.value_place(steps), "keep what stands in braces")


def _braces(text: str, english: str) -> str | None:
    """Return what is wrong with what a translation names in braces, None where nothing is."""
    own, wanted = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(english))
    lost = ", ".join(f"{{{name}}}" for name in sorted(wanted - own))
    new = ", ".join(f"{{{name}}}" for name in sorted(own - wanted))
    if lost:
        return f"the English names {lost}, and this text does not"
    return f"this text names {new}, and the English does not" if new else None
