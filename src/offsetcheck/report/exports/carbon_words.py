"""Codes of the dictionary as the Carbon Data Open Protocol and the CAD Trust say them.

A code stands here only where their word means the same; any other is left out of an export. Where
the Protocol and the Trust share a word it stands once.
"""

from collections.abc import Mapping

CREDITING_PROGRAMMES: Mapping[str, str] = {
    "ACR": "American Carbon Registry (ACR)",
    "ACORN": "ACORN",
    "ART": "Architecture for REDD+ Transactions (ART)",
    "ASIA_CARBON_INSTITUTE": "Asia Carbon Institute",
    "BIOCARBON": "Biocarbon Registry (BCR)",
    "CAR": "Climate Action Reserve (CAR)",
    "CDM": "CDM",
    "CERCARBONO": "Cercarbono",
    "CITY_FOREST_CREDITS": "City Forest Credits",
    "CREDIBLE_CARBON": "Credible Carbon",
    "CSI": "Carbon Standards International",
    "ERS": "Ecosystem Restoration Standard",
    "GCC": "Global Carbon Council",
    "GS": "Gold Standard",
    "ICR": "International Carbon Registry",
    "ISOMETRIC": "Isometric",
    "JCM": "Joint Crediting Mechanism",
    "MOORFUTURES": "MoorFutures",
    "PEATLAND_CODE": "IUCN UK Peatland Programme",
    "PLAN_VIVO": "Plan Vivo",
    "PURO": "Puro.earth",
    "RIVERSE": "Riverse",
    "SOCIAL_CARBON": "SOCIAL CARBON Registry",
    "VCS": "Verra",
}
REGISTRIES: Mapping[str, str] = {
    "ACR": "American Carbon Registry (ACR)",
    "ART": "ART Registry",
    "BIOCARBON": "Biocarbon Registry (BCR)",
    "CAR": "Climate Action Reserve (CAR)",
    "CDM": "CDM Registry",
    "GCC": "Global Carbon Council (GCC)",
    "GS": "Gold Standard",
    "ISOMETRIC": "Isometric",
    "JCM": "Joint Crediting Mechanism",
    "MOORFUTURES": "MoorFutures",
    "PEATLAND_CODE": "UK Land Carbon Registry",
    "PLAN_VIVO": "Plan Vivo",
    "PURO": "Puro Standard and Registry",
    "RIVERSE": "Riverse",
    "VCS": "Verra",
    "WCC": "UK Land Carbon Registry",
}
STATUSES: Mapping[str, str] = {
    "listed": "Listed",
    "under_validation": "Validation",
    "registered": "Registered",
    "completed": "Completed",
    "withdrawn": "Withdrawn",
    "inactive": "Inactive",
    "rejected": "Rejected",
}
"""Of the Protocol. The Trust knows no validation that is under way."""
TRUST_STATUSES: Mapping[str, str] = {
    code: word for code, word in STATUSES.items() if code != "under_validation"
}
UNIT_TYPES: Mapping[str, str] = {
    "ACC": "ACC",
    "CER": "CER",
    "CORC": "CORC",
    "CRT": "CRT",
    "ERT": "ERT",
    "ISO": "Isometric credit",
    "JCM_CREDIT": "JCM",
    "PIU": "PIU",
    "PVC": "PVC",
    "TREES": "TREES Credit",
    "VCC": "VCC",
    "VCU": "VCU",
}
PROJECT_LABELS: Mapping[str, str] = {
    "ABACUS": "ABACUS",
    "CCB": "CCB",
    "CCB_BIODIVERSITY_GOLD": "CCB",
    "CCB_CLIMATE_GOLD": "CCB",
    "CCB_COMMUNITY_GOLD": "CCB",
    "CCB_GOLD": "CCB",
    "CCB_SILVER": "CCB",
    "SD_VISTA": "SD VISta",
    "SOCIAL_CARBON": "Social Carbon",
    "W_PLUS": "W+ Standard",
}
"""Of the Protocol, which does not tell the levels of CCB apart."""
UNIT_LABELS: Mapping[str, str] = {"CCP": "CCP"}
SCHEMES: Mapping[str, str] = {"CORSIA_P1": "CORSIA First Phase scope (2024-2026)"}
"""Labels that make a unit eligible under a scheme."""
SCHEMES_IN_SCOPE: Mapping[str, str] = {"CORSIA_P1_SCOPE": "CORSIA First Phase scope (2024-2026)"}
"""Labels of units of which not all is shown yet that a scheme asks for."""
NATURE = frozenset(
    {
        "afforestation_reforestation", "afolu", "agricultural_land", "avoided_forest_conversion",
        "avoided_grassland_conversion", "biomass_removal", "forest_carbon",
        "improved_forest_management", "jurisdictional_redd", "macroalgae", "redd",
        "savanna_burning_avoidance", "savanna_burning_sequestration", "savanna_fire",
        "sustainable_agriculture", "sustainable_grassland_management", "tree_planting",
        "wetland_restoration",
    }
)  # fmt: skip
"""Types whose tonnes plants and soils take up or keep."""
MITIGATIONS: Mapping[str, str] = {"avoidance": "Avoidance", "mixed": "Not Determined"}
"""Mechanisms of which the Protocol asks no more."""
DIVIDED: Mapping[str, str] = {
    "reduction": "Reduction",
    "impermanent_removal": "Removal",
    "long_duration_removal": "Removal",
}
PROJECT_TYPES: Mapping[str, str] = {
    "agricultural_land": "Agriculture",
    "biogas": "Biogas",
    "biogas_energy": "Biogas",
    "biomass": "Biomass Energy",
    "bicycles": "Transport",
    "carbon_dioxide_use": "CO2 usage",
    "cookstoves": "Energy Efficiency households",
    "electric_vehicles": "Transport",
    "energy_distribution": "Energy distribution",
    "energy_efficiency_domestic": "Energy Efficiency households",
    "fleet_efficiency": "Transport",
    "geothermal": "Geothermal",
    "grid_expansion": "Energy distribution",
    "hydropower": "Hydro",
    "landfill_methane": "Landfill gas",
    "low_carbon_cement": "Cement",
    "mass_transit": "Transport",
    "methane_avoidance": "Methane avoidance",
    "mine_methane": "Coal bed/mine methane",
    "n2o_adipic_acid": "N2O",
    "n2o_nitric_acid": "N2O",
    "nitrous_oxide": "N2O",
    "own_generation": "Energy Efficiency own generation",
    "sf6_replacement": "PFCs and SF6",
    "shipping": "Transport",
    "solar": "Solar",
    "solar_centralised": "Solar",
    "solar_distributed": "Solar",
    "solar_lighting": "Solar",
    "solar_water_heaters": "Solar",
    "sustainable_agriculture": "Agriculture",
    "transport": "Transport",
    "waste_handling": "Waste",
    "wind": "Wind",
}
SECTORS: Mapping[str, str] = {
    "Afforestation": "Afforestation and reforestation",
    "Agriculture": "Agriculture",
    "Coal bed/mine methane": "Fugitive emissions from fuel (solid, oil and gas)",
    "Energy Efficiency households": "Energy demand",
    "Energy distribution": "Energy distribution",
    "Geothermal": "Energy industries (renewable-/ non renewable sources)",
    "Hydro": "Energy industries (renewable-/ non renewable sources)",
    "Landfill gas": "Waste handling and disposal",
    "Solar": "Energy industries (renewable-/ non renewable sources)",
    "Transport": "Transport",
    "Waste": "Waste handling and disposal",
    "Wind": "Energy industries (renewable-/ non renewable sources)",
}
"""The Trust's sector of a type, where it has one."""
GOALS = (
    "No Poverty", "Zero Hunger", "Good Health and Well-being", "Quality Education",
    "Gender Equality", "Clean Water and Sanitation", "Affordable and Clean Energy",
    "Decent Work and Economic Growth", "Industry, Innovation and Infrastructure",
    "Reduced Inequalities", "Sustainable Cities and Communities",
    "Responsible Consumption and Production", "Climate Action", "Life Below Water",
    "Life on Land", "Peace, Justice and Strong Institutions", "Partnerships for the Goals",
)  # fmt: skip


def mitigation(mechanism: str | None, project_type: str | None) -> str | None:
    """Return how a project mitigates in the words of both models; None where that is not known."""
    if mechanism is not None and mechanism in DIVIDED and project_type is not None:
        part = "nature" if project_type in NATURE else "technical"
        return f"{DIVIDED[mechanism]} - {part}"
    return MITIGATIONS.get(mechanism or "")


def goal(number: int) -> str | None:
    """Return a Sustainable Development Goal in the words of the Protocol, None for no such one."""
    return f"SDG {number}: {GOALS[number - 1]}" if 1 <= number <= len(GOALS) else None
