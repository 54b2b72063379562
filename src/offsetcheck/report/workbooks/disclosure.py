"""The table of units of a disclosure statement as a workbook, with its headings as they are."""

from datetime import date

from offsetcheck.report.exports.disclosure import HEADINGS, disclosure_values
from offsetcheck.report.workbooks.book import Column, Cover, Kind, Table, write_book
from offsetcheck.report.workbooks.results import Words
from offsetcheck.vocabulary.result_explanation import ResultExplanation

KINDS = (
    *(Kind.WRAPPED, Kind.TEXT, Kind.TEXT, Kind.DAY, Kind.WRAPPED, Kind.YEAR),
    *(Kind.NUMBER,) * 6,
)
WIDE, NARROW = 36, 16  # characters


def disclosure_book(result: ResultExplanation, words: Words) -> bytes:
    """Return the table behind a first sheet that says of what it is, the same bytes each time."""
    columns = [
        Column(heading, kind, WIDE if kind is Kind.WRAPPED else NARROW)
        for heading, kind in zip(HEADINGS, KINDS, strict=True)
    ]
    rows = disclosure_values(result)
    table = Table(words["formats.sheet_units"], columns, len(rows), rows)
    day = date.fromisoformat(result.audit.as_of)
    return write_book(_cover(result, words), [table], day, result.language)


def _cover(result: ResultExplanation, words: Words) -> Cover:
    audit = result.audit
    return Cover(
        words["formats.sheet_about"],
        result.title,
        (
            (words["formats.city"], result.city),
            (words["report.as_of"], audit.as_of),
            (words["report.rulebook"], f"{audit.rulebook}, {audit.edition}"),
            (words["report.result"], audit.result_hash),
            (words["report.engine"], f"offsetcheck {audit.engine_version}"),
            (words["report.reproduce"], audit.reproduce),
        ),
        words["formats.sheet"],
        words["formats.rows"],
    )
