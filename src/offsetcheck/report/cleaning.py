"""Strangers' text made safe to show: no control or direction marks, no endless cells, no markup."""

import re
from collections.abc import Callable
from typing import Any

from offsetcheck.vocabulary.shown import shorten

# C0 and C1 controls but tab and line feed; marks that turn or isolate the direction of text.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\ud800-\udfff]"
)
MARKDOWN = re.compile(r"([\\`*_\[\]|~#{}])")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cleaned(value: Any, change: Callable[[str], str]) -> Any:
    """Return plain data (dicts, lists, texts, numbers) with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: cleaned(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(item, change) for item in value]
    return value


def shorten_and_escape(text: str) -> str:
    """Return a text cut where it is too long, its invisible characters as codes ([U+202E])."""
    return escape_invisible(shorten(text))


def escape_invisible(text: str) -> str:
    """Return a text, or a whole page, with each invisible character as its code ([U+202E])."""
    return INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def markdown_text(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    one_line = " ".join(shorten_and_escape(text).split())
    without_tags = one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return MARKDOWN.sub(r"\\\1", without_tags).replace("://", ":\\//")


def footer_text(text: str) -> str:
    """Return a text that cannot leave a CSS string: letters, digits and plain marks."""
    return "".join(c for c in text.replace("'", "’") if c.isalnum() or c in " .,:+-_/()·§–’")
