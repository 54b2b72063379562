"""What each public list says in its key columns, written down by hand and read with plain Polars.

Nothing here is taken from the package: names of countries come from ISO 3166 and a list of what
these files write otherwise, words of types and states from the tables below. Headings are facts.
"""

import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pycountry


@dataclass(frozen=True)
class OneOf:
    """One of some values; without any: known in part, as a broad word says it."""

    values: frozenset[Any] = frozenset()


IN_PART = OneOf()
STATED = object()
"""A cell that states some value, whichever it is."""
REFUSED = object()
"""A cell that states something which is no value: it must be said, not read."""

Expect = Callable[..., Any]


@dataclass(frozen=True)
class Listed:
    """One file: where it lies, which layout it has, and what its cells say by field.

    `columns` gives headings and what their cells mean; `plainly` those of a matcher that knows
    no layout, where it could not do better; `lots` what a ledger says of the units of a row: the
    tonnes, what became of them and when, and their first and last number.
    """

    path: str
    layout: str
    columns: Mapping[str, tuple[Any, Expect]]
    constants: Mapping[str, Any] = field(default_factory=dict)
    plainly: Mapping[str, tuple[Any, Expect] | None] = field(default_factory=dict)
    lots: Mapping[str, tuple[Any, Expect]] = field(default_factory=dict)
    records: tuple[str, ...] = ()


NOTHING = {
    "",
    "-",
    "n/a",
    "na",
    "none",
    "unknown",
    "not found",
    "not provided",
    "view",
    "tbd",
    "tbc",
    "nan",
    "null",
}
SPACES = re.compile(r"\s+")
UNSEEN = re.compile("[\u200b\x00-\x08]")
CURRENCY_FREE = re.compile(r"[,\s]")


def text(cell: str) -> str | None:
    said = SPACES.sub(" ", unicodedata.normalize("NFC", UNSEEN.sub("", cell))).strip()
    return None if said.casefold() in NOTHING else said


def number(cell: str) -> float | None:
    said = CURRENCY_FREE.sub("", cell)
    return None if said.casefold() in NOTHING else float(said)


def year(cell: str) -> int | None:
    return None if cell.strip().casefold() in NOTHING else int(float(cell))


def day(*forms: str) -> Expect:
    def read(cell: str) -> date | None:
        said = cell.strip()
        if said.casefold() in NOTHING:
            return None
        for form in forms:
            try:
                return datetime.strptime(said[:10] if form == "%Y-%m-%d" else said, form).date()
            except ValueError:
                continue
        return date.max

    return read


ISO = day("%Y-%m-%d")
US = day("%m/%d/%Y", "%m/%d/%Y %I:%M:%S %p")
WORDY = day("%d %b %Y")


def numbered(prefix: str) -> Expect:
    def read(cell: str) -> str | None:
        digits = re.sub(r"\D", "", cell.removesuffix(".0"))
        return f"{prefix}{int(digits)}" if digits else None

    return read


def prefixed(cell: str) -> str:
    letters, digits = re.fullmatch(r"([A-Z]+)0*(\d+)", cell.strip()).groups()
    return {"GLD": "GS"}.get(letters, letters) + digits


ELSE = {
    "Congo": "CG", "Congo Republic": "CG", "Mainland China": "CN", "Turkey": "TR", "Türkiye": "TR",
    "DRC": "CD", "Congo, The Democratic Republic of The": "CD", "Ivory Coast": "CI", "Kosovo": "XK",
    "Russia": "RU", "Laos": "LA", "Iran": "IR", "Syria": "SY", "Moldova": "MD", "Bolivia": "BO",
    "Tanzania": "TZ", "Venezuela": "VE", "Vietnam": "VN", "South Korea": "KR", "Taiwan": "TW",
    "Cape Verde": "CV", "Swaziland": "SZ", "Macedonia": "MK", "Reunion": "RE", "Brunei": "BN",
    "Democratic Republic of Congo": "CD", "Democratic Republic of the Congo": "CD", "USA": "US",
    "Korea, Republic of": "KR", "Korea (Republic of)": "KR", "Scotland": "GB", "Wales": "GB",
    "Congo, Democratic Republic of the": "CD", "Congo (Democratic Republic of)": "CD",
    "Tanzania United Republic of": "TZ", "Macedonia, Republic of": "MK", "Cote d'Ivoire": "CI",
    "North Macedonia Republic of": "MK", "Kosovo Republic of": "XK", "Bosnia & Herzegovina": "BA",
    "Trinidad & Tobago": "TT", "Palestine": "PS", "Micronesia": "FM", "Curacao": "CW",
    "Dominican Rep": "DO", "Guinea Bissau": "GW", "Timor Leste": "TL", "Hong Kong SAR": "HK",
    "Venezuela, Bolivarian Republic of": "VE", "Lao People's Democratic Republic": "LA",
    "Bahamas": "BS", "The Bahamas": "BS", "Gambia": "GM", "Viet Nam": "VN", "Macau": "MO",
    "Iran (Islamic Republic of)": "IR", "Bolivia (Plurinational State of)": "BO",
    "Moldova (Republic of)": "MD", "Taiwan (Province of China)": "TW", "Cote D'ivoire": "CI",
    "Congo the Democratic Republic of the": "CD", "Bolivia Plurinational State of": "BO", "DR Congo": "CD",
    "Moldova Republic of": "MD", "Taiwan Province of China": "TW", "Korea Republic of": "KR",
    "Venezuela (Bolivarian Republic of)": "VE", "Macedonia (the former Yugoslav Republic of)": "MK",
}  # fmt: skip
NO_COUNTRY = {"International", "Multiple", "Global"}


def country(cell: str) -> Any:
    said = text(cell) if cell.strip() != "NA" else "NA"
    if said is None or said in NO_COUNTRY:
        return None if said is None else REFUSED
    by_hand = {name.casefold(): code for name, code in ELSE.items()}.get(said.casefold())
    if by_hand:
        return by_hand
    try:
        return pycountry.countries.lookup(said).alpha_2
    except LookupError:
        return f"?{said}"


def words(known: Mapping[str, Any]) -> Expect:
    folded = {word.casefold(): code for word, code in known.items()}

    def read(cell: str) -> Any:
        said = text(cell)
        return None if said is None else folded.get(said.casefold(), f"?{said}")

    return read


def constant(value: Any) -> Expect:
    return lambda cell: value if cell.strip() else None


TYPES: Mapping[str, Any] = {
    "Solar - Centralized": "solar_centralised", "Solar - Distributed": "solar_distributed",
    "Centralized Solar": "solar_centralised", "Distributed Solar": "solar_distributed",
    "REDD+": "redd", "Jurisdictional REDD+": "jurisdictional_redd", "JREDD+": "jurisdictional_redd",
    "Rice Emission Reductions": "rice_emission_reductions", "Rice Emission": "rice_emission_reductions",
    "Afforestation + Reforestation": "afforestation_reforestation", "Cookstove": "cookstoves",
    "Methane Biodigester": "biodigesters", "Landfill": "landfill_methane", "Wetland": "wetland_restoration",
    "Grassland Management": "sustainable_grassland_management", "Mine Methane": "mine_methane",
    "Mine Methane Capture": "mine_methane", "Oil + Gas Well": "well_plugging", "Compost": "composting",
    "Plugging Oil & Gas Wells": "well_plugging", "Pneumatic Retrofit": "pneumatic_retrofit",
    "Leak Detection & Repair in Gas Systems": "leak_repair", "Gas Leak Repair": "leak_repair",
    "Methane Recovery in Wastewater": "wastewater_methane", "Manure Biodigester": "manure_methane_digester",
    "Wastewater Methane": "wastewater_methane", "Renewable Energy": IN_PART, "Solar": IN_PART,
    "Ozone Depleting Substances Recovery & Destruction": "ods_destruction", "Bicycle": "bicycles",
    "Ozone Depleting Substances": "ods_destruction", "HFC Replacement in Foam Production": "hfc_foam_replacement",
    "HFC Replacement": "hfc_foam_replacement", "HFC Refrigerant Reclamation": "hfc_reclamation",
    "HFC Reclamation": "hfc_reclamation", "HFC23 Destruction": "hfc23_destruction", "Borehole": "community_boreholes",
    "HFC Destruction": "hfc23_destruction", "Refrigerant Leak": "refrigerant_leak_detection",
    "N2O Destruction in Nitric Acid Production": "n2o_nitric_acid", "Fuel Switching": "fuel_switching",
    "N2O Destruction in Adipic Acid Production": "n2o_adipic_acid", "Feed Additive": "feed_additives",
    "N₂O Destruction (Nitric Acid)": "n2o_nitric_acid", "N₂O Destruction (Adipic Acid)": "n2o_adipic_acid",
    "N\\u2082O Destruction (Nitric Acid)": "n2o_nitric_acid", "Solar Water Heater": "solar_water_heaters",
    "N\\u2082O Destruction (Adipic Acid)": "n2o_adipic_acid", "SF₆ Replacement": "sf6_replacement",
    "SF\\u2086 Replacement": "sf6_replacement", "Electric Vehicles & Charging": "electric_vehicles",
    "Electric Vehicle": "electric_vehicles", "Truck Stop": "truck_stop_electrification",
    "Aluminum Smelters Emission Reductions": "aluminium_smelters", "Aluminum Smelter": "aluminium_smelters",
    "Lower Carbon Cement & Concrete": "low_carbon_cement", "Low Carbon Concrete": "low_carbon_cement",
    "Brick Manufacturing Emission Reductions": "brick_manufacturing", "Weatherization": "weatherisation",
    "Road Construction Emission Reductions": "road_construction", "Road Construction": "road_construction",
    "University Campus Emission Reductions": "campus_reductions", "University": "campus_reductions",
    "Grid Expansion & Mini-Grids": "grid_expansion", "Grid Improvements": "grid_expansion",
    "Natural Gas Electricity Generation": "natural_gas_electricity", "Natural Gas": "natural_gas_electricity",
    "Carbon Capture & Enhanced Oil Recovery": "carbon_capture_eor", "Enhanced Oil Recovery": "carbon_capture_eor",
    "Bundled Compost Production and Soil Application": "bundled_compost", "Recycling": "waste_recycling",
    "Solid Waste Separation": "waste_separation", "Improved Irrigation Management": "improved_irrigation",
    "Concrete CCS": "carbon_absorbing_concrete", "Plastic CCS": "carbon_capture_in_plastic",
    "Forest Carbon": IN_PART, "Livestock Waste Management": "manure_methane_digester", "Other": None,
    "Industrial Process Emissions": IN_PART, "Coal Mine Methane": "mine_methane", "Propylene Oxide Production": "propylene_oxide",
    "Landfill Gas Capture/Combustion": "landfill_methane", "Livestock Gas Capture/Combustion": "manure_methane_digester",
    "Livestock - ARB Compliance": "manure_methane_digester", "Mine Methane Capture - ARB Compliance": "mine_methane",
    "Forestry - MX": "improved_forest_management", "Soil Enrichment": "sustainable_agriculture",
    "Improved Forest Management - ARB Compliance": "improved_forest_management", "Orphaned Wells": "well_plugging",
    "Reforestation - ARB Compliance": "afforestation_reforestation", "Avoided Conversion": "avoided_forest_conversion",
    "Ozone Depleting Substances - U.S. - ARB Compliance": "ods_destruction", "Adipic Acid": "n2o_adipic_acid",
    "Ozone Depleting Substances - U.S. - WA ECO Compliance": "ods_destruction", "Refrigerants": IN_PART,
    "Nitric Acid N2O- Tertiary Catalyst": "n2o_nitric_acid", "Nitric Acid N2O- Secondary Catalyst": "n2o_nitric_acid",
    "Organic Waste Composting": "composting", "PV": IN_PART, "Solar Thermal - Electricity": IN_PART,
    "Energy Efficiency - Domestic": IN_PART, "Solar Thermal - Heat": IN_PART, "Biogas - Heat": IN_PART,
    "Biogas - Electricity": IN_PART, "Biogas - Cogeneration": IN_PART, "Hydro": "hydropower", "A/R": IN_PART,
    "Small, Low - Impact Hydro": "hydropower", "Energy Efficiency - Industrial": IN_PART, "Bundled": None,
    "Energy Efficiency - Commercial Sector": IN_PART, "Energy Efficiency - Public Sector": IN_PART,
    "Energy Efficiency - Agriculture Sector": IN_PART, "Energy Efficiency - Transport Sector": IN_PART,
    "Biomass, or Liquid Biofuel - Heat": IN_PART, "Biomass, or Liquid Biofuel - Electricity": IN_PART,
    "Biomass, or Liquid Biofuel - Cogeneration": IN_PART, "Agriculture Forestry and Other Land Use": IN_PART,
    "Afforestation / Reforestation": "afforestation_reforestation", "AFOLU": IN_PART, "Grassland": "avoided_grassland_conversion",
    "Harmful Algae Bloom Treatment": REFUSED, "Industrial Gas Substitution": IN_PART, "Others": None,
    "Carbon Capture & Storage (CCS)": IN_PART, "Wastewater Treatment": "wastewater_methane", "Transport / Fleet Efficiency": IN_PART,
    "Wind": "wind", "Improved irrigation management": "improved_irrigation", "Geothermal": "geothermal", "Agricultural Land Management": IN_PART, "Landfill Gas Capture & Combustion": "landfill_methane",
}  # fmt: skip


FOLDED = {word.casefold(): code for word, code in TYPES.items()}


def project_type(cell: str) -> Any:
    said = text(cell)
    if said is None:
        return None
    if said.casefold() in FOLDED:
        return FOLDED[said.casefold()]
    return re.sub(r"[^a-z0-9]+", "_", said.casefold()).strip("_")


AFOLU = {
    "ARR": {"afforestation_reforestation", "wetland_restoration"}, "REDD": {"redd"}, "IFM": {"improved_forest_management"},
    "ALM": set(), "ACoGS": {"avoided_grassland_conversion"}, "WRC": {"wetland_restoration"},
}  # fmt: skip


def verra_type(activities: str, scopes: str) -> Any:
    """Return the type by the land-use activities, else that the scope says it in part."""
    named = [AFOLU.get(word, set()) for word in re.split(r"[;,]\s*", activities) if word]
    if not named and scopes.strip() == "Cookstove Projects":
        return "cookstoves"
    if not named:
        return IN_PART if scopes.strip() else None
    every = frozenset().union(*named)
    if any(not types for types in named):
        return IN_PART
    return next(iter(every)) if len(every) == 1 else OneOf(every)


CODE = re.compile(
    r"(AR-?(?:ACM|AMS|AM)\d{4}|VM[RD]?\d{4}(?!\d)|ACM\d{4}|AM\d{4}|SCM\d{4}|AMS-[IVX]+[.-][A-Z]{1,2}(?![A-Za-z]))",
    re.IGNORECASE,
)
TOOL = re.compile(r"\s*(?:VMD|VT)\d{4}", re.IGNORECASE)
VERSION = re.compile(r"[\s,(-]*\b(?:version|v)\.?\s*(\d+(?:\.\d+)*|NA)\b\.?\)?", re.IGNORECASE)


def methodology(cell: str) -> Any:
    said = text(cell)
    if said is None or said.casefold() in {"other", "methodology under development"}:
        return None
    parts = re.split(r";\s*|(?<=\)), (?=[A-Z]|M)|,\s+(?=SCM)", said)
    found = [_method(part) for part in parts if not TOOL.match(part) or len(parts) == 1]
    every = frozenset(name for name in found if name)
    if not every:
        return IN_PART if found else None
    return next(iter(every)) if len(every) == 1 else OneOf(every)


def _method(part: str) -> str | None:
    if code := CODE.match(part.strip()):
        bare = code[1].upper()
        if small := re.fullmatch(r"AMS-([IVX]+)[.-]([A-Z]+)", bare):
            return f"AMS-{small[1]}.{small[2]}"
        return re.sub(r"^AR-?", "AR-", bare)
    return SPACES.sub(" ", VERSION.sub(" ", part)).strip(" -,").replace(" :", ":")


def methodologies_in_json(cell: str) -> Any:
    """Return the methodologies of a printed list; short names stand for some that are known."""
    found = json.loads(cell) if cell.startswith("[") else [cell]
    if any(
        re.fullmatch(r"(?:acr|arb|art|car|ecy|ert|gs|climate)-[a-z0-9-]+", one) for one in found
    ):
        return STATED
    return methodology(";".join(found)) if found else None


COARSER = {
    "REDD+": {"redd", "jurisdictional_redd"}, "Lighting": {"lighting", "solar_lighting"},
    "Energy Efficiency": {"energy_efficiency", "bundled_energy_efficiency"},
    "Compost": {"composting", "bundled_compost"}, "Renewable Energy": set(),
    "Concrete CCS": {"carbon_absorbing_concrete", "carbon_capture_in_concrete"},
}  # fmt: skip


def coarser_type(cell: str) -> Any:
    """Return the type of a database that holds some types of others together."""
    return OneOf(frozenset(COARSER[cell])) if cell in COARSER else project_type(cell)


def acr_methodology(cell: str) -> Any:
    """Return the name with the programme before it, as the decisions on it have it."""
    said = text(cell)
    if said is None:
        return None
    if CODE.match(said):
        return _method(said)
    own = said.startswith(("ACR ", "ARB ", "ECY ")) or " Compliance Offset Protocol" in said
    return OneOf(frozenset({said, f"ACR {said}", ACR_ELSE.get(said, said)})) if not own else said


ACR_ELSE = {
    "Destruction of Ozone Depleting Substances (ODS) from International Sources":
        "ACR Destruction of Ozone Depleting Substances from International Sources",
    "Plugging Orphan Oil and Gas Wells in the U.S. and Canada":
        "ACR Plugging of Orphaned Oil and Gas (OOG) Wells",
}  # fmt: skip
"""Methodologies of ACR that have a second name."""


def verra_version(cell: str) -> Any:
    """Return the version of the methodologies that a cell names, if each of them has one."""
    parts = [p for p in re.split(r"(?<=\)), (?=[A-Z])", cell) if not TOOL.match(p)]
    found = [match[1] for p in parts if (match := VERSION.search(p)) and match[1] != "NA"]
    if not parts or len(found) < len(parts):
        return None
    return found[0] if len({*found}) == 1 else OneOf(frozenset(found))


STATES = {
    "Registered": "registered", "Under validation": "under_validation", "Under development": "pipeline",
    "Withdrawn": "withdrawn", "Registration requested": "registration_requested", "Inactive": "inactive",
    "Registration and verification approval requested": "registration_requested", "Late to verify": "late_to_verify",
    "Verification approval requested": "verification_requested", "Rejected by Administrator": "rejected",
    "On Hold - see notification letter": "on_hold", "Completed": "completed", "Canceled": "cancelled",
    "Registration request denied": "request_denied", "Verification approval request denied": "request_denied",
    "Registration and verification approval request denied": "request_denied", "Listed": "listed", "Submitted": "pipeline",
    "Crediting Period Renewal Requested": "renewal_requested", "Crediting Period Renewal Request Denied": "request_denied",
    "Crediting Period Renewal and Verification Approval Requested": "renewal_requested",
    "Crediting Period Renewal and Verification Approval Request Denied": "request_denied",
    "Units Transferred from Approved GHG Program": "units_transferred", "Transitioned": "transferred_out",
    "Transfer to Another GHG Program": "transferred_out", "Under review": "under_review", "active": "registered",
    "Under validation (Public comment period closed)": "under_validation", "Requantification Requested": "renewal_requested",
    "Under validation (Public comment period open)": "under_validation", "Terminated": "cancelled",
    "Pipeline listing requested (under development)": "pipeline", "Withdrawn by proponent": "withdrawn",
    "Pipeline listing requested (under validation)": "pipeline", "Proposed Project": "pipeline",
    "Pipeline listing (under development) approved": "pipeline", "Transferred": "transferred_out",
    "Gold Standard Certified Design": "certified_design", "Gold Standard Certified Project": "registered",
    "GOLD_STANDARD_CERTIFIED_DESIGN": "certified_design", "GOLD_STANDARD_CERTIFIED_PROJECT": "registered",
    "LISTED": "listed", "Certified Design": "certified_design", "Certified Project": "registered",
    "Transferred ARB or Ecology Project": "transferred_out", "Listed - Active Registry Project": "listed",
    "Listed - Active ARB Project": "registered", "Listed - Proposed Project": "pipeline", "Cancelled": "cancelled",
    "validated": "certified_design", "De-registered": "cancelled", "Rejected": "rejected",
    "Active Registry Project": "listed", "Active ARB Project": "registered", "Validated": "certified_design",
}  # fmt: skip
status = words(STATES)
mechanism = words(
    {
        "Reduction": "reduction", "Mixed": "mixed", "Impermanent Removal": "impermanent_removal",
        "Long-Duration Removal": "long_duration_removal", "Removal": IN_PART,
    }
)  # fmt: skip
programme = words(
    {
        "VCS": "VCS", "GOLD": "GS", "ACR": "ACR", "CAR": "CAR", "ART": "ART", "verra": "VCS",
        "gold-standard": "GS", "american-carbon-registry": "ACR", "climate-action-reserve": "CAR",
        "art-trees": "ART", "Verified Carbon Standard": "VCS", "SOCIALCARBON": "SOCIAL_CARBON",
    }
)  # fmt: skip


def in_acr(cell: str) -> str | None:
    """Return ACR for its own projects and for those of California's programme that it lists."""
    return "ACR" if cell in {"ACR", "California Air Resources Board"} else text(cell)


def developer(cell: str) -> str | None:
    """Return the one developer; what stands in for several is none."""
    said = text(cell)
    return None if said is None or said.startswith("Multiple ") else said


BLOCK = re.compile(r"(?:-|^RW-5-)(\d+)(?: to |-|-2-2-0-7014 - RW-5-)(\d+)(?:-2-2-0-7014)?$")
VERRA_BLOCK = re.compile(r"\d+-(\d+)-(\d+)-VCS-VCU-.*")
PLAN_VIVO_BLOCK = re.compile(r"PV-.*-\d{8}-\d{8}-(\d+)-(\d+)-[A-Z]+")


def block(form: re.Pattern[str] = BLOCK) -> Expect:
    """Return the first and last number of a run of serial numbers, which end or begin a cell."""

    def read(cell: str) -> tuple[int, int] | None:
        match = form.search(cell.strip())
        return (int(match[1]), int(match[2])) if match else None

    return read


def gone(cell: str) -> str:
    """Return what became of units of which a list tells no more than the day that they went."""
    return "retired" if cell.strip() else "held"


lot_state = words(
    {"Issued": "issued", "Retired": "retired", "Canceled": "cancelled", "ACTIVE": "held"}
)


VINTAGES = tuple(f"{year}" for year in range(1996, 2026))


def newest(*cells: str) -> int | None:
    """Return the last of the years in whose first column units are counted."""
    issued = [int(at) for at, cell in zip(VINTAGES, cells, strict=True) if number(cell)]
    return max(issued, default=None)


def damaged_day(cell: str) -> Any:
    """Return a day as a spreadsheet writes it: that it can be two is no excuse for a third."""
    return US(cell) if "/" in cell else ISO(cell)


def without_place(cell: str) -> str | None:
    """Return a developer without the mark of a project's participant behind the name."""
    return developer(re.sub(r"\s*\(PP\)", "", cell)) if "(PP)" in cell else developer(cell)


def goals(cell: str) -> tuple[int, ...] | None:
    """Return the numbers of the goals that a cell names, in their order, each once.

    They stand alone between commas, or before the goal's name.
    """
    alone = re.fullmatch(r"[\d,\s]+", cell)
    found = re.findall(r"\d+" if alone else r"(?<!\d)(\d{1,2})(?=\s*[:.\-–])", cell)
    return tuple(sorted({int(number) for number in found})) or None


def goals_or_none(cell: str) -> tuple[int, ...] | None:
    """Return () for an empty list where no layout says that it states nothing."""
    return () if cell.strip() == "[]" else goals(cell)


def begun(cell: str) -> date | None:
    """Return the day of a moment that is midnight where the project lies, east of Greenwich."""
    if not cell:
        return None
    return (datetime.fromisoformat(cell) + timedelta(hours=6)).date()


VERRA_PLAINLY = {
    "project_type": ("Project Type", lambda cell: verra_type("", cell)), "programme": None,
}  # fmt: skip
LEDGER_ACR = {
    "id": ("Project ID", prefixed), "name": ("Project Name", text), "country": ("Project Site Country", country),
    "project_type": ("Project Type", project_type), "vintage": ("Vintage", year),
    "methodology": ("Project Methodology/Protocol", acr_methodology),
}  # fmt: skip
RETIRED_ACR = {
    **LEDGER_ACR, "serials": ("Credit Serial Numbers", text), "issuance_date": ("Date Issued (GMT)", US),
    "vintage_start": ("Vintage Assignment Period Start Date", US), "vintage_end": ("Vintage Assignment Period End Date", US),
}  # fmt: skip
LOTS_ACR = {
    "lot_tonnes": ("Quantity of Credits", number), "lot_state": ("Credit Serial Numbers", constant("retired")),
    "gone_on": ("Status Effective (GMT)", US), "block": ("Credit Serial Numbers", block()),
}  # fmt: skip
LEDGER_CAR = {
    "id": ("Project ID", prefixed), "name": ("Project Name", text), "country": ("Project Site Country", country),
    "project_type": ("Project Type", project_type), "vintage": ("Vintage", year), "mechanism": ("Reduction/Removal", mechanism),
}  # fmt: skip
LEDGER_ART = {
    "id": ("Program ID", prefixed), "name": ("Program Name", text), "country": ("Program  Country", country),
    "vintage": ("Vintage", year),
}  # fmt: skip
LOTS_GS = {
    "lot_tonnes": ("Quantity", number), "lot_state": ("Credit Status", lot_state), "block": ("Serial Number", block()),
}  # fmt: skip
LEDGER_GS = {
    "id": ("GSID", numbered("GS")), "name": ("Project Name", text), "country": ("Country", country),
    "project_type": ("Project Type", project_type), "methodology": ("Methodology", methodology),
    "vintage": ("Vintage", year), "unit_type": ("Product Type", text), "serials": ("Serial Number", text),
    "issuance_date": ("Issuance Date", ISO), "developer": ("Project Developer", text),
    "monitoring_end": ("Monitoring Period End", ISO),
}  # fmt: skip

LISTS = (
    Listed("vrod/vrod-v2025-12-year-end.parquet", "vrod", {
        "id": ("Project ID", prefixed), "name": ("Project Name", text), "programme": ("Voluntary Registry", programme),
        "country": ("Country", country), "project_type": ("Type", project_type), "registry_status": ("Voluntary Status", status),
        "mechanism": ("Reduction / Removal", mechanism), "methodology": ("Methodology / Protocol", methodology),
        "issued": ("Total Credits \nIssued", number), "retired": ("Total Credits \nRetired", number),
        "remaining": ("Total Credits Remaining", number), "buffer_deposits": ("Total Buffer \nPool Deposits", number),
        "estimated_annual": ("Estimated Annual Emission Reductions", number), "developer": ("Project Developer", developer),
        "registered_on": ("Project Registered ", ISO), "listed_on": ("Project Listed", ISO),
        "first_vintage": ("First Year of Project (Vintage)", year), "verifier": ("Verifier", text),
        "location": ("Project Site Location", text), "subdivision": ("State", text), "description": ("Project Description", text),
        "reversals_covered": ("Reversals Covered by Buffer Pool", number), "reversals_uncovered": ("Reversals Not Covered by Buffer", number),
        "buffer_released": ("Buffer Credits Released to Project", number),
        "last_vintage": (VINTAGES, newest),
    }, {}, {"developer": ("Project Developer", text)}),
    Listed("offsetsdb/offsetsdb_projects.parquet", "offsetsdb", {
        "id": ("project_id", prefixed), "name": ("name", text), "programme": ("registry", programme),
        "country": ("country", country), "project_type": ("project_type", coarser_type), "registry_status": ("status", status),
        "methodology": ("protocol", methodologies_in_json), "issued": ("issued", number), "retired": ("retired", number),
        "listed_on": ("listed_at", ISO), "developer": ("proponent", developer),
    }, {}, {"developer": ("proponent", text)}),
    Listed("verra/verra_allprojects_2025-02.csv", "verra_old", {
        "id": ("ID", numbered("VCS")), "name": ("Name", text), "country": ("Country/Area", country),
        "project_type": (("AFOLU Activities", "Project Type"), verra_type), "methodology": ("Methodology", methodology),
        "registry_status": ("Status", status), "estimated_annual": ("Estimated Annual Emission Reductions", number),
        "registered_on": ("Project Registration Date", ISO), "crediting_start": ("Crediting Period Start Date", ISO),
        "crediting_end": ("Crediting Period End Date", ISO), "developer": ("Proponent", developer),
    }, {"programme": "VCS"}, {**VERRA_PLAINLY, "developer": ("Proponent", text)}),
    Listed("verra/verra_allprojects_20col_2026-08-14.csv", "verra_new", {
        "id": ("Project ID", numbered("VCS")), "name": ("Project Name", text), "programme": ("Program", programme),
        "country": ("Country", country), "project_type": ((
            "PUBLIC_VIEW_REPORTS_PROJECTS.pubReportsProjectsList.AFOLUActivities", "Sectoral Scope"), verra_type),
        "methodology": ("Methodology", methodology), "methodology_version": ("Methodology", verra_version),
        "registry_status": ("Status", status), "registered_on": ("Project Registration Date", WORDY),
        "estimated_annual": ("Estimated Average Annual Emission Reductions and Carbon Dioxide Removals", number),
        "crediting_start": ("Crediting Period Duration Start Date", WORDY), "start_date": ("Estimated Project Start Date", WORDY),
        "crediting_end": ("Crediting Period Duration End Date", WORDY), "validator": ("Validator", text),
        "developer": ("Proponents", without_place), "subdivision": ("State/Province", text),
        "sdgs_claimed": ("Sustainable Development Contributions", goals),
    }, {}, {"developer": ("Proponents", text), "project_type": ("Sectoral Scope", lambda cell: verra_type("", cell))}),
    Listed("verra/verra_excel-mangled_cp1252_2024-07.csv", "verra_old", {
        "id": ("ID", constant(REFUSED)), "name": ("Name", text), "country": ("Country/Area", country),
        "project_type": (("AFOLU Activities", "Project Type"), verra_type), "methodology": ("Methodology", methodology),
        "registry_status": ("Status", status), "estimated_annual": ("Estimated Annual Emission Reductions", number),
        "developer": ("Proponent", developer), "registered_on": ("Project Registration Date", damaged_day),
        "crediting_start": ("Crediting Period Start Date", damaged_day),
        "crediting_end": ("Crediting Period End Date", damaged_day),
    }, {"programme": "VCS"}, {**VERRA_PLAINLY, "developer": ("Proponent", text)}),
    Listed("gold-standard/GSF_Registry_Projects_Export_2026-06-04.csv", "gold_standard", {
        "id": ("GSID", numbered("GS")), "name": ("Project Name", text), "country": ("Country", country),
        "project_type": ("Project Type", project_type), "registry_status": ("Status", status),
        "developer": ("Project Developer Name", text), "estimated_annual": ("Estimated Annual Credits", number),
        "description": ("Description", text), "sdgs_claimed": ("Sustainable Development Goals", goals),
    }, {"programme": "GS"}, {"programme": None}),
    Listed("acr/ACR_Projects.txt", "acr", {
        "id": ("Project ID", prefixed), "name": ("Project Name", text), "country": ("Project Site Country", country),
        "project_type": ("Project Type", project_type), "registry_status": ("Voluntary Status", status),
        "methodology": ("Project Methodology/Protocol", acr_methodology), "issued": ("Total Number of Credits Registered ", number),
        "crediting_start": ("Current Crediting Period Start Date", US), "crediting_end": ("Current Crediting Period End Date", US),
        "developer": ("Project Developer", text), "verifier": ("Current VVB", text),
        "first_crediting_start": ("Initial Crediting Period Start Date", US), "location": ("Project Site Location", text),
        "subdivision": ("Project Site State", text), "sdgs_claimed": ("Sustainable Development Goal(s)", goals),
    }, {"programme": "ACR"}),
    Listed("car/car-projects.csv", "car", {
        "id": ("Project ID", prefixed), "name": ("Project Name", text), "country": ("Project Site Country", country),
        "project_type": ("Project Type", project_type), "registry_status": ("Status", status),
        "issued": ("Total Number of Offset Credits Registered ", number), "listed_on": ("Project Listed Date", US),
        "registered_on": ("Project Registered Date", US), "verifier": ("Verification Body", text),
        "developer": ("Project Developer", text), "location": ("Project Site Location", text),
        "subdivision": ("Project Site State", text), "sdgs_claimed": ("SDG Impact", goals),
    }, {"programme": "CAR"}),
    Listed("art/projects.csv", "art", {
        "id": ("Program ID", prefixed), "name": ("Program Name", text), "country": ("Program  Country", country),
        "registry_status": ("Status", status), "first_crediting_start": ("Initial Crediting Period Start Date", US),
        "developer": ("Sovereign Program Developer", text), "verifier": ("Verification Body", text),
        "location": ("Program Jurisdiction(s)", text),
    }, {"programme": "ART"}),
    Listed("ledger/verra_vcus.csv", "verra ledger", {
        "id": ("ID", numbered("VCS")), "name": ("Name", text), "country": ("Country/Area", country),
        "methodology": ("Methodology", methodology), "vintage_start": ("Vintage Start", ISO),
        "vintage_end": ("Vintage End", ISO), "issuance_date": ("Issuance Date", ISO), "serials": ("Serial Number", text),
    }, {"programme": "VCS"}, {}, {
        "lot_tonnes": ("Quantity Issued", number), "lot_state": ("Retirement/Cancellation Date", gone),
        "gone_on": ("Retirement/Cancellation Date", ISO), "block": ("Serial Number", block(VERRA_BLOCK)),
    }),
    Listed("ledger/gold_standard_credits_issued.csv", "gold standard ledger", LEDGER_GS, {"programme": "GS"}, {}, LOTS_GS),
    Listed("ledger/gold_standard_credits_retired.csv", "gold standard ledger", LEDGER_GS, {"programme": "GS"}, {}, {
        **LOTS_GS, "gone_on": ("Retirement Date", ISO),
    }),
    Listed("ledger/acr_issuances.csv", "acr issuances", {
        **LEDGER_ACR, "issuance_date": ("Date Issued (GMT)", US), "verifier": ("Project VVB", text),
        "developer": ("Project Developer", text), "monitoring_end": ("ReportingPeriodEnd", US),
    }, {"programme": "ACR"}, {}, {
        "lot_tonnes": ("Total Credits Issued", number), "lot_state": ("Project ID", constant("issued")),
    }),
    Listed("ledger/acr_retirements.csv", "acr retirements", RETIRED_ACR, {"programme": "ACR"}, {}, LOTS_ACR),
    Listed("ledger/acr_retirements_of_cities.csv", "acr retirements", RETIRED_ACR, {"programme": "ACR"}, {}, LOTS_ACR),
    Listed("ledger/car_issuances.csv", "car issuances", {
        **LEDGER_CAR, "issuance_date": ("Date Issued", US), "developer": ("Project Developer", text),
        "verifier": ("Verification Body", text),
    }, {"programme": "CAR"}, {}, {
        "lot_tonnes": ("Total Offset Credits Issued", number), "lot_state": ("Project ID", constant("issued")),
    }),
    Listed("ledger/car_retirements.csv", "car retirements", {
        **LEDGER_CAR, "serials": ("Offset Credit Serial Numbers", text),
    }, {"programme": "CAR"}, {}, {
        "lot_tonnes": ("Quantity of Offset Credits", number), "gone_on": ("Status Effective", US),
        "lot_state": ("Project ID", constant("retired")), "block": ("Offset Credit Serial Numbers", block()),
    }),
    Listed("ledger/art_issuances.csv", "art issuances", {
        **LEDGER_ART, "issuance_date": ("Date Approved", US), "developer": ("Sovereign Program Developer", text),
        "verifier": ("Verification Body", text),
    }, {"programme": "ART"}, {}, {
        "lot_tonnes": ("Credits Verified", number), "lot_state": ("Program ID", constant("issued")),
    }),
    Listed("ledger/art_retirements.csv", "art retirements", {
        **LEDGER_ART, "serials": ("Credit Serial Numbers", text), "issuance_date": ("Date Approved", US),
    }, {"programme": "ART"}, {}, {
        "lot_tonnes": ("Quantity of Credits", number), "gone_on": ("Status Effective", US),
        "lot_state": ("Program ID", constant("retired")), "block": ("Credit Serial Numbers", block()),
    }),
    Listed("api/acr_projects.json", "acr interface", {
        "id": ("projectId", prefixed), "name": ("projectName", text), "country": ("country", country),
        "project_type": ("projectType", project_type), "issued": ("issuedCredits", number),
        "developer": ("projectDeveloper", text), "registry_status": ("projectStatus", status),
        "methodology": ("projectMethodology", acr_methodology), "programme": ("creditingProgram", in_acr),
    }, {}, {"programme": None}, {}, ("datasets", "projects", "rows")),
    Listed("api/acr_issuances.json", "acr interface", {
        "id": ("projectReferenceId", prefixed), "name": ("projectName", text), "developer": ("developerProfileName", text),
        "country": ("projectSiteLocationCountry", country), "project_type": ("projectTypeName", project_type),
        "issuance_date": ("issuanceDate", ISO), "vintage": ("vintage", year), "serials": ("holdingSerialNumber", text),
    }, {"programme": "ACR"}, {}, {
        "lot_tonnes": ("holdingQuantity", number), "lot_state": ("retirementDate", gone),
        "gone_on": ("retirementDate", ISO), "block": ("holdingSerialNumber", block()),
    }, ("datasets", "issuedCredits", "rows")),
    Listed("api/social_carbon_projects.json", "social carbon interface", {
        "name": ("Project Name", text), "country": ("Country", country), "registry_status": ("Project Status", status),
        "methodology": ("Methodology", methodology), "programme": ("Standard", programme),
        "project_type": ("Project Type", project_type), "id": ("Project ID", lambda cell: cell.replace("-", "") or None),
        "crediting_start": ("Crediting period start", begun), "crediting_end": ("Crediting period end", begun),
        "start_date": ("Start Date", begun), "verifier": ("verifier", text), "validator": ("validator", text),
        "estimated_annual": ("Estimated Annual Emission Reductions", number), "sdgs_claimed": ("SDGs", goals),
    }, {}, {
        "crediting_start": ("Crediting period start", ISO), "crediting_end": ("Crediting period end", ISO),
        "start_date": ("Start Date", ISO), "sdgs_claimed": ("SDGs", goals_or_none),
    }, {}, ("response", "results")),
    Listed("api/plan_vivo_projects.json", "plan vivo interface", {
        "name": ("projectName", text), "project_type": ("projectType", project_type), "country": ("countryName", country),
        "registry_status": ("publicStateNameEn", status), "developer": ("accountName", text),
        "registered_on": ("projectRegistrationDate", ISO), "start_date": ("projectStartDate", ISO),
        "crediting_start": ("creditPeriodStartDate", ISO), "crediting_end": ("creditPeriodEndDate", ISO),
        "location": ("city", text), "subdivision": ("stateProvince", text), "validator": ("validatorName", text),
        "estimated_annual": ("estimatedEmissionsAnnualReduction", number),
    }, {"programme": "PLAN_VIVO"}, {}, {}, ("entities",)),
    Listed("api/plan_vivo_issuances.json", "plan vivo interface", {
        "name": ("projectName", text), "project_type": ("projectType", project_type), "country": ("countryName", country),
        "issuance_date": ("issueDate", ISO), "vintage_start": ("periodStartDate", ISO), "vintage_end": ("periodEndDate", ISO),
        "serials": ("serialNo", text),
    }, {"programme": "PLAN_VIVO"}, {}, {
        "lot_tonnes": ("holdingQuantity", number), "block": ("serialNo", block(PLAN_VIVO_BLOCK)),
        "lot_state": ("stateCode", lot_state),
    }, ("entities",)),
)  # fmt: skip


def frame(path: Path, listed: Listed) -> pl.DataFrame:
    """Return the cells of a file as text, read by Polars alone; "" for what is blank."""
    if path.suffix == ".parquet":
        table = pl.read_parquet(path)
    elif path.suffix == ".json":
        found: Any = json.loads(path.read_text("utf-8"))
        for step in listed.records:
            found = found[step]
        table = pl.DataFrame(
            [{k: _cell(v) for k, v in row.items()} for row in found], infer_schema_length=None
        )
    else:
        table = pl.read_csv(
            io.StringIO(_decoded(path.read_bytes())),
            infer_schema_length=0,
            truncate_ragged_lines=True,
        )
    return table.select(pl.all().map_elements(_cell, pl.String, skip_nulls=False))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _cell(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    return "" if value is None else str(value)
