"""A rulebook in force explained without an offer: one rule, and what a city has decided."""

from collections.abc import Iterator

from offsetcheck.engine.state import is_screen
from offsetcheck.explain.changes import change_lines, left_out_lines
from offsetcheck.explain.city_notes import city_notes
from offsetcheck.explain.rule_text import made_rule_text
from offsetcheck.explain.screening import is_search, term_words
from offsetcheck.explain.sources import parameter_line, source_line
from offsetcheck.explain.templates import fill
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.rulebook_explanation import (
    CityExplanation,
    RuleChanged,
    RuleExplanation,
    ValueSet,
)

GUIDE = "guide"  # the layer below every jurisdiction and city
AS_OF = "$as_of"


def explain_rule(rule: BoundRule, wording: Wording) -> RuleExplanation:
    """Return a rule as it is in force: its sentences with the values of its parameters."""
    text = made_rule_text(rule, wording)
    condition = wording.condition(rule) if rule.condition else None
    return RuleExplanation(
        language=wording.language,
        city=wording.city(),
        as_of=wording.bound.as_of.isoformat(),
        rule=rule.id,
        code=rule.code,
        title=wording.rule_title(rule),
        dimension=rule.dimension,
        dimension_title=text.dimension_title,
        draft=rule.draft,
        why=text.why,
        effect=rule.effect.value,
        effect_words=text.effect_words,
        consequence=text.consequence,
        if_unknown=rule.if_unknown.value,
        if_unknown_words=_unknown_words(rule, wording),
        requires=filled(text.says.requires, rule, wording),
        translated=text.translated,
        expressions=tuple(rule.texts.items()),
        at_least=text.at_least,
        condition=filled(condition, rule, wording) if condition else None,
        documents=text.documents,
        parameters=tuple(_value_set(p, rule, wording) for p in rule.parameters.values()),
        sources=text.sources,
        changes=text.changes,
    )


def _unknown_words(rule: BoundRule, wording: Wording) -> str:
    """Return what comes of an answer that is not known; what no search answers holds nothing."""
    if is_screen(rule) and not is_search(rule):
        return wording.word("if_unknown.silent")
    return wording.word(f"if_unknown.{rule.if_unknown.value}")


def explain_city(wording: Wording) -> CityExplanation:
    """Return the policy of the city that a wording's rulebook is bound to."""
    bound = wording.bound
    city = bound.city
    return CityExplanation(
        language=wording.language,
        id=city.id,
        city=wording.city(),
        profile=city.kind,
        as_of=bound.as_of.isoformat(),
        jurisdictions=city.jurisdictions,
        offsetting=city.offsetting,
        scope=city.scope,
        speaks_of=city.speaks_of,
        example=wording.note(city.example) if city.example else None,
        floor=city.floor,
        floor_source=source_line(city.floor_source, wording),
        screening=term_words(bound, wording),
        rulebook=bound.name,
        edition=bound.edition,
        rules=len(bound.rules),
        values=tuple(_own_values(wording)),
        changed=tuple(_changed(wording)),
        left_out=left_out_lines(wording),
        undecided=city.undecided,
        notes=city_notes(wording),
    )


def filled(template: str, rule: BoundRule, wording: Wording) -> str:
    """Return a sentence of a rule with its parameters' values and, for fields, their titles.

    There is no offer here: a field stands as its title in brackets. A parameter that nobody has
    set reads as not decided.
    """

    def lookup(name: str) -> str | None:
        if name == AS_OF:
            return wording.day(wording.bound.as_of)
        if not name.startswith("$"):
            return f"[{wording.title(name)}]"
        parameter = rule.parameters.get(name) or rule.parameters.get(name[1:])
        value = wording.parameter(parameter, rule) if parameter else None
        return value or f"({wording.word('cause.city_undecided')})"

    return fill(template, lookup) or template


def _value_set(parameter: BoundParameter, rule: BoundRule, wording: Wording) -> ValueSet:
    line = parameter_line(parameter, rule, wording)
    own = {name: getattr(line, name) for name in type(line).model_fields}
    return ValueSet(rule=rule.id, parameter=parameter.name.lstrip("$"), **own)


def _own_values(wording: Wording) -> Iterator[ValueSet]:
    told: set[str] = set()
    for rule in wording.bound.rules.values():
        for parameter in rule.parameters.values():
            full = full_name(rule.id, parameter.name.lstrip("$"))
            if parameter.layer != GUIDE and full not in told:
                told.add(full)
                yield _value_set(parameter, rule, wording)


def _changed(wording: Wording) -> Iterator[RuleChanged]:
    for rule in wording.bound.rules.values():
        for line in change_lines(rule, wording):
            own = {name: getattr(line, name) for name in type(line).model_fields}
            yield RuleChanged(rule=rule.id, title=wording.rule_title(rule), **own)
