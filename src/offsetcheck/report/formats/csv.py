"""CSV of a result, a look back or an award view, no text of which a spreadsheet runs."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import RESULT, Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("award", "lookback", RESULT)


def csv(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return offers with their verdicts, or with what sets take, or lots of a look back by day."""
    from offsetcheck.report import award_rows, lookback_rows, result_rows
    from offsetcheck.report.cells import csv_text
    from offsetcheck.report.exports.known import remark_of
    from offsetcheck.vocabulary.award import AwardExplanation
    from offsetcheck.vocabulary.lookback import LookbackExplanation
    from offsetcheck.vocabulary.result_explanation import ResultExplanation

    del templates, back  # headings are codes, as in every table, and CSV links to nothing
    if isinstance(explanation, AwardExplanation):
        return csv_text(award_rows.headings(explanation), award_rows.rows_of(explanation))
    if isinstance(explanation, ResultExplanation):
        rows = result_rows.rows_of(explanation, remark_of(words))
        return csv_text(result_rows.HEADINGS, rows)
    assert isinstance(explanation, LookbackExplanation)  # noqa: S101 - `KINDS` says so
    return csv_text(lookback_rows.HEADINGS, lookback_rows.rows_of(explanation))


FORMAT = Format(name="csv", suffix="csv", render=csv, kinds=lambda: KINDS, list_stem="results")
