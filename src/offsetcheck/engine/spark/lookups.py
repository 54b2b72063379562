"""Lookups: the distinct keys that rows ask with are answered once, and joined back.

A key goes as one text. A part that no row of the table holds is like any other such part, so that
there are few distinct keys however many rows ask.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from offsetcheck.engine.arithmetic import key_text
from offsetcheck.engine.lookup import (
    NO_VERSION,
    Asked,
    PossibleAnswer,
    awaits_screening,
    possible_answer,
)
from offsetcheck.engine.spark.columns import FALSE, Columns, Sql, Term
from offsetcheck.engine.spark.literals import SQL_TYPES, text
from offsetcheck.rulebook.expression.nodes import Lookup, Node
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value

BETWEEN_PARTS, BETWEEN_MEMBERS = "\x1f", "\x1e"
UNKNOWN, HELD, NOT_HELD, SEVERAL = "?", "=", "-", "*"


class Question(NamedTuple):
    """One lookup at one evidence grade, and the columns that hold its answers."""

    lookup: Lookup
    at_least: EvidenceGrade | None
    value: Sql
    members: Sql | None


@dataclass(frozen=True)
class KeyGroup:
    """Lookups that are asked with the same key, answered by one join."""

    keys: tuple[Term, ...]
    kinds: tuple[FieldType, ...]
    version: Term | None
    screened: Sql
    column: Sql
    questions: list[Question] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key of a row as SQL."""
        parts = [
            _part(term, kind, self._held(place))
            for place, (term, kind) in enumerate(zip(self.keys, self.kinds, strict=True))
        ]
        parts.append(f"IF({self.screened.text}, '{HELD}', '{NOT_HELD}')")
        if self.version is not None:
            parts.append(_version(self.version))
        return f"concat_ws({text(BETWEEN_PARTS)}, {', '.join(parts)})"

    @property
    def answered(self) -> list[str]:
        """The columns that hold the answers."""
        both = ((question.value, question.members) for question in self.questions)
        return [column.text for pair in both for column in pair if column is not None]

    @property
    def schema(self) -> str:
        """The columns of the answers: the key, then value and members of each question."""
        columns = [f"{self.column.text} STRING"]
        for question in self.questions:
            kind = SQL_TYPES[question.lookup.type]
            columns.append(f"{question.value.text} {kind}")
            if question.members is not None:
                columns.append(f"{question.members.text} ARRAY<{kind}>")
        return ", ".join(columns)

    def answers(self, keys: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return the answers to distinct keys as rows of `schema`."""
        return [(key, *self._answer(key)) for key in keys]

    def _answer(self, key: str) -> Iterator[Any]:
        parts, screened, versions = self._read(key)
        for lookup, at_least, _, members in self.questions:
            answer = possible_answer(lookup, Asked(parts, versions, screened, at_least))
            yield _single(answer)
            if members is not None:
                yield _several(answer)

    def _read(
        self, key: str
    ) -> tuple[tuple[tuple[str, ...] | None, ...], bool, tuple[str | None, ...] | None]:
        *parts, last = key.split(BETWEEN_PARTS, len(self.keys) + (self.version is not None))
        versions: tuple[str | None, ...] | None = NO_VERSION
        if self.version is not None:
            versions, last = _version_read(last), parts.pop()
        return tuple(_part_read(part) for part in parts), last == HELD, versions

    def _held(self, place: int) -> list[str]:
        """Return what rows of any of the tables hold as one part of their keys."""
        return sorted({key[place] for q in self.questions for key in q.lookup.rows})


@dataclass(frozen=True)
class Lookups:
    """The lookups of a rulebook by what they are asked with."""

    columns: Columns
    groups: dict[tuple[object, ...], KeyGroup] = field(default_factory=dict)
    _asked: dict[tuple[int, EvidenceGrade | None, str], Term] = field(default_factory=dict)

    def ask(
        self,
        lookup: Lookup,
        keys: Sequence[Term],
        version: Term | None,
        screened: Sql,
        at_least: EvidenceGrade | None,
    ) -> Term:
        """Return the answer of a lookup to keys that are columns."""
        group = self._group(lookup, keys, version, screened if awaits_screening(lookup) else FALSE)
        known = (id(lookup.rows), at_least, f"{_told(lookup)} {group.column.text}")
        if known not in self._asked:
            value = self.columns.fresh()
            members = None
            if lookup.type is not FieldType.BOOLEAN:
                members = self.columns.fresh()
            group.questions.append(Question(lookup, at_least, value, members))
            self._asked[known] = Term(value, members)
        return self._asked[known]

    def _group(
        self, lookup: Lookup, keys: Sequence[Term], version: Term | None, screened: Sql
    ) -> KeyGroup:
        told = (tuple(keys), version, screened)
        if told not in self.groups:
            column = self.columns.fresh()
            kinds = tuple(_kind(key) for key in lookup.keys)
            self.groups[told] = KeyGroup(tuple(keys), kinds, version, screened, column)
        return self.groups[told]


def _told(lookup: Lookup) -> tuple[object, ...]:
    """Return what tells a lookup from another into the same rows."""
    absent = (type(lookup.absent), lookup.absent)
    return lookup.type, lookup.collect, absent, lookup.stale


def _part(term: Term, kind: FieldType, held: Sequence[str]) -> str:
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
        (literal, text(HELD + one)) for one in held if (literal := _literal(one, kind)) is not None
    ]
    if not branches:
        return f"'{NOT_HELD}'"
    if kind in (FieldType.NUMBER, FieldType.INTEGER, FieldType.BOOLEAN):
        cases = " ".join(f"WHEN {literal} THEN {token}" for literal, token in branches)
        return f"CASE {value} {cases} ELSE '{NOT_HELD}' END"
    of_text = f"CAST({value} AS STRING)" if kind is FieldType.DATE else value
    known = ", ".join(literal for literal, _ in branches)
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


_NOWHERE = "\x00"  # stands in no key of a table


def _single(answer: PossibleAnswer) -> Value | list[Any] | None:
    found = answer.alternatives
    return _plain(found[0]) if found is not None and len(found) == 1 else None


def _several(answer: PossibleAnswer) -> list[Any] | None:
    found = answer.alternatives
    return [_plain(one) for one in found] if found is not None and len(found) > 1 else None


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _kind(node: Node) -> FieldType:
    return getattr(node, "type", FieldType.BOOLEAN)
