"""A developer's name as it is compared: without its legal form, case and punctuation."""

import re
from dataclasses import replace
from functools import lru_cache

from offsetcheck.intake.normalise.lookalikes import plain
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Fact, Value
from offsetcheck.vocabulary.table import CandidateTable

FIELD, NAMED_BY = "developer_key", "developer"

_FORMS = frozenset(
    {
        *("ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "inc"),
        *("limited", "llc", "lp", "ltd", "ltda", "nv", "oy", "oyj", "plc", "private", "pte", "pty"),
        *("pvt", "sa", "sarl", "sas", "sl", "spa", "sprl", "srl", "the"),
    }
)
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_SIGNS = re.compile(r"[\W_]+")


@lru_cache(maxsize=16384)
def developer_key(name: str) -> str | None:
    """Return `c quest capital` for `C-Quest Capital Pte. Ltd.`; None for a name of none."""
    words = _SIGNS.sub(" ", _DOTTED.sub("", plain(name).casefold())).split()
    return " ".join(word for word in words if word not in _FORMS) or None


def with_developer_key(table: CandidateTable, dictionary: Dictionary) -> CandidateTable:
    """Return a table whose rows state their developer's name as tables of developers have it.

    It is as good as the name: nobody states it himself.
    """
    if FIELD not in dictionary.candidate:
        return table
    others = {name: column for name, column in table.columns.items() if name != FIELD}
    if NAMED_BY in others:
        named = others[NAMED_BY]
        full = {row: _keyed(fact) for row, fact in named.full.items()}
        others[FIELD] = replace(named, values=[_key(value) for value in named.values], full=full)
    return replace(table, columns=others)


def _keyed(fact: Fact) -> Fact:
    """Return the fact of a name as one of its key, also as it was before a note."""
    before = fact.before_note and _keyed(fact.before_note)
    return replace(fact, value=_key(fact.value), before_note=before)


def _key(value: Value | None) -> str | None:
    return developer_key(value) if isinstance(value, str) else None
