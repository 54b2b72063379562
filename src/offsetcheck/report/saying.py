"""A word of a rulebook with its gaps filled, where the words arrive as a plain mapping."""

from collections.abc import Mapping

from offsetcheck.explain.templates import fill


def say(words: Mapping[str, str], key: str, /, **values: object) -> str:
    """Return the words of a key with its {values} filled in; raise KeyError for no such key."""
    text = words[key]
    return fill(text, lambda name: str(values[name]) if name in values else None) or text
