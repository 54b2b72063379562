"""The words of a rulebook in every language: its own, and those installed that fit its English."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from offsetcheck.rulebook.files.words import Installed, installed_words
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.texts.english import ENGLISH, english_texts, own_texts
from offsetcheck.rulebook.texts.keys import GROUPS, PARTLY, code_key, mark
from offsetcheck.rulebook.texts.languages import Languages
from offsetcheck.vocabulary.dictionary import Code, Dictionary, Field


def with_languages(rulebook: Rulebook) -> Rulebook:
    """Return a rulebook with the installed words of each key that its folder lacks.

    An installed translation of a text of rules stands in only where it was made from the very
    English of this folder. A language that lacks a text says so under `PARTLY`.
    """
    installed, texts = installed_words(), english_texts(rulebook)
    marks = {key: mark(text) for key, text in texts.items()}
    laid: dict[str, Mapping[str, str]] = {}
    for language in dict.fromkeys((*installed.words, *rulebook.words)):
        fitting = _fitting(language, installed, marks)
        laid[language] = {**fitting, **rulebook.words.get(language, {})}
    needed = {*laid[ENGLISH], *texts}
    for language, words in tuple(laid.items()):
        if language != ENGLISH and _lacks(rulebook, language, words, needed):
            laid[language] = {**words, PARTLY: "yes"}
    dictionary = _with_titles(rulebook.dictionary, laid)
    return replace(rulebook, words=Languages.of(laid), dictionary=dictionary)


def _with_titles(dictionary: Dictionary, words: Mapping[str, Mapping[str, str]]) -> Dictionary:
    """Return a dictionary whose codes have their titles in every language.

    A form that is filled in in a language is read by the words of its lists, which only the
    dictionary knows.
    """

    def titled(field: Field) -> Field:
        codes = {
            name: _titled(code, code_key(field, name), words) for name, code in field.codes.items()
        }
        return field if codes == field.codes else field.model_copy(update={"codes": codes})

    groups = ("candidate", "purchase", "portfolio")
    made = {
        group: {name: titled(field) for name, field in getattr(dictionary, group).items()}
        for group in groups
    }
    return dictionary.model_copy(update=made)


def _titled(code: Code, key: str, words: Mapping[str, Mapping[str, str]]) -> Code:
    further = {
        language: own[key]
        for language, own in words.items()
        if key in own and language not in code.title
    }
    return code.model_copy(update={"title": {**code.title, **further}}) if further else code


def _fitting(language: str, installed: Installed, marks: Mapping[str, str]) -> dict[str, str]:
    made_from = installed.marks.get(language, {})
    return {
        key: text
        for key, text in installed.words.get(language, {}).items()
        if key.partition(".")[0] not in GROUPS or made_from.get(key, "") == marks.get(key)
    }


def _lacks(
    rulebook: Rulebook, language: str, words: Mapping[str, str], needed: Collection[str]
) -> bool:
    there = {*words, *own_texts(rulebook, language)}
    return any(key not in there for key in needed)
