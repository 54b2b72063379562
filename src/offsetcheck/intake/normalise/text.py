"""Tidy text, the words that stand for no value, and why a cell is not read."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from offsetcheck.vocabulary.evidence import MOST_POSSIBLE, Value
from offsetcheck.vocabulary.problem import UnreadableError


@dataclass(frozen=True, slots=True)
class OneOf:
    """What a text says in part: the field has one of several values.

    `lost` says which of its words could not be read, where that is the reason.
    """

    values: tuple[Value, ...]
    lost: UnreadableError | None = None


Read = Value | OneOf | None

Reader = Callable[[str], Read]
"""Text to a value or several possible ones, None where it states none; raises UnreadableError."""


def one_of(values: Iterable[Value]) -> Read:
    """Return the one value, or several possible ones; too many of them state nothing."""
    possible = tuple(dict.fromkeys(values))
    if len(possible) == 1:
        return possible[0]
    return OneOf(possible) if 0 < len(possible) <= MOST_POSSIBLE else None


PLACEHOLDERS = frozenset(
    {
        *("", "-", "--", "–", "—", "?", "n/a", "n.a.", "na", "#n/a", "nan", "null", "nil"),
        *("none", "tbd", "tbc", "view", "unknown", "not assigned", "not available"),
        *("not provided", "not found", "not stated", "not applicable"),
    }
)

LONGEST_PLACEHOLDER = 40

_HIDDEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u0000-\u0008\u000e-\u001f]")


_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_PRINTED = re.compile(r"[\[{]+\s*(?:['\"][^'\"]*['\"]\s*[:,\]]|\})")
"""How Python prints a dictionary or a list of texts."""


def tidy(text: str) -> str:
    """Return NFC text with runs of white space as one space and without invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    composed = unicodedata.normalize("NFC", text)
    return " ".join((composed if composed.isprintable() else _HIDDEN.sub("", composed)).split())


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Return text in the form in which headers and spellings are compared."""
    return tidy(text).casefold()


def is_placeholder(text: str) -> bool:
    """Return whether a cell says that it has no value."""
    return len(text) <= LONGEST_PLACEHOLDER and key(text) in PLACEHOLDERS


def shown(text: str, limit: int = 60) -> str:
    """Return a cell's text, tidied and cut, as a message quotes it."""
    line = tidy(text)
    return f"“{line if len(line) <= limit else line[: limit - 1] + '…'}”"


def read_text(text: str) -> str | None:
    """Return tidy text, None for a placeholder.

    Marks that turn the direction of writing are left out: what is read is what is seen.
    """
    said = tidy(text if text.isascii() else _TURNING.sub("", text))
    return None if len(said) <= LONGEST_PLACEHOLDER and said.casefold() in PLACEHOLDERS else said


def read_name(text: str) -> str | None:
    """Return the name of something, None for a placeholder; records of an interface are none."""
    stripped = text.strip()
    if stripped[:1] in {"{", "["} and _is_record(stripped):
        raise UnreadableError(
            f"{shown(text)} is a record of an interface, not a name",
            "give the name in a column of its own",
            kind="records of an interface stand where a name belongs",
        )
    return read_text(text)


def _is_record(text: str) -> bool:
    """Whether a text is an object or a list, as JSON or as Python prints it."""
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return bool(_PRINTED.match(text))
