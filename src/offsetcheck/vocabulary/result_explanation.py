"""A whole result: all offers with their findings and with what is known of them, field by field.

What shows it is one file for a spreadsheet or another program, and no page.
"""

from offsetcheck.vocabulary.explained import Audit, Explained, Explanation, ProblemLine
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.tender_explanation import TenderExplanation

Plain = bool | int | float | str | tuple[str, ...] | tuple[int, ...]


class PlaceLine(Explained):
    """Where a value stands: line and column from 1, `field` the heading of a table's column."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    field: str | None = None


class KnownLine(Explained):
    """What is known of one field on the day: the value as data, days as ISO text, codes as codes.

    `words` say it in the language of the report; `place` is where it was read.
    """

    field: str
    title: str
    value: Plain
    words: str
    grade: str
    place: PlaceLine | None = None


class ResultOffer(Explained):
    """One offer: what is known of it, what is concluded, and the row that it stands in."""

    known: tuple[KnownLine, ...]
    explained: CandidateExplanation
    row: PlaceLine | None = None


class AwardedLine(Explained):
    """One offer that is bought: whole or part tonnes, and the price a tonne in its currency."""

    offer: str
    tonnes: float | None
    price: float | None


class DecisionLine(Explained):
    """What was decided by the day of the report; `standstill_ends` is None where there is none."""

    reference: str
    on: str
    standstill_ends: str | None
    awarded: tuple[AwardedLine, ...]


class ResultExplanation(Explanation):
    """All offers of a tender or list, in the order of the tender's page.

    `decision` is None where none was taken by the day, or only a draft of one is there.
    """

    kind: str = "result"
    city: str
    city_id: str
    title: str
    stage: str
    purchase: tuple[KnownLine, ...]
    offers: tuple[ResultOffer, ...]
    tender: TenderExplanation
    problems: tuple[ProblemLine, ...]
    audit: Audit
    decision: DecisionLine | None = None
