from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.translated import translations_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.sentences import PLACEHOLDER
from offsetcheck.vocabulary.problem import Problem, Severity


def translations_keep_their_braces(rulebook: Rulebook) -> Iterator[Problem]:
    """Find translations that name in braces what their English does not, or lose what it does."""
    english, texts = translations_of(rulebook)
    for document, steps, key, text in texts:
        if "{" not in text and "{" not in english.get(key, ""):
            continue
        wrong = _braces(text, english[key]) if key in english else None
        if wrong is not None:
            # Those of one text have one cause: most often its English was changed.
            place, hint = document.value_place(steps), "keep what stands in braces"
            yield Problem(wrong, place, hint, names=f"text {key}")


def _braces(text: str, english: str) -> str | None:
    """Return what is wrong with what a translation names in braces, None where nothing is."""
    own, wanted = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(english))
    lost = ", ".join(f"{{{name}}}" for name in sorted(wanted - own))
    new = ", ".join(f"{{{name}}}" for name in sorted(own - wanted))
    if lost:
        return f"the English names {lost}, and this text does not"
    return f"this text names {new}, and the English does not" if new else None


CHECK = Check(
    id="translations.braces_differ",
    severity=Severity.ERROR,
    title="A translation names other values than its English",
    finds="Translations whose words in braces are not those of the English text.",
    why=(
        "A value is put where braces name it: one that is lost is not told, and one "
        "that is unknown cannot be."
    ),
    wrong="""\
en: At most {limit} years.
fi: Enintään {raja} vuotta.
""",
    right="""\
en: At most {limit} years.
fi: Enintään {limit} vuotta.
""",
    step="Keep what stands in braces as it is.",
    look=translations_keep_their_braces,
)
