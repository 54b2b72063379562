"""An entry of `sinks.yaml` without a mistake, as a sink."""

from offsetcheck.intake.sinks.model import FlowEntry, SinkEntry, StockEntry, UseEntry
from offsetcheck.vocabulary.problem import Place
from offsetcheck.vocabulary.sinks import (
    Baseline,
    Flow,
    Flux,
    ForestAndTrees,
    Found,
    GainLoss,
    Land,
    LandCategory,
    Meaning,
    Modelled,
    Per,
    Pool,
    RelativeTo,
    Sink,
    SinkMethod,
    SinkUncertainty,
    SinkUnit,
    Stock,
    StockDifference,
    Timing,
    Use,
    UseKind,
)


def sink_of(said: SinkEntry, place: Place) -> Sink:
    """Return the sink that a checked entry states, where it stands."""
    since, until = _years(said)
    return Sink(
        id=said.id,
        name=said.name,
        found=_found(said),
        unit=SinkUnit(said.unit),
        per=Per(said.per or Per.WHOLE),
        area_ha=said.area_ha,
        parcels=said.parcels,
        pools=tuple(map(Pool, said.pools)),
        since=since,
        until=until,
        timing=Timing(said.timing),
        boundary=said.boundary,
        in_inventory=said.in_inventory,
        uses=tuple(map(_use, said.uses)),
        warming_potentials=said.warming_potentials,
        uncertainty=_uncertainty(said),
        baseline=None if said.baseline is None else Baseline(**said.baseline.model_dump()),
        leakage_tonnes=said.leakage_tonnes,
        project_emissions_tonnes=said.project_emissions_tonnes,
        buffer_percent=said.buffer_percent,
        monitoring_years=said.monitoring_years,
        source=said.source,
        apart_from=said.apart_from,
        place=place,
    )


def _years(said: SinkEntry) -> tuple[int, int]:
    if said.years is not None:
        return said.years.first, said.years.last
    first, second = said.stocks or ()
    return first.year, second.year


def _found(said: SinkEntry) -> Found:
    """Return what the method of an entry found; its keys are there, as the checks have seen."""
    method = SinkMethod(said.method)
    if method is SinkMethod.STOCK_DIFFERENCE:
        first, second = said.stocks or ()
        return StockDifference(_stock(first), _stock(second))
    if method is SinkMethod.GAIN_LOSS:
        return GainLoss(_flows(said.gains), _flows(said.losses))
    if method is SinkMethod.GPC_FOREST:
        lands = (Land(LandCategory(x.category), x.area_ha, x.removal) for x in said.lands or ())
        return ForestAndTrees(tuple(lands), _flows(said.emissions))
    if method is SinkMethod.FLUX:
        return Flux(said.nee or 0.0, said.harvest or 0.0, said.doc or 0.0)
    if said.model is None:
        raise AssertionError("a checked entry of the method model has a model")
    return Modelled(said.model.name, said.model.version, said.model.change)


def _stock(said: StockEntry) -> Stock:
    return Stock(said.year, said.stock)


def _flows(said: tuple[FlowEntry, ...] | None) -> tuple[Flow, ...]:
    return tuple(Flow(one.name, one.amount) for one in said or ())


def _uncertainty(said: SinkEntry) -> SinkUncertainty | None:
    stated = said.uncertainty
    if stated is None:
        return None
    meaning, relative_to = Meaning(stated.meaning), RelativeTo(stated.relative_to)
    return SinkUncertainty(stated.percent, meaning, relative_to)


def _use(said: UseEntry) -> Use:
    return Use(UseKind(said.kind), said.boundary, said.to, said.tonnes)
