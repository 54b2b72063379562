"""Sentences with {placeholders}: what they name, and how they are filled in."""

import re
from collections.abc import Callable
from functools import lru_cache

PLACEHOLDER = re.compile(r"\{(\$?[A-Za-z_][A-Za-z0-9_.]*)\}")


def fill(template: str, lookup: Callable[[str], str | None]) -> str | None:
    """Return a sentence with each {placeholder} replaced, None where one of them is not known."""
    if "{" not in template:
        return template
    filled = []
    for text, name in _segments(template):
        filled.append(text)
        if name:
            value = lookup(name)
            if value is None:
                return None
            filled.append(value)
    return "".join(filled)


@lru_cache(maxsize=4096)
def _segments(template: str) -> tuple[tuple[str, str], ...]:
    parts = PLACEHOLDER.split(template)
    names = [*parts[1::2], ""]
    return tuple(zip(parts[::2], names, strict=True))


def placeholders(template: str) -> tuple[str, ...]:
    """Return the names that a sentence mentions in braces."""
    return tuple(name for _, name in _segments(template) if name)
