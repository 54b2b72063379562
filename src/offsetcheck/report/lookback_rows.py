"""A look back as rows of a table."""

from collections.abc import Iterator

from offsetcheck.vocabulary.lookback import LookbackExplanation, LookbackLot, LookbackSide

HEADINGS = (
    *("id", "name", "vintage", "retired_on", "tonnes"),
    *("verdict_then", "grade_then", "verdict_now", "grade_now"),
    *("reasons_then", "reasons_now", "turned"),
)
SEPARATOR = "; "


def rows_of(explained: LookbackExplanation) -> Iterator[list[str]]:
    """Yield one row a lot, its cells in the order of `HEADINGS`."""
    for lot in explained.shown:
        yield _texts(lot)


def _texts(lot: LookbackLot) -> list[str]:
    return [
        *(lot.id, lot.name, lot.vintage, lot.retired_on or "", f"{lot.tonnes:.15g}"),
        *_verdict(lot.then),
        *_verdict(lot.now),
        *(_reasons(lot.then), _reasons(lot.now), lot.turned),
    ]


def _verdict(side: LookbackSide | None) -> tuple[str, str]:
    return ("", "") if side is None else (side.verdict.verdict, side.grade)


def _reasons(side: LookbackSide | None) -> str:
    return SEPARATOR.join(side.reasons) if side else ""
