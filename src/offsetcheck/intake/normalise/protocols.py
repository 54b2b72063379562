"""Short names of protocols that databases make up, as the names that others use for them."""

from collections.abc import Mapping
from types import MappingProxyType

_ARB = "ARB Compliance Offset Protocol: "
_ARB_FOREST = f"{_ARB}U.S. Forest Projects"
_ARB_LIVESTOCK = f"{_ARB}Capturing and Destroying Methane from Manure Management Systems"
_ARB_OZONE = f"{_ARB}Destruction of U.S. Ozone Depleting Substances Banks"
_ARB_MINES = f"{_ARB}Mine Methane Capture Projects"
_ACR_N2O = (
    "ACR Methodology for Quantifying Nitrous Oxide (N2O) Emissions Reductions from Reduced Use"
    " of Nitrogen Fertilizer on Agricultural Crops"
)
_GS_ALT_COAL = (
    "GS Programme, baseline and monitoring methodology for the introduction of an alternative "
    "ignition technique as measure to improve the energy efficiency of domestic coal fires"
)
_GS_TPDDTEC = (
    "GS TPDDTEC Reduced emissions from cooking and heating – technologies and practices to "
    "displace decentralized thermal energy consumption"
)
_OFFSETSDB = {
    "acr-abandoned-wells": ("ACR Plugging of Orphaned Oil and Gas (OOG) Wells",),
    "acr-affor-refor": ("ACR Afforestation and Reforestation of Degraded Lands",),
    "acr-cali-wetlands": ("ACR Restoration of California Deltaic and Coastal Wetlands",),
    "acr-canada-forest": ("ACR Improved Forest Management (IFM) on Canadian Forestlands",),
    "acr-ccs": ("Emission Reductions from Enhanced Oil Recovery",),
    "acr-cogen": ("Monitoring, Reporting and Verification Protocol for Cogeneration",),
    "acr-foam": (
        "ACR Transition to Advanced Formulation Blowing Agents in Foam Manufacturing and Use",
    ),
    "acr-grasslands": ("ACR Avoided Conversion of Grasslands and Shrublands to Crop Production",),
    "acr-hfc": ("ACR Certified Reclaimed HFC Refrigerants, Propellants, and Fire Suppressants",),
    "acr-idling": ("ACR Truck Stop Electrification",),
    "acr-ifm-nonfed": ("ACR Improved Forest Management (IFM) on Non-Federal U.S. Forestlands",),
    "acr-international-ods": (
        "ACR Destruction of Ozone Depleting Substances from International Sources",
    ),
    "acr-landfill": (
        "ACR Landfill Gas Destruction and Beneficial Use Projects",
        "Monitoring, Reporting and Verification Protocol for Landfill Gas Combustion",
    ),
    "acr-mine-methane": (
        "ACR Capturing and Destroying Methane from Coal and Trona Mines in North America",
    ),
    "acr-n2o": (_ACR_N2O,),
    "acr-ods": ("ACR Destruction of Ozone Depleting Substances and High-GWP Foam",),
    "acr-pneumatic": (
        "ACR Conversion of High-Bleed Pneumatic Controllers in Oil and Natural Gas Systems",
    ),
    "acr-pocosin": ("ACR Restoration of Pocosin Wetlands",),
    "acr-refrige": ("ACR Advanced Refrigeration Systems",),
    "acr-rice": ("ACR Emission Reductions in Rice Management Systems",),
    "acr-transformer-oil": (
        "ACR Methodology for Reduction in Emissions from the Recycling of Transformer Oil",
    ),
    "arb-forest": (_ARB_FOREST,),
    "arb-livestock": (_ARB_LIVESTOCK,),
    "arb-mine-methane": (_ARB_MINES,),
    "arb-ozone": (_ARB_OZONE,),
    "art-trees": (
        "ART - The REDD+ Environmental Excellence Standard (TREES)",
        "FCPF - Carbon Fund Methodological Framework",
    ),
    "car-adipic": (
        "CAR China Adipic Acid Production Protocol",
        "CAR U.S. Adipic Acid Production Protocol",
    ),
    "car-forest": ("CAR U.S. Forest Protocol", _ARB_FOREST),
    "car-forest-mx": ("CAR Mexico Forest Protocol",),
    "car-grassland": ("CAR U.S. Grassland Protocol",),
    "car-grassland-ca": ("CAR Canada Grassland Protocol",),
    "car-landfill": ("CAR U.S. Landfill Protocol",),
    "car-landfill-mx": ("CAR Mexico Landfill Protocol",),
    "car-livestock": (
        "CAR U.S. Livestock Protocol",
        "CAR Argentina Livestock Protocol",
        _ARB_LIVESTOCK,
    ),
    "car-livestock-mx": ("CAR Mexico Livestock Protocol",),
    "car-mine-methane": (_ARB_MINES,),
    "car-n2o": ("CAR U.S. Nitrogen Management Protocol",),
    "car-nitric-acid": ("CAR U.S. Nitric Acid Production Protocol",),
    "car-organic-composting": ("CAR U.S. Organic Waste Composting Protocol",),
    "car-ozone": (
        "CAR U.S. Ozone Depleting Substances Protocol",
        "CAR Article 5 Ozone Depleting Substances Protocol",
        _ARB_OZONE,
    ),
    "car-soil": ("CAR U.S. Soil Enrichment Protocol",),
    "car-waste-digestion": ("CAR U.S. Organic Waste Digestion Protocol",),
    "climate-leaders-landfill": (
        "Offset Project Methodology for Landfill Methane Collection and Combustion",
    ),
    "ecy-ozone": ("ECY Compliance Offset Protocol: Ozone Depleting Substances Projects (ODS)",),
    "ert-gas-sub": ("Emission reductions through industrial gas substitution",),
    "gs-alt-coal": (_GS_ALT_COAL,),
    "gs-drinking-water": (
        "GS Methodology for emission reductions from safe drinking water supply",
    ),
    "gs-kitchen-cookstoves": ("GS Methodology for Improved Cookstoves and Kitchen Regimes",),
    "gs-metered-cookstoves": ("GS Methodology for Metered and Measured Energy Cooking Devices",),
    "gs-reforest": (
        "GS Methodology for Afforestation/Reforestation GHG Emissions Reduction and Sequestration",
    ),
    "gs-shipping": ("GS Retrofit Energy Efficiency Measures in Shipping",),
    "gs-simplified-cookstoves": ("GS Simplified Methodology for Clean and Efficient Cookstoves",),
    "gs-tpddtec": (_GS_TPDDTEC,),
}
_ISOMETRIC = {
    "biochar": ("Biochar Production and Storage",),
    "bio-oil-geological-storage": ("Bio-oil Geological Storage",),
    "biomass-geological-storage": ("Biomass Geological Storage",),
    "direct-air-capture": ("Direct Air Capture",),
    "enhanced-weathering-agriculture": ("Enhanced Weathering in Agriculture",),
}
PROTOCOLS: Mapping[str, tuple[str, ...]] = MappingProxyType({**_OFFSETSDB, **_ISOMETRIC})
"""Names by short name: of several, the protocol is one of them.

OffsetsDB's as the Voluntary Registry Offsets Database names the same projects (December 2025; 54
short names, of 3,100 projects one is named otherwise); Isometric's as its interface has them, by
the titles that decisions are given to.
"""
