"""What a sink must say by its method, and what does not go together in it."""

from math import isclose

from offsetcheck.intake.forms import FormEntry
from offsetcheck.intake.sinks.model import SinkEntry
from offsetcheck.vocabulary.sinks import Per, RelativeTo, SinkMethod, SinkUnit

ENTRY = FormEntry[SinkEntry]
OF_METHOD: dict[SinkMethod, tuple[str, ...]] = {
    SinkMethod.STOCK_DIFFERENCE: ("stocks",),
    SinkMethod.GAIN_LOSS: ("gains", "losses"),
    SinkMethod.GPC_FOREST: ("lands", "emissions"),
    SinkMethod.FLUX: ("nee", "harvest", "doc"),
    SinkMethod.MODEL: ("model",),
}
NONE_IS_SAID = "write 0, or `[]`, where there is none"
TWO = 2
CLOSE = 1e-6  # of areas that are sums


def check_sink(entry: ENTRY) -> None:
    """Note everything that is wrong with one sink beyond its single values."""
    _check_keys(entry)
    _check_unit(entry)
    _check_per(entry)
    _check_years(entry)
    if entry.said.method == SinkMethod.STOCK_DIFFERENCE:
        _check_stocks(entry)
    if entry.said.method == SinkMethod.GPC_FOREST:
        _check_lands(entry)
    if entry.said.method == SinkMethod.GAIN_LOSS and not entry.said.gains:
        entry.report("gains", "no gain stands here", "a sink gains something")
    _check_uncertainty(entry)
    _check_parcels(entry)


def _check_keys(entry: ENTRY) -> None:
    said, method = entry.said, SinkMethod(entry.said.method)
    for other, keys in OF_METHOD.items():
        for key in keys:
            stated = getattr(said, key) is not None
            if other is method and not stated:
                message = f"a sink of the method {method} needs the key `{key}`"
                entry.report((), message, NONE_IS_SAID if key != "stocks" else "write two stocks")
            if other is not method and stated:
                hint = f"leave it out, or write `method: {other}`"
                entry.report(key, f"`{key}` is of the method {other}, not of {method}", hint)


def _check_unit(entry: ENTRY) -> None:
    said = entry.said
    named = said.warming_potentials is not None
    if said.unit == SinkUnit.EQUIVALENT and not named:
        hint = "write `warming_potentials: AR5`, or the set that was used"
        entry.report("unit", "t CO2e needs the set of warming potentials that was used", hint)
    if said.unit != SinkUnit.EQUIVALENT and named:
        message = f"{said.unit} has no warming potentials"
        entry.report("warming_potentials", message, "leave it out, or write `unit: t CO2e`")


def _check_per(entry: ENTRY) -> None:
    said = entry.said
    if said.method == SinkMethod.GPC_FOREST:
        if said.per is not None:
            message = "removal factors are a hectare, and emissions of the whole sink"
            entry.report("per", message, "leave `per` out")
    elif said.per is None:
        message = "whether the numbers are of a hectare or of the whole sink is not said"
        entry.report((), message, f"write `per: {Per.HECTARE}` or `per: {Per.WHOLE}`")


def _check_years(entry: ENTRY) -> None:
    said = entry.said
    if said.method == SinkMethod.STOCK_DIFFERENCE:
        if said.years is not None:
            entry.report("years", "the years are those of the two stocks", "leave `years` out")
    elif said.years is None:
        entry.report((), "the key `years` is missing", "write `years: {first: 2021, last: 2025}`")
    elif said.years.last < said.years.first:
        message = f"the years run backwards: {said.years.first} to {said.years.last}"
        entry.report(("years", "last"), message, "write the earlier year first")


def _check_stocks(entry: ENTRY) -> None:
    stocks = entry.said.stocks
    if stocks is None:
        return
    if len(stocks) != TWO:
        entry.report("stocks", f"two stocks are needed here, not {len(stocks)}")
        return
    first, second = stocks
    if second.year <= first.year:
        message = f"the years run backwards: {first.year} to {second.year}"
        entry.report(("stocks", 1, "year"), message, "write the earlier stock first")
    for index, stock in enumerate(stocks):
        _check_area(entry, index, stock.area_ha)
        _check_pools(entry, index, stock.pools)


def _check_area(entry: ENTRY, index: int, area: float | None) -> None:
    whole = entry.said.area_ha
    if area is not None and not isclose(area, whole, rel_tol=CLOSE):
        message = f"the stock is of {area:g} ha, the sink of {whole:g} ha"
        hint = "both stocks must be of the same area, or land that came in looks like growth"
        entry.report(("stocks", index, "area_ha"), message, hint)


def _check_pools(entry: ENTRY, index: int, pools: tuple[str, ...] | None) -> None:
    whole = entry.said.pools
    if pools is not None and set(pools) != set(whole):
        message = f"the stock is of {', '.join(pools)}, the sink of {', '.join(whole)}"
        hint = "both stocks must be of the same pools, or a pool that came in looks like growth"
        entry.report(("stocks", index, "pools"), message, hint)


def _check_lands(entry: ENTRY) -> None:
    said = entry.said
    if said.lands is None:
        return
    if not said.lands:
        entry.report("lands", "no land stands here", "write one with its removal factor")
        return
    total = sum(one.area_ha for one in said.lands)
    if not isclose(total, said.area_ha, rel_tol=CLOSE):
        message = f"the lands come to {total:g} ha, the sink is of {said.area_ha:g} ha"
        entry.report("area_ha", message, "each hectare stands in one land")


def _check_uncertainty(entry: ENTRY) -> None:
    said = entry.said
    if (
        said.uncertainty is not None
        and said.uncertainty.relative_to == RelativeTo.STOCK
        and said.method != SinkMethod.STOCK_DIFFERENCE
    ):
        message = f"a sink of the method {said.method} states no stock"
        hint = f"write {RelativeTo.NET_CHANGE} or {RelativeTo.EACH_PART}"
        entry.report(("uncertainty", "relative_to"), message, hint)


def _check_parcels(entry: ENTRY) -> None:
    seen: set[str] = set()
    for index, parcel in enumerate(entry.said.parcels):
        if parcel.casefold() in seen:
            at = ("parcels", index)
            entry.report(at, f"the parcel `{parcel}` stands here twice", "name each once")
        seen.add(parcel.casefold())
