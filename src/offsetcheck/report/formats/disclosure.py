"""The table of units of a Climate Active public disclosure statement, as CSV."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("result",)


def disclosure(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return the offers that may be bought as rows, no text of which is taken for a formula."""
    from offsetcheck.report.cells import csv_text
    from offsetcheck.report.exports.disclosure import HEADINGS, disclosure_rows
    from offsetcheck.report.exports.known import remark_of
    from offsetcheck.vocabulary.result_explanation import ResultExplanation

    del templates, back  # headings are those of the statement
    assert isinstance(explanation, ResultExplanation)  # noqa: S101 - `KINDS` says so
    return csv_text(HEADINGS, disclosure_rows(explanation, remark_of(words)))


FORMAT = Format(
    name="disclosure", suffix="csv", render=disclosure, kinds=lambda: KINDS, list_stem="disclosure"
)
