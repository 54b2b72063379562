"""The values of a rule's parameters: of the guide, laws and profiles, by the day they begin."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.policies.layers import GUIDE
from offsetcheck.rulebook.policies.values import ALWAYS, PolicyParameter
from offsetcheck.rulebook.rules.model import SourceEntry, full_name
from offsetcheck.rulebook.rules.parameters import is_tighter
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.rulebook_explanation import DatedValue
from offsetcheck.workshop.site.scope import Scope

TIGHTER, LOOSER, OTHER, SAME = "tighter", "looser", "other", "same"
MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Told:
    """A value as a file has it: who set it, since when, on which source, and why."""

    setter: str
    since: date
    value: Value | None
    source: SourceEntry | None
    reason: str | None


def value_lines(scope: Scope, rule: BoundRule) -> tuple[DatedValue, ...]:
    """Return the values of a rule, by parameter, who set them and from which day."""
    return tuple(line for name in rule.parameters for line in _of_parameter(scope, rule, name))


def _of_parameter(scope: Scope, rule: BoundRule, name: str) -> Iterator[DatedValue]:
    written = scope.rulebook.rules[rule.id].parameters[name.lstrip("$")]
    for since, entry in sorted(written.values.items()):
        told = Told(GUIDE, since, entry.value, entry.source, entry.note)
        yield _line(scope, rule, name, told)
    full = full_name(rule.id, name.lstrip("$"))
    setters = [(law, scope.rulebook.jurisdictions[law].parameters) for law in scope.laws]
    setters += [(city, scope.rulebook.cities[city].parameters) for city in scope.profiles]
    for setter, parameters in setters:
        if full in parameters:
            yield from _of_setter(scope, rule, name, setter, parameters[full])


def _of_setter(
    scope: Scope, rule: BoundRule, name: str, setter: str, own: PolicyParameter
) -> Iterator[DatedValue]:
    for since, entry in sorted(own.dated.items()):
        source = entry.source or own.source
        reason = entry.reason or own.reason or entry.note or own.note
        value = entry.over(_of_guide(scope, rule, name, since))
        yield _line(scope, rule, name, Told(setter, since, value, source, reason))


def _of_guide(scope: Scope, rule: BoundRule, name: str, since: date) -> Value | None:
    """Return what the guide says on the day on which another's value begins, if anything."""
    written = scope.rulebook.rules[rule.id].parameters[name.lstrip("$")]
    found = written.on(max(since, min(written.values, default=since)))
    return None if found is None else found[1].value


def _line(scope: Scope, rule: BoundRule, name: str, told: Told) -> DatedValue:
    setter, since, value = told.setter, told.since, told.value
    wording, parameter = scope.wording, rule.parameters[name]
    is_dated = since not in (ALWAYS, date.min)
    return DatedValue(
        parameter=name.lstrip("$"),
        name=wording.parameter_title(parameter, rule),
        setter=setter,
        setter_title=scope.setter_title(setter),
        since=since.isoformat() if is_dated else None,
        since_words=wording.day(since) if is_dated else wording.word("site.always"),
        value=said_value(scope, rule, parameter, value),
        source=scope.source(told.source),
        reason=wording.note(told.reason) if told.reason else None,
        direction=None if setter == GUIDE else direction(scope, rule, name, since, value),
    )


def said_value(
    scope: Scope, rule: BoundRule, parameter: BoundParameter, value: Value | None
) -> str:
    """Return a value of a parameter in words."""
    said = scope.wording.parameter(replace(parameter, value=value), rule, at_most=MOST_NAMED)
    return said or scope.wording.word("cause.city_undecided")


def direction(
    scope: Scope, rule: BoundRule, name: str, since: date, value: Value | None
) -> str | None:
    """Return how a value compares with the guide's on the day that it begins, or the site's day.

    None where the guide has set none.
    """
    written = scope.rulebook.rules[rule.id].parameters[name.lstrip("$")]
    found = written.on(max(since, min(written.values, default=since))) or written.on(scope.day)
    if found is None or value is None:
        return None
    return compared(value, found[1].value, written.tighter)


def compared(value: Value, before: Value | None, tighter: str) -> str:
    """Return whether a value is tighter or looser than another by the side that is stricter."""
    if value == before:
        return SAME
    if before is None or tighter == "none":
        return OTHER
    if is_tighter(value, before, tighter):
        return TIGHTER
    return LOOSER if is_tighter(before, value, tighter) else OTHER
