"""What a rule sees of every row's facts: values, and why one is absent, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import polars as pl

from offsetcheck.engine.columns.held import (
    CAUSES,
    DTYPES,
    HeldColumn,
    SeenColumn,
    StatedColumn,
    hold,
    masked,
    not_known_yet,
    spread,
)
from offsetcheck.engine.columns.means import LEVEL
from offsetcheck.engine.columns.sets import PLACE, Sets, filled, no_places
from offsetcheck.engine.columns.types import RowTypes, types_of_rows
from offsetcheck.engine.knowledge import IDENTITY, PURCHASE, is_later, is_screened, see
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

__all__ = ["CAUSES", "DTYPES", "SeenColumn", "TableSlice"]


@dataclass(frozen=True)
class TableSlice:
    """Some rows of a table on one day, for one purchase; fields `heard` count at every grade."""

    table: CandidateTable
    start: int
    stop: int
    purchase: Purchase
    day: date
    screening_days: int | None = None
    heard: tuple[str, ...] = ()
    _seen: dict[tuple[str, EvidenceGrade | None], SeenColumn] = field(default_factory=dict)
    _held: dict[str, HeldColumn] = field(default_factory=dict)
    _constants: dict[tuple[type, Value | None, FieldType], pl.Series] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.stop - self.start

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the rows."""
        return self.table.ids[self.start : self.stop]

    @cached_property
    def id_column(self) -> pl.Series:
        """The ids of the rows, as a column."""
        return pl.Series(list(self.ids), dtype=pl.String)

    def constant(self, value: Value | None, kind: FieldType) -> pl.Series:
        """Return one value for all rows; made once, because a column of lists is slow to make."""
        key = (type(value), value, kind)
        if key not in self._constants:
            held = list(value) if isinstance(value, tuple) else value
            one = pl.Series([held], dtype=DTYPES[kind])
            self._constants[key] = one.new_from_index(0, self.height)
        return self._constants[key]

    @cached_property
    def none(self) -> pl.Series:
        """No row."""
        return pl.Series([False]).new_from_index(0, self.height)

    @cached_property
    def no_level(self) -> pl.Series:
        """No level in any row."""
        return pl.Series([None], dtype=LEVEL).new_from_index(0, self.height)

    def cause(self, cause: Cause) -> pl.Series:
        """Return one cause for all rows."""
        return pl.Series([cause.value], dtype=CAUSES).new_from_index(0, self.height)

    def see(self, name: str, kind: FieldType, at_least: EvidenceGrade | None) -> SeenColumn:
        """Return what is seen of a field at an evidence grade; computed once."""
        key = (name, None if name in self.heard else at_least)
        if key not in self._seen:
            self._seen[key] = self._look(name, kind, key[1])
        return self._seen[key]

    def hearing(self, fields: tuple[str, ...]) -> "TableSlice":
        """Return the same rows with some fields counting at every grade."""
        return replace(self, heard=fields)

    def causes(self, name: str, at_least: EvidenceGrade | None) -> pl.Series:
        """Return why a field that has been looked at is unknown, where it is."""
        return self._seen[name, at_least].causes

    @cached_property
    def screened(self) -> pl.Series:
        """For each row whether somebody has looked for adverse events."""
        if not self.purchase.screenings:
            return self.constant(value=False, kind=FieldType.BOOLEAN)
        strange = Cause.ID_NOT_RECOGNISED.value
        told = (self.id_causes != strange).fill_null(value=True)
        holds = self.screening_days
        screened = [
            is_screened(row, self.purchase, self.day, holds, recognised=known)
            for row, known in zip(self.ids, told, strict=True)
        ]
        return pl.Series(screened, dtype=pl.Boolean)

    @cached_property
    def types(self) -> RowTypes:
        """The types that the project of each row may be of."""
        return types_of_rows(self.table, range(self.start, self.stop), self.day)

    @cached_property
    def id_causes(self) -> pl.Series:
        """For each row why its project cannot be told by its id, null where it can."""
        column = self.table.columns.get(IDENTITY)
        if column is None or column.causes is None:
            return pl.Series([None], dtype=CAUSES).new_from_index(0, self.height)
        causes = (column.cause(row) for row in range(self.start, self.stop))
        return pl.Series([cause and cause.value for cause in causes], dtype=CAUSES)

    def _look(self, name: str, kind: FieldType, at_least: EvidenceGrade | None) -> SeenColumn:
        if name.startswith(PURCHASE):
            fact = self.purchase.fact(name.removeprefix(PURCHASE))
            look = see(name, fact, kind, self.day, at_least)
            cause = self.cause(look.cause or Cause.NOT_STATED)
            sets = _one_set(look.possible, self.height) if look.possible else None
            return SeenColumn(self.constant(look.value, kind), cause, sets)
        column = self.table.columns.get(name)
        if column is None:
            return SeenColumn(self.constant(None, kind), self.cause(Cause.NOT_STATED))
        if name not in self._held:
            self._held[name] = hold(self._stated(column), kind, self.height)
        seen = masked(self._held[name], None if name == IDENTITY else at_least)
        partly = self._partly_known(column)
        if not partly and at_least is not None and seen.values is self._held[name].values:
            return self.see(name, kind, None)
        return self._with_sets(seen, name, kind, at_least, partly) if partly else seen

    def _partly_known(self, column: Column) -> Mapping[int, Fact]:
        """Return the facts that hold possible values, or stand beside such, by row."""
        own = {row: fact.on(self.day) for row, fact in column.full.items()}
        return {
            row - self.start: fact
            for row, fact in own.items()
            if self.start <= row < self.stop
            and (fact.possible or any(other.possible for other in fact.others))
        }

    def _with_sets(
        self,
        seen: SeenColumn,
        name: str,
        kind: FieldType,
        at_least: EvidenceGrade | None,
        facts: Mapping[int, Fact],
    ) -> SeenColumn:
        """Return a column in which rows that are known in part are seen as one candidate is."""
        looks = [see(name, fact, kind, self.day, at_least) for fact in facts.values()]
        rows = pl.Series(list(facts), dtype=PLACE)
        places = no_places(self.height).scatter(rows, pl.int_range(len(looks), eager=True))
        answers = [look.possible if look.value is None else (look.value,) for look in looks]
        column = filled(seen.values, [answer or None for answer in answers], places)
        causes = pl.Series([(look.cause or Cause.NOT_STATED).value for look in looks], dtype=CAUSES)
        looked = pl.when(places.is_not_null()).then(causes.gather(places)).otherwise(seen.causes)
        return SeenColumn(column.values, pl.select(looked).to_series(), column.sets)

    def _stated(self, column: Column) -> StatedColumn:
        rows = slice(self.start, self.stop)
        values = column.values[rows]
        grades = column.grades
        causes = column.causes
        grades = grades if isinstance(grades, EvidenceGrade) else grades[rows]
        causes = causes if causes is None or isinstance(causes, Cause) else causes[rows]
        stated = StatedColumn(values, grades, causes)
        if column.as_of is not None and column.as_of > self.day:
            stated = not_known_yet(stated, self.height)
        return self._patched(stated, column) if column.full else stated

    def _patched(self, stated: StatedColumn, column: Column) -> StatedColumn:
        """Return a column in which rows with a full fact hold that fact, if known by the day."""
        values = list(stated.values)
        grades = spread(stated.grades, self.height)
        causes = spread(stated.causes, self.height)
        for row, noted in column.full.items():
            if self.start <= row < self.stop:
                fact = noted.on(self.day)
                late = fact.value is not None and is_later(fact, self.day)
                values[row - self.start] = None if late else fact.value
                grades[row - self.start] = fact.grade
                causes[row - self.start] = Cause.NOT_KNOWN_YET if late else fact.cause
        return StatedColumn(values, grades, causes)


def _one_set(possible: tuple[Value, ...], height: int) -> Sets:
    return Sets(pl.Series([0], dtype=PLACE).new_from_index(0, height), [possible])
