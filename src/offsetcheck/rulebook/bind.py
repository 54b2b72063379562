"""A rulebook, a city and a day: what decides, with every parameter, table and change resolved."""

from collections.abc import Mapping
from datetime import date

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.bind_nodes import Binder
from offsetcheck.rulebook.bind_rules import bound_rule, in_force
from offsetcheck.rulebook.bound import (
    BoundRule,
    BoundRulebook,
    Change,
    CityProfile,
    Source,
)
from offsetcheck.rulebook.changes import Shaped, shape
from offsetcheck.rulebook.city_values import city_constants
from offsetcheck.rulebook.fingerprint import rulebook_hash
from offsetcheck.rulebook.layers import Layer, layers_of
from offsetcheck.rulebook.policy import CityFile
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

GUIDE_CITY = "guide"


def bind(rulebook: Rulebook, city: str, as_of: date) -> BoundRulebook:
    """Return what decides for a city on a day.

    Raises RulebookError with a "did you mean" where the rulebook has no such city.
    """
    if city not in rulebook.cities:
        hint = did_you_mean(city, rulebook.cities)
        known = f"the cities are {', '.join(sorted(rulebook.cities))}"
        place = Place("cities")
        raise RulebookError([Problem(f"there is no city `{city}`", place, hint or known)])
    return _bind(rulebook, rulebook.cities[city], as_of)


def bind_guide(rulebook: Rulebook, as_of: date) -> BoundRulebook:
    """Return what the guide alone decides on a day: no jurisdiction, no city."""
    return _bind(rulebook, None, as_of)


def _bind(rulebook: Rulebook, city: CityFile | None, as_of: date) -> BoundRulebook:
    layers = layers_of(city, rulebook.jurisdictions)
    binder = Binder(rulebook, as_of, city_constants(rulebook, city, as_of))
    rules: dict[str, BoundRule] = {}
    left_out: list[Change] = []
    for rule in in_force(rulebook, as_of):
        shaped = shape(rule, layers, rulebook.changes)
        reason = _left_out(rule, shaped, city, layers)
        if reason is None:
            rules[rule.file.id] = bound_rule(
                rule, shaped, city=city, layers=layers, binder=binder, day=as_of
            )
        else:
            left_out.append(reason)
    return _assembled(rulebook, city, as_of, rules, tuple(left_out))


def _left_out(
    rule: LoadedRule, shaped: Shaped, city: CityFile | None, layers: tuple[Layer, ...]
) -> Change | None:
    """Return how a layer left a rule out, None where it is adopted."""
    if shaped.left_out:
        last = next(change for change in reversed(shaped.changes) if change.what == "left out")
        return Change(last.layer, rule.file.id, last.reason)
    if city is not None and city.adopted is not None and rule.file.id not in city.adopted:
        return Change(layers[-1].id, rule.file.id, city.adopt_reason)
    return None


def _assembled(
    rulebook: Rulebook,
    city: CityFile | None,
    as_of: date,
    rules: Mapping[str, BoundRule],
    left_out: tuple[Change, ...],
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
        hash=rulebook_hash(rulebook, profile, rules, as_of),
    )


def _editions(rulebook: Rulebook, as_of: date) -> dict[str, str]:
    found = {name: table.entry.on(as_of) for name, table in rulebook.tables.items()}
    return {name: edition.label for name, edition in found.items() if edition is not None}


def _profile(
    rulebook: Rulebook, city: CityFile | None, left_out: tuple[Change, ...]
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
        notes=(*city.notes, *_floor_note(city)),
    )


def _floor_note(city: CityFile) -> tuple[str, ...]:
    """Return why the city buys below the guide's floor, as one of its notes."""
    if city.floor is None or city.floor.reason is None:
        return ()
    return (f"Floor {city.floor.integrity}: {city.floor.reason}",)


def _floor(rulebook: Rulebook, city: CityFile | None) -> tuple[str, Source]:
    """Return the lowest grade that is bought and where it is from: the city's, else the guide's."""
    entry = rulebook.guide.floor
    floor, source = entry.integrity, entry.source
    if city is not None and city.floor is not None:
        own = city.floor.source
        if own is None:
            return city.floor.integrity, Source(Standing.DESIGN)
        floor, source = city.floor.integrity, own
    return floor, Source(source.standing, source.guide, source.clause, source.note)
