"""The programme that the heading of a column of ids names: bare numbers below it are its own."""

from offsetcheck.intake.normalise.codes import code_reader
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.headings import heading_words
from offsetcheck.vocabulary.problem import UnreadableError

ABOUT_IDS = frozenset(
    {"id", "ids", "project", "number", "no", "nr", "code", "registry", "reference", "ref"}
)
"""Words of a heading that say that ids stand below, and nothing of whose they are."""


def programme_said(header: str, field: Field) -> str | None:
    """Return the programme that `VCS ID` or `Gold Standard project no.` names, None for none.

    `field` is the programme of the dictionary, whose spellings count.
    """
    words = [word for word in heading_words(header) if word not in ABOUT_IDS]
    try:
        said = code_reader(field)(" ".join(words)) if words else None
    except UnreadableError:
        return None
    return said if isinstance(said, str) and said in field.codes else None


def programme_of_number(text: str, programme: str) -> str | None:
    """Return the programme for a bare number; an id with a prefix of its own says its own."""
    return programme if text.strip().removesuffix(".0").isdecimal() else None
