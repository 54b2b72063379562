"""A word of a rulebook with its gaps filled, where the words arrive as a plain mapping."""

from collections.abc import Mapping
from datetime import date

from offsetcheck.explain.quantity import date_words, number_words
from offsetcheck.explain.templates import fill
from offsetcheck.explain.wording import LOCALE


def say(words: Mapping[str, str], key: str, /, **values: object) -> str:
    """Return the words of a key with its {values} filled in; raise KeyError for no such key."""
    text = words[key]
    return fill(text, lambda name: str(values[name]) if name in values else None) or text


def said_day(iso: str, words: Mapping[str, str]) -> str:
    """Return a day such as `2026-09-30` as the language of the words writes it."""
    return date_words(date.fromisoformat(iso), words[LOCALE])


def said_number(value: float, words: Mapping[str, str], places: int = 0) -> str:
    """Return a number such as 8617 as the language of the words writes it."""
    return number_words(value, words[LOCALE], places)


def quoted(text: str, words: Mapping[str, str]) -> str:
    """Return a text between the marks in which the language of the words quotes."""
    return say(words, "text.quoted", text=text)
