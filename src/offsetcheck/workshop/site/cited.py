"""The page of each source: its clauses, how each was seen, and what cites it."""

from collections.abc import Iterable

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.rulebook_explanation import ClauseLine
from offsetcheck.vocabulary.site_explanation import CitedAt, Named, SourcePage
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.steps import step_named
from offsetcheck.workshop.sources_explained import explain_sources


def source_pages(scope: Scope) -> tuple[SourcePage, ...]:
    """Return a page for each guide of sources.yaml, in its order."""
    explained = explain_sources(scope.rulebook, scope.day, None, scope.language)
    return tuple(
        SourcePage(guide=guide, clauses=tuple(_clause(scope, line) for line in guide.clauses))
        for guide in explained.guides
    )


def _clause(scope: Scope, line: ClauseLine) -> CitedAt:
    policies = tuple(where.partition(":")[0] for where in line.policies)
    rules = (*line.rules, *(rule_of(scope.rulebook, number) for number in line.numbers))
    profiles = (name for name in dict.fromkeys(policies) if name in scope.profiles)
    laws = (name for name in dict.fromkeys(policies) if name in scope.laws)
    return CitedAt(
        clause=line.clause,
        standing=line.standing,
        standing_words=line.standing_words,
        rules=scope.rules_named(rules),
        tables=_tables(scope, line.tables),
        profiles=tuple(map(scope.profile_named, profiles)),
        laws=tuple(map(scope.law_named, laws)),
        scheme=bool(line.scheme),
        steps=_steps(scope, line.steps),
    )


def _tables(scope: Scope, names: Iterable[str]) -> tuple[Named, ...]:
    return tuple(scope.table_named(name) for name in names if name in scope.rulebook.tables)


def _steps(scope: Scope, places: Iterable[str]) -> tuple[Named, ...]:
    """Return the steps that cite a clause, each once: a choice in one stands behind its id."""
    names = dict.fromkeys(where.partition(":")[0] for where in places)
    return tuple(filter(None, (step_named(scope, name) for name in names)))


def rule_of(rulebook: Rulebook, number: str) -> str:
    """Return the rule that a number such as `vintage.age.max_years` is of."""
    rule, _, _ = number.rpartition(".")
    return rule if rule in rulebook.rules else number
