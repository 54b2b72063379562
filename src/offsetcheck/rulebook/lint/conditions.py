from collections.abc import Iterator

from offsetcheck.rulebook.files.guide import LOWEST_GRADE
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction, RuleChange
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem

CAP = "cap"
BARRING = frozenset((CAP, "gate"))


def conditions_can_be_kept(rulebook: Rulebook) -> Iterator[Problem]:
    """Find conditions that never help: of what cannot be mended, and of caps below every floor.

    A note bars nothing, so that its condition may be a promise about what cannot be mended.
    """
    lowest = _lowest_floor(rulebook)
    for rule in rulebook.rules.values():
        if not rule.file.condition:
            continue
        if not rule.file.curable and rule.file.effect in BARRING:
            hint = "leave out the condition, or write `curable: yes`"
            message = "a condition on what cannot be mended"
            yield problem_at(rule, ("condition",), message, hint)
        highest = _highest_cap(rule, rulebook)
        if highest is not None and highest < lowest:
            hint = "leave out the condition: an offer that is capped here is refused"
            message = (
                f"the cap {highest} lies below every floor, so that its condition never counts"
            )
            yield problem_at(rule, ("condition",), message, hint)


def _lowest_floor(rulebook: Rulebook) -> float:
    """Return the points from which on the most lenient city, or the guide, buys."""
    floors = [rulebook.guide.floor.integrity]
    floors += [city.floor.integrity for city in rulebook.cities.values() if city.floor is not None]
    cuts = {**rulebook.guide.grades, LOWEST_GRADE: 0.0}
    return min(cuts[grade] for grade in floors)


def _highest_cap(rule: LoadedRule, rulebook: Rulebook) -> int | None:
    """Return the highest cap that a rule has in any layer; None where it is more than a cap."""
    changes = _changes(rule, rulebook)
    if rule.file.effect != CAP or any(change.effect not in (None, CAP) for change in changes):
        return None
    caps = [cap for cap in (rule.file.cap, *(change.cap for change in changes)) if cap is not None]
    return max(caps, default=None)


def _changes(rule: LoadedRule, rulebook: Rulebook) -> list[RuleChange]:
    policies: list[CityFile | Jurisdiction] = [
        *rulebook.cities.values(),
        *rulebook.jurisdictions.values(),
    ]
    return [c for policy in policies for c in policy.change if c.rule == rule.file.id]
