"""Several statements of one field to one fact: the better grade counts, none is forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.registry.snapshot import record_day
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value, with_values

PROSE = frozenset(
    {
        *("name", "developer", "seller", "description", "location", "subdivision"),
        *("validator", "verifier", "sectoral_scope", "compliance_programme"),
    }
)
"""Fields in which two sources have different words for one thing: a difference proves nothing."""

LATEST = frozenset({"registry_snapshot"})
"""Fields in which two sources of one grade do not contradict each other: the later one counts."""

GATHERED = frozenset({"other_programmes"})
"""Lists of which each source sees a part: sources of one grade add to each other."""


def same(one: Value | None, other: Value | None) -> bool:
    """Return whether two values say the same: lists as sets, text without case and spacing."""
    return one is other or _sense(one) == _sense(other)


def alternatives(fact: Fact) -> tuple[Value, ...]:
    """Return the values of which a fact states one, none where it states nothing."""
    return (fact.value,) if fact.value is not None else fact.possible


def contradict(one: Fact, other: Fact) -> bool:
    """Return whether two facts both state something, and nothing that both allow."""
    told = alternatives(one) and alternatives(other)
    return bool(told) and not _allowed_by_all([one, other])


def combine(statements: Sequence[Fact]) -> Fact:
    """Return what the statements of the best grade allow, the differing ones kept in `others`.

    Statements of one grade that allow nothing together make the field unknown, cause
    `sources_contradict`. What a weaker one tells within what the best ones leave open stands at its
    own grade, the broader statement first in `others`: a rule that asks for more sees that.
    """
    stated = _stated(statements)
    if not stated:
        return statements[0] if statements else Fact()
    grades = sorted({fact.grade for fact in stated})
    top = [fact for fact in stated if fact.grade == grades[0]]
    allowed = _allowed_by_all(top)
    if not allowed:
        return Fact(
            grade=grades[0],
            cause=Cause.SOURCES_CONTRADICT,
            raw=top[0].raw,
            place=top[0].place,
            others=tuple(stated),
        )
    found = [_narrowest(top, allowed)]
    for grade in grades[1:]:
        group = [fact for fact in stated if fact.grade == grade]
        left = _allowed_by_all([found[-1], *group])
        if left and len(left) < len(alternatives(found[-1])):
            found.append(_narrowest(group, left))
    return _kept(found[-1], [*reversed(found), *stated])


def _narrowest(facts: Sequence[Fact], allowed: Sequence[Value]) -> Fact:
    """Return the fact that states no more than is allowed, else the first one narrowed to it."""
    fact = min(facts, key=lambda fact: len(alternatives(fact)))
    return fact if len(alternatives(fact)) == len(allowed) else with_values(facts[0], allowed)


def _allowed_by_all(facts: Sequence[Fact]) -> list[Value]:
    """Return the values of the first fact that every other one allows too."""
    senses = [{_sense(value) for value in alternatives(fact)} for fact in facts[1:]]
    return [
        value for value in alternatives(facts[0]) if all(_sense(value) in sense for sense in senses)
    ]


def _sense(value: Value | None) -> object:
    """Return what a value says, so that values which say the same are equal."""
    if isinstance(value, tuple):
        return frozenset(value)
    return key(value) if isinstance(value, str) else (value, isinstance(value, bool))


def combine_prose(statements: Sequence[Fact]) -> Fact:
    """Return the first statement of the best grade; differing words contradict nothing."""
    stated = _stated(statements)
    if not stated:
        return statements[0] if statements else Fact()
    best = min(fact.grade for fact in stated)
    return _kept(next(fact for fact in stated if fact.grade == best), stated)


def combined(field: str, statements: Sequence[Fact], *, moves: bool = False) -> Fact:
    """Return the statements of one field as one fact, by what a difference means in that field.

    Of dated records of a field that `moves` with time the later one counts. Where an officer's note
    is among the statements, the fact is of the day of the latest note and keeps what it was before.
    """
    noted = max((fact.noted_on for fact in statements if fact.noted_on), default=None)
    if noted is None:
        return _combined(field, statements, moves=moves)
    now = [replace(fact, noted_on=None, before_note=None) for fact in statements]
    earlier = [fact.on(noted - timedelta(days=1)) for fact in statements]
    return replace(
        _combined(field, now, moves=moves),
        noted_on=noted,
        before_note=combined(field, earlier, moves=moves),
    )


def _combined(field: str, statements: Sequence[Fact], *, moves: bool) -> Fact:
    if field in PROSE:
        return combine_prose(statements)
    if field in LATEST:
        return combine_prose(sorted(statements, key=_day, reverse=True))
    if field in GATHERED:
        return _combine_gathered(statements)
    if moves:
        return _combine_moving(statements)
    return combine(statements)


def _combine_gathered(statements: Sequence[Fact]) -> Fact:
    """Return the best grade's lists as one list, the first one's paper and place beside it."""
    stated = _stated(statements)
    best = min((fact.grade for fact in stated), default=None)
    top = [fact for fact in stated if fact.grade == best]
    words = {word for fact in top if isinstance(fact.value, tuple) for word in fact.value}
    if not top[1:] or not all(isinstance(word, str) for word in words):
        return combine(statements)
    whole = replace(top[0], value=tuple(sorted(map(str, words))))
    return _kept(whole, stated)


def is_unread(fact: Fact) -> bool:
    """Return whether a record says something that could not be read: it is not silent."""
    told = alternatives(fact) or fact.cause is not Cause.NOT_STATED
    return fact.grade is EvidenceGrade.E1 and not told and bool(fact.raw)


def _combine_moving(statements: Sequence[Fact]) -> Fact:
    """Return the latest record of a registry; without their days, records contradict each other.

    Where the latest one says what cannot be read, the field is unknown.
    """
    stated = _stated(statements, unread=True)
    days = [day for fact in stated if (day := record_day(fact))]
    best = min((fact.grade for fact in stated), default=None)
    top = [fact for fact in stated if fact.grade == best]
    dated = bool(days) and all(record_day(fact) for fact in top)
    newest = [fact for fact in top if record_day(fact) == max(days)] if dated else top
    if unread := [fact for fact in newest if is_unread(fact)]:
        return _kept(unread[0], stated)
    if not dated and (open_ := [fact for fact in top if fact.value is None]):
        return _kept(open_[0], stated)  # an older word does not narrow what a later one leaves open
    return _kept(combine(newest), stated) if dated else combine(statements)


def _day(fact: Fact) -> str:
    return str(fact.value or "")


def _stated(statements: Sequence[Fact], *, unread: bool = False) -> list[Fact]:
    """Return every statement that states something, those kept in `others` too, each once.

    With `unread` also those of cells that could not be read.
    """
    found: list[Fact] = []
    for fact in statements:
        parts = (replace(fact, others=()), *fact.others) if fact.others else (fact,)
        told = [part for part in parts if alternatives(part) or (unread and is_unread(part))]
        found += [part for part in told if part not in found]
    return found


def _kept(fact: Fact, stated: Sequence[Fact]) -> Fact:
    """Return a fact with the statements that differ from it in `others`, each once."""
    others = tuple(dict.fromkeys(other for other in stated if not _agree(other, fact)))
    return fact if others == fact.others else replace(fact, others=others)


def _agree(one: Fact, other: Fact) -> bool:
    """Return whether two facts state the same, or leave the same values possible."""
    if one.value is not None and other.value is not None:
        return same(one.value, other.value)
    return {*map(_sense, alternatives(one))} == {*map(_sense, alternatives(other))}
