"""`sinks.yaml` as written: numbers are texts until the one reader of numbers has read them."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from offsetcheck.intake.forms import OneOrMore, Written
from offsetcheck.intake.normalise.numbers import NumberStyle, number_of
from offsetcheck.intake.normalise.text import tidy
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import Listed, YesNo, one_of, spoken, wrong
from offsetcheck.vocabulary.problem import UnreadableError
from offsetcheck.vocabulary.sinks import (
    LandCategory,
    Meaning,
    Per,
    Pool,
    RelativeTo,
    SinkMethod,
    SinkUnit,
    Timing,
    UseKind,
)

LARGEST = 1e12  # tonnes or hectares that can be meant at all
MOST_PERCENT = 1000  # as the field `uncertainty_percent` has it
MOST_YEARS = 10_000  # as the field `monitoring_years` has it
FIRST_YEAR, LAST_YEAR = 1800, 2200
POTENTIALS = ("AR4", "AR5", "AR6")
ALL = "all"


def _number(value: Any) -> float:
    """Accept a number as written, none that could be read as two."""
    text = "" if isinstance(value, dict | list | bool) or value is None else tidy(str(value))
    if not text:
        raise wrong(f"a number is needed here, not {spoken(value)}", "write 0 where there is none")
    try:
        number = number_of(text, NumberStyle.UNKNOWN, text)
    except UnreadableError as why:
        raise wrong(why.reason, why.hint) from None
    if abs(number) > LARGEST:
        raise wrong(f"`{text}` is too large a number")
    return number


def _not_below_zero(value: Any) -> float:
    number = _number(value)
    if number < 0:
        raise wrong(f"a number of 0 or more is needed here, not `{number:g}`")
    return number


def _above_zero(value: Any) -> float:
    number = _number(value)
    if number <= 0:
        raise wrong(f"a number above 0 is needed here, not `{number:g}`")
    return number


def _percent(value: Any) -> float:
    text = str(value).strip()
    number = _not_below_zero(text.removesuffix("%").rstrip() if text.endswith("%") else value)
    if number > MOST_PERCENT:
        raise wrong(f"at most {MOST_PERCENT} percent can stand here, not `{number:g}`")
    return number


def _share(value: Any) -> float:
    number = _percent(value)
    if number > 100:  # noqa: PLR2004 - percent
        raise wrong(f"at most 100 percent can stand here, not `{number:g}`")
    return number


def _storage_years(value: Any) -> float:
    number = _not_below_zero(value)
    if number > MOST_YEARS:
        raise wrong(f"at most {MOST_YEARS} years can stand here, not `{number:g}`")
    return number


def _year(value: Any) -> int:
    text = str(value).strip()
    if not text.isascii() or not text.isdecimal() or not FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
        raise wrong(f"a year is needed here, not {spoken(value)}", "write it as 2025")
    return int(text)


def _tonnes_or_all(value: Any) -> float | None:
    return None if str(value).strip().casefold() == ALL else _above_zero(value)


def _known(value: Any) -> tuple[str, ...]:
    """Accept one pool or several of the closed list, each once."""
    items = value if isinstance(value, list) else [value]
    if not items:
        raise wrong("at least one pool is needed here", f"the pools are {', '.join(Pool)}")
    for item in items:
        if item not in list(Pool):
            raise wrong(f"{spoken(item)} is no pool", f"the pools are {', '.join(Pool)}")
    if len(set(items)) < len(items):
        raise wrong("a pool stands here twice", "name each once")
    return tuple(items)


Number = Annotated[float, BeforeValidator(_number)]
NotBelowZero = Annotated[float, BeforeValidator(_not_below_zero)]
AboveZero = Annotated[float, BeforeValidator(_above_zero)]
Percent = Annotated[float, BeforeValidator(_percent)]
ShareInPercent = Annotated[float, BeforeValidator(_share)]
StorageYears = Annotated[float, BeforeValidator(_storage_years)]
Year = Annotated[int, BeforeValidator(_year)]
TonnesOrAll = Annotated[float | None, BeforeValidator(_tonnes_or_all)]
Pools = Annotated[tuple[str, ...], BeforeValidator(_known)]


class StockEntry(FileModel):
    """A stock in a year; area and pools only where they are to be held against the sink's."""

    year: Year
    stock: NotBelowZero
    area_ha: AboveZero | None = None
    pools: Pools | None = None


class FlowEntry(FileModel):
    """A gain, loss or emission a year."""

    name: Written
    amount: NotBelowZero


class LandEntry(FileModel):
    """An area of one category and its removal factor a hectare and year."""

    category: Annotated[str, one_of(*LandCategory)]
    area_ha: AboveZero
    removal: NotBelowZero


class YearsEntry(FileModel):
    """The years of which numbers are the mean."""

    first: Year
    last: Year


class ModelEntry(FileModel):
    """A model and the change that it gives, above zero for uptake."""

    name: Written
    version: Written
    change: Number


class UncertaintyEntry(FileModel):
    """An uncertainty with all that it takes to be understood."""

    percent: Percent
    meaning: Annotated[str, one_of(*Meaning)]
    relative_to: Annotated[str, one_of(*RelativeTo)]


class BaselineEntry(FileModel):
    """What would be without the project, in tonnes of carbon dioxide equivalent a year."""

    tonnes: Number
    how: Written


class UseEntry(FileModel):
    """One use of a sink."""

    kind: Annotated[str, one_of(*UseKind)]
    boundary: Written | None = None
    to: Written | None = None
    tonnes: TonnesOrAll


class SinkEntry(FileModel):
    """One sink; which of the keys of methods are needed the method says."""

    id: Written
    name: Written
    method: Annotated[str, one_of(*SinkMethod)]
    unit: Annotated[str, one_of(*SinkUnit)]
    warming_potentials: Annotated[str, one_of(*POTENTIALS)] | None = None
    per: Annotated[str, one_of(*Per)] | None = None
    area_ha: AboveZero
    parcels: OneOrMore
    pools: Pools
    years: YearsEntry | None = None
    stocks: Annotated[tuple[StockEntry, ...], Listed] | None = None
    gains: Annotated[tuple[FlowEntry, ...], Listed] | None = None
    losses: Annotated[tuple[FlowEntry, ...], Listed] | None = None
    lands: Annotated[tuple[LandEntry, ...], Listed] | None = None
    emissions: Annotated[tuple[FlowEntry, ...], Listed] | None = None
    nee: Number | None = None
    harvest: NotBelowZero | None = None
    doc: NotBelowZero | None = None
    model: ModelEntry | None = None
    timing: Annotated[str, one_of(*Timing)]
    uncertainty: UncertaintyEntry | None = None
    baseline: BaselineEntry | None = None
    leakage_tonnes: NotBelowZero | None = None
    project_emissions_tonnes: NotBelowZero | None = None
    buffer_percent: ShareInPercent | None = None
    monitoring_years: StorageYears | None = None
    boundary: Written
    in_inventory: YesNo
    uses: Annotated[tuple[UseEntry, ...], Listed]
    source: Written | None = None
    apart_from: OneOrMore = ()


class BoundaryEntry(FileModel):
    """A boundary within which emissions are counted."""

    id: Written
    title: Written
    inside: Written | None = None


class NeutralityEntry(FileModel):
    """The year that is balanced."""

    year: Year
    emissions_tonnes: NotBelowZero
    boundary: Written
    source: Written
