"""A whole list judged for one city, explained: the first page of a batch."""

from offsetcheck.vocabulary.explained import Audit, Explained, Explanation, ProblemLine
from offsetcheck.vocabulary.reading_explanation import ReadingLine


class VerdictCount(Explained):
    """How many rows have a verdict, in words, and which share of all rows that is."""

    verdict: str
    words: str
    count: str
    percent: str


class RuledOutLine(Explained):
    """A rule (`integrity`: the floor) that rules rows out: how many, and how many it alone.

    `cause` says what is wrong with them, None where that can be said of one offer only.
    """

    rule: str
    code: str | None
    title: str
    cause: str | None = None
    number: int
    count: str
    alone: str
    examples: str


class BatchRow(Explained):
    """One row of the list: the grade it could reach, the grade that is sure, what is missing.

    `typical` is the grade if what is unknown is as is typical for its type: it orders rows alone.
    `report` is the address of its own report, None where there is none.
    """

    id: str
    name: str
    report: str | None
    verdict: str
    verdict_words: str
    reach: str
    sure: str
    typical: str
    answers: int
    fields: str


class QuestionCount(Explained):
    """A field that rows lack, and how many rows lack it."""

    title: str
    field: str
    count: str


class OneOutcomeLine(Explained):
    """A rule that came out alike on every row, and how."""

    rule: str
    code: str | None
    title: str
    outcome: str


class BatchExplanation(Explanation):
    """A whole list for one city: what is ruled out and by which rule, then what stays open.

    Each list of rows is cut; the sentences `…_shown` say at how many, and where the rest stands.
    """

    kind: str = "index"
    city: str
    title: str
    conservation: str
    counts: tuple[VerdictCount, ...]
    ruled_out: tuple[RuledOutLine, ...]
    eligible: tuple[BatchRow, ...]
    eligible_shown: str
    open: tuple[BatchRow, ...]
    open_shown: str
    questions: tuple[QuestionCount, ...]
    same: tuple[OneOutcomeLine, ...]
    readings: tuple[ReadingLine, ...] = ()
    problems: tuple[ProblemLine, ...]
    problems_count: int
    problems_shown: str
    limits: tuple[str, ...]
    audit: Audit
