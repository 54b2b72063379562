"""Tables of text as CSV: strangers' text made safe, so that no spreadsheet runs it."""

import io
from collections.abc import Iterable, Sequence
from csv import writer

from offsetcheck.report.cleaning import FORMULA, shorten_and_escape


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a heading and rows of raw texts as CSV; what looks like a formula gets a quote."""
    text = io.StringIO()
    table = writer(text, lineterminator="\n")
    table.writerow(headings)
    table.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(text: str) -> str:
    shown = shorten_and_escape(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
