"""Several statements of one field to one fact: the better grade counts, none is forgotten."""

from collections.abc import Sequence
from dataclasses import replace

from offsetcheck.intake.normalise.text import key
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


def combined(field: str, statements: Sequence[Fact]) -> Fact:
    """Return the statements of one field as one fact, by what a difference means in that field."""
    if field in PROSE:
        return combine_prose(statements)
    if field in LATEST:
        return combine_prose(sorted(statements, key=_day, reverse=True))
    fine = [fact for fact in statements if not is_broad(field, fact.value)]
    if any(fact.value is not None for fact in fine):
        return _kept(combine(fine), _stated([combine(fine), *statements]))
    return combine(statements)


def _day(fact: Fact) -> str:
    return str(fact.value or "")


def _stated(statements: Sequence[Fact]) -> list[Fact]:
    """Return every statement with a value, those kept in `others` too, each once."""
    found: list[Fact] = []
    for fact in statements:
        parts = (replace(fact, others=()), *fact.others)
        found += [part for part in parts if part.value is not None and part not in found]
    return found


def _kept(fact: Fact, stated: Sequence[Fact]) -> Fact:
    others = tuple(other for other in stated if not same(other.value, fact.value))
    return replace(fact, others=others)
