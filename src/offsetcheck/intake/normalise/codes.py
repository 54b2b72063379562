"""Words of closed lists, by the spellings that the dictionary gives them."""

import json
import re
from collections.abc import Callable, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import is_placeholder, key, shown
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import UnreadableError

YES = frozenset({"yes", "y", "true", "1", "x", "kyllä", "ja", "sí", "si", "oui"})
NO = frozenset({"no", "n", "false", "0", "ei", "nej", "nein", "non"})
NOTHING = frozenset({"none", "[]", "no", "nothing"})
MOST_NAMED = 12


def spellings(field: Field) -> Mapping[str, str]:
    """Return every spelling of a field's codes, as compared, with its code."""
    known: dict[str, str] = {}
    for code, entry in field.codes.items():
        for spelled in (code, code.replace("_", " "), *entry.spellings, *entry.title.values()):
            known.setdefault(key(spelled), code)
    return known


def code_reader(field: Field) -> Callable[[str], str | None]:
    """Return a reader of one code; case and white space do not count.

    A field without a list of codes takes any word.
    """
    known = spellings(field)

    def read(text: str) -> str | None:
        if (code := known.get(key(text))) is not None:
            return code
        if is_placeholder(text):
            return None
        if not known:
            return text.strip()
        raise _unknown(text, field, known)

    return read


def codes_reader(field: Field, separators: str = ";,|") -> Callable[[str], tuple[str, ...] | None]:
    """Return a reader of several codes: a JSON list, or words apart by one of `separators`.

    `none` is the complete statement that there is none, a blank cell states nothing.
    """
    read_one = code_reader(field)
    known = spellings(field)

    def read(text: str) -> tuple[str, ...] | None:
        if key(text) in NOTHING and key(text) not in known:
            return ()
        if is_placeholder(text) and key(text) not in known:
            return None
        if (whole := known.get(key(text))) is not None:
            return (whole,)
        found = [read_one(word) for word in split_list(text, separators)]
        return tuple(dict.fromkeys(code for code in found if code is not None))

    return read


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
