"""words/: every word of reports and of the terminal, by language and key.

A language is `words/<language>.yaml` and the files of `words/<language>/`, one for each topic; they
share no key. The languages are those installed, and those of the rule folder in use.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.files.remembered import remembered
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import spoken

MADE_FROM = "made_from.csv"
"""Beside a language's topics: the mark of the English that each translation was made from."""
MOST = 1024  # files of which it is remembered what they say
WordText = tuple[Steps, str, str]
REVIEWED = "reviewed"  # who, on which day; nobody yet where it holds nothing


def read_words(documents: Mapping[str, Document], problems: Problems) -> dict[str, dict[str, str]]:
    """Return the words of each language by dotted key; nested mappings join their keys by a dot.

    `documents` are named by language, those of a topic by `language/topic`.
    """
    read: dict[str, dict[str, str]] = {}
    for name, document in documents.items():
        language = name.split("/", 1)[0]
        if not re.fullmatch(r"[a-z]{2,3}", language):
            message = f"`{language}` is not a language"
            problems.at_value(document, (), message, "name the file en.yaml, fi.yaml or es.yaml")
        data = mapping_in(document, problems, "write `key: text` lines")
        words = read.setdefault(language, {})
        for steps, key, text in texts_in(document, data, problems):
            if key in words:
                message = f"`{key}` has words in another file of `{language}` already"
                problems.at_value(document, steps, message, "leave one of the two")
            words[key] = text
    return read


def read_marks(text: str) -> dict[str, str]:
    """Return the mark of the English by key, of a `made_from.csv`."""
    rows = list(csv.reader(text.splitlines()))
    return {row[0]: row[1] for row in rows[1:] if len(row) == len(("key", "english"))}


def word_files() -> dict[str, Path]:
    """Return the installed files of words by language, those of a topic by `language/topic`."""
    folder = bundled("rules") / "words"
    paths = sorted(folder.rglob("*.yaml"))
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in paths}


def mark_files() -> dict[str, Path]:
    """Return the installed lists of what translations were made from, by language."""
    folder = bundled("rules") / "words"
    return {path.parent.name: path for path in sorted(folder.glob(f"*/{MADE_FROM}"))}


@dataclass(frozen=True, slots=True)
class Installed:
    """The installed words by language and key, and the mark of the English of each translation."""

    words: Mapping[str, Mapping[str, str]]
    marks: Mapping[str, Mapping[str, str]]


@cache
def installed_words() -> Installed:
    """Return what is installed, read once for each process."""
    problems = Problems()
    files = word_files().items()
    # Under the names that they have in the installed folder, which often is the one that is read.
    texts = {
        name: remembered(path.read_text("utf-8"), f"words/{name}.yaml") for name, path in files
    }
    words = read_words(texts, problems)
    problems.stop()
    marks = {name: read_marks(path.read_text("utf-8")) for name, path in mark_files().items()}
    return Installed(words, marks)


_texts: dict[int, tuple[Document, tuple[WordText, ...]]] = {}


def texts_in(
    document: Document, data: Mapping[str, Any], problems: Problems
) -> tuple[WordText, ...]:
    """Return the texts of a file as `words_of` does, remembered by identity where all are sound."""
    known = _texts.get(id(document))
    if known is not None and known[0] is document:
        return known[1]
    found = Problems()
    texts = tuple(words_of(document, data, (), found))
    if found.sorted():
        return tuple(words_of(document, data, (), problems))
    if len(_texts) >= MOST:
        _texts.clear()
    _texts[id(document)] = document, texts
    return texts


def words_of(
    document: Document, data: Mapping[str, Any], steps: Steps, problems: Problems
) -> Iterator[WordText]:
    """Yield each text of a file of words with its place and its dotted key."""
    for key, value in data.items():
        where = (*steps, key)
        if value is None and steps == (REVIEWED,):
            continue
        if isinstance(value, dict):
            yield from words_of(document, value, where, problems)
        elif isinstance(value, str):
            yield where, ".".join(map(str, where)), value
        else:
            message = f"a text is needed here, not {spoken(value)}"
            problems.at_value(document, where, message, "put it in quotes")
