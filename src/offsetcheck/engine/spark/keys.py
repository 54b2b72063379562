"""A key of a lookup as one text: written as SQL, and read again.

A part that no row of the table holds is like any other such part, so that there are few distinct
keys however many rows ask.
"""

from collections.abc import Sequence
from typing import NamedTuple

from offsetcheck.engine.arithmetic import key_text
from offsetcheck.engine.lookup import NO_VERSION
from offsetcheck.engine.spark.columns import Sql, Term, is_unknown
from offsetcheck.engine.spark.literals import text
from offsetcheck.vocabulary.dictionary import FieldType

BETWEEN_PARTS, BETWEEN_MEMBERS = "\x1f", "\x1e"
UNKNOWN, HELD, NOT_HELD, SEVERAL = "?", "=", "-", "*"
_NOWHERE = "\x00"  # stands in no key of a table


class KeyRead(NamedTuple):
    """A key as `engine.lookup.Asked` has it, and whether somebody has looked."""

    parts: tuple[tuple[str, ...] | None, ...]
    screened: bool
    versions: tuple[str | None, ...] | None


def key_text_of(parts: Sequence[str], screened: Sql, version: Term | None) -> str:
    """Return a key of some parts as SQL."""
    told = [*parts, f"IF({screened.text}, '{HELD}', '{NOT_HELD}')"]
    if version is not None:
        told.append(_version(version))
    return f"concat_ws({text(BETWEEN_PARTS)}, {', '.join(told)})"


def key_read(key: str, parts: int, *, versioned: bool) -> KeyRead:
    """Return the text of a key of so many parts as it was meant."""
    *told, last = key.split(BETWEEN_PARTS, parts + versioned)
    versions: tuple[str | None, ...] | None = NO_VERSION
    if versioned:
        versions, last = _version_read(last), told.pop()
    return KeyRead(tuple(_part_read(one) for one in told), last == HELD, versions)


def nowhere_known(term: Term) -> bool:
    """Whether a term is unknown in every row."""
    return is_unknown(term.value) and term.members is None


def part(term: Term, kind: FieldType, held: Sequence[str]) -> str:
    """Return one part of a key as SQL; `held` is what the tables hold there."""
    if nowhere_known(term):
        return f"'{UNKNOWN}'"
    value = term.value.text
    members = "" if term.members is None else _members(term.members.text, _token("x", kind, held))
    otherwise = f"coalesce({members}, '{UNKNOWN}')" if members else f"'{UNKNOWN}'"
    return f"CASE WHEN {value} IS NULL THEN {otherwise} ELSE {_token(value, kind, held)} END"


def _members(members: str, token: str) -> str:
    tokens = f"array_sort(array_distinct(transform({members}, x -> {token})))"
    return f"array_join({tokens}, {text(BETWEEN_MEMBERS)})"


def _token(value: str, kind: FieldType, held: Sequence[str]) -> str:
    """Return a part of a key as it stands in the table, or that it stands there nowhere."""
    branches = [
        (written, text(HELD + one)) for one in held if (written := _literal(one, kind)) is not None
    ]
    if not branches:
        return f"'{NOT_HELD}'"
    if kind in (FieldType.NUMBER, FieldType.INTEGER, FieldType.BOOLEAN):
        cases = " ".join(f"WHEN {written} THEN {token}" for written, token in branches)
        return f"CASE {value} {cases} ELSE '{NOT_HELD}' END"
    of_text = f"CAST({value} AS STRING)" if kind is FieldType.DATE else value
    known = ", ".join(written for written, _ in branches)
    return f"IF({of_text} IN ({known}), concat('{HELD}', {of_text}), '{NOT_HELD}')"


def _literal(held: str, kind: FieldType) -> str | None:
    """Return a part of a table's key as a literal; None where no value of the type reads so."""
    if kind is FieldType.BOOLEAN:
        return held if held in ("true", "false") else None
    if kind not in (FieldType.NUMBER, FieldType.INTEGER):
        return text(held)
    try:
        number = float(held)
    except ValueError:
        return None
    return f"({number!r}D)".upper() if key_text(number) == held else None


def _version(version: Term) -> str:
    value, members = version.value.text, "NULL"
    if version.members is not None:
        members = f"concat('{SEVERAL}', {_members(version.members.text, 'x')})"
    return (
        f"CASE WHEN {value} IS NOT NULL THEN concat('{HELD}', {value}) "
        f"ELSE coalesce({members}, '{UNKNOWN}') END"
    )


def _version_read(told: str) -> tuple[str | None, ...] | None:
    if told == UNKNOWN:
        return None
    if told.startswith(SEVERAL):
        return tuple(told[1:].split(BETWEEN_MEMBERS))
    return (told[1:],)


def _part_read(told: str) -> tuple[str, ...] | None:
    if told == UNKNOWN:
        return None
    tokens = told.split(BETWEEN_MEMBERS)
    return tuple(_NOWHERE if token == NOT_HELD else token[1:] for token in tokens)
