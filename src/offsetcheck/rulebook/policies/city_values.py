"""What rules read as `city.x`, and the day."""

from collections.abc import Iterable, Mapping
from datetime import date

from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.fields.values import typed_value, usual_type
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, Value

BUILT_IN: Mapping[str, FieldType] = {
    "id": FieldType.CODE,
    "kind": FieldType.CODE,
    "scope": FieldType.CODE,
    "offsetting": FieldType.CODE,
    "jurisdictions": FieldType.CODES,
    "speaks_of": FieldType.CODES,
}


def city_types(cities: Iterable[CityFile]) -> dict[str, FieldType]:
    """Return the types of what cities state: six keys of each file, and their facts.

    A fact has the type in which more than half of the cities state it.
    """
    values: dict[str, list[Value]] = {}
    for city in cities:
        for name, fact in city.facts.items():
            values.setdefault(name, []).append(fact.value)
    found = {name: usual_type(stated) for name, stated in values.items()}
    return {name: kind for name, kind in found.items() if kind is not None} | dict(BUILT_IN)


def city_constants(rulebook: Rulebook, city: CityFile | None, day: date) -> dict[str, Constant]:
    """Return the day and every city value; what this city has not stated is undecided."""
    stated = {} if city is None else _stated(city)
    constants = {"$as_of": Constant(day, FieldType.DATE, "$as_of")}
    for name, kind in rulebook.city_types.items():
        value = stated.get(name)
        known = None if value is None else typed_value(value, kind)
        cause = Cause.CITY_UNDECIDED if known is None else None
        constants[f"city.{name}"] = Constant(known, kind, f"city.{name}", cause)
    return constants


def _stated(city: CityFile) -> dict[str, Value]:
    own: dict[str, Value] = {
        "id": city.id,
        "kind": city.kind,
        "scope": city.scope,
        "offsetting": city.offsetting,
        "jurisdictions": city.jurisdictions,
        "speaks_of": city.spoken_of,
    }
    return {name: fact.value for name, fact in city.facts.items()} | own
