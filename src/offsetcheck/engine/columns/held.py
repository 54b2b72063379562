"""One field of all rows as it is stated, as columns, and as it is seen at an evidence grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from offsetcheck.engine.arithmetic import NUMBERS, typed
from offsetcheck.engine.columns.sets import PLACE, PartColumn, Sets
from offsetcheck.engine.knowledge import is_too_weak
from offsetcheck.vocabulary.by_distinct import ByDistinct, by_distinct
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Value

DTYPES: Mapping[FieldType, pl.DataType | type[pl.DataType]] = {
    FieldType.NUMBER: pl.Float64,
    FieldType.INTEGER: pl.Float64,
    FieldType.BOOLEAN: pl.Boolean,
    FieldType.DATE: pl.Date,
    FieldType.TEXT: pl.String,
    FieldType.CODE: pl.String,
    FieldType.CODES: pl.List(pl.String),
    FieldType.INTEGERS: pl.List(pl.Float64),
}
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})
CAUSES = pl.Enum(sorted(cause.value for cause in Cause))
NOT_STATED = Cause.NOT_STATED.value
ASKED_FIRST = 1_000
FEW_PLACES = 8  # comparisons of places that take less than to take a truth for each row


@dataclass(frozen=True, slots=True)
class Taken:
    """A column as each row's place among its distinct values, null for what is unknown."""

    distinct: pl.Series
    places: pl.Series

    def values(self) -> pl.Series:
        """Return the column itself."""
        return at_places(self.distinct, self.places)


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One field at one evidence grade: `values` null where unknown; `causes` counts only there.

    `sets` are the values of which it has one, in rows where it is known in part; `taken` are the
    same values by distinct ones, if they are held so.
    """

    values: pl.Series
    causes: pl.Series
    sets: Sets | None = None
    taken: Taken | None = None

    @property
    def column(self) -> PartColumn:
        """What is seen, without the causes."""
        return PartColumn(self.values, self.sets)


@dataclass(frozen=True, slots=True)
class StatedColumn:
    """One field as stated: what is known on the day, with grades (one for all, or by row)."""

    values: Sequence[Value | None]
    grades: Sequence[EvidenceGrade] | EvidenceGrade
    causes: Sequence[Cause | None] | Cause | None


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """One field as columns, whatever the grade asked for; `given` says where a value stands."""

    values: pl.Series
    given: pl.Series
    grades: pl.Series | EvidenceGrade
    causes: pl.Series
    taken: Taken | None = None


def not_known_yet(stated: StatedColumn, height: int) -> StatedColumn:
    """Return a column of which nothing is known by the day; what was never stated stays so."""
    pairs = zip(stated.values, spread(stated.causes, height), strict=True)
    causes = [cause if value is None else Cause.NOT_KNOWN_YET for value, cause in pairs]
    return StatedColumn([None] * height, stated.grades, causes)


def spread(one_or_many: Any, height: int) -> list[Any]:
    """Return what is one for all rows, or one for each, as one for each."""
    if isinstance(one_or_many, Sequence) and not isinstance(one_or_many, str):
        return list(one_or_many)
    return [one_or_many] * height


def hold(stated: StatedColumn, kind: FieldType, height: int) -> HeldColumn:
    """Return a field as columns; a number that is none is not computable."""
    causes, grades = _causes(stated.causes, height), _grades(stated.grades)
    if _is_nowhere(stated.values):
        none, nowhere = pl.Series([None], dtype=DTYPES[kind]), pl.Series([False])
        nothing = none.new_from_index(0, height), nowhere.new_from_index(0, height)
        return HeldColumn(*nothing, grades, causes)
    taken = None
    if isinstance(stated.values, ByDistinct):
        own, given = _values(stated.values.distinct, kind)
        taken = Taken(own, pl.Series(stated.values.places, dtype=PLACE))
        values = taken.values()
        is_held = (own.is_not_null() == given).all()
        given = values.is_not_null() if is_held else _rows_at(given, taken.places)
    else:
        values, given = _values(stated.values, kind)
    if kind in NUMBERS:
        causes = _cause_where(given, Cause.NOT_COMPUTABLE, causes)
    return HeldColumn(values, given, grades, causes, taken)


def _values(stated: Sequence[Value | None], kind: FieldType) -> tuple[pl.Series, pl.Series]:
    """Return values as a column, and where one is given."""
    if kind not in NUMBERS:
        values = _lists(stated, kind) if kind in LISTS else pl.Series(stated, dtype=DTYPES[kind])
        return values, values.is_not_null()
    values, given = _numbers(stated, kind)
    return _where(values.is_finite(), values + 0.0), given


def _numbers(stated: Sequence[Value | None], kind: FieldType) -> tuple[pl.Series, pl.Series]:
    """Return numbers as a column, and where one is given: also one that no column can hold."""
    try:
        values = pl.Series(stated, dtype=pl.Float64)
    except (TypeError, OverflowError):
        values = pl.Series([typed(value, kind) for value in stated], dtype=pl.Float64, strict=False)
        return values, pl.Series([value is not None for value in stated], dtype=pl.Boolean)
    return values, values.is_not_null()


def at_places(distinct: pl.Series, places: pl.Series) -> pl.Series:
    """Return a column that holds in each row the distinct value at its place.

    Polars takes values of which some are null one by one, and others four times as fast: what is
    null is put there afterwards.
    """
    if distinct.null_count() == len(distinct):
        return distinct.head(1).new_from_index(0, len(places)) if len(distinct) else distinct
    if distinct.dtype == pl.Boolean:
        values = _rows_at(distinct.fill_null(value=False), places)
    else:
        values = _without_nulls(distinct).gather(places)
    if not distinct.null_count():
        return values
    return _where(_rows_at(distinct.is_not_null(), places), values)


def _without_nulls(distinct: pl.Series) -> pl.Series:
    """Return values in which one of them stands where none did."""
    if not distinct.null_count():
        return distinct
    known = distinct.is_not_null()
    any_known = known.arg_max()
    own = pl.int_range(len(distinct), dtype=PLACE, eager=True)
    return distinct.gather(pl.select(pl.when(known).then(own).otherwise(any_known)).to_series())


def _rows_at(truths: pl.Series, places: pl.Series) -> pl.Series:
    """Return in which rows the truth at their place holds; few places are compared, many taken."""
    for wanted in (True, False):
        where = (truths == wanted).arg_true()
        if len(where) <= FEW_PLACES:
            rows = reduce(or_, [places == place for place in where], _no_row(len(places)))
            return rows if wanted else ~rows
    return truths.gather(places)


def _no_row(height: int) -> pl.Series:
    return pl.Series([False]).new_from_index(0, height)


def _is_nowhere(values: Sequence[Value | None]) -> bool:
    """Whether no value is stated; a few are asked first, because counting takes its time."""
    own = values.distinct if isinstance(values, ByDistinct) else values
    few = own[:ASKED_FIRST]
    return len(own) > 0 and few.count(None) == len(few) and own.count(None) == len(own)


def masked(held: HeldColumn, at_least: EvidenceGrade | None) -> SeenColumn:
    """Return a field as it is seen at an evidence grade: null where the evidence is too weak."""
    weak = _weak(held.grades, at_least, len(held.values))
    if weak is None:
        return SeenColumn(held.values, held.causes, taken=held.taken)
    causes = _cause_where(weak & held.given, Cause.EVIDENCE_TOO_WEAK, held.causes)
    return SeenColumn(_where(~weak, held.values), causes)


def _lists(values: Sequence[Value | None], kind: FieldType) -> pl.Series:
    """Return a column of lists; each distinct list is built once, because that is slow."""
    own = by_distinct(values)
    distinct = pl.Series(own.distinct, dtype=DTYPES[kind])
    return at_places(distinct, pl.Series(own.places, dtype=PLACE))


def _grades(grades: Sequence[EvidenceGrade] | EvidenceGrade) -> pl.Series | EvidenceGrade:
    if isinstance(grades, EvidenceGrade):
        return grades
    return pl.Series([int(grade) for grade in grades], dtype=pl.Int8)


def _causes(causes: Sequence[Cause | None] | Cause | None, height: int) -> pl.Series:
    if causes is None or isinstance(causes, Cause):
        word = NOT_STATED if causes is None else causes.value
        return pl.Series([word], dtype=CAUSES).new_from_index(0, height)
    words = [NOT_STATED if cause is None else cause.value for cause in causes]
    return pl.Series(words, dtype=CAUSES)


def _weak(
    grades: pl.Series | EvidenceGrade, at_least: EvidenceGrade | None, height: int
) -> pl.Series | None:
    """Return which rows' evidence is too weak; None where no row's is."""
    if at_least is None:
        return None
    if isinstance(grades, EvidenceGrade):
        weak = is_too_weak(grades, at_least)
        return pl.Series([True]).new_from_index(0, height) if weak else None
    return grades > int(at_least)


def _where(keep: pl.Series, values: pl.Series) -> pl.Series:
    """Return values where `keep` holds, null elsewhere."""
    return pl.select(pl.when(keep).then(values)).to_series()


def _cause_where(rows: pl.Series, cause: Cause, causes: pl.Series) -> pl.Series:
    word = pl.lit(cause.value, dtype=CAUSES)
    return pl.select(pl.when(rows).then(word).otherwise(causes)).to_series()
