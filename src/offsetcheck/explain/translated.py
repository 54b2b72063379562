"""Texts of rule files in one language: the rule file's own, else that of words/, else English."""

from collections.abc import Iterator, Mapping

from offsetcheck.explain.templates import placeholders
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule, Says
from offsetcheck.rulebook.texts.keys import (
    SAID,
    code_key,
    field_key,
    note_key,
    parameter_keys,
    rule_key,
)
from offsetcheck.vocabulary.dictionary import Field, Words

ENGLISH = "en"  # stands in where a translation is missing


class Translated:
    """The texts of rules, fields, codes and papers in one language.

    A translation that does not name in braces what its English names is not used: a sentence of
    another edition of the rules would say something else.
    """

    def __init__(self, words: Mapping[str, str], language: str) -> None:
        self._words = words
        self._language = language

    def pick(self, texts: Mapping[str, str], key: str | None = None) -> str:
        """Return the text in this language, else that of the key, else English, else any."""
        own = texts.get(self._language)
        if own:
            return own
        english = texts.get(ENGLISH) or next(iter(texts.values()), "")
        return self._of(key, english) or english

    def rule_title(self, rule: BoundRule) -> str:
        """Return the title of a rule."""
        return self._of(rule_key(rule.id, "title"), rule.title) or rule.title

    def title_of(self, rule: str, english: str) -> str:
        """Return the title of a rule that is not in force, by its id and English title."""
        return self._of(rule_key(rule, "title"), english) or english

    def why(self, rule: BoundRule) -> str:
        """Return why a rule is there."""
        return self._of(rule_key(rule.id, "why"), rule.why) or rule.why

    def condition(self, rule: BoundRule) -> str:
        """Return the condition under which a rule counts as met, empty where it has none."""
        return self.pick(rule.condition, rule_key(rule.id, "condition"))

    def says(self, rule: BoundRule) -> tuple[Says, bool]:
        """Return a rule's sentences, and whether all of them are in this language."""
        english = rule.says.get(ENGLISH) or Says(requires=rule.title)
        if self._language == ENGLISH:
            return english, True
        own = rule.says.get(self._language)
        if own is not None:
            return own, True
        said = dict(self._said(rule, english))
        parts = {part: said.get(part) or getattr(english, part) for part in SAID}
        requires = parts.pop("requires") or english.requires
        whole = all(part in said for part in SAID if getattr(english, part))
        return Says(requires=requires, **parts), whole

    def fails(self, rule: BoundRule) -> str | None:
        """Return what a rule says is wrong where it is not met, in English if not translated."""
        own = rule.says.get(self._language)
        english = rule.says.get(ENGLISH)
        if (own and own.fails) or english is None or english.fails is None:
            return own.fails if own else None
        return self._of(rule_key(rule.id, "fails"), english.fails) or english.fails

    def field_title(self, field: Field) -> str:
        """Return how reports call a field."""
        return self.pick(field.title, field_key(field, "title"))

    def question(self, field: Field | None) -> str | None:
        """Return what is asked where a field is not stated, None where nothing is."""
        if field is None or not field.question:
            return None
        return self.pick(field.question, field_key(field, "question")) or None

    def code(self, field: Field, code: str) -> str | None:
        """Return the title of a code, None where the field has no such code."""
        known = field.codes.get(code)
        return self.pick(known.title, code_key(field, code)) if known else None

    def parameter_words(self, parameter: BoundParameter, rule: str) -> str | None:
        """Return the title of a parameter of a rule, None where it has none."""
        return self.titled_parameter(parameter.name.lstrip("$"), parameter.title, rule)

    def titled_parameter(self, name: str, titles: Words | None, rule: str) -> str | None:
        """Return the title of a parameter by its name in the file of a rule, None without one."""
        if not titles:
            return None
        own, shared = parameter_keys(rule, name)
        return self.pick(titles, own if own in self._words else shared)

    def note(self, text: str) -> str:
        """Return a note or reason of a policy or source, in English where it has no translation."""
        return self._words.get(note_key(text), text)

    def known(self, texts: Mapping[str, str]) -> str:
        """Return what is known of a law or standard, in English where it has no translation."""
        return self.pick(texts, note_key(texts.get(ENGLISH, "")))

    def _said(self, rule: BoundRule, english: Says) -> Iterator[tuple[str, str]]:
        for part in SAID:
            written = getattr(english, part)
            text = self._of(rule_key(rule.id, part), written) if written else None
            if text:
                yield part, text

    def _of(self, key: str | None, english: str) -> str | None:
        """Return the translation of a key, None where there is none that fits its English."""
        if key is None or self._language == ENGLISH:
            return None
        own = self._words.get(key)
        if own is None or set(placeholders(own)) != set(placeholders(english)):
            return None
        return own
