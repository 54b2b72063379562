"""Lookups: the distinct keys that rows ask with are answered once, and joined back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from offsetcheck.engine.lookup import (
    NO_VERSION,
    Asked,
    PossibleAnswer,
    awaits_screening,
    possible_answer,
)
from offsetcheck.engine.spark.columns import FALSE, Columns, Sql, Term, unknown
from offsetcheck.engine.spark.keys import key_read, key_text_of, nowhere_known, part
from offsetcheck.engine.spark.literals import SQL_TYPES, literal
from offsetcheck.rulebook.expression.nodes import Lookup, Node
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value


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
            part(term, kind, self._held(place))
            for place, (term, kind) in enumerate(zip(self.keys, self.kinds, strict=True))
        ]
        return key_text_of(parts, self.screened, self.version)

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
        told = key_read(key, len(self.keys), versioned=self.version is not None)
        for lookup, at_least, _, members in self.questions:
            asked = Asked(told.parts, told.versions, told.screened, at_least)
            answer = possible_answer(lookup, asked)
            yield _single(answer)
            if members is not None:
                yield _several(answer)

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
        """Return the answer of a lookup to keys that are columns.

        Where no row of a list has a key, all are answered alike, and at once.
        """
        if not awaits_screening(lookup) and all(map(nowhere_known, (*keys, version or _NONE))):
            return _answer_to_none(lookup, at_least)
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


def _answer_to_none(lookup: Lookup, at_least: EvidenceGrade | None) -> Term:
    """Return the answer to a key of which nothing is known."""
    parts = (None,) * len(lookup.keys)
    versions = NO_VERSION if lookup.version is None else None
    answer = possible_answer(lookup, Asked(parts, versions, False, at_least))
    single, several = _single(answer), _several(answer)
    kind = SQL_TYPES[lookup.type]
    value = Sql(_constant(single, lookup.type), atom=True)
    if several is None:
        return Term(value)
    among = ", ".join(_constant(one, lookup.type) for one in several)
    return Term(value, Sql(f"CAST(array({among}) AS ARRAY<{kind}>)"))


def _constant(value: Any, kind: FieldType) -> str:
    return literal(tuple(value) if isinstance(value, list) else value, kind)


_NONE = Term(unknown("STRING"))


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
