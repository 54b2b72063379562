"""Mistakes in one rule: its expressions, the values of its parameters, its keys and days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from offsetcheck.rulebook.expression.of_rule import Written
from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.rulebook.rules.model import (
    LEVELS,
    LIMITS,
    Parameter,
    ParameterValue,
    RuleFile,
)
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.workshop.mutation.expressions import LEFT_OUT, beside, changed
from offsetcheck.workshop.mutation.mutant import Kind, Mutant

FLOORS = ("E1", "E2", "E3", "E4")
OTHER_EFFECT = {
    "gate": ("note", "review"),
    "cap": ("note",),
    "claim_limit": ("note",),
    "review": ("note", "gate"),
    "note": ("gate",),
}
OTHER_UNKNOWN = {
    "hold": "screen",
    "screen": "hold",
    "worst": "skip",
    "skip": "worst",
    "typical": "worst",
}
ONE_DAY = timedelta(days=1)


def of_rule(rule: LoadedRule, first_day: date) -> Iterator[Mutant]:
    """Yield a rule with each mistake that can be made in it.

    What holds from the rulebook's first day on holds from the beginning: its day is no one's choice
    and is not moved.
    """
    for expression in rule.file.expressions():
        yield from _of_expression(rule, expression)
    for name, parameter in rule.file.parameters.items():
        yield from _of_parameter(rule, name, parameter, first_day)
    yield from _of_days(rule, first_day)
    yield from _of_evidence(rule)
    yield from _of_keys(rule)
    yield from _of_levels(rule)


def _of_expression(rule: LoadedRule, written: Written) -> Iterator[Mutant]:
    tree = rule.trees.get(written.key)
    if tree is None:
        return
    lead = len(written.text) - len(written.text.lstrip())
    for one in changed(tree):
        yield Mutant(
            one.kind,
            rule.file.id,
            written.key,
            one.before,
            one.after,
            rule.document.text_place(written.steps, max(one.at - 1, 0) + lead),
            replace(rule, trees={**rule.trees, written.key: one.tree}),
        )


def _of_parameter(
    rule: LoadedRule, name: str, parameter: Parameter, first_day: date
) -> Iterator[Mutant]:
    part = f"parameters.{name}"
    for day, entry in parameter.values.items():
        steps = ("parameters", name, "values", day.isoformat())
        for kind, before, after, value in other_values(entry.value):
            dated = f"{before} from {day}" if len(parameter.values) > 1 else before
            values = parameter.values | {day: entry.model_copy(update={"value": value})}
            made = _with_values(rule, name, values)
            yield _mutant(rule, made, kind, (part, dated, after), (*steps, "value"))
        if day > max(first_day, rule.file.effective.since):
            yield from _of_day(rule, name, parameter, day, steps)


def other_values(value: Any) -> Iterator[tuple[Kind, str, str, Value]]:
    """Yield what may stand by mistake for a value: kind, what stood, what stands, the value."""
    if isinstance(value, tuple | list):
        for index, entry in enumerate(value):
            rest = (*value[:index], *value[index + 1 :])
            yield Kind.LIST_ENTRY, str(entry), LEFT_OUT, rest
        return
    if isinstance(value, bool):
        yield Kind.THRESHOLD, _yes(value), _yes(not value), not value
        return
    for other in beside(_day_of(value)):
        yield Kind.THRESHOLD, str(value), str(other), other


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _day_of(value: Any) -> Any:
    """Return a day that is written as text as a day, all else as it is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _of_day(
    rule: LoadedRule, name: str, parameter: Parameter, day: date, steps: Steps
) -> Iterator[Mutant]:
    for other in day - ONE_DAY, day + ONE_DAY:
        if other in parameter.values:
            continue
        values = {
            other if since == day else since: entry for since, entry in parameter.values.items()
        }
        made = _with_values(rule, name, values)
        part = f"parameters.{name}"
        yield _mutant(rule, made, Kind.DAY, (part, f"from {day}", f"from {other}"), steps)


def _with_values(rule: LoadedRule, name: str, values: dict[date, ParameterValue]) -> LoadedRule:
    parameter = rule.file.parameters[name].model_copy(update={"values": values})
    return with_file(rule, parameters={**rule.file.parameters, name: parameter})


def with_file(rule: LoadedRule, **keys: object) -> LoadedRule:
    """Return a rule with other keys; they are not checked again."""
    return replace(rule, file=rule.file.model_copy(update=keys))


def _of_days(rule: LoadedRule, first_day: date) -> Iterator[Mutant]:
    effective = rule.file.effective
    for key, day in ("from", effective.since), ("until", effective.until):
        if day is None or day <= first_day:
            continue
        field = "since" if key == "from" else key
        for other in day - ONE_DAY, day + ONE_DAY:
            made = with_file(rule, effective=effective.model_copy(update={field: other}))
            steps = ("effective", key)
            part = f"effective.{key}"
            yield _mutant(rule, made, Kind.DAY, (part, str(day), str(other)), steps)


def _of_evidence(rule: LoadedRule) -> Iterator[Mutant]:
    floor = rule.file.evidence.at_least
    if floor not in FLOORS:
        return
    place = FLOORS.index(floor)
    for other in (*FLOORS[max(place - 1, 0) : place], *FLOORS[place + 1 : place + 2], None):
        evidence = rule.file.evidence.model_copy(update={"at_least": other})
        made = with_file(rule, evidence=evidence)
        after = other or "none"
        steps = ("evidence", "at_least")
        yield _mutant(rule, made, Kind.EVIDENCE, ("evidence.at_least", floor, after), steps)


def _of_keys(rule: LoadedRule) -> Iterator[Mutant]:
    for kind, key, value in _other_keys(rule.file):
        before = getattr(rule.file, key)
        made = with_file(rule, **{key: value})
        yield _mutant(rule, made, kind, (key, _shown(before), _shown(value)), (key,))


def _other_keys(file: RuleFile) -> Iterator[tuple[Kind, str, object]]:
    for effect in OTHER_EFFECT.get(file.effect, ()):
        yield Kind.EFFECT, "effect", effect
    if file.cap is not None:
        yield from ((Kind.CAP, "cap", n) for n in (file.cap - 1, file.cap + 1) if n >= 1)
    if file.weight is not None:
        yield from ((Kind.WEIGHT, "weight", n) for n in (file.weight - 1, file.weight + 1) if n)
    if file.if_unknown is not None:
        yield Kind.UNKNOWN, "if_unknown", OTHER_UNKNOWN[file.if_unknown]
    if file.effect == "score" and file.route is None:
        yield Kind.CRITICAL, "critical", not file.critical
    if file.limit is not None:
        yield from ((Kind.LIMIT, "limit", word) for word in LIMITS if word != file.limit)


def _of_levels(rule: LoadedRule) -> Iterator[Mutant]:
    levels = rule.file.levels or {}
    for level in levels:
        for other in (str(int(level) + 1), str(int(level) - 1)):
            if level == "1" or other not in LEVELS or other in levels or other == "1":
                continue
            renamed = {other if name == level else name: text for name, text in levels.items()}
            trees = {
                f"levels.{other}" if key == f"levels.{level}" else key: tree
                for key, tree in rule.trees.items()
            }
            made = replace(with_file(rule, levels=renamed), trees=trees)
            yield _mutant(rule, made, Kind.LEVEL, ("levels", level, other), ("levels", level))


def _shown(value: object) -> str:
    return _yes(value) if isinstance(value, bool) else str(value)


def _mutant(
    rule: LoadedRule, made: LoadedRule, kind: Kind, said: tuple[str, str, str], steps: Steps
) -> Mutant:
    """Return a mistake; `said` is the part of the rule, what stood there, what stands there."""
    place = rule.document.value_place(steps)
    return Mutant(kind, rule.file.id, *said, place, made)
