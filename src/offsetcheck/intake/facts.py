"""Several statements of one field to one fact: the better grade counts, none is forgotten."""

from collections.abc import Sequence
from dataclasses import replace

from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.snapshot import record_day
from offsetcheck.vocabulary.evidence import Cause, Fact, Value

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

BROAD = {
    "project_type": frozenset(
        {
            *("forest_carbon", "afolu", "mixed_land_use", "livestock", "waste_handling"),
            *("energy_industries", "energy_demand", "energy_distribution", "transport"),
            *("manufacturing", "mining", "fugitive_fuels", "fugitive_gases", "construction"),
            *("chemical_industry", "metal_production", "industrial_process", "several_sectors"),
            *("energy_efficiency", "energy_efficiency_domestic", "other"),
        }
    )
}
"""Words with which a registry sorts by sector: they contradict no finer word and replace none."""


def is_broad(field: str, value: Value | None) -> bool:
    """Return whether a value says less than a source that knows the project would say."""
    return value in BROAD.get(field, ())


def same(one: Value | None, other: Value | None) -> bool:
    """Return whether two values say the same: lists as sets, text without case and spacing."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    if isinstance(one, str) and isinstance(other, str):
        return key(one) == key(other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def combine(statements: Sequence[Fact]) -> Fact:
    """Return the statement of the best grade, the differing ones kept in `others`.

    Statements of one grade that differ make the field unknown, cause `sources_contradict`.
    """
    stated = _stated(statements)
    if not stated:
        return statements[0] if statements else Fact()
    best = min(fact.grade for fact in stated)
    top = [fact for fact in stated if fact.grade == best]
    if any(not same(fact.value, top[0].value) for fact in top[1:]):
        return Fact(
            grade=best,
            cause=Cause.SOURCES_CONTRADICT,
            raw=top[0].raw,
            place=top[0].place,
            others=tuple(stated),
        )
    return _kept(top[0], stated)


def combine_prose(statements: Sequence[Fact]) -> Fact:
    """Return the first statement of the best grade; differing words contradict nothing."""
    stated = _stated(statements)
    if not stated:
        return statements[0] if statements else Fact()
    best = min(fact.grade for fact in stated)
    return _kept(next(fact for fact in stated if fact.grade == best), stated)


def combined(field: str, statements: Sequence[Fact], *, moves: bool = False) -> Fact:
    """Return the statements of one field as one fact, by what a difference means in that field.

    Of dated records of a field that `moves` with time the later one counts.
    """
    if field in PROSE:
        return combine_prose(statements)
    if field in LATEST:
        return combine_prose(sorted(statements, key=_day, reverse=True))
    if field in GATHERED:
        return _combine_gathered(statements)
    if moves:
        return _combine_moving(statements)
    if field not in BROAD:
        return combine(statements)
    fine = [fact for fact in statements if not is_broad(field, fact.value)]
    if any(fact.value is not None for fact in fine):
        return _kept(combine(fine), _stated([combine(fine), *statements]))
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


def _combine_moving(statements: Sequence[Fact]) -> Fact:
    """Return the latest record of a registry; without their days, records contradict each other."""
    stated = _stated(statements)
    days = [day for fact in stated if (day := record_day(fact))]
    best = min((fact.grade for fact in stated), default=None)
    top = [fact for fact in stated if fact.grade == best]
    if not days or any(record_day(fact) is None for fact in top):
        return combine(statements)
    newest = max(days)
    return _kept(combine([fact for fact in top if record_day(fact) == newest]), stated)


def _day(fact: Fact) -> str:
    return str(fact.value or "")


def _stated(statements: Sequence[Fact]) -> list[Fact]:
    """Return every statement with a value, those kept in `others` too, each once."""
    found: list[Fact] = []
    for fact in statements:
        parts = (replace(fact, others=()), *fact.others) if fact.others else (fact,)
        found += [part for part in parts if part.value is not None and part not in found]
    return found


def _kept(fact: Fact, stated: Sequence[Fact]) -> Fact:
    others = tuple(other for other in stated if not same(other.value, fact.value))
    return fact if others == fact.others else replace(fact, others=others)
