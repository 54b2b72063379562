"""The folder of a city's own to begin with: every decision, and what stands in for it now."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from offsetcheck.explain.quantity import HOME, NEIGHBOURS, NOWHERE, country_words
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Standing, Value
from offsetcheck.vocabulary.start import CityStart, StartParameter, StartWord

GUIDE = "guide"
GAP = "…"  # what is to be filled in
TIGHTER: Mapping[str, str] = {
    "fewer": "start.parameter.tighter.fewer",
    "higher": "start.parameter.tighter.higher",
    "lower": "start.parameter.tighter.lower",
    "more": "start.parameter.tighter.more",
    "none": "start.parameter.tighter.none",
}
LIMITS = frozenset({FieldType.NUMBER, FieldType.INTEGER})


def explain_city_start(
    wording: Wording,
    rulebook: Rulebook,
    *,
    extends: str | None = None,
    country: str | None = None,
) -> CityStart:
    """Return what the folder of the city is to say that a wording's rulebook is bound to.

    `country` is its code where it has one; the rulebook then may lack a jurisdiction for it.
    """
    bound = wording.bound
    own = None if country is None or country.lower() in rulebook.jurisdictions else country
    laws = frozenset(
        (layer, name)
        for layer, jurisdiction in rulebook.jurisdictions.items()
        for name in jurisdiction.parameters
        if jurisdiction.binds(name)
    )
    found = [(rule, p) for rule in bound.rules.values() for p in rule.parameters.values()]
    pairs = {_full(rule, p): (rule, p) for rule, p in reversed(found)}.values()
    return CityStart(
        language=wording.language,
        as_of=bound.as_of.isoformat(),
        id=bound.city.id,
        name=wording.pick(bound.city.name, f"city_name.{bound.city.id}"),
        extends=extends,
        jurisdictions=bound.city.jurisdictions,
        country=country,
        country_name=None if country is None else country_words(country, wording.locale),
        new_jurisdiction=own,
        undecided=tuple(
            StartWord(id=_full(rule, p), title=wording.rule_title(rule))
            for rule, p in pairs
            if _is_open(p)
        ),
        parameters=tuple(_parameter(rule, p, laws, country, wording) for rule, p in pairs),
        optional=tuple(_optional(rulebook, wording)),
        floor=bound.city.floor,
        floor_source=source_line(bound.city.floor_source, wording).standing_words,
    )


def _full(rule: BoundRule, parameter: BoundParameter) -> str:
    return full_name(rule.id, parameter.name.lstrip("$"))


def _is_open(parameter: BoundParameter) -> bool:
    """Whether only the city can decide: no value stands, or a limit that nobody else has set."""
    if parameter.value is None or parameter.undecided:
        return True
    standing = parameter.source.standing if parameter.source else Standing.DESIGN
    is_limit = parameter.type in LIMITS and parameter.tighter != "none"
    return parameter.layer == GUIDE and standing is Standing.DESIGN and is_limit


def _parameter(
    rule: BoundRule,
    parameter: BoundParameter,
    laws: frozenset[tuple[str, str]],
    country: str | None,
    wording: Wording,
) -> StartParameter:
    return StartParameter(
        name=_full(rule, parameter),
        rule=wording.word(
            "start.parameter.of_rule", rule=wording.rule_title(rule), code=rule.code or rule.id
        ),
        standing=_standing(rule, parameter, laws, wording),
        tighter=wording.word(TIGHTER[parameter.tighter]),
        now=None if parameter.value is None else written(_named(parameter.value, country)),
    )


def _named(value: Value, country: str | None) -> Value:
    """Return a value with the city's own country, or a gap to fill, where the guide names none."""
    if not isinstance(value, tuple):
        return value
    named = {HOME: country or GAP, NEIGHBOURS: GAP}
    return tuple(named.get(str(item), str(item)) for item in value) if _nowhere(value) else value


def _nowhere(value: Value | None) -> bool:
    """Whether a value is a list in which a country is left for each city to name."""
    return isinstance(value, tuple) and not NOWHERE.isdisjoint(map(str, value))


def _standing(
    rule: BoundRule,
    parameter: BoundParameter,
    laws: frozenset[tuple[str, str]],
    wording: Wording,
) -> str:
    """Return what stands there now, who set it and on which source."""
    value = wording.parameter(parameter, rule)
    if _nowhere(parameter.value):
        return wording.word("start.parameter.nowhere")
    if value is None or parameter.source is None:
        return wording.word("start.parameter.none")
    source = source_line(parameter.source, wording)
    said = {"value": value, "source": source.words, "standing": source.standing_words}
    if parameter.source.standing is Standing.DESIGN:
        own = parameter.layer == GUIDE
        key = "start.parameter.own" if own else "start.parameter.layer_own"
        return wording.word(key, value=value, layer=wording.layer(parameter.layer))
    if parameter.layer == GUIDE:
        return wording.word("start.parameter.guide", **said)
    if (parameter.layer, _full(rule, parameter)) in laws:
        return wording.word("start.parameter.law", layer=wording.layer(parameter.layer), **said)
    return wording.word("start.parameter.layer", layer=wording.layer(parameter.layer), **said)


def _optional(rulebook: Rulebook, wording: Wording) -> Iterator[StartWord]:
    for name, rule in rulebook.rules.items():
        if rule.file.is_optional and name not in wording.bound.rules:
            yield StartWord(id=name, title=wording.title_of(name, rule.file.title))


def written(value: Value) -> str:
    """Return a value as a rule file writes it on one line: JSON, which YAML reads."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)
