"""How a sheet was read, as the account that every result carries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from offsetcheck.intake.columns.styles import UNDECIDED, Decided
from offsetcheck.intake.columns.values import ColumnValues
from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.headings.names import is_blank
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.reading import ColumnSeen, Reading


@dataclass(frozen=True, slots=True)
class Used:
    """What a column was read as, how many of its cells were lost, and what its unit did."""

    field: str
    lost: int = 0
    converted: str | None = None
    also: tuple[str, ...] = ()


def used_as(field: str, read: ColumnValues, converted: str | None = None) -> Used:
    """Return what became of a column whose cells were read."""
    return Used(field, len(read.failures), converted)


def used_too(first: Used, further: Used) -> Used:
    """Return what became of a column that is read as a further field."""
    also = (*first.also, further.field)
    return replace(first, lost=max(first.lost, further.lost), also=also)


def reading_of(
    sheet: Sheet,
    layout: str,
    why: str,
    used: Mapping[int, Used],
    *,
    decided: Decided = UNDECIDED,
    grade: EvidenceGrade | None = None,
    hints: Mapping[int, str] | None = None,
    means: Mapping[int, str] | None = None,
) -> Reading:
    """Return the account of a sheet, of which some columns were used, in the styles decided.

    `hints` say of columns that were not used what may have been meant, `means` what they are
    known to be.
    """
    said, known = hints or {}, means or {}
    columns = [
        _column(sheet, index, used.get(index), said.get(index), known.get(index))
        for index, header in enumerate(sheet.headers)
        if index in used or not is_blank(header)
    ]
    return Reading(
        file=sheet.file,
        layout=layout,
        why=why,
        rows=len(sheet),
        header_line=sheet.header_line,
        numbers=decided.numbers,
        dates=decided.dates,
        options=decided.options,
        sheet=sheet.sheet,
        columns=columns,
        aside=sorted(sheet.aside, key=lambda row: row.line),
        sheets=sheet.seen,
        grade=grade,
    )


def _column(
    sheet: Sheet, index: int, used: Used | None, hint: str | None, means: str | None
) -> ColumnSeen:
    header, cells = key_header(sheet.headers[index]), sheet.filled(index)
    if used is None:
        return ColumnSeen(header, None, cells, hint=hint, means=means)
    return ColumnSeen(header, used.field, cells, used.lost, used.converted, used.also)
