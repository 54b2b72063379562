"""The table of units of a Climate Active public disclosure statement, as a workbook."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("result",)


def disclosure_xlsx(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> bytes:
    """Return the offers that may be bought as a sheet behind one that says of what it is."""
    from offsetcheck.report.workbooks.disclosure import disclosure_book
    from offsetcheck.vocabulary.result_explanation import ResultExplanation

    del templates, back  # a workbook has no template and links to nothing
    assert isinstance(explanation, ResultExplanation)  # noqa: S101 - `KINDS` says so
    return disclosure_book(explanation, words)


FORMAT = Format(
    name="disclosure_xlsx",
    suffix="xlsx",
    render=disclosure_xlsx,
    kinds=lambda: KINDS,
    list_stem="disclosure",
)
