"""OCDS 1.1: the tender as a release, for a city's open contracting data."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

KINDS = ("result",)


def ocds(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return a whole result as JSON; what is not known is not in it."""
    from offsetcheck.report.exports.json_text import json_text
    from offsetcheck.report.exports.ocds import ocds_release
    from offsetcheck.vocabulary.result_explanation import ResultExplanation

    del words, templates, back  # names are those of the data model
    assert isinstance(explanation, ResultExplanation)  # noqa: S101 - `KINDS` says so
    return json_text(ocds_release(explanation))


FORMAT = Format(name="ocds", suffix="json", render=ocds, kinds=lambda: KINDS, list_stem="ocds")
