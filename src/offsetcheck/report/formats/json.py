"""JSON: the explanation itself, one canonical text for one content."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation


def json(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return an explanation as canonical JSON: sorted keys, no spaces, one line."""
    from offsetcheck.ground.canonical import canonical_json

    del words, templates, back  # an explanation holds its sentences, and JSON links to nothing
    return canonical_json(explanation.model_dump(mode="json")) + "\n"


FORMAT = Format(name="json", suffix="json", render=json)
