"""Which field a heading of a bid sheet means: by id, title or alias, unit and currency aside."""

import re
from collections.abc import Mapping

from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.dictionary import Dictionary

PAPERS = {"document": "document", "evidence": "document", "page": "page"}
"""Last words of a heading that tell of the paper behind a field, and what they tell."""

Target = str | tuple[str, str]
"""A field, or a field and what a column tells of its paper."""

MAX_CHARACTERS = 200
"""Characters; a longer cell is text that has slipped into the header."""

_UNNAMED = re.compile(r"unnamed: \d+")
_UNIT = re.compile(
    r"\s*[\[(][^\])]*[\])]$|[\s,]+(?:in |per t.*)?(?:eur|usd|aud|cop|gbp|chf|cad)(?:/t.*)?$"
)


def header_names(dictionary: Dictionary) -> Mapping[str, str]:
    """Return every heading that names an input field, as compared, with the field's name."""
    names: dict[str, str] = {}
    inputs = {name: field for name, field in dictionary.candidate.items() if field.is_input}
    for name in inputs:
        names[key(name)] = names[key(name.replace("_", " "))] = name
    for name, field in inputs.items():
        for spelled in (*field.aliases, *field.title.values()):
            names.setdefault(key(spelled), name)
    return names


def is_blank(header: str) -> bool:
    """Return whether a heading says nothing; a data frame writes `Unnamed: 0` for none."""
    return not header.strip() or _UNNAMED.fullmatch(key(header)) is not None


def target_of(header: str, names: Mapping[str, str]) -> Target | None:
    """Return what a heading means: `price`, `Price (EUR/t)`, `price document`; None if nothing."""
    whole = key(header)
    if len(whole) > MAX_CHARACTERS:
        return None
    for heading in (whole, _UNIT.sub("", whole)):
        if heading in names:
            return names[heading]
    stem, _, last = whole.replace(":", " ").rpartition(" ")
    if last in PAPERS and stem.strip() in names:
        return names[stem.strip()], PAPERS[last]
    return None
