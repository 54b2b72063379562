"""ART's programme export: 14 columns and one unnamed, countries in capitals, US dates."""

from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, Mapped, headers


def _compute(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    """Every programme of ART credits the forests of a whole jurisdiction under its one standard."""
    return {"project_type": ["Jurisdictional REDD+"] * len(sheet)}


LAYOUT = Layout(
    name="art",
    source="ART registry, programme export",
    programme="ART",
    needs=headers("Program ID", "Sovereign Program Developer", "Program Name", "Program Country"),
    known=headers("Program Notes", "Documents", "Program Website", "Numberoffiles", "Program Type"),
    columns=(
        Mapped("id", ("Program ID",)),
        Mapped("developer", ("Sovereign Program Developer",)),
        Mapped("name", ("Program Name",)),
        Mapped("methodology", ("Crediting Program and Standard",)),
        Mapped("verifier", ("Verification Body",)),
        Mapped("registry_status", ("Status",)),
        Mapped("first_crediting_start", ("Initial Crediting Period Start Date",)),
        Mapped("location", ("Program Jurisdiction(s)",)),
        Mapped("country", ("Program Country",)),
    ),
    compute=_compute,
)
