from collections.abc import Iterator

from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.rulebook.fields.names import field_named, lookup_keys
from offsetcheck.rulebook.files.guide import LOWEST_GRADE
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.changes import EffectiveRule
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.dictionary import BidderCanChange
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.problem import Problem

BARRING = frozenset((Effect.CAP, Effect.GATE))
CITY = "city"
NOTES = frozenset((Effect.NOTE,))


def conditions_can_be_kept(rulebook: Rulebook) -> Iterator[Problem]:
    """Find conditions that never help: of what cannot be mended, and those that never count.

    A note bars nothing, so that its condition may be a promise about what cannot be mended.
    """
    for rule in rulebook.rules.values():
        if not rule.file.condition:
            continue
        if _cannot_be_mended(rule, rulebook):
            hint = "leave out the condition, or write `curable: yes`"
            message = "a condition on what cannot be mended"
            yield problem_at(rule, ("condition",), message, hint)
        never = _why_never(rule, rulebook)
        if never is not None:
            hint = "leave out the condition: an offer that does not meet the rule is refused"
            yield problem_at(
                rule, ("condition",), f"{never}, so that its condition never counts", hint
            )


def _cannot_be_mended(rule: LoadedRule, rulebook: Rulebook) -> bool:
    """Whether the author or the dictionary says that nobody can make an unmet rule good.

    What a seller may declare he can still prove, though it cannot change.
    """
    if rule.file.effect in NOTES:
        return False
    if not rule.file.curable:
        return rule.file.effect in BARRING
    stated = _stated(rule, rulebook)
    fixed = all(change is BidderCanChange.NEVER for change in stated)
    return bool(stated) and fixed and not rule.file.declare


def _stated(rule: LoadedRule, rulebook: Rulebook) -> list[BidderCanChange | None]:
    """Return who could change each stated field beneath a requirement; None for a purchase's."""
    waiting = [
        name for key, tree in rule.trees.items() if key == "requires" for name in inputs_of(tree)
    ]
    seen: dict[str, BidderCanChange | None] = {}
    while waiting:
        name = waiting.pop()
        field = field_named(rulebook.dictionary, name)
        if field is None or name in seen:
            continue
        if field.derive is not None:
            waiting += inputs_of(rulebook.derived[name])
        elif field.lookup is not None:
            waiting += lookup_keys(field)
        else:
            seen[name] = field.changes if name in rulebook.dictionary.candidate else None
    return list(seen.values())


def _why_never(rule: LoadedRule, rulebook: Rulebook) -> str | None:
    """Return why a rule's condition counts nowhere, None where it counts for the guide or a city.

    A standard that grades no project and so buys at any grade makes no condition of a cap.
    """
    cities = [city for city in rulebook.cities.values() if city.kind == CITY]
    buyers: list[CityFile | None] = [None, *cities]
    met = [(city, effective_under(rulebook, rule, city)) for city in buyers]
    ruled = [(city, effective) for city, effective in met if effective is not None]
    if not ruled or any(_counts(rule, one, _floor(rulebook, city)) for city, one in ruled):
        return None
    caps = [one.cap for _, one in ruled if one.effect == Effect.CAP and one.cap is not None]
    if caps:
        return f"the cap {max(caps)} lies below every floor"
    return "no offer that may be bought is ever short of it"


def _counts(rule: LoadedRule, effective: EffectiveRule, floor: float) -> bool:
    """Whether an offer that does not meet a rule may still be bought, or may declare it."""
    if effective.effect == Effect.GATE:
        return rule.file.declare
    if effective.effect == Effect.CAP:
        return effective.cap is not None and effective.cap >= floor
    return effective.effect != Effect.SCORE


def _floor(rulebook: Rulebook, city: CityFile | None) -> float:
    """Return the points from which on a city, or the guide, buys."""
    own = city.floor.integrity if city is not None and city.floor is not None else None
    return {**rulebook.guide.grades, LOWEST_GRADE: 0.0}[own or rulebook.guide.floor.integrity]
