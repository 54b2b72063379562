"""The sentences of a rule file, and what stands in braces in them."""

import re
from collections.abc import Iterator

from offsetcheck.rulebook.rules.model import RuleFile
from offsetcheck.vocabulary.forms.document import Steps

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(rule: RuleFile) -> Iterator[tuple[Steps, int, str]]:
    """Yield every placeholder of a rule: where its text stands, its offset, its name."""
    for steps, text in sentences(rule):
        for match in PLACEHOLDER.finditer(text):
            yield steps, match.start(), match[1]


def sentences(rule: RuleFile) -> Iterator[tuple[Steps, str]]:
    """Yield every sentence of a rule in every language, with where it stands."""
    for language, says in rule.says.items():
        for key in ("requires", "found", "fails", "ask"):
            text = getattr(says, key)
            if text is not None:
                yield ("says", language, key), text
    for language, text in (rule.condition or {}).items():
        yield ("condition", language), text
