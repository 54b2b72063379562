"""The hash of a bound rulebook: the same content, the same hash, whatever the files look like."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.bind_nodes import served_rows
from offsetcheck.rulebook.bound import BoundRule, CityProfile
from offsetcheck.rulebook.rulebook import Rulebook

TREES = frozenset(("applies_when", "requires", "levels"))


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
            "tables": {name: _table(rulebook, name, day) for name in sorted(rulebook.tables)},
        }
    )


def _rule(rule: BoundRule) -> dict[str, Any]:
    return {f.name: getattr(rule, f.name) for f in fields(rule) if f.name not in TREES}


def _computed(rulebook: Rulebook) -> dict[str, Any]:
    dictionary = rulebook.dictionary
    return {
        f"{field.subject.value}.{field.name}": {"derive": field.derive, "lookup": field.lookup}
        for group in (dictionary.candidate, dictionary.purchase, dictionary.portfolio)
        for field in group.values()
        if not field.is_input
    }


def _table(rulebook: Rulebook, name: str, day: date) -> Any:
    edition = rulebook.tables[name].entry.on(day)
    if edition is None:
        return None
    rows = [dict(row.cells) for row in served_rows(rulebook, name, edition, day)]
    return {"edition": edition.label, "stale": edition.is_stale(day), "rows": rows}
