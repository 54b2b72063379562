"""Words of closed lists, by the spellings that the dictionary gives them."""

import json
import re
from collections.abc import Callable, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import Read, is_placeholder, key, one_of, shown
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import UnreadableError

YES = frozenset({"yes", "y", "true", "1", "x", "kyllä", "ja", "sí", "si", "oui"})
NO = frozenset({"no", "n", "false", "0", "ei", "nej", "nein", "non"})
NOTHING = frozenset({"none", "[]", "no", "nothing"})
MOST_NAMED = 12

SURELY_APART = re.compile(r"[;|\n]")
PERHAPS_APART = re.compile(r"[;|\n,+/]|\band\b", re.IGNORECASE)
"""What also stands within the words of registries: tried where the others part nothing."""


def spellings(field: Field) -> Mapping[str, str]:
    """Return every spelling of a field's codes, as compared, with its code."""
    known: dict[str, str] = {}
    for code, entry in field.codes.items():
        for spelled in (code, code.replace("_", " "), *entry.spellings, *entry.title.values()):
            known.setdefault(key(spelled), code)
    return known


def code_reader(field: Field) -> Callable[[str], Read]:
    """Return a reader of one code; case and white space do not count.

    A broad word, and a cell that names several words, says that the code is one of several. A
    field without a list of codes takes any word.
    """
    known = spellings(field)

    def read(text: str) -> Read:
        if is_placeholder(text) and key(text) not in known:
            return None
        if not known:
            return text.strip()
        found = _words_in(text, known)
        if not found:
            raise _unknown(text, field, known)
        return one_of(code for word in found for code in field.stands_for(word))

    return read


def _words_in(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the codes of the words that a cell names, none where one of them is not known."""
    for apart in (None, SURELY_APART, PERHAPS_APART):
        words = [text] if apart is None else [word for word in apart.split(text) if word.strip()]
        codes = [known[key(word)] for word in words if key(word) in known]
        if codes and len(codes) == len(words):
            return codes
    return []


def codes_reader(field: Field, separators: str = ";,|") -> Callable[[str], tuple[str, ...] | None]:
    """Return a reader of several codes: a JSON list, or words apart by one of `separators`.

    `none` is the complete statement that there is none, a blank cell states nothing.
    """
    known = spellings(field)

    def read(text: str) -> tuple[str, ...] | None:
        if key(text) in NOTHING and key(text) not in known:
            return ()
        if is_placeholder(text) and key(text) not in known:
            return None
        if (whole := known.get(key(text))) is not None:
            return (whole,)
        found = [_code(word, field, known) for word in split_list(text, separators)]
        return tuple(dict.fromkeys(code for code in found if code is not None))

    return read


def _code(word: str, field: Field, known: Mapping[str, str]) -> str | None:
    if (code := known.get(key(word))) is not None:
        return code
    if is_placeholder(word):
        return None
    if not known:
        return word.strip()
    raise _unknown(word, field, known)


def split_list(text: str, separators: str = ";,|") -> list[str]:
    """Return the words of a list in one cell: JSON, a printed Python list, or separated words."""
    stripped = text.strip()
    if stripped.startswith("["):
        try:
            listed = json.loads(stripped)
        except (ValueError, RecursionError):
            listed = None
        if isinstance(listed, list):
            return [str(item) for item in listed if item is not None]
        stripped = re.sub(r"['\"\[\]]", "", stripped)
    parts = re.split(f"[{re.escape(separators)}\n]", stripped)
    return [part.strip() for part in parts if part.strip()]


def read_boolean(text: str) -> bool | None:
    """Return yes or no, None for a placeholder."""
    word = key(text)
    if word in YES:
        return True
    if word in NO:
        return False
    if is_placeholder(text):
        return None
    raise UnreadableError(f"{shown(text)} is neither yes nor no", "write yes or no")


def _unknown(text: str, field: Field, known: Mapping[str, str]) -> UnreadableError:
    return UnreadableError(
        f"{shown(text)} is not a known word of {field.name}", lambda: _near(text, field, known)
    )


def _near(text: str, field: Field, known: Mapping[str, str]) -> str:
    listed = ", ".join(f"`{code}`" for code in list(field.codes)[:MOST_NAMED])
    more = " …" if len(field.codes) > MOST_NAMED else ""
    return did_you_mean(key(text), known) or f"one of {listed}{more}"
