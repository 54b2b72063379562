"""Files of words that a translator fills in: the English of what is to be translated, by topic."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
NOT_PLAIN = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate: the file of words it belongs in, its key and its English."""

    topic: str
    key: str
    english: str


def template_files(texts: Iterable[Text]) -> dict[str, str]:
    """Return the files of words by topic, each text in English under its key."""
    by_topic = groupby(sorted(texts, key=lambda text: text.topic), key=lambda text: text.topic)
    return {topic: _file(tuple(members)) for topic, members in by_topic}


def _file(texts: tuple[Text, ...]) -> str:
    """Return one file: groups in the order of their first key, keys as they came."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for text in texts:
        group, _, rest = text.key.partition(".")
        groups.setdefault(group, []).append((rest, text.english))
    return "".join(_group(group, entries) for group, entries in groups.items())


def _group(group: str, entries: list[tuple[str, str]]) -> str:
    lines = (f"  {_key(rest)}: {_quoted(english)}\n" for rest, english in entries)
    return f"{_key(group)}:\n{''.join(lines)}"


def _key(text: str) -> str:
    plain = PLAIN.fullmatch(text) and text.lower() not in NOT_PLAIN
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text as a quoted scalar: JSON's strings are YAML's, but for some odd characters."""
    return json.dumps(text, ensure_ascii=False)
