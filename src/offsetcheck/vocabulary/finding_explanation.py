"""One finding explained: its status, its evidence, what is missing, and its trace."""

from enum import StrEnum

from offsetcheck.vocabulary.explained import ChangeLine, Explained, ParameterLine, SourceLine, Who


class Status(StrEnum):
    """How a reader sees one finding."""

    NOT_MET = "not_met"
    NOT_DEMONSTRATED = "not_demonstrated"
    OPEN = "open"
    NEEDS_PERSON = "needs_person"
    NOT_SCREENED = "not_screened"
    NOTED = "noted"
    SCORED = "scored"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


class EvidenceLine(Explained):
    """A value that a finding rests on and what stands behind it, down to the raw cell.

    `words` names grade, document, page, day and source in one line. `others` are values of the
    same field from other sources that differ.
    """

    field: str
    title: str
    value: str
    grade: str
    grade_words: str
    words: str
    raw: str | None = None
    place: str | None = None
    source: str | None = None
    document: str | None = None
    page: str | None = None
    as_of: str | None = None
    others: tuple["EvidenceLine", ...] = ()


class MissingLine(Explained):
    """What is not known, why, the question that would settle it, and the papers that would do.

    `possible` are the values, in words, of which it is one, where it is known in part.
    """

    field: str
    title: str
    cause: str
    words: str
    who: Who
    question: str | None = None
    documents: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


class TraceLine(Explained):
    """One deciding comparison: its text, its truth (None: unknown), and how far it is off."""

    text: str
    truth: bool | None
    words: str


class DecidedLine(Explained):
    """What decided a finding: a row of a table, its lack, or a value it was held against.

    `source` says where that is from and how it was seen; the table or layer stands in `of`.
    """

    title: str
    value: str
    of: str
    source: SourceLine | None
    words: str


class FindingLine(Explained):
    """One rule's finding, walked back to clause, standing, evidence and raw cell.

    `decided_by` is what decided, `standing` how the weakest of it was seen; where nothing but
    statements decided it is that of the rule's own sources.

    `fails` says what is wrong, where a requirement is not met or a scale gives few points.
    """

    rule: str
    code: str | None
    title: str
    dimension: str
    dimension_title: str
    effect: str
    effect_words: str
    draft: bool
    outcome: str
    state: str
    status: Status
    status_words: str
    decides: bool
    lower: int | None
    upper: int | None
    requires: str
    found: str | None
    fails: str | None
    unknown: str | None
    why: str
    consequence: str | None
    condition: str | None
    translated: bool
    curable: bool
    at_least: str | None
    documents: tuple[str, ...]
    missing: tuple[MissingLine, ...]
    evidence: tuple[EvidenceLine, ...]
    decided_by: tuple[DecidedLine, ...]
    standing: str
    standing_words: str
    sources: tuple[SourceLine, ...]
    parameters: tuple[ParameterLine, ...]
    changes: tuple[ChangeLine, ...]
    trace: tuple[TraceLine, ...]
    notes: tuple[str, ...]
