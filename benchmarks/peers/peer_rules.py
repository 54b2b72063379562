"""Which rules are measured: those of candidates that need no table and nothing of the purchase."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import FieldRef, Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import FieldType

CITY = "bogota"
DAY = date(2026, 9, 30)
# What a requirement comes to; a cell without a number is unknown.
NOT_APPLICABLE, PASS, FAIL = 0, 1, 2


@cache
def shipped() -> BoundRulebook:
    """Return the shipped rules as one city has them."""
    return bind(load_rulebook(bundled("rules")), CITY, DAY)


def measured(bound: BoundRulebook) -> list[BoundRule]:
    """Return the rules of candidates whose expressions look nothing up."""
    return [rule for rule in bound.candidate_rules if _is_of_the_row_alone(rule)]


def _is_of_the_row_alone(rule: BoundRule) -> bool:
    parts = [part for node in rule.expressions() for part in walk(node)]
    purchase = any(isinstance(p, FieldRef) and p.name.startswith("purchase.") for p in parts)
    return not purchase and not any(isinstance(part, Lookup) for part in parts)


def kinds_of(rules: Sequence[BoundRule]) -> dict[str, FieldType]:
    """Return the fields that rules read, and of what type each is."""
    parts = (part for rule in rules for node in rule.expressions() for part in walk(node))
    return {part.name: part.type for part in parts if isinstance(part, FieldRef)}
