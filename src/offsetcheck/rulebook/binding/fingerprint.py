"""The hashes of a bound rulebook: the same content, the same hash, whatever the files look like.

One is of all that decides and is printed, and stands on every page. The other is of what decides
alone: a form that went out to bidders is held against it, so that a text that was put right since
makes no other rules of theirs.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook, CityProfile
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Dictionary, Field

TREES = frozenset(("applies_when", "conditions"))
# What is said of a rule, a value, a city and a field, and where it comes from: nothing is decided
# by these. Whatever else they get one day counts until it is named here.
RULE_WORDS = TREES | {"code", "title", "why", "sources", "says", "condition", "changes"}
PARAMETER_WORDS = frozenset(("layer", "since", "source", "origin", "title"))
CITY_WORDS = frozenset(
    ("name", "languages", "floor_source", "floor_reason", "remedy", "left_out", "notes", "example")
)
FIELD_WORDS = frozenset(("title", "question", "aliases", "beside", "codes"))


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
            "rules": [_without(rule, TREES) for rule in rules.values()],
            "computed": _computed(rulebook.dictionary),
            "tables": rulebook.served(day).hash,
        }
    )


def deciding_hash(bound: BoundRulebook) -> str:
    """Return the SHA-256 of what is asked and decides, apart from every word about it.

    It holds the rules with their values, the fields with their codes, tables as served, scheme,
    decisions, and what of the city decides.
    """
    scheme = bound.scheme
    return content_hash(
        {
            "city": _without(bound.city, CITY_WORDS),
            "dimensions": [_without(one, {"title"}) for one in scheme.dimensions],
            "grades": scheme.grades,
            "value_ranked_from": scheme.value_ranked_from,
            "decisions": (bound.candidate_decisions, bound.purchase_decisions),
            "rules": [_deciding(rule) for rule in bound.rules.values()],
            "fields": [_asked(field) for field in _fields(bound.dictionary) if field.is_input],
            "computed": _computed(bound.dictionary),
            "tables": bound.tables_hash,
            "screening": bound.screening_days,
        }
    )


def _deciding(rule: BoundRule) -> dict[str, Any]:
    values = {name: _without(one, PARAMETER_WORDS) for name, one in rule.parameters.items()}
    return _without(rule, RULE_WORDS) | {"parameters": values}


def _asked(field: Field) -> dict[str, Any]:
    codes = {code: entry.covers for code, entry in field.codes.items()}
    return field.model_dump(exclude=set(FIELD_WORDS)) | {"codes": codes}


def _without(value: Any, left_out: Collection[str]) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name not in left_out}


def _fields(dictionary: Dictionary) -> Iterator[Field]:
    for group in (dictionary.candidate, dictionary.purchase, dictionary.portfolio):
        yield from group.values()


def _computed(dictionary: Dictionary) -> dict[str, Any]:
    return {
        f"{field.subject.value}.{field.name}": {
            "derive": field.derive,
            "lookup": field.lookup,
            "aggregate": field.aggregate,
        }
        for field in _fields(dictionary)
        if not field.is_input
    }
