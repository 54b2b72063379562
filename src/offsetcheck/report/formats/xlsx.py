"""XLSX: results, award views, comparable tonnes and balances, a sheet for each table."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("award", "balance", "result", "tonnes")


def xlsx(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> bytes:
    """Return a whole result, an award view, comparable tonnes or a balance as a workbook."""
    from offsetcheck.report.workbooks.award import award_book
    from offsetcheck.report.workbooks.balance import balance_book
    from offsetcheck.report.workbooks.results import result_book
    from offsetcheck.report.workbooks.tonnes import tonnes_book
    from offsetcheck.vocabulary.award import AwardExplanation
    from offsetcheck.vocabulary.balance_explanation import BalanceExplanation
    from offsetcheck.vocabulary.result_explanation import ResultExplanation
    from offsetcheck.vocabulary.tonnes_explanation import TonnesExplanation

    del templates, back  # a workbook has no template and links to nothing
    if isinstance(explanation, AwardExplanation):
        return award_book(explanation, words)
    if isinstance(explanation, BalanceExplanation):
        return balance_book(explanation, words)
    if isinstance(explanation, TonnesExplanation):
        return tonnes_book(explanation, words)
    assert isinstance(explanation, ResultExplanation)  # noqa: S101 - `KINDS` says so
    return result_book(explanation, words)


FORMAT = Format(name="xlsx", suffix="xlsx", render=xlsx, kinds=lambda: KINDS, list_stem="results")
