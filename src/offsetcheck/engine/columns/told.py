"""What all rules are told of each row, as patterns: rows alike have one, and one number.

Whatever a rule comes to follows from it (`engine.recall`), so that one row of a pattern answers
for all of them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import polars as pl

from offsetcheck.engine.knowledge import IDENTITY, PURCHASE, is_screened
from offsetcheck.engine.recall import NO_ROW, Recall
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

ROWS_AT_ONCE = 65_536  # of which all codes are held at once
SCREENED = "screened "
ROW, PATTERN = "row ", "pattern "  # no field has a blank in its name
CODE = pl.UInt32


@dataclass(frozen=True, slots=True)
class ToldRows:
    """The distinct patterns of a table: one row of codes each, with a row that has it (`ROW`).

    `places` holds the pattern of each row of the table.
    """

    distinct: pl.DataFrame
    places: pl.Series

    def answers(self, names: Iterable[str]) -> pl.Series:
        """Return for each pattern which of the distinct ones in some columns it has, from 0."""
        held = [name for name in names if name in self.distinct.columns]
        if not held:
            return pl.Series([0], dtype=CODE).new_from_index(0, self.distinct.height)
        different = self.distinct.unique(held, keep="first", maintain_order=True)
        return _places(self.distinct, different, held)


def told_rows(
    table: CandidateTable, bound: BoundRulebook, purchase: Purchase, recall: Recall
) -> ToldRows:
    """Return the patterns of all rows of a table."""
    coders = list(_coders(table, bound, purchase, recall))
    names = [coder.name for coder in coders]
    starts = range(0, len(table), ROWS_AT_ONCE)
    chunks = [_chunk(coders, start, min(start + ROWS_AT_ONCE, len(table))) for start in starts]
    if not chunks or not names:
        rows = pl.DataFrame({ROW: pl.int_range(min(len(table), 1), dtype=CODE, eager=True)})
        places = pl.Series([0], dtype=CODE).new_from_index(0, len(table))
        return ToldRows(rows, places)
    several = pl.concat([distinct for distinct, _ in chunks])
    distinct = several.unique(names, keep="first", maintain_order=True)
    of_several = _places(several, distinct, names)
    parts, before = [], 0
    for own, places in chunks:
        parts.append(of_several[before : before + own.height].gather(places))
        before += own.height
    return ToldRows(distinct, pl.concat(parts))


def screened_column(days: int | None) -> str:
    """Return the name of the column that says who is screened, for rules that ask it."""
    return f"{SCREENED}{days}"


@dataclass(frozen=True, slots=True)
class _Coder:
    """Gives the facts of a column their codes; the same for the same in all chunks."""

    name: str
    column: Column
    texts: frozenset[str] | None
    known: defaultdict[Hashable, int]

    def codes(self, start: int, stop: int) -> pl.Series:
        """Return the codes of some rows."""
        column, known = self.column, self.known
        values: Sequence[object] = column.values[start:stop]
        if self.texts is not None:
            values = [_without_row(value, self.texts) for value in values]
        parts: list[Sequence[object]] = [values]
        if not isinstance(column.grades, EvidenceGrade):
            parts.append(column.grades[start:stop])
        if not (column.causes is None or isinstance(column.causes, Cause)):
            parts.append(column.causes[start:stop])
        facts: Iterable[Hashable] = values if len(parts) == 1 else zip(*parts, strict=True)
        codes = [known[fact] for fact in facts]
        for row, fact in column.full.items():
            if start <= row < stop:
                codes[row - start] = known[FULL, fact]
        return pl.Series(self.name, codes, dtype=CODE)


FULL = "full"


def _without_row(value: object, texts: frozenset[str]) -> object:
    return value if value is None or value in texts else NO_ROW


def _coders(
    table: CandidateTable, bound: BoundRulebook, purchase: Purchase, recall: Recall
) -> Iterator[_Coder]:
    ids = [rule.id for rule in bound.candidate_rules]
    texts = _keys_alone(recall, ids)
    inputs = dict.fromkeys(name for rule in ids for name in recall.memories[rule].inputs)
    for name in inputs:
        column = None if name.startswith(PURCHASE) else table.columns.get(name)
        if column is not None:
            yield _Coder(name, column, texts.get(name), _numbered())
    if purchase.screenings:
        for days in dict.fromkeys(rule.screening_days for rule in bound.candidate_rules):
            yield _screened(table, bound, purchase, days)


def _screened(
    table: CandidateTable, bound: BoundRulebook, purchase: Purchase, days: int | None
) -> _Coder:
    identity = table.columns.get(IDENTITY)
    strange = Cause.ID_NOT_RECOGNISED
    told = [identity is None or identity.cause(row) is not strange for row in range(len(table))]
    screened = [
        is_screened(one, purchase, bound.as_of, days, recognised=known)
        for one, known in zip(table.ids, told, strict=True)
    ]
    return _Coder(screened_column(days), Column(screened), None, _numbered())


def _numbered() -> defaultdict[Hashable, int]:
    return defaultdict(count().__next__)


def _keys_alone(recall: Recall, rules: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the fields that all rules read as keys of tables alone, with the texts of these."""
    texts: dict[str, set[str]] = {}
    otherwise: set[str] = set()
    for rule in rules:
        memory = recall.memories[rule]
        named = {memory.inputs[place]: found for place, found in memory.named}
        for name in memory.inputs:
            if name in named:
                texts.setdefault(name, set()).update(named[name])
            else:
                otherwise.add(name)
    return {name: frozenset(found) for name, found in texts.items() if name not in otherwise}


def _chunk(coders: Sequence[_Coder], start: int, stop: int) -> tuple[pl.DataFrame, pl.Series]:
    """Return the distinct rows of codes among some rows, and which of them each row has."""
    names = [coder.name for coder in coders]
    rows = pl.DataFrame([coder.codes(start, stop) for coder in coders])
    rows = rows.with_columns(pl.int_range(start, stop, dtype=CODE).alias(ROW))
    distinct = rows.unique(names, keep="first", maintain_order=True)
    return distinct, _places(rows, distinct, names)


def _places(rows: pl.DataFrame, distinct: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Return for each row the place of its like among the distinct ones."""
    numbered = distinct.select(names).with_row_index(PATTERN)
    return rows.select(names).join(numbered, on=names, how="left", maintain_order="left")[PATTERN]
