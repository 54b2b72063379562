"""Strangers' text made safe to show: no control or direction signs, no endless cells, no markup."""

import re
from collections.abc import Callable
from typing import Any

LONGEST = 2000
# C0 and C1 controls but tab and line feed; marks that turn or isolate the direction of text.
UNSEEN = re.compile(
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


def visible(text: str) -> str:
    """Return a text in which an unseen sign shows as its code, cut where it is too long."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}… (+{len(text) - LONGEST})"
    return seen(text)


def seen(text: str) -> str:
    """Return a text, or a whole page, in which no sign is unseen."""
    return UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def markdown_text(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    one_line = " ".join(visible(text).split())
    without_tags = one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return MARKDOWN.sub(r"\\\1", without_tags).replace("://", ":\\//")


def cell_text(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def footer_text(text: str) -> str:
    """Return a text that cannot leave a CSS string: letters, digits and plain signs."""
    return "".join(sign for sign in text if sign.isalnum() or sign in " .,:+-_/()·§–")
