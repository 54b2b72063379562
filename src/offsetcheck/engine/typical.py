"""What is typical for the type of a project, where it stands in for a scale that is unknown.

It shapes the working score alone: an outcome, a bound or a verdict never rests on it.
"""

from datetime import date

from offsetcheck.engine.knowledge import is_later
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.tables.typical import TYPE_FIELD
from offsetcheck.vocabulary.evidence import Fact

__all__ = ["TYPE_FIELD", "possible_types", "typical_points"]


def possible_types(fact: Fact, day: date) -> tuple[str, ...]:
    """Return the types that a project may be of on a day, none where that is not stated.

    On whoever's word: nothing is decided by it.
    """
    fact = fact.on(day)
    if is_later(fact, day):
        return ()
    values = fact.possible if fact.value is None else (fact.value,)
    return tuple(value for value in values if isinstance(value, str))


def typical_points(rule: BoundRule, types: tuple[str, ...]) -> int | None:
    """Return the points that are typical of a rule for a type: the lowest of those possible.

    A type that is not stated could be any. None where the rule knows no typical points for it.
    """
    known = rule.typical
    found = [known.get(name) for name in types] if types else list(known.values())
    sure = [points for points in found if points is not None]
    return min(sure) if sure and len(sure) == len(found) else None
