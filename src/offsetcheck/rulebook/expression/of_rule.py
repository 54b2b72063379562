"""The expressions of a rule in one list: when it applies, then its conditions by level.

A requirement has one condition, without a level; a scale has one for each level, from the best.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from offsetcheck.vocabulary.forms.document import Steps

APPLIES_WHEN, REQUIRES, LEVELS = "applies_when", "requires", "levels"
OTHERWISE = "otherwise"  # the last level of a scale may stand without a condition

Conditions = tuple[tuple[str | None, str], ...]
"""Level, None for a requirement, and the text of its condition."""


class Written(NamedTuple):
    """One expression of a rule as written: the key of its tree, where it stands, its text."""

    key: str
    steps: Steps
    text: str

    @property
    def is_otherwise(self) -> bool:
        """Whether the word stands here that needs no condition."""
        return self.text.strip() == OTHERWISE


def conditions_of(requires: str | None, levels: Mapping[str, str] | None) -> Conditions:
    """Return the conditions of a rule or of a change as its file says."""
    required: Conditions = () if requires is None else ((None, requires),)
    return (*required, *(levels or {}).items())


def written(applies_when: str | None, conditions: Iterable[tuple[Any, str]]) -> Iterator[Written]:
    """Yield the expressions of a rule in order; what is no text is left out."""
    if isinstance(applies_when, str):
        yield Written(APPLIES_WHEN, (APPLIES_WHEN,), applies_when)
    for level, text in conditions:
        if isinstance(text, str):
            steps: Steps = (REQUIRES,) if level is None else (LEVELS, str(level))
            yield Written(tree_key(level), steps, text)


def tree_key(level: object) -> str:
    """Return the key under which the tree of a condition is kept: `requires`, `levels.5` …."""
    return REQUIRES if level is None else f"{LEVELS}.{level}"
