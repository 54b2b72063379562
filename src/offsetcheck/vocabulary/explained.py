"""What every explanation is made of: its base, sources, values, problems and the audit.

Sentences are in the language named by `language`; words of closed lists stand beside them as
codes. Scores and bounds are thousandths of a point (1000 to 5000). Keys are only ever added.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = "1.0"


class Who(StrEnum):
    """Who has something to do; a condition names in its own words who does what by when."""

    SELLER = "seller"
    OFFICER = "officer"
    CITY = "city"
    CONDITION = "condition"


class Edition(StrEnum):
    """How much a report shows: all, or the sheet to sign and the list, without findings."""

    FULL = "full"
    SUMMARY = "summary"


def is_none(value: object) -> bool:
    """Return whether a key is left out of what is written down, for one that few results have."""
    return value is None


class Explained(BaseModel):
    """A part of an explanation: it cannot change once it is made."""

    # Built when first used: a run that prints one offer needs a part of the models only.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Explanation(Explained):
    """A whole explanation, as a format renders it; `kind` tells which one it is."""

    schema_version: str = SCHEMA_VERSION
    kind: str
    language: str


class SourceLine(Explained):
    """A cited text: `words` names guide, edition and clause, `standing` how it was seen."""

    standing: str
    standing_words: str
    words: str
    guide: str | None = None
    clause: str | None = None
    url: str | None = None


class ParameterLine(Explained):
    """A number or word that a rule used: its value, who set it, since when, on which source.

    `layer` and `since` are codes; `set_by` says both in words.
    """

    name: str
    value: str | None
    layer: str
    since: str | None
    source: SourceLine | None
    undecided: bool
    set_by: str = ""


class ChangeLine(Explained):
    """How a jurisdiction or the city changed a rule, and the reason.

    `what` is in the terms of rule files; `words` say who changed what, and why.
    """

    layer: str
    what: str
    reason: str | None
    words: str = ""


class FileHash(Explained):
    """An input file and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Audit(Explained):
    """What it takes to reproduce the result."""

    engine_version: str
    concluded_by: str
    rulebook: str
    edition: str
    rulebook_hash: str
    input_hash: str | None
    files: tuple[FileHash, ...]
    result_hash: str
    as_of: str
    city: str
    jurisdictions: tuple[str, ...]
    stage: str
    tables: tuple[tuple[str, str], ...]
    guides: tuple[SourceLine, ...]
    rules_applied: int
    rules_not_applicable: int
    left_out: tuple[ChangeLine, ...]
    changed: tuple[ChangeLine, ...]
    screenings: tuple[str, ...]
    reviews: tuple[str, ...]
    reproduce: str
    tables_words: tuple[str, ...] = ()
    city_words: str = ""
    jurisdictions_words: tuple[str, ...] = ()


class ProblemLine(Explained):
    """What could not be read in an input, where, and what to do about it."""

    severity: str
    place: str
    message: str
    hint: str | None
