"""CSV of a look back or an award view, no text of which a spreadsheet takes for a formula."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("award", "lookback")


def csv(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return the lots of a look back in the order of their days, or offers with what sets take."""
    from offsetcheck.report import award_rows, lookback_rows
    from offsetcheck.report.cells import csv_text
    from offsetcheck.vocabulary.award import AwardExplanation
    from offsetcheck.vocabulary.lookback import LookbackExplanation

    del words, templates, back  # headings are codes, as in every table, and CSV links to nothing
    if isinstance(explanation, AwardExplanation):
        return csv_text(award_rows.headings(explanation), award_rows.rows_of(explanation))
    assert isinstance(explanation, LookbackExplanation)  # noqa: S101 - `KINDS` says so
    return csv_text(lookback_rows.HEADINGS, lookback_rows.rows_of(explanation))


FORMAT = Format(name="csv", suffix="csv", render=csv, kinds=lambda: KINDS)
