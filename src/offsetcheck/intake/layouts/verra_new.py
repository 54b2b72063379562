"""Verra's project export since August 2026: 20 columns, `DD Mon YYYY`, lists apart by `, `.

One header is the untranslated key of a web page. The methodology carries its version, as
`VMR0014 (Version 1)` or `(Version NA)`. An empty cell of the goals states nothing: nearly all are.
The crediting period is the current one, numbered by its term.
"""

from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, Mapped, column, headers
from offsetcheck.intake.layouts.verra import one_scope, project_types, without_role

AFOLU = "PUBLIC_VIEW_REPORTS_PROJECTS.pubReportsProjectsList.AFOLUActivities"

STARTS = "Crediting Period Duration Start Date"


def _compute(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    scope = column(sheet, "Sectoral Scope")
    afolu = column(sheet, AFOLU, "AFOLU Activities")
    return {
        "project_type": project_types(scope, afolu),
        "methodology_version": column(sheet, "Methodology"),
        "first_crediting_start": _first_start(sheet),
    }


def _first_start(sheet: Sheet) -> Sequence[str]:
    """Return the start of the first crediting period, known where the current one is the first."""
    terms, starts = column(sheet, "Crediting Period Term"), column(sheet, STARTS)
    return [start if term == "1" else "" for term, start in zip(terms, starts, strict=True)]


LAYOUT = Layout(
    name="verra_new",
    source="Verra registry, project export",
    programme="VCS",
    needs=headers("Project ID", "Project Name", "Proponents", "Sectoral Scope", "Country"),
    known=headers(
        "Program", AFOLU, "Region", "Crediting Period Term",
        "Authorized Representative Organization Name",
    ),
    columns=(
        Mapped("id", ("Project ID",)),
        Mapped("name", ("Project Name",)),
        Mapped("developer", ("Proponents",), without_role),
        Mapped("sectoral_scope", ("Sectoral Scope",), one_scope),
        Mapped("methodology", ("Methodology",)),
        Mapped(
            "estimated_annual",
            ("Estimated Average Annual Emission Reductions and Carbon Dioxide Removals",),
        ),
        Mapped("sdgs_claimed", ("Sustainable Development Contributions",)),
        Mapped("validator", ("Validator",)),
        Mapped("country", ("Country",)),
        Mapped("subdivision", ("State/Province",)),
        Mapped("start_date", ("Estimated Project Start Date",)),
        Mapped("crediting_start", (STARTS,)),
        Mapped("crediting_end", ("Crediting Period Duration End Date",)),
        Mapped("registered_on", ("Project Registration Date",)),
        Mapped("registry_status", ("Status",)),
    ),
    compute=_compute,
)  # fmt: skip
