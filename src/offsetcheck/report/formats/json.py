"""JSON: the explanation itself, one canonical text for one content."""

from offsetcheck.ground.canonical import canonical_json
from offsetcheck.vocabulary.explanation import Explained


def json(explanation: Explained) -> str:
    """Return an explanation as canonical JSON: sorted keys, no spaces, one line."""
    return canonical_json(explanation.model_dump(mode="json")) + "\n"
