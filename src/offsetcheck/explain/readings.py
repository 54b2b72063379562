"""How each file was read, in words: nothing of it is judged."""

from collections import Counter
from collections.abc import Iterable

from offsetcheck.explain.wording import Wording, shorten_and_encode
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.reading import (
    BID_SHEET,
    Aside,
    ColumnSeen,
    Reading,
    RowAside,
    SheetSeen,
)
from offsetcheck.vocabulary.reading_explanation import (
    AsideLine,
    ColumnLine,
    ReadingLine,
    SheetLine,
)

SHOWN = 500
"""Rows set aside, and columns not used, that a page shows one by one."""


def reading_lines(readings: Iterable[Reading], wording: Wording) -> tuple[ReadingLine, ...]:
    """Return the accounts of files in words."""
    return tuple(_line(reading, wording) for reading in readings)


def _line(reading: Reading, wording: Wording) -> ReadingLine:
    used, unused = reading.used, reading.unused
    counts = {"used": wording.bare(len(used)), "unused": wording.bare(len(unused))}
    return ReadingLine(
        file=shorten_and_encode(reading.file),
        sheet=_text(reading.sheet),
        layout=reading.layout,
        layout_words=_layout(reading, wording),
        why=shorten_and_encode(reading.why),
        grade=reading.grade.name if reading.grade else None,
        counts_as=_counts_as(reading, wording),
        header_line=reading.header_line,
        rows=reading.rows,
        rows_words=wording.bare(reading.rows),
        refused=reading.refused,
        refused_words=wording.bare(reading.refused),
        lost=reading.lost,
        lost_words=wording.bare(reading.lost),
        aside=tuple(_aside(row, wording) for row in reading.aside[:SHOWN]),
        aside_count=len(reading.aside),
        aside_words=_aside_words(reading.aside, wording),
        aside_shown=_shown(len(reading.aside), wording),
        sheets=tuple(_sheet(sheet, wording) for sheet in reading.sheets),
        numbers=_text(reading.numbers),
        dates=_text(reading.dates),
        options=_text(" ".join(reading.options) or None),
        used=tuple(column_line(column, wording) for column in used),
        unused=tuple(column_line(column, wording) for column in unused[:SHOWN]),
        unused_count=len(unused),
        unused_shown=_shown(len(unused), wording),
        columns_words=wording.word("reading.columns_words", **counts),
    )


def _shown(count: int, wording: Wording) -> str | None:
    """Return how many of a long list a page shows, None where it shows all."""
    if count <= SHOWN:
        return None
    return wording.word("reading.shown", shown=SHOWN, count=wording.bare(count))


def _text(text: str | None) -> str | None:
    return None if text is None else shorten_and_encode(text)


def _layout(reading: Reading, wording: Wording) -> str:
    is_bid = reading.layout == BID_SHEET
    return wording.word("reading.bid_sheet") if is_bid else shorten_and_encode(reading.layout)


def _counts_as(reading: Reading, wording: Wording) -> str | None:
    """Return whose word the facts are; of a registry's list also where a seller's would belong."""
    if reading.grade is None:
        return None
    said = f"{wording.word(f'grade.{reading.grade.name}')} ({reading.grade.name})"
    if reading.grade is EvidenceGrade.E1:
        return f"{said}. {wording.word('reading.registry_word')}"
    return said


def _aside_words(rows: Iterable[RowAside], wording: Wording) -> str:
    counts = Counter(row.why for row in rows)
    named = [
        f"{wording.word(f'aside.{why.value}')} {counts[why]:,}" for why in Aside if counts[why]
    ]
    total = wording.bare(counts.total())
    return f"{total}: {', '.join(named)}" if named else total


def _aside(row: RowAside, wording: Wording) -> AsideLine:
    return AsideLine(
        line=row.line,
        sheet=_text(row.sheet),
        why=row.why.value,
        why_words=wording.word(f"aside.{row.why.value}"),
        text=shorten_and_encode(row.text),
    )


def _sheet(sheet: SheetSeen, wording: Wording) -> SheetLine:
    return SheetLine(
        name=shorten_and_encode(sheet.name),
        rows=sheet.rows,
        rows_words=wording.bare(sheet.rows),
        state=sheet.state.value,
        state_words=wording.word(f"sheet.{sheet.state.value}"),
    )


def column_line(column: ColumnSeen, wording: Wording) -> ColumnLine:
    """Return what became of a column, in words."""
    return ColumnLine(
        header=shorten_and_encode(column.header),
        field=column.field,
        title=_title(column.field, wording),
        cells=column.cells,
        cells_words=wording.bare(column.cells),
        lost=column.lost,
        converted=_text(column.converted),
        hint=_text(column.hint or column.means),
    )


def _title(field: str | None, wording: Wording) -> str | None:
    """Return how reports call a field; of a paper behind one, `Tonnes: document`."""
    if field is None:
        return None
    name, _, about = field.partition(".")
    title = wording.title(name)
    return f"{title}: {wording.word(f'paper.{about}')}" if about else title
