from collections.abc import Iterator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.translated import translations_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def translations_are_of_something(rulebook: Rulebook) -> Iterator[Problem]:
    """Find translations of a text that there is not."""
    english, texts = translations_of(rulebook)
    for document, steps, key, _ in texts:
        if key not in english:
            hint = did_you_mean(key, english) or "leave it out"
            message, place = f"there is no English text `{key}`", document.key_place(steps)
            yield Problem(message, place, hint, names=f"text {key}")


CHECK = Check(
    id="translations.of_nothing",
    severity=Severity.WARNING,
    title="A translation is of no English text",
    finds="Keys in files of words that no English text has.",
    why=("Nothing reads it: the English was renamed or left out, or the key is misspelt."),
    wrong="""\
# words/fi/report.yaml
report: {titel: Raportti}
""",
    right="""\
# words/fi/report.yaml
report: {title: Raportti}
""",
    step="Write the key as the English has it, or leave the text out.",
    look=translations_are_of_something,
)
