"""A city's own sink -> its net change a year, and the sink as an offer that steps can be taken on.

What a method found is turned into tonnes of carbon dioxide equivalent a year, above zero for
uptake. From there on a sink is a candidate like any other: the steps of comparable tonnes have its
formulae, and nothing here has a second one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum, hypot

from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.sinks import (
    Flux,
    ForestAndTrees,
    GainLoss,
    Modelled,
    Per,
    RelativeTo,
    Sink,
    StockDifference,
    Timing,
)

PLANTS_AND_SOIL = "improved_forest_management"
"""The type of project under which plants and soil store carbon that can be lost."""


@dataclass(frozen=True, slots=True)
class NetChange:
    """What a sink takes up in a year, in tonnes; below zero it gives more than it takes.

    `parts` are the numbers that it is the sum of, by what they are called in its statement;
    `uncertain` is what its stated uncertainty is a share of, None where it states none.
    """

    tonnes: float
    parts: tuple[tuple[str, float], ...]
    uncertain: float | None = None


def net_change(sink: Sink) -> NetChange:
    """Return the net change of a sink by its method.

    Two stocks: (C2 - C1) / (t2 - t1), IPCC 2006, volume 4, equation 2.5. Gains and losses: G - L,
    equation 2.4; lands with their factors, less emissions, are gains and losses too. A flux:
    -NEE - harvest - dissolved carbon, the balance of the ecosystem. A model: what it says.
    """
    scale = sink.unit.in_tonnes * (sink.area_ha if sink.per is Per.HECTARE else 1.0)
    found = sink.found
    if isinstance(found, StockDifference):
        years = found.second.year - found.first.year
        parts = [
            (str(found.second.year), found.second.amount / years),
            (str(found.first.year), -found.first.amount / years),
        ]
        change = (found.second.amount - found.first.amount) / years
        return _net(sink, parts, scale, change)
    return _net(sink, _flows(found), scale)


def _flows(found: GainLoss | ForestAndTrees | Flux | Modelled) -> list[tuple[str, float]]:
    """Return what a method adds up in a year, in the unit of its sink."""
    if isinstance(found, GainLoss):
        gains = [(one.name, one.amount) for one in found.gains]
        return [*gains, *((one.name, -one.amount) for one in found.losses)]
    if isinstance(found, ForestAndTrees):
        lands = [(one.category.value, one.area_ha * one.removal) for one in found.lands]
        return [*lands, *((one.name, -one.amount) for one in found.emissions)]
    if isinstance(found, Flux):
        return [("nee", -found.nee), ("harvest", -found.harvest), ("doc", -found.doc)]
    return [(f"{found.name} {found.version}", found.change)]


def _net(
    sink: Sink, parts: list[tuple[str, float]], scale: float, change: float | None = None
) -> NetChange:
    """Return a net change in tonnes; where it is not given it is the sum of its parts."""
    scaled = tuple((name, amount * scale + 0.0) for name, amount in parts)
    whole = fsum(amount for _, amount in parts) if change is None else change
    tonnes = whole * scale + 0.0
    return NetChange(tonnes, scaled, _uncertain(sink, tonnes, [amount for _, amount in scaled]))


def _uncertain(sink: Sink, tonnes: float, parts: list[float]) -> float | None:
    """Return what the stated uncertainty of a sink is a share of, in tonnes a year.

    An uncertainty of one stock is one of the whole stock, though only its change counts: 20 % of a
    stock of 100 t are 400 % of a change of 5 t. Parts that are uncertain each apart from the others
    combine by the root of their squares: IPCC 2006, volume 1, chapter 3.
    """
    if sink.uncertainty is None:
        return None
    match sink.uncertainty.relative_to:
        case RelativeTo.NET_CHANGE:
            return abs(tonnes)
        case RelativeTo.EACH_PART:
            return hypot(*parts)
        case RelativeTo.STOCK:
            # Of the stocks as they stood: the error of one is spread over the years, as the change.
            return max(map(abs, parts))


def credit_of(sink: Sink, change: NetChange) -> float | None:
    """Return what a sink takes up beyond its baseline, in tonnes a year; None: it states none.

    Less baseline, leakage and the project's own emissions, each of which has to be stated: an
    offset is that difference, and never the removal of an inventory.
    """
    if None in (sink.baseline, sink.leakage_tonnes, sink.project_emissions_tonnes):
        return None
    baseline = sink.baseline.tonnes if sink.baseline else 0.0
    taken = baseline, sink.leakage_tonnes or 0.0, sink.project_emissions_tonnes or 0.0
    return fsum((change.tonnes, *(-one for one in taken)))


def removal_candidate(sink: Sink, change: NetChange, tonnes: float, day: date) -> Candidate:
    """Return tonnes of a sink's net change as an offer of which nothing was taken off yet."""
    facts = _facts(sink, change, tonnes, change.tonnes, day)
    facts["deductions_applied"] = ()
    if sink.leakage_tonnes is not None:
        facts["leakage_percent"] = min(100.0, 100.0 * sink.leakage_tonnes / change.tonnes)
    return _candidate(sink, facts)


def credit_candidate(
    sink: Sink, change: NetChange, credit: float, tonnes: float, day: date
) -> Candidate:
    """Return tonnes of a sink beyond its baseline as an offer, less leakage already."""
    facts = _facts(sink, change, tonnes, credit, day)
    facts["deductions_applied"] = ("leakage",)
    return _candidate(sink, facts)


def _facts(
    sink: Sink, change: NetChange, tonnes: float, whole: float, day: date
) -> dict[str, Value]:
    """Return the fields of an offer that a sink states; `whole` is what its `tonnes` are part of.

    The uncertainty of a change is a larger share of what a baseline leaves of it.
    """
    measured = sink.timing is Timing.EX_POST and sink.until <= day.year
    facts: dict[str, Value | None] = {
        "name": sink.name,
        "project_type": PLANTS_AND_SOIL,
        "tonnes": tonnes,
        "quantity_basis": BASES[type(sink.found)],
        "quantity_timing": (Timing.EX_POST if measured else Timing.EX_ANTE).value,
        "area_hectares": sink.area_ha,
        "carbon_pools": tuple(one.value for one in sink.pools),
        "buffer_percent": sink.buffer_percent,
        "monitoring_years": sink.monitoring_years,
    }
    if sink.uncertainty is not None and change.uncertain is not None:
        facts["uncertainty_percent"] = sink.uncertainty.percent
        facts["uncertainty_meaning"] = sink.uncertainty.meaning.value
        if change.uncertain == whole:
            facts["uncertainty_relative_to"] = "net_change"
        else:
            facts["uncertainty_relative_to"] = "stock"
            facts |= {"stock_measured": change.uncertain, "stock_change": whole}
    return {name: value for name, value in facts.items() if value is not None}


BASES: Mapping[type, str] = {
    StockDifference: "stock_difference",
    GainLoss: "gain_loss",
    ForestAndTrees: "gain_loss",
    Flux: "flux",
    Modelled: "model",
}
"""The words of the field `quantity_basis`; forests and trees have gains and losses."""


def _candidate(sink: Sink, facts: Mapping[str, Value]) -> Candidate:
    stated = {
        name: Fact(value, EvidenceGrade.E4, place=sink.place, source=sink.source)
        for name, value in facts.items()
    }
    return Candidate(sink.id, stated)
