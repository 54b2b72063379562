"""A number with bounds in a workbook: two columns, so that each can be sorted and summed."""

from collections.abc import Mapping

from offsetcheck.report.workbooks.book import Column, Kind
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine


def both_columns(title: str, kind: Kind, words: Mapping[str, str]) -> tuple[Column, Column]:
    """Return the columns of a number with bounds: the lowest and the highest that it can be."""
    lowest, highest = words["tonnes.book.lowest"], words["tonnes.book.highest"]
    return Column(f"{title}: {lowest}", kind, 14), Column(f"{title}: {highest}", kind, 14)


def ends(line: BoundsLine | None) -> tuple[float | None, float | None]:
    """Return both bounds, None for one that nothing sets."""
    return (None, None) if line is None else (line.low, line.high)
