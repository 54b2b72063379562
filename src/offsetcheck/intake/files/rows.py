"""Rows that are no offers: totals, notes and separators, set aside and listed, never dropped."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from statistics import median

from offsetcheck.intake.files.row_figures import _FIGURE, LONGEST_LABEL, Figures, is_figure
from offsetcheck.intake.files.row_words import BESIDE_TOTAL, NOTES, TOTALS
from offsetcheck.intake.files.sheet import Sheet, without_rows
from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.reading import Aside

FEWEST_COLUMNS = 3  # of a table in which a row of one cell is a note
FULL_ROW = 5  # cells of a usual row, beside which one of two cells is a legend
LONGEST_ID = 40  # characters; longer text that names a project is a sentence
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[\s\-–—―_=.·*~+|]+")
_NOTE_SIGN = re.compile(r"\*+|[†‡§¹²³⁴]|\(\d{1,2}\)\s|\d{1,2}\)\s|\[\d{1,2}\]\s")
_NOTE_WORD = re.compile(rf"(?:{'|'.join(map(re.escape, NOTES))})\b\s*(?:\d{{1,2}}\s*)?[:.–-]")
_ID_HEADING = re.compile(r"\b(?:ids?|identifier|ref(?:erence)?|kennung|tunnus|code)\b")
_OWN_ID = re.compile(r"(?=\S*\d)\S{1,24}")

Cells = Mapping[int, str]
"""The cells of a row that hold anything, by column from 0."""


def without_other_rows(sheet: Sheet, keep: AbstractSet[int] = frozenset()) -> Sheet:
    """Return a sheet without the rows that are no offers, which are listed in `aside`.

    A row with a cell that reads as a project's id is an offer, whatever else it holds. A row is a
    total by its label, or, without one, by figures that are the sums of their columns. The lines
    in `keep` are offers, because a person says so.
    """
    reasons = _reasons(sheet)
    return without_rows(
        sheet, {row: why for row, why in reasons.items() if sheet.lines[row] not in keep}
    )


def _reasons(sheet: Sheet) -> dict[int, Aside]:
    """Return why rows are no offers, by row."""
    table = _Table(sheet)
    reasons = {row: why for row in table.suspects if (why := _reason(table, row)) is not None}
    reasons |= dict.fromkeys(_sums(table, reasons), Aside.TOTAL)
    reasons |= dict.fromkeys(_legend(table, reasons), Aside.NOTE)
    return reasons


class _Table:
    """A sheet row by row, as far as its rows may be no offers."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.named = [at for at, header in enumerate(sheet.headers) if header.strip()]
        self.ids = [at for at in self.named if _ID_HEADING.search(_words(sheet.headers[at]))]

    @cached_property
    def filled(self) -> list[Cells]:
        """The cells of each row that hold anything."""
        return [
            {at: cell for at, cell in enumerate(cells) if cell and not cell.isspace()}
            for cells in zip(*self.sheet.columns, strict=True)
        ]

    @cached_property
    def usual(self) -> float:
        """How many cells of a row hold something."""
        return median(map(len, self.filled)) if self.filled else 0

    @cached_property
    def suspects(self) -> list[int]:
        """The rows of few cells, those of figures alone, and those that begin like no offer."""
        return [row for row, cells in enumerate(self.filled) if _suspect(cells)]

    def is_named(self, row: int) -> bool:
        """Return whether a cell of a row is a project's id."""
        return any(_is_id(text) for text in self.filled[row].values()) or any(
            _BARE_ID.fullmatch(self.filled[row].get(at, "").strip()) for at in self.ids
        )


_BARE_ID = re.compile(r"\d{1,7}")


def _words(header: str) -> str:
    """Return a heading in words: `projectID` and `project_id` are `project id`."""
    return key(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", header))


def _suspect(cells: Cells) -> bool:
    if len(cells) <= 2:  # noqa: PLR2004 - a label and a figure, a sign and its meaning
        return True
    first = _label(cells).lstrip()
    start = first[:LONGEST_LABEL]
    return (
        _is_label(start)
        or _begins_total(start)
        or _is_note(start)
        or (next(iter(cells)) > 0 and _FIGURE.fullmatch(start) is not None)
        or _LINE.fullmatch(first) is not None
    )


def _label(cells: Cells) -> str:
    """Return the first cell of a row that is no figure; of figures alone the first."""
    texts = iter(cells.values())
    first = next(texts)
    return next((text for text in (first, *texts) if not is_figure(text)), first)


def _is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and read_id(text).recognised


def _reason(table: _Table, row: int) -> Aside | None:
    """Return why a row alone is no offer, None where it may be one."""
    cells = table.filled[row]
    texts = list(cells.values())
    if all(_LINE.fullmatch(text) for text in texts):
        return Aside.BLANK
    if any(map(_is_id, texts)):
        return None
    label = _label(cells)
    others = [text for text in texts if text is not label and not _says_nothing(text)]
    if _is_label(label) and all(map(_beside_total, others)):
        return Aside.TOTAL
    if _is_note(label.lstrip()) and (len(texts) <= 2 or not any(map(is_figure, others))):  # noqa: PLR2004
        return Aside.NOTE
    return Aside.NOTE if _stands_alone(table, cells) else None


def _stands_alone(table: _Table, cells: Cells) -> bool:
    """Return whether a row's one cell is a remark: it is no id, nor a figure of an offer."""
    if len(cells) != 1 or len(table.named) < FEWEST_COLUMNS or table.usual < FEWEST_COLUMNS:
        return False
    text = next(iter(cells.values())).strip()
    return _OWN_ID.fullmatch(text) is None and not is_figure(text)


def _says_nothing(text: str) -> bool:
    return _LINE.fullmatch(text) is not None


def _is_label(text: str) -> bool:
    """Return whether a text calls a row a total and names nothing: `TOTAL (tCO2e)`, `Sub-total`."""
    if len(text) > LONGEST_LABEL:
        return False
    words = set(_WORD.findall(key(text)))
    return bool(words & TOTALS) and words <= TOTALS | BESIDE_TOTAL


def _begins_total(text: str) -> bool:
    word = _WORD.match(key(text))
    return word is not None and word[0] in TOTALS


def _beside_total(text: str) -> bool:
    if len(text) > LONGEST_LABEL:
        return False
    if text.startswith("="):
        return True  # a formula beside a total is its sum, whatever it comes to
    return is_figure(text) or set(_WORD.findall(key(text))) <= TOTALS | BESIDE_TOTAL


def _is_note(text: str) -> bool:
    return _NOTE_SIGN.match(text) is not None or _NOTE_WORD.match(key(text[:40])) is not None


def _sums(table: _Table, aside: Mapping[int, Aside]) -> Iterator[int]:
    """Yield the rows without an id whose figures are the sums of their columns.

    A sum is that of all other rows, of all rows above, or of those since the last sum.
    """
    columns: dict[int, Figures] = {}
    totals: list[int] = []
    for row in table.suspects:
        if row in aside or not _may_be_sum(table, row):
            continue
        figures = [at for at, text in table.filled[row].items() if is_figure(text)]
        for at in figures:
            if at not in columns:
                columns[at] = Figures(table.sheet.columns[at], aside)
        if any(columns[at].is_sum(row, totals) for at in figures):
            totals.append(row)
            yield row


def _may_be_sum(table: _Table, row: int) -> bool:
    cells = table.filled[row]
    texts = list(cells.values())
    label = _label(cells)
    if _begins_total(label):
        return not table.is_named(row) and all(is_figure(t) for t in texts if t is not label)
    first = table.ids or table.named[:1]
    return not any(at in cells for at in first) and all(map(is_figure, texts))


def _legend(table: _Table, aside: Mapping[int, Aside]) -> Iterator[int]:
    """Yield the rows below the list, apart from it, of which each is a sign and its meaning."""
    rows = len(table.filled)
    if table.usual < FULL_ROW:
        return
    last = next(
        (row for row in reversed(range(rows)) if row not in aside and len(table.filled[row]) > 2),  # noqa: PLR2004
        rows,
    )
    below = [row for row in range(last + 1, rows) if row not in aside]
    lines = table.sheet.lines
    apart = below and (below[0] > last + 1 or lines[below[0]] > lines[last] + 1)
    for row in below if apart else ():
        if not table.is_named(row) and not any(map(is_figure, table.filled[row].values())):
            yield row
