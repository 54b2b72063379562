"""CDOP: the projects on offer under the names of the Carbon Data Open Protocol."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("result",)


def cdop(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return a whole result as JSON; what is not known is not in it."""
    from offsetcheck.report.exports.cdop import cdop_projects
    from offsetcheck.report.exports.json_text import json_text
    from offsetcheck.vocabulary.result_explanation import ResultExplanation

    del words, templates, back  # names are those of the data model
    assert isinstance(explanation, ResultExplanation)  # noqa: S101 - `KINDS` says so
    return json_text(cdop_projects(explanation))


FORMAT = Format(name="cdop", suffix="json", render=cdop, kinds=lambda: KINDS, list_stem="cdop")
