"""Verra's project export until August 2026: 13 columns, ISO dates, lists apart by `; `."""

from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, Mapped, column, headers
from offsetcheck.intake.layouts.verra import one_scope, project_types, without_role


def _compute(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    scope, afolu = column(sheet, "Project Type"), column(sheet, "AFOLU Activities")
    return {"project_type": project_types(scope, afolu)}


LAYOUT = Layout(
    name="verra_old",
    source="Verra registry, project export",
    programme="VCS",
    needs=headers("ID", "Name", "Proponent", "Project Type", "AFOLU Activities", "Country/Area"),
    known=headers("Region"),
    columns=(
        Mapped("id", ("ID",)),
        Mapped("name", ("Name",)),
        Mapped("developer", ("Proponent",), without_role),
        Mapped("sectoral_scope", ("Project Type",), one_scope),
        Mapped("methodology", ("Methodology",)),
        Mapped("registry_status", ("Status",)),
        Mapped("country", ("Country/Area",)),
        Mapped("estimated_annual", ("Estimated Annual Emission Reductions",)),
        Mapped("registered_on", ("Project Registration Date",)),
        Mapped("crediting_start", ("Crediting Period Start Date",)),
        Mapped("crediting_end", ("Crediting Period End Date",)),
    ),
    compute=_compute,
)
