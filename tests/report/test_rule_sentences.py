"""No sentence that a report says of a rule, in any outcome and language, is one nobody would sign.

Every example of every rule is explained; what is looked for is told by kind, not by sentence.
"""

import re
from functools import cache

import pytest

from report.rule_sentences import rulebook, said_of_rules

OWN_FILES = ("evidence.yaml", "screening.yaml", "purchase.yaml")  # that an officer fills in
NEGATIONS = {
    "en": re.compile(
        r"\b(?:not?|none|nobody|nothing|never|neither|nor|without|cannot)\b", re.IGNORECASE
    ),
    "fi": re.compile(r"\b(?:ei|eivät|eikä|ilman|kukaan|mikään|koskaan|ettei|älä)\b", re.IGNORECASE),
    "sv": re.compile(r"\b(?:inte|ingen|inget|inga|aldrig|utan|varken)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:no|ningun[oa]?|ningún|nada|nadie|nunca|sin|ni)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(?:niet|geen|niemand|niets|nooit|zonder|noch)\b", re.IGNORECASE),
}
"""Words that say no, of the languages for which the count is held."""

MOST_NEGATIONS = 3


@cache
def codes():
    """Return the codes and names of fields that are no words of a language."""
    dictionary = rulebook().dictionary
    groups = (dictionary.candidate, dictionary.purchase, dictionary.portfolio)
    fields = [field for group in groups for field in group.values()]
    names = {field.name for field in fields if "_" in field.name}
    return names | {
        code
        for field in fields
        for code in field.codes
        if code == code.lower() and re.search(r"[_0-9]", code)
    }


@cache
def told(language):
    """Return what is said in a language, each text once."""
    return tuple({(one.part, one.text): one for one in said_of_rules(language)}.values())


def faults(language, fault):
    """Return the texts in which something is wrong, by rule and part."""
    return {(one.rule, one.part): one.text for one in told(language) if fault(one.text)}


def languages():
    return sorted(rulebook().words)


each_language = pytest.mark.parametrize("language", languages())


@each_language
def test_no_code_reaches_a_reader(language):
    """No name of a field, no code of a list and no expression stands in a sentence."""
    known = codes()
    words = re.compile(r"[A-Za-z0-9_]+")
    assert faults(language, lambda text: known & set(words.findall(text))) == {}
    assert (
        faults(language, lambda text: re.search(r"\b[a-z]+_[a-z_]+\b|\S → \S|<>|>=|<=", text)) == {}
    )


@each_language
def test_nothing_of_python_reaches_a_reader(language):
    """No value stands as Python writes it, and no gap of a sentence stays unfilled."""
    odd = re.compile(r"\b(?:None|True|False|nan)\b|\(\'|\[\'|frozenset|[{}]")
    assert faults(language, odd.search) == {}


@each_language
def test_no_file_of_ours_reaches_a_reader(language):
    """No path of a rule, table or template stands in a sentence; an officer's own files may."""

    def path(text):
        for name in OWN_FILES:
            text = text.replace(name, "")
        return re.search(r"\w\.(?:ya?ml|csv|jinja|json)\b", text)

    assert faults(language, path) == {}


@each_language
def test_no_word_stands_twice(language):
    """No word follows itself, and no list of nothing is a value of nothing."""
    assert faults(language, re.compile(r"\b([^\W\d]{2,}) \1\b", re.IGNORECASE).search) == {}
    assert faults(language, re.compile(r"none: none|: \.|: ,", re.IGNORECASE).search) == {}


@each_language
def test_scores_have_two_decimals_at_most(language):
    """A score is never told to the thousandth of a point."""
    assert faults(language, re.compile(r"\b[1-5][.,]\d{3} (?:of|/) 5").search) == {}


@each_language
def test_sentences_are_whole(language):
    """No sentence is empty, ends twice, or has a gap where a word is missing."""
    gap = re.compile(r"  |(?<!\.)\.\.(?!\.)| \.(?:\s|$)| ,|;;|\.;|\(\)|: ;|\?\.|:\.")
    assert faults(language, lambda text: not text.strip() or gap.search(text)) == {}


@pytest.mark.parametrize("language", [one for one in languages() if one in NEGATIONS])
def test_no_sentence_says_no_four_times(language):
    """A sentence with four negations is one that nobody reads right."""
    negation = NEGATIONS[language]

    def tangled(text):
        sentences = re.split(r"(?<=[.;:])\s", text)
        return any(len(negation.findall(one)) > MOST_NEGATIONS for one in sentences)

    assert faults(language, tangled) == {}
