"""The units that offers are written in, and what one of each is in the unit of a field.

A table of our own: a dozen units are met, several of them as words of this market (`VCU`, `tC`,
`'000 t`), and a general library would read `t` as a year or a troy ounce and cost its import.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from offsetcheck.intake.normalise.text import shown
from offsetcheck.vocabulary.problem import UnreadableError


class Dimension(StrEnum):
    """What a unit measures, as a message names it, and the unit that all are turned into."""

    MASS = "tonnes"
    TIME = "years"
    DAYS = "days"
    RATIO = "a share"
    POWER = "MW"
    LENGTH = "km"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how messages name it, what it measures, and how many of the base unit one is."""

    name: str
    dimension: Dimension
    factor: float


OF_CARBON = 44 / 12
"""Tonnes of carbon dioxide of which one tonne is carbon, by the weights of the two atoms."""

_POUND = 0.45359237e-3
"""Tonnes in a pound, by the definition of 1959; 2,000 are a short ton, 2,240 a long one."""

_CO2 = r"(?: ?(?:of )?co[2₂](?:[ -]?eq?(?:uiv(?:alents?)?)?\.?)?)?"
_GASES = {"CH4": r"(?:ch[4₄]|methane)", "N2O": r"(?:n[2₂]o|nitrous oxide)"}
_WARMING: Mapping[tuple[str, str, str], float] = {
    ("", "CH4", "SAR"): 21, ("", "N2O", "SAR"): 310,
    ("", "CH4", "AR4"): 25, ("", "N2O", "AR4"): 298,
    ("", "CH4", "AR5"): 28, ("fossil ", "CH4", "AR5"): 30, ("", "N2O", "AR5"): 265,
    ("fossil ", "CH4", "AR6"): 29.8, ("non-fossil ", "CH4", "AR6"): 27, ("", "N2O", "AR6"): 273,
}  # fmt: skip
"""Tonnes of carbon dioxide over a hundred years by origin, gas and assessment report of the IPCC.

A tonne of a gas is read only with the report whose numbers count. The sixth has no one number for
methane: it tells fossil methane from other.
"""


def _gas(origin: str, gas: str, report: str) -> str:
    """Return the pattern of tonnes of a gas by a report, as `t CH4 (AR5)`."""
    kind = origin.replace("-", "[ -]?")
    return (
        rf"(?:metric tons?|tonnes?|tons?|t) ?(?:of )?{kind}{_GASES[gas]}"
        rf"[ ,;]*\(?(?:(?:by|ipcc|gwp) ?)*{report}\)?"
    )


_CREDITS = (
    r"carbon credits?|credits?|offsets?|units?|certificates?|vcus?|vers?|gs-?vers?|cers?|crts?"
    r"|erts?|accus?|corcs?|pvcs?|wcus?|pius?|(?-i:TREES)|no\.?|number|#"
)

_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"million (?:metric )?(?:tonnes?|tons?|t)" + _CO2, Unit("million t", Dimension.MASS, 1e6)),
    (r"mmt" + _CO2, Unit("million t", Dimension.MASS, 1e6)),
    (r"(?-i:Mt)" + _CO2, Unit("Mt", Dimension.MASS, 1e6)),
    (r"(?:kilo ?tonnes?|kilotons?|kt)" + _CO2, Unit("kt", Dimension.MASS, 1e3)),
    (r"(?:kilograms?|kilos?|kgs?)" + _CO2, Unit("kg", Dimension.MASS, 1e-3)),
    (r"(?:pounds?|lbs?)" + _CO2, Unit("lb", Dimension.MASS, _POUND)),
    (r"(?:us |short )tons?" + _CO2, Unit("short tons", Dimension.MASS, 2000 * _POUND)),
    (r"(?:uk |long )tons?" + _CO2, Unit("long tons", Dimension.MASS, 2240 * _POUND)),
    (r"t(?:onnes?)? ?(?:of )?c(?:arbon)?", Unit("t of carbon", Dimension.MASS, OF_CARBON)),
    *(
        (_gas(*key), Unit(f"t {key[0]}{key[1]} ({key[2]})", Dimension.MASS, factor))
        for key, factor in _WARMING.items()
    ),
    (
        r"(?:metric tons?|tonnes?|tonnen|toneladas?|tonn|ton|tons|tn|t)" + _CO2,
        Unit("t", Dimension.MASS, 1),
    ),
    (_CREDITS, Unit("credits", Dimension.MASS, 1)),
    (r"years?|yrs?\.?|jahren?|jahre|años?|ans|anos?", Unit("years", Dimension.TIME, 1)),
    (r"jaar|vuotta|vuosi|år|(?-i:a|y)", Unit("years", Dimension.TIME, 1)),
    (r"months?|monate?|meses|mois|maanden", Unit("months", Dimension.TIME, 1 / 12)),
    (r"decades?", Unit("decades", Dimension.TIME, 10)),
    (r"centur(?:y|ies)", Unit("centuries", Dimension.TIME, 100)),
    (r"days?|tage?|jours?|días?|dagen", Unit("days", Dimension.DAYS, 1)),
    (r"%|per ?cent|pct\.?|prozent|procent|por ciento", Unit("%", Dimension.RATIO, 0.01)),
    (r"share|fraction", Unit("share", Dimension.RATIO, 1)),
    (r"gw", Unit("GW", Dimension.POWER, 1e3)),
    (r"(?-i:MWp?|mw|Mw)", Unit("MW", Dimension.POWER, 1)),
    (r"kwp?", Unit("kW", Dimension.POWER, 1e-3)),
    (r"kilomet(?:er|re)s?|km", Unit("km", Dimension.LENGTH, 1)),
    (r"miles?|mi", Unit("miles", Dimension.LENGTH, 1.609344)),
)  # fmt: skip

TWO_MEANINGS = re.compile(r"mt" + _CO2, re.IGNORECASE)
"""`MT` is a metric ton to some and a million tonnes to others; only `Mt` is one thing."""

UNIT = "|".join(f"(?:{pattern})" for pattern, _ in _UNITS)
"""What names a unit, as a pattern whose case does not count but where it says so."""

_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), unit) for pattern, unit in _UNITS)

TONNE = Unit("t", Dimension.MASS, 1)

_FIELD_UNITS: Mapping[str, Unit] = {
    "tCO2e": TONNE,
    "tCO2e/year": TONNE,
    "share": Unit("share", Dimension.RATIO, 1),
    "percent": Unit("%", Dimension.RATIO, 0.01),
    "year": Unit("years", Dimension.TIME, 1),
    "MW": Unit("MW", Dimension.POWER, 1),
    "km": Unit("km", Dimension.LENGTH, 1),
    "day": Unit("days", Dimension.DAYS, 1),
}


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit | None:
    """Return the unit that a text names, as `kt CO2e` or `years` does; None where it names none.

    `MT` raises UnreadableError: it is a metric ton or a million tonnes.
    """
    bare = " ".join(text.split())
    found = next((unit for pattern, unit in _PATTERNS if pattern.fullmatch(bare)), None)
    if found is None and TWO_MEANINGS.fullmatch(bare):
        raise UnreadableError(
            f"{shown(text)} is a metric ton or a million tonnes", "write t, or million t"
        )
    return found


def base_of(unit: str | None) -> Unit | None:
    """Return the unit of a field of the dictionary, None for one that nothing is turned into."""
    return None if unit is None else _FIELD_UNITS.get(unit)


def into(unit: Unit, base: Unit) -> float | None:
    """Return by what a value in a unit is multiplied to be one of a base; None: another thing."""
    return unit.factor / base.factor if unit.dimension is base.dimension else None
