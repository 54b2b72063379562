"""The hash of a bound rulebook: the same content, the same hash, whatever the files look like."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.binding.bound import BoundRule, CityProfile
from offsetcheck.rulebook.rulebook import Rulebook

TREES = frozenset(("applies_when", "conditions"))


def rulebook_hash(
    rulebook: Rulebook, city: CityProfile, rules: Mapping[str, BoundRule], day: date
) -> str:
    """Return the SHA-256 of what decides and is printed: rules, tables as served, scheme, city.

    Trees are hashed by their texts and parameters, and by the expressions of computed fields; the
    order of the rules counts, for it is the order of the report.
    """
    return content_hash(
        {
            "name": rulebook.guide.name,
            "edition": rulebook.guide.edition,
            "city": city,
            "scheme": rulebook.guide.scheme(),
            "decisions": rulebook.decisions,
            "rules": [_rule(rule) for rule in rules.values()],
            "computed": _computed(rulebook),
            "tables": rulebook.served(day).hash,
        }
    )


def _rule(rule: BoundRule) -> dict[str, Any]:
    return {f.name: getattr(rule, f.name) for f in fields(rule) if f.name not in TREES}


def _computed(rulebook: Rulebook) -> dict[str, Any]:
    dictionary = rulebook.dictionary
    return {
        f"{field.subject.value}.{field.name}": {
            "derive": field.derive,
            "lookup": field.lookup,
            "aggregate": field.aggregate,
        }
        for group in (dictionary.candidate, dictionary.purchase, dictionary.portfolio)
        for field in group.values()
        if not field.is_input
    }
