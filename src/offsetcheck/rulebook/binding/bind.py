"""A rulebook, a city and a day: what decides, with every parameter, table and change resolved."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.aggregates import bound_aggregates
from offsetcheck.rulebook.binding.bound import (
    BoundAggregate,
    BoundRule,
    BoundRulebook,
    CityProfile,
    LayerChange,
    Source,
)
from offsetcheck.rulebook.binding.fingerprint import rulebook_hash
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.binding.rules import bound_rule, in_force
from offsetcheck.rulebook.binding.screening import screening_term, with_term
from offsetcheck.rulebook.policies.changes import EffectiveRule, apply_layers, as_written
from offsetcheck.rulebook.policies.city_values import city_constants
from offsetcheck.rulebook.policies.layers import Layer, layers_of
from offsetcheck.rulebook.policies.model import SUBJECTS, CityFile
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

GUIDE_CITY = "guide"


def bind(rulebook: Rulebook, city: str, as_of: date) -> BoundRulebook:
    """Return what decides for a city on a day.

    Raises RulebookError with a "did you mean" where the rulebook has no such city, and for a day
    before its first: no rule would be in force, and nothing would be held against any offer.
    """
    if city not in rulebook.cities:
        hint = did_you_mean(city, rulebook.cities)
        known = f"the cities are {', '.join(sorted(rulebook.cities))}"
        place = Place("cities")
        raise RulebookError([Problem(f"there is no city `{city}`", place, hint or known)])
    if as_of < rulebook.first_day:
        first = f"the rulebook begins on {rulebook.first_day.isoformat()}"
        said = f"no rule is in force on {as_of.isoformat()}"
        raise RulebookError([Problem(said, Place("guide.yaml"), f"{first}: name a later day")])
    return _bind(rulebook, rulebook.cities[city], as_of)


def bind_guide(rulebook: Rulebook, as_of: date) -> BoundRulebook:
    """Return what the guide alone says on a day, its optional rules too: no layer, no city."""
    return _bind(rulebook, None, as_of)


def bind_rules_of_guide(
    rulebook: Rulebook, names: Collection[str], as_of: date
) -> dict[str, BoundRule]:
    """Return those of some rules that the guide alone has in force on a day, as `bind_guide`."""
    binder = Binder(rulebook, as_of, city_constants(rulebook, None, as_of))
    rules = {
        rule.file.id: bound_rule(
            rule, as_written(rule), city=None, layers=(), binder=binder, day=as_of
        )
        for rule in in_force(rulebook, as_of)
        if rule.file.id in names
    }
    return with_term(rules, screening_term(rulebook, ()))


def bind_rules(
    rulebook: Rulebook, names: Collection[str], city: str, as_of: date
) -> dict[str, BoundRule]:
    """Return those of some rules that a city has in force on a day, as `bind` binds them.

    The city is one of the rulebook, and the day none before its first.
    """
    policy = rulebook.cities[city]
    layers = layers_of(policy, rulebook.jurisdictions)
    binder = Binder(rulebook, as_of, city_constants(rulebook, policy, as_of))
    rules: dict[str, BoundRule] = {}
    for rule in in_force(rulebook, as_of):
        if rule.file.id in names:
            effective = effective_under(rulebook, rule, policy)
            if effective is not None:
                rules[rule.file.id] = bound_rule(
                    rule, effective, city=policy, layers=layers, binder=binder, day=as_of
                )
    return with_term(rules, screening_term(rulebook, layers))


def _bind(rulebook: Rulebook, city: CityFile | None, as_of: date) -> BoundRulebook:
    layers = layers_of(city, rulebook.jurisdictions)
    binder = Binder(rulebook, as_of, city_constants(rulebook, city, as_of))
    rules: dict[str, BoundRule] = {}
    left_out: list[LayerChange] = []
    for rule in in_force(rulebook, as_of):
        if city is not None and not _is_adopted(rule, layers):
            continue
        effective = apply_layers(rule, layers, rulebook.changes)
        reason = _left_out(rule, effective, city, layers)
        if reason is None:
            rules[rule.file.id] = bound_rule(
                rule, effective, city=city, layers=layers, binder=binder, day=as_of
            )
        else:
            left_out.append(reason)
    term = screening_term(rulebook, layers)
    timed = with_term(rules, term)
    aggregates = bound_aggregates(rulebook, binder)
    made = _assembled(rulebook, city, as_of, timed, tuple(left_out), aggregates=aggregates)
    return replace(made, screening=term)


def effective_under(
    rulebook: Rulebook, rule: LoadedRule, city: CityFile | None
) -> EffectiveRule | None:
    """Return a rule's keys as a city has them, None where it does not have the rule.

    No city is the guide alone.
    """
    layers = layers_of(city, rulebook.jurisdictions)
    if city is not None and not _is_adopted(rule, layers):
        return None
    effective = apply_layers(rule, layers, rulebook.changes)
    left_out = _left_out(rule, effective, city, layers)
    return effective if left_out is None else None


def _is_adopted(rule: LoadedRule, layers: tuple[Layer, ...]) -> bool:
    """Whether a rule is in force as it is, or a layer adopts it as one of its own."""
    return not rule.file.is_optional or any(rule.file.id in layer.adopts for layer in layers)


def _left_out(
    rule: LoadedRule, effective: EffectiveRule, city: CityFile | None, layers: tuple[Layer, ...]
) -> LayerChange | None:
    """Return how a layer left a rule out, None where it is adopted."""
    if effective.left_out:
        last = next(change for change in reversed(effective.changes) if change.kind == "left_out")
        return LayerChange(
            last.layer, rule.file.id, last.reason, "left_out", rule.file.id, after=rule.file.title
        )
    if rule.file.is_optional or city is None or city.adopted is None:
        return None
    if rule.file.id not in city.adopted:
        return LayerChange(
            layers[-1].id,
            rule.file.id,
            city.adopt_reason,
            "left_out",
            rule.file.id,
            after=rule.file.title,
        )
    return None


def _assembled(
    rulebook: Rulebook,
    city: CityFile | None,
    as_of: date,
    rules: Mapping[str, BoundRule],
    left_out: tuple[LayerChange, ...],
    *,
    aggregates: Mapping[str, BoundAggregate],
) -> BoundRulebook:
    profile = _profile(rulebook, city, left_out)
    decisions = rulebook.decisions
    return BoundRulebook(
        name=rulebook.guide.name,
        edition=rulebook.guide.edition,
        as_of=as_of,
        city=profile,
        rules=rules,
        scheme=rulebook.guide.scheme(),
        candidate_decisions=decisions.decisions(),
        purchase_decisions=decisions.purchase.decisions(),
        dictionary=rulebook.dictionary,
        guides=rulebook.guides,
        tables=_editions(rulebook, as_of),
        words=rulebook.words,
        aggregates=aggregates,
        table_titles={n: t.entry.title or {} for n, t in rulebook.tables.items()},
        jurisdiction_names={n: one.name for n, one in rulebook.jurisdictions.items()},
        hash=rulebook_hash(rulebook, profile, rules, as_of),
        tables_hash=rulebook.served(as_of).hash,
        files_hash=rulebook.files_hash,
    )


def _editions(rulebook: Rulebook, as_of: date) -> dict[str, str]:
    found = {name: table.entry.on(as_of) for name, table in rulebook.tables.items()}
    return {name: edition.label for name, edition in found.items() if edition is not None}


def _profile(
    rulebook: Rulebook, city: CityFile | None, left_out: tuple[LayerChange, ...]
) -> CityProfile:
    """Return whom the rulebook is bound to; the guide alone stands as a city of its own."""
    floor, source = _floor(rulebook, city)
    if city is None:
        return CityProfile(
            id=GUIDE_CITY,
            name={"en": rulebook.guide.name},
            jurisdictions=(),
            languages=("en",),
            scope="community",
            offsetting="permitted",
            floor=floor,
            floor_source=source,
            remedy=None,
            facts={},
            undecided=(),
            speaks_of=SUBJECTS,
        )
    return CityProfile(
        id=city.id,
        name=city.name,
        jurisdictions=city.jurisdictions,
        languages=city.languages,
        scope=city.scope,
        offsetting=city.offsetting,
        floor=floor,
        floor_source=source,
        remedy=city.remedy,
        facts={name: fact.value for name, fact in city.facts.items()},
        undecided=city.undecided,
        left_out=left_out,
        kind=city.kind,
        speaks_of=city.spoken_of,
        example=city.example,
        notes=city.notes,
        floor_reason=city.floor.reason if city.floor else None,
    )


def _floor(rulebook: Rulebook, city: CityFile | None) -> tuple[str, Source]:
    """Return the lowest grade that is bought and where it is from: the city's, else the guide's."""
    entry = rulebook.guide.floor
    floor, source = entry.integrity, entry.source
    if city is not None and city.floor is not None:
        own = city.floor.source
        if own is None:
            return city.floor.integrity, Source(Standing.DESIGN)
        floor, source = city.floor.integrity, own
    return floor, Source(source.standing, source.guide, source.clause, source.note, source.status)
