"""The page of each profile, and of the law and guidance of each place that stands above one."""

from collections.abc import Iterator
from dataclasses import replace

from offsetcheck.explain.changes import change_line
from offsetcheck.explain.rulebook import explain_city
from offsetcheck.rulebook.policies.changes import as_written, described
from offsetcheck.rulebook.policies.model import Jurisdiction
from offsetcheck.vocabulary.rulebook_explanation import DatedValue
from offsetcheck.vocabulary.site_explanation import FactLine, LawChange, LawPage, ProfilePage
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.values import value_lines


def profile_pages(scope: Scope) -> tuple[ProfilePage, ...]:
    """Return a page for each profile: cities first, then standards, by id."""
    cities = scope.rulebook.cities
    names = sorted(scope.profiles, key=lambda name: (cities[name].kind, name))
    return tuple(_profile(scope, name) for name in names)


def _profile(scope: Scope, name: str) -> ProfilePage:
    city, bound = scope.rulebook.cities[name], scope.bound[name]
    laws = (law for law in city.jurisdictions if law in scope.laws)
    return ProfilePage(
        city=explain_city(scope.wordings[name]),
        laws=tuple(map(scope.law_named, laws)),
        facts=tuple(_facts(scope, name)),
        rules=tuple(bound.rules),
    )


def _facts(scope: Scope, name: str) -> Iterator[FactLine]:
    for fact, stated in scope.rulebook.cities[name].facts.items():
        yield FactLine(
            name=scope.wording.title(f"city.{fact}"),
            value=_fact_value(scope, fact, stated.value),
            source=scope.source(stated.source),
        )


def _fact_value(scope: Scope, fact: str, value: object) -> str:
    """Return what a city states of itself; a year is a number without separators."""
    if isinstance(value, int) and not isinstance(value, bool) and fact.endswith("year"):
        return str(value)
    if isinstance(value, str | int | float | bool | tuple):
        return scope.wording.value(fact, value)
    return str(value)


def law_pages(scope: Scope) -> tuple[LawPage, ...]:
    """Return a page for each jurisdiction of the profiles, by id."""
    return tuple(_law(scope, scope.rulebook.jurisdictions[name]) for name in scope.laws)


def _law(scope: Scope, law: Jurisdiction) -> LawPage:
    under = (p for p in scope.profiles if law.id in scope.rulebook.cities[p].jurisdictions)
    values = tuple(_values(scope, law))
    return LawPage(
        id=law.id,
        title=scope.law_named(law.id).title,
        binding=law.binding,
        values=tuple(value for _, value in values),
        rules=tuple(rule for rule, _ in values),
        changes=tuple(_changes(scope, law)),
        adopts=scope.rules_named(law.adopt_also),
        sources=tuple(filter(None, map(scope.source, law.sources))),
        notes=tuple(map(scope.wording.note, law.notes)),
        profiles=tuple(map(scope.profile_named, under)),
    )


def _values(scope: Scope, law: Jurisdiction) -> Iterator[tuple[str, DatedValue]]:
    """Yield each value that a law sets, with the rule that it is of."""
    for full in law.parameters:
        for rule, name in scope.rulebook.reading(full):
            for line in value_lines(scope, scope.rule(rule)):
                if line.setter == law.id and line.parameter == name:
                    yield rule, line


def _changes(scope: Scope, law: Jurisdiction) -> Iterator[LawChange]:
    for change in law.change:
        loaded = scope.rulebook.rules.get(change.rule)
        if loaded is None:
            continue
        named = scope.rule_named(change.rule)
        for done in described(as_written(loaded), change):
            rule = None if done.kind == "left_out" else scope.rule(change.rule)
            line = change_line(replace(done, layer=law.id), rule, scope.wording)
            yield LawChange(
                rule=named.id,
                title=named.title,
                words=line.words,
                source=scope.source(change.source),
            )
