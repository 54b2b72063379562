"""Which answer a reference table gives to a key: shared by both evaluators."""

from collections.abc import Callable
from typing import NamedTuple

from offsetcheck.engine.arithmetic import typed
from offsetcheck.engine.knowledge import SCREENED_GRADE
from offsetcheck.rulebook.expression.nodes import Lookup, TableRow
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Value


class TableAnswer(NamedTuple):
    """A table's answer: a value with the grade of its row, or the cause why there is none."""

    value: Value | None
    grade: EvidenceGrade
    cause: Cause | None


def serves_unversioned(lookup: Lookup, key: tuple[str, ...]) -> bool:
    """Whether a key has one row only, good for any version, so that none need be known."""
    rows = lookup.rows.get(key, ())
    return len(rows) == 1 and rows[0].version is None


def ask_table(lookup: Lookup, key: tuple[str, ...], version: str | None) -> TableAnswer:
    """Return the answer for a key whose parts are known."""
    if lookup.stale:
        return TableAnswer(None, EvidenceGrade.E1, Cause.TABLE_STALE)
    rows = tuple(filter(_fits(version), lookup.rows.get(key, ())))
    if not rows:
        return answer_without_row(lookup)
    return _collected(lookup, rows) if lookup.collect else _first(lookup, rows)


def answer_without_row(lookup: Lookup) -> TableAnswer:
    """Return what a table says of a key that it does not hold."""
    if lookup.stale:
        return TableAnswer(None, EvidenceGrade.E1, Cause.TABLE_STALE)
    if lookup.absent is not None:
        return TableAnswer(typed(lookup.absent, lookup.type), EvidenceGrade.E1, None)
    return TableAnswer(None, EvidenceGrade.E1, Cause.NO_ROW)


def awaits_screening(lookup: Lookup) -> bool:
    """Whether the absence of rows means that nobody has looked yet."""
    return lookup.collect and lookup.absent is None and not lookup.stale


SCREENED = TableAnswer((), SCREENED_GRADE, None)


def _fits(version: str | None) -> Callable[[TableRow], bool]:
    def fits(row: TableRow) -> bool:
        if row.version is None:
            return True
        return version is not None and version_matches(row.version, version)

    return fits


def _first(lookup: Lookup, rows: tuple[TableRow, ...]) -> TableAnswer:
    value = typed(rows[0].value, lookup.type)
    return TableAnswer(value, rows[0].grade, Cause.NO_ROW if value is None else None)


def _collected(lookup: Lookup, rows: tuple[TableRow, ...]) -> TableAnswer:
    values = tuple(dict.fromkeys(row.value for row in rows if row.value is not None))
    grade = max(row.grade for row in rows)
    return TableAnswer(typed(values, lookup.type), grade, None)  # type: ignore[arg-type]
