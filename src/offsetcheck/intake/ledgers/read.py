"""A registry's ledger to lots: what each row issued, retired or cancelled, under which numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from offsetcheck.intake.account.reading import reading_of
from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.lacking import lacking_columns
from offsetcheck.intake.layouts.layout import Layout
from offsetcheck.intake.layouts.recognise import Recognised
from offsetcheck.intake.ledgers import fields as own
from offsetcheck.intake.ledgers.model import Ledger, LedgerLot, LotState
from offsetcheck.intake.ledgers.serials import SerialsRead, read_serials
from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.intake.normalise.text import key, shown
from offsetcheck.intake.registry.read import prepared, read_columns
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.vocabulary.problem import Problem, Severity, UnreadableError
from offsetcheck.vocabulary.problem_groups import in_rows
from offsetcheck.vocabulary.table import CandidateTable, Column

GRADE = EvidenceGrade.E1

STATES: Mapping[str, LotState] = MappingProxyType(
    {
        "issued": LotState.ISSUED,
        "issuance": LotState.ISSUED,
        "active": LotState.HELD,
        "transferred": LotState.HELD,
        "retired": LotState.RETIRED,
        "retire": LotState.RETIRED,
        "retirement": LotState.RETIRED,
        "cancellation": LotState.CANCELLED,
        "cancelled": LotState.CANCELLED,
        "canceled": LotState.CANCELLED,
        "converted": LotState.CONVERTED,
    }
)
"""The words of registries for what became of units."""

BY_LIST: Mapping[str, LotState] = MappingProxyType(
    {
        "issuances": LotState.ISSUED,
        "retirements": LotState.RETIRED,
        "cancellations": LotState.CANCELLED,
        "credits": LotState.HELD,
    }
)
"""What became of the units of a row that has no word for it, by what the list holds."""

CONVERTING = ("convert", "arb", "wa eco", "ecology", "export")
"""How the reason of a cancellation begins by which units became those of another registry."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The columns of a ledger, read; what a row says of a field is `value(name, row)`."""

    sheet: Sheet
    layout: Layout
    columns: Mapping[str, Column]
    serials: Sequence[SerialsRead]

    def value(self, name: str, row: int) -> Value | None:
        return self.columns[name].values[row] if name in self.columns else None

    def day(self, name: str, row: int) -> date | None:
        value = self.value(name, row)
        return value if isinstance(value, date) else None

    def number(self, name: str, row: int) -> float | None:
        value = self.value(name, row)
        return float(value) if isinstance(value, int | float) else None

    def text(self, name: str, row: int) -> str | None:
        value = self.value(name, row)
        return value if isinstance(value, str) else None


def read_ledger(
    sheet: Sheet, found: Recognised, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> Ledger:
    """Return a ledger as lots, with what each row states of project and lot at grade E1.

    A row whose tonnes and serial numbers do not agree is a warning; a cell that cannot be read, and
    a column that the layout usually has and the list lacks, is an error.
    """
    layout, extended = found.layout, own.of_ledgers(dictionary)
    made = prepared(sheet, layout, extended, asked)
    sheet, decided, day = made.sheet, made.decided, made.day
    read = read_columns(sheet, layout, extended, _programme(sheet, layout))
    serials, unread = _serials(sheet, read.columns)
    rows = _Rows(sheet, layout, read.columns, serials)
    lots = [_lot(rows, row) for row in range(len(sheet))]
    problems = [
        *sheet.problems,
        *decided.problems,
        *lacking_columns(sheet, layout, extended.candidate),
        *read.problems,
        *unread,
        *_odd(rows, lots),
        *(made.undated if "labels" in read.columns else ()),
    ]
    table = CandidateTable(
        ids=[lot.project for lot in lots],
        columns=_facts(rows, lots, day, dictionary),
        file=sheet.file,
        lines=sheet.lines,
        layout=layout.id,
        sheet=sheet.sheet,
        source=layout.source,
        problems=problems,
        reading=reading_of(sheet, layout.id, found.why, read.used, decided=decided, grade=GRADE),
    )
    return Ledger(layout.title, table, lots, day, own.BENEFICIARY in read.columns)


def _programme(sheet: Sheet, layout: Layout) -> dict[str, Column]:
    if layout.programme is None:
        return {}
    return {"programme": Column([layout.programme] * len(sheet), GRADE)}


def _serials(
    sheet: Sheet, columns: Mapping[str, Column]
) -> tuple[Sequence[SerialsRead], list[Problem]]:
    found: list[SerialsRead] = [SerialsRead(())] * len(sheet)
    failures: dict[int, str] = {}
    for row, text in enumerate(columns["serials"].values if "serials" in columns else ()):
        try:
            found[row] = read_serials(_with_block(str(text), columns, row)) if text else found[row]
        except UnreadableError as why:
            failures[row] = why.reason
    problems = []
    if failures:
        problems.append(_in_rows(sheet, failures[min(failures)], list(failures)))
    return found, problems


def _with_block(text: str, columns: Mapping[str, Column], row: int) -> str:
    """Return a serial number with its block where first and last number stand in other cells."""
    if own.FIRST not in columns or own.LAST not in columns:
        return text
    first, last = (columns[name].values[row] for name in (own.FIRST, own.LAST))
    if isinstance(first, int | float) and isinstance(last, int | float):
        return f"{text} {first:.0f} to {last:.0f}"
    return text


# One row


def _lot(rows: _Rows, row: int) -> LedgerLot:
    return LedgerLot(
        row=row,
        project=_project(rows, row),
        state=_state(rows, row),
        tonnes=rows.number(own.TONNES, row),
        vintages=_vintages(rows, row),
        blocks=rows.serials[row].blocks,
        gone_on=rows.day(own.GONE_ON, row) or rows.day(own.CANCELLED_ON, row),
        beneficiary=rows.text(own.BENEFICIARY, row),
    )


def _project(rows: _Rows, row: int) -> str:
    """Return the project's id as the row states it, else as its serial numbers do, else none."""
    stated, programme = rows.value("id", row), rows.text("programme", row)
    if stated is not None:
        return read_id(str(stated), programme).text
    named = {block.project for block in rows.serials[row].blocks if block.project}
    return named.pop() if len(named) == 1 else ""


def _state(rows: _Rows, row: int) -> LotState:
    state = STATES.get(key(rows.text(own.STATE, row) or ""), BY_LIST[rows.layout.holds])
    if state is LotState.HELD and rows.day(own.GONE_ON, row):
        state = LotState.RETIRED
    if state is LotState.HELD and rows.day(own.CANCELLED_ON, row):
        state = LotState.CANCELLED
    why = key(rows.text(own.GONE_WHY, row) or "")
    if state is LotState.CANCELLED and why.startswith(CONVERTING):
        return LotState.CONVERTED
    return state


def _vintages(rows: _Rows, row: int) -> tuple[int, int] | None:
    start, end = rows.day("vintage_start", row), rows.day("vintage_end", row)
    if start and end:
        return start.year, end.year
    if (year := rows.number("vintage", row)) is not None:
        return int(year), int(year)
    held = [block.vintages for block in rows.serials[row].blocks if block.vintages]
    return (min(v[0] for v in held), max(v[1] for v in held)) if held else None


# All rows


def _facts(
    rows: _Rows, lots: Sequence[LedgerLot], day: date | None, dictionary: Dictionary
) -> dict[str, Column]:
    """Return the fields of the dictionary that rows state; labels count from the list's day."""
    columns = {
        name: column for name, column in rows.columns.items() if name in dictionary.candidate
    }
    columns["id"] = Column([lot.project or None for lot in lots], GRADE)
    if (labels := _labels(rows)) is not None and "labels" in dictionary.candidate:
        columns["labels"] = labels
    return {
        name: replace(column, as_of=day) if dictionary.candidate[name].moves else column
        for name, column in columns.items()
    }


def _labels(rows: _Rows) -> Column | None:
    """Return the labels of each lot, those of columns of yes and no among them; blank is none.

    A registry's ledger names every label of a lot; None where it has no column of labels.
    """
    named = [name for name in own.LABELLED if name in rows.columns]
    listed = rows.columns.get("labels")
    if listed is None and not named:
        return None
    values: list[Value | None] = []
    for row in range(len(rows.sheet)):
        unread = listed is not None and listed.cause(row) is not None
        held = rows.value("labels", row)
        marked = [own.LABELLED[name] for name in named if rows.value(name, row) is True]
        words = [*map(str, held if isinstance(held, tuple) else ()), *marked]
        values.append(None if unread else tuple(dict.fromkeys(words)))
    base = listed if listed is not None else Column(values, GRADE)
    return replace(base, values=values)


def _odd(rows: _Rows, lots: Sequence[LedgerLot]) -> Iterator[Problem]:
    """Yield one warning for each thing that is odd about some rows, with the first lines."""
    yield from _said(rows, [lot for lot in lots if not lot.project], "a lot of no known project")
    unlike = [lot for lot in lots if _miscounted(rows, lot)]
    yield from _said(rows, unlike, "other tonnes than the serial numbers count")
    undated = [lot for lot in lots if lot.state.gone and lot.gone_on is None]
    yield from _said(rows, undated, "units that are gone, without the day on which they went")
    unread = [lot for lot in lots if rows.serials[lot.row].unread]
    if unread:
        text = shown(rows.serials[unread[0].row].unread[0])
        yield from _said(rows, unread, f"serial numbers of no form that is known here, as {text}")
    strange = [lot for lot in lots if _unknown_state(rows, lot.row)]
    if strange:
        word = shown(rows.text(own.STATE, strange[0].row) or "")
        yield from _said(rows, strange, f"a status that is not known, as {word}")


def _miscounted(rows: _Rows, lot: LedgerLot) -> bool:
    if lot.tonnes is None or not lot.blocks or rows.serials[lot.row].unread:
        return False
    return abs(rows.serials[lot.row].tonnes - lot.tonnes) > 0.5 / lot.blocks[0].per_tonne


def _unknown_state(rows: _Rows, row: int) -> bool:
    text = rows.text(own.STATE, row)
    return text is not None and key(text) not in STATES


def _said(rows: _Rows, lots: Sequence[LedgerLot], states: str) -> Iterator[Problem]:
    if lots:
        yield _in_rows(rows.sheet, f"the ledger states {states}", [lot.row for lot in lots])


def _in_rows(sheet: Sheet, said: str, rows: Sequence[int]) -> Problem:
    """Return one warning for some rows, at the first of them."""
    lines = tuple(sheet.lines[row] for row in rows)
    message, place = f"{said} ({in_rows(lines)})", sheet.place(rows[0])
    return Problem(message, place, None, Severity.WARNING, lines=lines)
