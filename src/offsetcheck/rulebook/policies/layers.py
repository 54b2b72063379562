"""The layers above the guide: a city's jurisdictions, widest first, then the city itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from offsetcheck.rulebook.policies.model import (
    CityFile,
    Jurisdiction,
    RuleChange,
    ScreeningTerm,
)
from offsetcheck.rulebook.policies.values import PolicyParameter, PolicyValue
from offsetcheck.rulebook.rules.model import Parameter, SourceEntry
from offsetcheck.vocabulary.evidence import Value

GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: what it sets, what it changes, and which of its parameters are law."""

    id: str
    parameters: Mapping[str, PolicyParameter]
    change: Sequence[RuleChange] = ()
    law: frozenset[str] = frozenset()
    is_city: bool = False
    adopts: frozenset[str] = frozenset()  # optional rules that the layer puts in force
    screening: ScreeningTerm | None = None


@dataclass(frozen=True, slots=True)
class LayerValue:
    """A value in force on a day: who set it, since when, why, and from which source."""

    layer: str
    value: Value
    since: date | None
    source: SourceEntry | None = None
    origin: str | None = None
    reason: str | None = None
    is_law: bool = False


def layers_of(
    city: CityFile | None, jurisdictions: Mapping[str, Jurisdiction]
) -> tuple[Layer, ...]:
    """Return the layers of a city in order; none for the guide alone."""
    if city is None:
        return ()
    widest_first = [jurisdictions[name] for name in city.jurisdictions if name in jurisdictions]
    adopts = frozenset(city.adopt_also) | (city.adopted or frozenset())
    own = Layer(
        city.id,
        city.parameters,
        city.change,
        is_city=True,
        adopts=adopts,
        screening=city.screening,
    )
    return (*map(layer_of, widest_first), own)


def layer_of(jurisdiction: Jurisdiction) -> Layer:
    """Return a jurisdiction as a layer."""
    law = frozenset(name for name in jurisdiction.parameters if jurisdiction.binds(name))
    adopts = frozenset(jurisdiction.adopt_also)
    return Layer(
        jurisdiction.id,
        jurisdiction.parameters,
        jurisdiction.change,
        law,
        adopts=adopts,
        screening=jurisdiction.screening,
    )


def layer_values(
    parameter: Parameter, full: str, layers: Iterable[Layer], day: date
) -> tuple[LayerValue, ...]:
    """Return what each layer has in force for a parameter on a day; the last one counts.

    `full` is the parameter as layers name it. What a layer adds to a list or removes from it
    stands with the list of the layers beneath.
    """
    found: list[LayerValue] = []
    guide = parameter.on(day)
    if guide is not None:
        since, entry = guide
        found.append(LayerValue(GUIDE, entry.value, since, entry.source))
    for layer in layers:
        own = layer.parameters[full].on(day) if full in layer.parameters else None
        if own is not None:
            beneath = found[-1].value if found else None
            found.append(_layer_value(layer, full, *own, beneath))
    return tuple(found)


def _layer_value(
    layer: Layer, full: str, since: date, entry: PolicyValue, beneath: Value | None
) -> LayerValue:
    parameter = layer.parameters[full]
    return LayerValue(
        layer=layer.id,
        value=entry.over(beneath),
        since=None if since == date.min else since,
        source=entry.source or parameter.source,
        origin=entry.origin or parameter.origin,
        reason=entry.reason or parameter.reason,
        is_law=full in layer.law,
    )


def beginnings(parameter: Parameter, full: str, layers: Iterable[Layer]) -> list[date]:
    """Return the days on which a value of a parameter begins, of the guide or of a layer."""
    days = set(parameter.values)
    for layer in layers:
        if full in layer.parameters:
            days |= set(layer.parameters[full].dated)
    return sorted(days)
