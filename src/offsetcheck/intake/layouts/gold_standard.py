"""Gold Standard's project export: 13 columns; goals as bare numbers in no order.

The methodology cell holds a free title with the version somewhere in it. Titles of the standard's
own methodologies are told by their telling words and take the one name that other lists use.
"""

from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, Mapped, column, headers
from offsetcheck.intake.normalise.text import key

NAMES = {
    "tpddtec": (
        "GS TPDDTEC Reduced emissions from cooking and heating – technologies and practices "
        "to displace decentralized thermal energy consumption"
    ),
    "simplified methodology for": "GS Simplified Methodology for Clean and Efficient Cookstoves",
    "metered & measured energy cooking": (
        "GS Methodology for Metered and Measured Energy Cooking Devices"
    ),
    "cook stoves and kitchen regimes": "GS Methodology for Improved Cookstoves and Kitchen Regimes",
    "safe drinking water supply": (
        "GS Methodology for emission reductions from safe drinking water supply"
    ),
    "afforestation/reforestation ghg emissions": (
        "GS Methodology for Afforestation/Reforestation GHG Emissions Reduction and Sequestration"
    ),
    "adjusted water management practice in rice": (
        "GS Methodology for Methane Emission Reduction by Adjusted Water Management Practice "
        "in Rice Cultivation"
    ),
    "soil organic carbon framework": "GS Soil Organic Carbon Framework Methodology",
}


def _named(text: str) -> str:
    """Return the common name of one of the standard's own methodologies; ids stay as they are."""
    title = key(text)
    if title.startswith(("acm", "am", "ams", "ar-")):
        return text
    return next((name for words, name in NAMES.items() if words in title), text)


def _compute(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    return {"methodology_version": column(sheet, "Methodology")}


LAYOUT = Layout(
    name="gold_standard",
    source="Gold Standard Impact Registry, project export",
    programme="GS",
    needs=headers("GSID", "Project Name", "Project Developer Name", "Status", "Country"),
    known=headers("Programme of Activities", "POA GSID"),
    columns=(
        Mapped("id", ("GSID",)),
        Mapped("name", ("Project Name",)),
        Mapped("developer", ("Project Developer Name",)),
        Mapped("registry_status", ("Status",)),
        Mapped("sdgs_claimed", ("Sustainable Development Goals",)),
        Mapped("project_type", ("Project Type",)),
        Mapped("country", ("Country",)),
        Mapped("description", ("Description",)),
        Mapped("estimated_annual", ("Estimated Annual Credits",)),
        Mapped("methodology", ("Methodology",), _named),
        Mapped("scale", ("Size",)),
    ),
    compute=_compute,
)
