"""A rule in force, and a city's policy, as lines of text for a terminal."""

import textwrap
from collections.abc import Iterator

from offsetcheck.rulebook.binding.bound import (
    BoundParameter,
    BoundRule,
    BoundRulebook,
    LayerChange,
    Source,
)

WIDTH = 100


def rule_lines(rule: BoundRule, bound: BoundRulebook) -> Iterator[str]:
    """Yield a rule's words, logic, values with their sources, and changes."""
    yield f"{rule.code or ''} {rule.title}".strip()
    yield f"{rule.id}, for {bound.city.name['en']} on {bound.as_of.isoformat()}"
    yield from _wrapped(rule.why)
    yield ""
    yield f"effect     {_effect(rule)}"
    yield from _labelled("requires", rule.says["en"].requires)
    for name, text in rule.texts.items():
        yield from _labelled(name, text)
    if rule.at_least:
        yield f"evidence   {rule.at_least.name} or better"
    if rule.condition:
        yield from _labelled("condition", rule.condition["en"])
    for parameter in rule.parameters.values():
        yield from _labelled("value", _parameter(parameter, bound))
    for source in rule.sources:
        yield from _labelled("source", _source(source, bound))
    for change in rule.changes:
        yield from _labelled("changed", _change(change))


def city_lines(bound: BoundRulebook) -> Iterator[str]:
    """Yield a city's floor, own values, changes, and what it has not decided."""
    city = bound.city
    yield f"{city.name['en']} ({city.id}), {bound.as_of.isoformat()}"
    yield f"jurisdictions  {', '.join(city.jurisdictions) or 'none'}"
    yield f"offsetting     {city.offsetting}, scope {city.scope}"
    yield f"floor          integrity {city.floor} ({_source(city.floor_source, bound)})"
    yield f"rulebook       {bound.name} {bound.edition}, {len(bound.rules)} rules"
    yield from _part("values set for it", _own_values(bound))
    yield from _part("rules changed", _changed_rules(bound))
    yield from _part("rules left out", (_change(change) for change in city.left_out))
    yield from _part("not decided", iter(city.undecided))
    yield from _part("notes", iter(city.notes))


def _own_values(bound: BoundRulebook) -> Iterator[str]:
    for rule in bound.rules.values():
        for parameter in rule.parameters.values():
            if parameter.layer != "guide":
                yield f"{rule.id}.{_parameter(parameter, bound)}"


def _changed_rules(bound: BoundRulebook) -> Iterator[str]:
    for rule in bound.rules.values():
        for change in rule.changes:
            yield f"{rule.id}: {_change(change)}"


def _effect(rule: BoundRule) -> str:
    parts = [rule.effect.value]
    if rule.cap is not None:
        parts.append(f"integrity at most {rule.cap}")
    if rule.limit is not None:
        parts.append(f"the city may say {rule.limit.value}")
    if rule.is_scale:
        parts.append(f"weight {rule.weight}")
    return ", ".join([*parts, f"if unknown: {rule.if_unknown.value}"])


def _parameter(parameter: BoundParameter, bound: BoundRulebook) -> str:
    value = "not decided" if parameter.value is None else _value(parameter)
    since = f", since {parameter.since.isoformat()}" if parameter.since else ""
    source = f" ({_source(parameter.source, bound)})" if parameter.source else ""
    undecided = "; the city has not decided it" if parameter.undecided else ""
    return f"{parameter.name} = {value}, set by {parameter.layer}{since}{source}{undecided}"


def _value(parameter: BoundParameter) -> str:
    value = parameter.value
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value) or "none"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value} {parameter.unit}" if parameter.unit else str(value)


def _source(source: Source, bound: BoundRulebook) -> str:
    if source.guide is None:
        return f"standing: {source.standing.value}"
    guide = bound.guides.get(source.guide)
    title = guide.title if guide else source.guide
    clause = f", {source.clause}" if source.clause else ""
    return f"{title}{clause}; standing: {source.standing.value}"


def _change(change: LayerChange) -> str:
    return f"{change.layer}: {change.what}" + (
        f", because {change.reason}" if change.reason else ""
    )


def _part(title: str, texts: Iterator[str]) -> Iterator[str]:
    shown = list(texts)
    if shown:
        yield ""
        yield title
        for text in shown:
            yield from _wrapped(text, "  ")


def _labelled(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        f"{label:10} {text}", WIDTH, subsequent_indent=" " * 11, break_long_words=False
    )


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
