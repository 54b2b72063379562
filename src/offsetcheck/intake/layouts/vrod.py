"""Berkeley's Voluntary Registry Offsets Database, sheet PROJECTS, editions 2022 to 2025.

Headers hold line breaks. Four blocks of year columns follow the totals: issued by vintage, retired
by year, remaining by vintage, issued by year; only the first is read, for the newest vintage. The
column of certifications is filled from the labels of three registries: for projects of these an
empty cell means none, for the others it states nothing.
"""

import re
from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, Mapped, column, headers, one_party

_YEAR = re.compile(r"(?:19|20)\d{2}(?:\.0)?")
_NOTHING = frozenset({"", "0", "0.0", "-"})

LABELLED = frozenset({"VCS", "ACR", "CAR"})
"""Programmes whose labels the database takes over; it has none for Gold Standard and ART."""


def _compute(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    newest = [""] * len(sheet)
    for year, index in sorted(_first_block(sheet).items()):
        for row, cell in enumerate(sheet.columns[index]):
            if cell not in _NOTHING:
                newest[row] = year
    return {"last_vintage": newest, "methodology_version": _versions(sheet)}


def _first_block(sheet: Sheet) -> Mapping[str, int]:
    """Return the first column of each year: the block of credits issued by vintage."""
    return {key[:4]: at for key, at in sheet.keys().items() if _YEAR.fullmatch(key)}


def _versions(sheet: Sheet) -> Sequence[str]:
    stated = column(sheet, "Methodology Version")
    named = column(sheet, "Methodology / Protocol")
    return [version or name for version, name in zip(stated, named, strict=True)]


LAYOUT = Layout(
    name="vrod",
    source="Voluntary Registry Offsets Database, UC Berkeley",
    needs=headers(
        "Project ID", "Voluntary Registry", "Voluntary Status", "Reduction / Removal", "Country"
    ),
    known=headers("Region", "Project Owner", "PERs", "Registry Documents", "Project Website"),
    columns=(
        Mapped("id", ("Project ID",)),
        Mapped("name", ("Project Name",)),
        Mapped("programme", ("Voluntary Registry",)),
        Mapped("compliance_programme", ("ARB / WA Project", "ARB Project")),
        Mapped("registry_status", ("Voluntary Status",)),
        Mapped("sectoral_scope", ("Scope",)),
        Mapped("project_type", ("Type",)),
        Mapped("mechanism", ("Reduction / Removal",)),
        Mapped("methodology", ("Methodology / Protocol",)),
        Mapped("country", ("Country",)),
        Mapped("subdivision", ("State",)),
        Mapped("location", ("Project Site Location",)),
        Mapped("developer", ("Project Developer",), one_party),
        Mapped("issued", ("Total Credits Issued",)),
        Mapped("retired", ("Total Credits Retired",)),
        Mapped("remaining", ("Total Credits Remaining",)),
        Mapped("buffer_deposits", ("Total Buffer Pool Deposits",)),
        Mapped("reversals_covered", ("Reversals Covered by Buffer Pool",)),
        Mapped("reversals_uncovered", ("Reversals Not Covered by Buffer",)),
        Mapped("buffer_released", ("Buffer Credits Released to Project",)),
        Mapped("compliance_status", ("ARB / WA Status", "ARB Status")),
        Mapped("first_vintage", ("First Year of Project (Vintage)", "First Year of Project")),
        Mapped("estimated_annual", ("Estimated Annual Emission Reductions",)),
        Mapped("verifier", ("Verifier",)),
        Mapped("listed_on", ("Project Listed",)),
        Mapped("registered_on", ("Project Registered",)),
        Mapped("labels", ("Sustainability Certifications",), separators=";", empty_of=LABELLED),
        Mapped("description", ("Project Description",)),
    ),
    compute=_compute,
)
