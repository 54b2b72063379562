"""ACR's project export of its APX registry: Windows-1252, US dates, a trailing unnamed column.

`N/A` is written out where a project has no voluntary status; it states nothing.
"""

from offsetcheck.intake.layouts.layout import Layout, Mapped, headers
from offsetcheck.intake.normalise.methodologies import methodology_id

_NOT_OF_ACR = ("ACR ", "ARB ", "ECY ", "Climate Action Reserve")

_RENAMED = {
    "Destruction of Ozone Depleting Substances (ODS) from International Sources": (
        "ACR Destruction of Ozone Depleting Substances from International Sources"
    ),
    "Plugging Orphan Oil and Gas Wells in the U.S. and Canada": (
        "ACR Plugging of Orphaned Oil and Gas (OOG) Wells"
    ),
}
"""Protocols whose title in the export differs from the one that other lists use."""


def _with_programme(text: str) -> str:
    """Return a protocol as other lists name it, `ACR …`; ids and protocols of others stay."""
    bare = text.strip()
    if bare in _RENAMED:
        return _RENAMED[bare]
    if not bare or methodology_id(bare) or bare.startswith(_NOT_OF_ACR):
        return bare
    return f"ACR {bare}"


LAYOUT = Layout(
    name="acr",
    source="ACR registry, project export",
    programme="ACR",
    needs=headers(
        "Project ID", "Project Methodology/Protocol", "Voluntary Status", "Project Site Country"
    ),
    known=headers("Project Status Date", "Documents", "Project Website"),
    columns=(
        Mapped("id", ("Project ID",)),
        Mapped("name", ("Project Name",)),
        Mapped("developer", ("Project Developer",)),
        Mapped(
            "compliance_programme",
            ("Compliance Program ID (ARB or Ecology)", "Compliance Program ID"),
        ),
        Mapped(
            "compliance_status",
            ("Compliance Program Status (ARB or Ecology)", "Compliance Program Status"),
        ),
        Mapped("project_type", ("Project Type",)),
        Mapped("methodology", ("Project Methodology/Protocol",), _with_programme),
        Mapped("first_crediting_start", ("Initial Crediting Period Start Date",)),
        Mapped("crediting_start", ("Current Crediting Period Start Date",)),
        Mapped("crediting_end", ("Current Crediting Period End Date",)),
        Mapped("registry_status", ("Voluntary Status",)),
        Mapped("location", ("Project Site Location",)),
        Mapped("subdivision", ("Project Site State",)),
        Mapped("country", ("Project Site Country",)),
        Mapped("sdgs_claimed", ("Sustainable Development Goal(s)",)),
        Mapped("verifier", ("Current VVB",)),
        Mapped("validator", ("ACR Project Validation",)),
        Mapped("issued", ("Total Number of Credits Registered",)),
    ),
)
