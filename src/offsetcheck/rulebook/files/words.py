"""words/: every word of reports and of the terminal, by language and key.

A language is `words/<language>.yaml` and the files of `words/<language>/`, one for each topic; they
share no key. The languages are those installed, and those of the rule folder in use.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import spoken


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
        for steps, key, text in _words(document, data, (), problems):
            if key in words:
                message = f"`{key}` has words in another file of `{language}` already"
                problems.at_value(document, steps, message, "leave one of the two")
            words[key] = text
    return read


def word_files() -> dict[str, Path]:
    """Return the installed files of words by language, those of a topic by `language/topic`."""
    folder = bundled("rules") / "words"
    paths = sorted(folder.rglob("*.yaml"))
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in paths}


def with_installed(own: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the words of a rule folder, and for each key that it lacks the installed words."""
    problems = Problems()
    files = word_files().items()
    texts = {name: compose(path.read_text("utf-8"), path.name) for name, path in files}
    installed = read_words(texts, problems)
    problems.stop()
    languages = dict.fromkeys((*installed, *own))
    return {name: {**installed.get(name, {}), **own.get(name, {})} for name in languages}


def _words(
    document: Document, data: Mapping[str, Any], steps: Steps, problems: Problems
) -> Iterator[tuple[Steps, str, str]]:
    for key, value in data.items():
        where = (*steps, key)
        if isinstance(value, dict):
            yield from _words(document, value, where, problems)
        elif isinstance(value, str):
            yield where, ".".join(map(str, where)), value
        else:
            message = f"a text is needed here, not {spoken(value)}"
            problems.at_value(document, where, message, "put it in quotes")
