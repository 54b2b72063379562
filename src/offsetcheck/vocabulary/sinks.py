"""A city's own sinks as `sinks.yaml` states them: how each was found, and where it lies.

Numbers are as stated, in the unit of their sink; areas are hectares, years calendar years. What is
called tonnes is tonnes of carbon dioxide equivalent a year, of the whole sink.
"""

from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.vocabulary.problem import Place


class SinkMethod(StrEnum):
    """How the net change of a sink was found."""

    STOCK_DIFFERENCE = "stock_difference"
    GAIN_LOSS = "gain_loss"
    GPC_FOREST = "gpc_forest"
    FLUX = "flux"
    MODEL = "model"


class SinkUnit(StrEnum):
    """The unit of a sink's numbers."""

    CARBON = "t C"
    DIOXIDE = "t CO2"
    EQUIVALENT = "t CO2e"

    @property
    def in_tonnes(self) -> float:
        """Tonnes of carbon dioxide equivalent that one of it is."""
        return CARBON_TO_DIOXIDE if self is SinkUnit.CARBON else 1.0


CARBON_TO_DIOXIDE = 44 / 12
"""Tonnes of carbon dioxide of which one tonne is carbon, by the weights of the two atoms."""


class Per(StrEnum):
    """Whether numbers are of one hectare or of the whole sink."""

    HECTARE = "hectare"
    WHOLE = "whole"


class Pool(StrEnum):
    """What holds the carbon, in the words of the field `carbon_pools`."""

    ABOVE_GROUND = "above_ground"
    BELOW_GROUND = "below_ground"
    DEAD_WOOD = "dead_wood"
    LITTER = "litter"
    SOIL = "soil"
    HARVESTED_WOOD = "harvested_wood"


class LandCategory(StrEnum):
    """What takes carbon up: a forest, land that became one, trees elsewhere."""

    FOREST = "forest"
    NEW_FOREST = "new_forest"
    TREES_ELSEWHERE = "trees_elsewhere"


class Meaning(StrEnum):
    """What a stated uncertainty is, in the words of the field `uncertainty_meaning`."""

    HALF_WIDTH_90 = "half_width_90"
    HALF_WIDTH_95 = "half_width_95"
    STANDARD_ERROR = "standard_error"


class RelativeTo(StrEnum):
    """What a stated uncertainty is a share of.

    `STOCK`: of one stock, the larger of the two; `EACH_PART`: every number of the sink has it, each
    apart from the others.
    """

    NET_CHANGE = "net_change"
    STOCK = "stock"
    EACH_PART = "each_part"


class Timing(StrEnum):
    """Whether a sink was measured or is a forecast, in the words of the field `quantity_timing`."""

    EX_POST = "ex_post"
    EX_ANTE = "ex_ante"


class UseKind(StrEnum):
    """What a sink is used for beside its place in the inventory."""

    COMPENSATION = "compensation"
    SALE = "sale"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Stock:
    """How much carbon a sink held in one year."""

    year: int
    amount: float


@dataclass(frozen=True, slots=True)
class Flow:
    """A gain or loss of carbon in a year, with its name."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Land:
    """An area of one category, and what a hectare of it takes up in a year."""

    category: LandCategory
    area_ha: float
    removal: float


@dataclass(frozen=True, slots=True)
class StockDifference:
    """Two stocks of the same area and pools."""

    first: Stock
    second: Stock


@dataclass(frozen=True, slots=True)
class GainLoss:
    """What came and what went in a year."""

    gains: tuple[Flow, ...]
    losses: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class ForestAndTrees:
    """Lands with removal factors a hectare, and emissions of the whole sink in a year."""

    lands: tuple[Land, ...]
    emissions: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Flux:
    """What the air lost (`nee`, below zero for uptake), and what left on other ways, in a year."""

    nee: float
    harvest: float
    doc: float


@dataclass(frozen=True, slots=True)
class Modelled:
    """What a model says of the change in a year."""

    name: str
    version: str
    change: float


Found = StockDifference | GainLoss | ForestAndTrees | Flux | Modelled


@dataclass(frozen=True, slots=True)
class SinkUncertainty:
    """How sure a sink is: percent of what `relative_to` names."""

    percent: float
    meaning: Meaning
    relative_to: RelativeTo


@dataclass(frozen=True, slots=True)
class Baseline:
    """What would have been taken up without the project, in tonnes, and how that was found."""

    tonnes: float
    how: str


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a sink: for emissions of a boundary, or `to` somebody; tonnes None: all of it."""

    kind: UseKind
    boundary: str | None
    to: str | None
    tonnes: float | None


@dataclass(frozen=True, slots=True)
class Sink:
    """One sink of the statement; what is None is not stated.

    `since` and `until` are the years of its numbers, `parcels` the places that it is made of,
    `boundary` the id of the boundary in which it lies. `warming_potentials` names their set where
    the unit is an equivalent; `apart_from` are the ids of sinks that look the same and are not.
    """

    id: str
    name: str
    found: Found
    unit: SinkUnit
    per: Per
    area_ha: float
    parcels: tuple[str, ...]
    pools: tuple[Pool, ...]
    since: int
    until: int
    timing: Timing
    boundary: str
    in_inventory: bool
    uses: tuple[Use, ...]
    warming_potentials: str | None = None
    uncertainty: SinkUncertainty | None = None
    baseline: Baseline | None = None
    leakage_tonnes: float | None = None
    project_emissions_tonnes: float | None = None
    buffer_percent: float | None = None
    monitoring_years: float | None = None
    source: str | None = None
    apart_from: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def method(self) -> SinkMethod:
        """How its net change was found."""
        return METHODS[type(self.found)]


METHODS: dict[type, SinkMethod] = {
    StockDifference: SinkMethod.STOCK_DIFFERENCE,
    GainLoss: SinkMethod.GAIN_LOSS,
    ForestAndTrees: SinkMethod.GPC_FOREST,
    Flux: SinkMethod.FLUX,
    Modelled: SinkMethod.MODEL,
}


@dataclass(frozen=True, slots=True)
class Boundary:
    """What emissions are counted within; `inside` is the id of a boundary that holds it whole."""

    id: str
    title: str
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Neutrality:
    """The year for which a city balances: its emissions in it, within a boundary, by a source."""

    year: int
    emissions_tonnes: float
    boundary: str
    source: str


@dataclass(frozen=True, slots=True)
class SinkStatement:
    """`sinks.yaml` as read: boundaries by id, sinks in order; `note` is what it says of itself."""

    boundaries: dict[str, Boundary]
    sinks: tuple[Sink, ...]
    neutrality: Neutrality | None = None
    note: str | None = None

    def around(self, boundary: str) -> tuple[str, ...]:
        """Return a boundary and those that hold it whole, the smallest first."""
        found: list[str] = []
        step: str | None = boundary
        while step is not None and step not in found:
            found.append(step)
            step = self.boundaries[step].inside
        return tuple(found)

    def shared(self, one: str, other: str) -> str | None:
        """Return the smallest boundary that holds two whole, one of them perhaps; None for none."""
        around = self.around(other)
        return next((each for each in self.around(one) if each in around), None)

    def is_within(self, one: str, whole: str) -> bool:
        """Whether a boundary is another, or lies inside it."""
        return whole in self.around(one)
