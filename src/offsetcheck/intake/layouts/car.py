"""Climate Action Reserve's project export: 24 columns and one unnamed, US dates.

The column of additional certifications is the registry's list of labels: empty means none.
"""

from offsetcheck.intake.layouts.layout import Layout, Mapped, headers

LABELLED = frozenset({"CAR"})

LAYOUT = Layout(
    name="car",
    source="Climate Action Reserve, project export",
    programme="CAR",
    needs=headers("Project ID", "Project Owner", "Project Type", "Status", "Project Site Country"),
    known=headers(
        "Cooperative/ Aggregate ID", "Offset Project Operator", "Authorized Project Designee",
        "Project Notes", "Documents", "Data", "Project Website",
    ),
    columns=(
        Mapped("id", ("Project ID",)),
        Mapped("compliance_programme", ("Compliance Program ID",)),
        Mapped("compliance_status", ("Compliance Program Status",)),
        Mapped("developer", ("Project Developer", "Project Owner")),
        Mapped("name", ("Project Name",)),
        Mapped("verifier", ("Verification Body",)),
        Mapped("project_type", ("Project Type",)),
        Mapped("registry_status", ("Status",)),
        Mapped("location", ("Project Site Location",)),
        Mapped("subdivision", ("Project Site State",)),
        Mapped("country", ("Project Site Country",)),
        Mapped("labels", ("Additional Certification(s)",), separators=";", empty_of=LABELLED),
        Mapped("sdgs_claimed", ("SDG Impact",)),
        Mapped("issued", ("Total Number of Offset Credits Registered",)),
        Mapped("listed_on", ("Project Listed Date",)),
        Mapped("registered_on", ("Project Registered Date",)),
    ),
)  # fmt: skip
