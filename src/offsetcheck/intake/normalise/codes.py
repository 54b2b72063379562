"""Words of closed lists, by the spellings that the dictionary gives them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import OneOf, Read, is_placeholder, key, one_of, shown
from offsetcheck.intake.normalise.words import Word, spelled, words_in
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import MOST_POSSIBLE
from offsetcheck.vocabulary.problem import UnreadableError

YES = frozenset({"yes", "y", "true", "1", "x", "kyllä", "ja", "sí", "si", "oui", "sim", "✓"})
NO = frozenset({"no", "n", "false", "0", "ei", "nej", "nein", "nee", "non", "não", "nao"})
DENIALS = frozenset(
    {
        *("none", "nothing", "keine", "nichts", "ei mitään", "inga", "inget"),
        *("ninguna", "ninguno", "geen", "aucun", "aucune", "nenhum", "nenhuma"),
    }
)
NOTHING = DENIALS | {"[]", "no"}
MOST_NAMED = 12
SEPARATORS = ";,|"

LISTED = re.compile(r"\s*[;,|\n+&/]\s*|\s+(?:and|y|et|und|ja|och|en)\s+", re.IGNORECASE)
"""What parts the words of a list; brackets and dashes belong to them."""


def spellings(field: Field) -> Mapping[str, str]:
    """Return every spelling of a field's codes, as compared, with its code."""
    known: dict[str, str] = {}
    for code, entry in field.codes.items():
        for word in (code, *entry.spellings, *entry.title.values()):
            known.setdefault(spelled(word), code)
    return known


def code_reader(field: Field) -> Callable[[str], Read]:
    """Return a reader of one code; case, white space, dashes and apostrophes do not count.

    A broad word, and a cell that names several words, says that the code is one of several. Words
    that may stand `beside` a code are passed over. A field without a list of codes takes any word.
    """
    known, beside = spellings(field), {spelled(word): word for word in field.beside}

    def read(text: str) -> Read:
        if is_placeholder(text) and spelled(text) not in known:
            return None
        if not known:
            return text.strip()
        words = _codes_in(text, known, beside)
        if not words or None in words:
            raise _unknown(text, field, known)
        return one_of(code for word in words if word for code in field.stands_for(word))

    return read


def _codes_in(
    text: str, known: Mapping[str, str], beside: Mapping[str, str]
) -> Sequence[str | None]:
    """Return the code of each word of a cell, None for one that is not known."""
    if (whole := known.get(spelled(text))) is not None:
        return [whole]
    words = words_in(text, lambda word: known.get(spelled(word)) or beside.get(spelled(word)))
    codes = [word for word in words if spelled(word.text) not in beside]
    # A word that may stand beside others and is a code as well is the code where it stands alone.
    return [word.code for word in codes or words if codes or spelled(word.text) in known]


def codes_reader(field: Field, separators: str | None = None) -> Callable[[str], Read]:
    """Return a reader of several codes: a JSON list, or words apart by one of `separators`.

    `none` is the complete statement that there is none, a blank cell states nothing. A list of
    which a word is not known holds the others, and each code beside them is possible. Beside other
    words `none` contradicts them: either is possible.
    """
    known = spellings(field)
    apart = LISTED if separators is None else re.compile(f"\\s*[{re.escape(separators)}\n]\\s*")

    def read(text: str) -> Read:
        if key(text) in NOTHING and spelled(text) not in known:
            return ()
        if is_placeholder(text) and spelled(text) not in known:
            return None
        if not known:
            return tuple(dict.fromkeys(split_list(text, separators or SEPARATORS)))
        said = [word for word in _listed(text, known, apart) if not is_placeholder(word.text)]
        found = [word for word in said if word.code or not _denies(word.text)]
        codes = tuple(dict.fromkeys(word.code for word in found if word.code is not None))
        strange = [word.text for word in found if word.code is None]
        if not strange:
            return _unless_denied(codes, text, known, apart) if codes else codes
        why = _unknown("; ".join(strange), field, known)
        lists = with_more(codes, field, at_most=len(strange))
        if not codes or not lists:
            raise why
        return OneOf(lists, why)

    return read


def _unless_denied(
    codes: tuple[str, ...], text: str, known: Mapping[str, str], apart: re.Pattern[str]
) -> Read:
    """Return the codes of a list; that there may be none where it says so beside them."""
    said = split_list(text) if text.lstrip().startswith("[") else apart.split(text)
    if not any(_denies(one) and spelled(one) not in known for one in said):
        return codes
    reason = f"{shown(text)} says that there is none, and names some"
    return OneOf(((), codes), UnreadableError(reason, "write which there are, or `none` alone"))


def _denies(text: str) -> bool:
    return key(text) in DENIALS


def _listed(text: str, known: Mapping[str, str], apart: re.Pattern[str]) -> list[Word]:
    """Return the words of a list; one that stands in it as it is known is not parted."""
    if (code := known.get(spelled(text))) is not None:
        return [Word(text, code)]
    if text.lstrip().startswith("["):
        return [Word(word, known.get(spelled(word))) for word in split_list(text)]
    return words_in(text, lambda word: known.get(spelled(word)), apart)


def with_more(
    codes: tuple[str, ...], field: Field, at_most: int | None = None
) -> tuple[tuple[str, ...], ...]:
    """Return the lists that hold some codes and may hold more, `at_most` so many; () for too many.

    Of more than one further code not every choice is named: lists that grow by one code each stand
    for them, so that whatever is asked of how many codes of some kind a list holds, every answer
    that could be true is among theirs.
    """
    others = [code for code in field.codes if code not in codes]
    lists = [codes, *((*codes, other) for other in others)]
    if at_most != 1:
        lists += [(*codes, *others[:more]) for more in range(2, len(others) + 1)]
    return tuple(lists) if len(lists) <= MOST_POSSIBLE else ()


def split_list(text: str, separators: str = SEPARATORS) -> list[str]:
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
    return did_you_mean(spelled(text), known) or f"one of {listed}{more}"
