"""CarbonPlan's OffsetsDB, projects table: 17 columns, Gold Standard ids as `GLD…`.

`unknown` stands where OffsetsDB has not mapped a status or type: it states nothing. The column
`protocol` is a JSON list of OffsetsDB's own lower-case names; those can be read that are ids of a
methodology or stand for a protocol that others name. What is left is what was issued less what was
retired, as in the database itself, where a cancellation counts as a retirement.
"""

from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, Mapped, column, headers, one_party
from offsetcheck.intake.normalise.codes import split_list
from offsetcheck.intake.normalise.methodologies import methodology_id
from offsetcheck.intake.normalise.numbers import NumberStyle, number_text, read_number
from offsetcheck.intake.normalise.protocols import PROTOCOLS
from offsetcheck.intake.normalise.text import is_placeholder
from offsetcheck.vocabulary.problem import UnreadableError


def _protocol(text: str) -> str:
    """Return a list of ids as text; a short name that stands for no known protocol is left out."""
    names = [name for name in split_list(text, ";") if not is_placeholder(name)]
    return "; ".join(name for name in names if _is_known(name))


def _is_known(name: str) -> bool:
    return bool(methodology_id(name)) or name in PROTOCOLS or not name.islower()


_COARSER = {
    "REDD+": "REDD+; Jurisdictional REDD+",
    "Lighting": "Lighting; Solar Lighting",
    "Energy Efficiency": "Energy Efficiency; Bundled Energy Efficiency",
    "Compost": "Compost; Bundled Compost Production and Soil Application",
    "Concrete CCS": "Carbon-Absorbing Concrete; Carbon Capture in Concrete",
}
"""Types of the database that hold several types of other lists."""


def _type(text: str) -> str:
    """Return the types that a cell may mean, escaped subscripts written out."""
    return _COARSER.get(text, text.replace(r"\u2082", "₂").replace(r"\u2086", "₆"))


def _compliance(text: str) -> str:
    return {"true": "compliance", "false": "none"}.get(text.casefold(), "")


def _compute(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    pairs = zip(column(sheet, "issued"), column(sheet, "retired"), strict=True)
    return {"remaining": [_left(issued, retired) for issued, retired in pairs]}


def _left(issued: str, retired: str) -> str:
    """Return what is left as text, "" where one of the two is no number."""
    try:
        total, gone = read_number(issued, NumberStyle.DOT), read_number(retired, NumberStyle.DOT)
    except UnreadableError:
        return ""
    return "" if total is None or gone is None else number_text(total - gone)


LAYOUT = Layout(
    name="offsetsdb",
    source="OffsetsDB, CarbonPlan",
    needs=headers("project_id", "registry", "protocol", "status", "issued", "retired"),
    known=headers("first_issuance_at", "first_retirement_at", "project_type_source", "project_url"),
    columns=(
        Mapped("id", ("project_id",)),
        Mapped("name", ("name",)),
        Mapped("programme", ("registry",)),
        Mapped("developer", ("proponent",), one_party),
        Mapped("country", ("country",)),
        Mapped("sectoral_scope", ("category",)),
        Mapped("project_type", ("project_type",), _type),
        Mapped("methodology", ("protocol",), _protocol),
        Mapped("registry_status", ("status",)),
        Mapped("compliance_programme", ("is_compliance",), _compliance),
        Mapped("listed_on", ("listed_at",)),
        Mapped("issued", ("issued",)),
        Mapped("retired", ("retired",)),
    ),
    compute=_compute,
)
