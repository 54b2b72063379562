"""CSV of a look back: one row a lot, no text of which a spreadsheet takes for a formula."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("lookback",)


def csv(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return the lots of a look back with both verdicts, in the order of their days."""
    import io
    from csv import writer

    from offsetcheck.report.lookback_rows import HEADINGS, rows_of
    from offsetcheck.vocabulary.lookback import LookbackExplanation

    del words, templates, back  # headings are codes, as in every table, and CSV links to nothing
    assert isinstance(explanation, LookbackExplanation)  # noqa: S101 - `KINDS` says so
    text = io.StringIO()
    table = writer(text, lineterminator="\n")
    table.writerow(HEADINGS)
    table.writerows(rows_of(explanation))
    return text.getvalue()


FORMAT = Format(name="csv", suffix="csv", render=csv, kinds=lambda: KINDS)
