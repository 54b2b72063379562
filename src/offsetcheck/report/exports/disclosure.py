"""The table of units of a Climate Active public disclosure statement, as far as it is known.

It lists the offers that may be bought. What only the retirement tells is empty until the purchase
says that it has taken place.
"""

from datetime import date

from offsetcheck.report.exports.known import day, number, text, values_of
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
Value = str | int | float | date | None


def disclosure_rows(result: ResultExplanation, remark: str = "") -> list[list[str]]:
    """Return `disclosure_values` as texts, a share with one digit; a remark under the table."""
    rows = [[_text(value) for value in row] for row in disclosure_values(result)]
    blank = [""] * (len(HEADINGS) - 1)
    return [*rows, ["", *blank], [remark, *blank]] if remark else rows


def disclosure_values(result: ResultExplanation) -> list[tuple[Value, ...]]:
    """Return a row for each offer that may be bought, its values in the order of the headings.

    A percentage is one of 100; what is not known is None.
    """
    offers = [o for o in result.offers if o.explained.verdict.verdict in MAY_BE_BOUGHT]
    retired = day(values_of(result.purchase), "retired_on")
    on = date.fromisoformat(retired) if retired else None
    total = sum(offer.explained.offer.tonnes or 0 for offer in offers)
    return [_row(offer, on, total) for offer in offers]


def _row(offer: ResultOffer, retired: date | None, total: float) -> tuple[Value, ...]:
    known = values_of(offer.known)
    said = {line.field: line.words for line in offer.known}
    tonnes = number(known, "tonnes")
    used = tonnes if retired else None
    share = 100 * used / total if used is not None and total else None
    return (
        offer.explained.offer.name,
        text(known, "unit_type"),
        said.get("programme"),
        retired,
        text(known, "serials"),
        number(known, "vintage"),
        None,
        tonnes,
        None,
        None,
        used,
        None if share is None else round(share, 1),
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)
