"""Columns that say of one label whether the credits have it: `CCP label?` with yes and no."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from offsetcheck.intake.account.reading import Used, used_as
from offsetcheck.intake.columns.values import ColumnValues, column_of, each_problem, read_cells
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.codes import NO, YES, codes_reader
from offsetcheck.intake.normalise.text import Read, Reader, key
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.table import Column

LABELS = "labels"
ORIGIN = Fact(grade=EvidenceGrade.E4, source="bid sheet")


def with_labels(
    sheet: Sheet,
    asked_for: Mapping[str, int],
    columns: Mapping[str, Column],
    dictionary: Dictionary,
    used: dict[int, Used],
) -> tuple[dict[str, Column], list[Problem]]:
    """Return columns whose labels hold those that other columns say yes to.

    `asked_for` are these columns by label; what becomes of them is noted in `used`. A no adds
    nothing: of the other labels it says nothing.
    """
    found = dict(columns)
    problems: list[Problem] = []
    for label, index in asked_for.items():
        reader = _reader(label, codes_reader(dictionary.candidate[LABELS]))
        read = read_cells(sheet.columns[index], reader, sheet.spoilt_in(index))
        used[index] = used_as(LABELS, read)
        problems += each_problem(sheet, index, read)
        column = column_of(sheet, index, read, ORIGIN)
        found[LABELS] = _joined(found[LABELS], read) if LABELS in found else column
    return found, problems


def _reader(label: str, listed: Reader) -> Reader:
    """Return a reader of yes and no, and of labels by name."""

    def read(text: str) -> Read:
        if key(text) in YES:
            return (label,)
        return None if key(text) in NO else listed(text)

    return read


def _joined(column: Column, read: ColumnValues) -> Column:
    """Return a column of labels with those of another beside its own."""
    values = [_both(own, further) for own, further in zip(column.values, read.values, strict=True)]
    return replace(column, values=values, causes=_causes(column, values))


def _both(own: Value | None, further: Value | None) -> Value | None:
    if not isinstance(own, tuple) or not isinstance(further, tuple):
        return own if further is None else further if own is None else own
    return tuple(dict.fromkeys([*own, *further]))


def _causes(column: Column, values: Sequence[Value | None]) -> list[Cause | None]:
    return [column.cause(row) if value is None else None for row, value in enumerate(values)]
