"""A whole result as rows of one table: an offer each, headings and verdicts as codes.

`remark` is what every file of such a result must say, such as that other rules judged.
"""

from collections.abc import Iterator

from offsetcheck.vocabulary.result_explanation import ResultExplanation, ResultOffer
from offsetcheck.vocabulary.tender_explanation import TenderOffer

POINTS = 1000  # thousandths of a point in one
STATED = ("seller", "programme", "project_type", "country", "vintage")
START = ("id", "name", "verdict", "officer_word", "place")
END = (
    "tonnes", "price", "currency", "grade_sure", "grade_reach", "integrity_lowest",
    "integrity_highest", "settled", "applying", "claim", "answers", "reason", "result_hash",
    "remark",
)  # fmt: skip
HEADINGS = (*START, *STATED, *END)


def rows_of(result: ResultExplanation, remark: str) -> Iterator[list[str]]:
    """Yield one row an offer in the order of the list, as `HEADINGS` names its cells."""
    for offer, line in zip(result.offers, result.tender.offers, strict=True):
        yield [_text(value) for value in _row(offer, line, remark)]


def _row(offer: ResultOffer, line: TenderOffer, remark: str) -> tuple[object, ...]:
    made = offer.explained
    stated = {known.field: known.value for known in offer.known}
    grade, complete = made.grade, made.completeness
    return (
        made.offer.id,
        made.offer.name,
        made.verdict.verdict,
        made.verdict.officer,
        line.place,
        *(stated.get(name) for name in STATED),
        made.offer.tonnes,
        made.offer.price,
        made.offer.currency,
        grade.lower,
        grade.upper,
        grade.lower_score / POINTS,
        grade.upper_score / POINTS,
        complete.settled,
        complete.total,
        made.claim.overall.limit,
        line.answers,
        line.reason,
        made.audit.result_hash,
        remark,
    )


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
