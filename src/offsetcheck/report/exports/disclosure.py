"""The table of units of a Climate Active public disclosure statement, as far as it is known.

It lists the offers that may be bought. What only the retirement tells is empty until the purchase
says that it has taken place.
"""

from collections.abc import Sequence

from offsetcheck.report.exports.known import Known, day, number, text, values_of
from offsetcheck.vocabulary.result_explanation import ResultExplanation, ResultOffer

HEADINGS = (
    "Project description",
    "Type of offset units",
    "Registry",
    "Date retired",
    "Serial number (including hyperlink to registry transaction record)",
    "Vintage",
    "Stapled quantity",
    "Eligible quantity (tCO2-e)",
    "Eligible quantity used for previous reporting periods",
    "Eligible quantity banked for future reporting periods",
    "Eligible quantity used for this reporting period claim",
    "Percentage of total (%)",
)
MAY_BE_BOUGHT = frozenset({"eligible", "eligible_with_conditions"})
Row = Sequence[str]


def disclosure_rows(result: ResultExplanation) -> list[Row]:
    """Return a row for each offer that may be bought, its cells in the order of the headings."""
    offers = [o for o in result.offers if o.explained.verdict.verdict in MAY_BE_BOUGHT]
    retired = day(values_of(result.purchase), "retired_on")
    total = sum(offer.explained.offer.tonnes or 0 for offer in offers)
    return [_row(offer, retired, total) for offer in offers]


def _row(offer: ResultOffer, retired: str | None, total: float) -> Row:
    known = values_of(offer.known)
    said = {line.field: line.words for line in offer.known}
    tonnes = number(known, "tonnes")
    used = tonnes if retired else None
    share = 100 * used / total if used is not None and total else None
    return (
        offer.explained.offer.name,
        text(known, "unit_type") or "",
        said.get("programme", ""),
        retired or "",
        _serials(known),
        str(known.get("vintage", "")),
        "",
        _amount(tonnes),
        "",
        "",
        _amount(used),
        "" if share is None else f"{share:.1f}",
    )


def _serials(known: Known) -> str:
    return text(known, "serials") or ""


def _amount(value: float | None) -> str:
    return "" if value is None else str(value)
