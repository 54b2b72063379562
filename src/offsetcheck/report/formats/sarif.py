"""SARIF 2.1.0: the findings as results of an analysis, for viewers that developers have."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("result",)


def sarif(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return a whole result as JSON; what is not known is not in it."""
    from offsetcheck.report.exports.json_text import json_text
    from offsetcheck.report.exports.known import remark_of
    from offsetcheck.report.exports.sarif import sarif_log
    from offsetcheck.vocabulary.result_explanation import ResultExplanation

    del templates, back  # names are those of the data model
    assert isinstance(explanation, ResultExplanation)  # noqa: S101 - `KINDS` says so
    return json_text(sarif_log(explanation, remark_of(words)))


FORMAT = Format(
    name="sarif", suffix="sarif", render=sarif, kinds=lambda: KINDS, list_stem="findings"
)
