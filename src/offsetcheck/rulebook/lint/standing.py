"""Whose a source is."""

from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.evidence import Standing


def is_ours(source: SourceEntry | None) -> bool:
    """Whether a source says that what it stands under is of our own design."""
    return source is not None and source.standing is Standing.DESIGN
