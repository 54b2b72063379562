"""A rulebook on a day explained as a whole, for the site and the book that are made of it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.codes import codes_of
from offsetcheck.vocabulary.site_explanation import (
    CriterionLine,
    Dimension,
    FamilyLine,
    SiteExplanation,
)
from offsetcheck.workshop.catalogue import Catalogue, carried
from offsetcheck.workshop.coverage import files_of
from offsetcheck.workshop.rule_tests import failures, run_examples
from offsetcheck.workshop.site.cited import source_pages
from offsetcheck.workshop.site.fields import field_pages
from offsetcheck.workshop.site.history import entries
from offsetcheck.workshop.site.policies import law_pages, profile_pages
from offsetcheck.workshop.site.rule_pages import in_order, rule_pages
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.steps import step_pages
from offsetcheck.workshop.site.tables import table_pages
from offsetcheck.workshop.step_tests import run_step_examples


def explain_site(
    rulebook: Rulebook,
    day: date,
    language: str,
    profiles: Sequence[str],
    *,
    catalogue: Catalogue | None,
    changelog: str,
) -> SiteExplanation:
    """Return a rulebook as a whole for some profiles; without a catalogue codes have no titles.

    The examples of all rules and steps are run. Raises RequestError for a language without words,
    RulebookError for a day before the rulebook's first.
    """
    scope = Scope(rulebook, day, language, tuple(profiles))
    results, of_steps = run_examples(rulebook), run_step_examples(rulebook)
    return SiteExplanation(
        language=language,
        title=rulebook.guide.name,
        edition=rulebook.guide.edition,
        as_of=day.isoformat(),
        as_of_words=scope.wording.day(day),
        rulebook_hash=scope.guide.hash,
        rules=rule_pages(scope, results, entries(changelog)),
        profiles=profile_pages(scope),
        laws=law_pages(scope),
        fields=field_pages(scope),
        sources=source_pages(scope),
        tables=table_pages(scope),
        families=_families(scope, catalogue),
        dimensions=_dimensions(scope),
        steps=step_pages(scope, of_steps),
        examples=len(results) + len(of_steps),
        failed=len(failures(results)) + sum(one.failure is not None for one in of_steps),
    )


def _dimensions(scope: Scope) -> tuple[Dimension, ...]:
    grouped = groupby(in_order(scope), key=lambda rule: rule.dimension)
    return tuple(
        Dimension(
            id=dimension,
            title=scope.wording.dimension(dimension),
            rules=scope.rules_named(rule.id for rule in rules),
        )
        for dimension, rules in grouped
    )


def _families(scope: Scope, catalogue: Catalogue | None) -> tuple[FamilyLine, ...]:
    if catalogue is None:
        return _of_codes(scope)
    rules = carried(catalogue, files_of(scope.rulebook)).rules
    return tuple(
        FamilyLine(
            code=code,
            title=family.title,
            criteria=tuple(
                CriterionLine(
                    code=one,
                    title=criterion.title,
                    rules=scope.rules_named(rules.get(one, ())),
                    why_no_rule=criterion.why_no_rule,
                )
                for one, criterion in family.criteria.items()
            ),
        )
        for code, family in catalogue.families.items()
    )


def _of_codes(scope: Scope) -> tuple[FamilyLine, ...]:
    """Return the codes that rules name, by their first letters."""
    found: dict[str, dict[str, list[str]]] = {}
    for rule in in_order(scope):
        for code in codes_of(rule.code):
            found.setdefault(code.partition("-")[0], {}).setdefault(code, []).append(rule.id)
    return tuple(
        FamilyLine(
            code=family,
            title="",
            criteria=tuple(
                CriterionLine(code=code, title="", rules=scope.rules_named(rules), why_no_rule=None)
                for code, rules in sorted(codes.items())
            ),
        )
        for family, codes in sorted(found.items())
    )
