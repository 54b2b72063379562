"""What the rows of a list wait for: rows that wait for the same are one pattern, and say it once.

A list lacks much the same in row after row. A pattern is held as the bits of numbers; its lines,
and one for each row and what it waits for, are made when somebody reads them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import polars as pl

from offsetcheck.engine.columns.at_once import at_once, is_alike
from offsetcheck.engine.columns.distinct import BITS, PLACE, as_numbers, distinct_rows
from offsetcheck.engine.columns.fields import CAUSES, TableSlice
from offsetcheck.engine.columns.outcomes import RuleColumns
from offsetcheck.engine.columns.settled import true
from offsetcheck.engine.evaluate import public_name
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.finding import Wait

WAIT = ("rule", "field", "cause")

Waiting = dict[Wait, pl.Series]
"""What some rows wait for, and which of them do."""


@dataclass(frozen=True)
class Missing:
    """What each row waits for, by patterns.

    `known`: a line for each wait: `rule`, `field`, `cause`, columns of listed words (`pl.Enum`), in
    the order of the rulebook, then by field and cause; and `bit`, its place in the patterns, null
    for what every row waits for. `patterns`: a row of numbers for each pattern, of whose bits each
    says whether it holds a wait. `places`: the pattern of each row. `ids`: the id of each row.
    """

    known: pl.DataFrame
    patterns: pl.DataFrame
    places: pl.Series
    ids: pl.Series

    @cached_property
    def waits(self) -> pl.DataFrame:
        """A line for each pattern and what it waits for: `pattern`, `rule`, `field`, `cause`."""
        return self._lines(self.known)

    def lines(self, without: pl.DataFrame | None = None) -> pl.DataFrame:
        """Return a line for each row and what it waits for: `row`, `id`, `rule`, `field`, `cause`.

        In the order of rows, then as `known`. What stands in `without` (by rule, field and cause)
        is left out.
        """
        if without is None:
            waits = self.waits
        else:
            kept = self.known.join(without, on=WAIT, how="anti", maintain_order="left")
            waits = self._lines(kept)
        rows = pl.DataFrame({"pattern": self.places}).with_row_index("row")
        lines = rows.join(waits, on="pattern", how="inner", maintain_order="left_right")
        return lines.select("row", self.ids.gather(lines["row"]).alias("id"), *WAIT)

    def counts(self) -> pl.DataFrame:
        """Return how many rows wait for what: `rule`, `field`, `cause`, `candidates`, in order."""
        waited = self._waited(self.known)
        counted = [self._rows_in(pl.lit(mask)) for mask in waited]
        candidates = pl.Series("candidates", counted, dtype=pl.Int64)
        return self.known.select(WAIT).with_columns(candidates).sort(WAIT)

    def counts_of_fields(self) -> pl.DataFrame:
        """Return how many rows wait for each field: `field`, `candidates`."""
        counted: dict[str, int] = {}
        for (name,), own in self.known.group_by("field", maintain_order=True):
            masks = [pl.lit(mask) for mask in self._waited(own)]
            counted[str(name)] = self._rows_in(reduce(or_, masks))
        fields = pl.Series("field", list(counted), dtype=self.known["field"].dtype)
        return pl.DataFrame([fields, pl.Series("candidates", counted.values(), dtype=pl.Int64)])

    def _rows_in(self, patterns: pl.Expr) -> int:
        """Return how many rows have one of some patterns."""
        return int(pl.select(pl.when(patterns).then(self._sizes).sum()).item())

    @cached_property
    def _sizes(self) -> pl.Series:
        """How many rows have each pattern."""
        counted = pl.DataFrame({"pattern": self.places}).group_by("pattern").len("candidates")
        none = pl.zeros(self.patterns.height, pl.Int64, eager=True)
        return none.scatter(counted["pattern"], counted["candidates"].cast(pl.Int64))

    def _waited(self, known: pl.DataFrame) -> list[pl.Series]:
        """Return for each wait the patterns that hold it."""
        always = pl.Series([True]).new_from_index(0, self.patterns.height)
        return [
            always if bit is None else (self.patterns[str(bit // BITS)] & (1 << bit % BITS)) != 0
            for bit in known["bit"]
        ]

    def _lines(self, known: pl.DataFrame) -> pl.DataFrame:
        """Return a line for each pattern and each of some waits that it holds, in order."""
        held = _held(self._waited(known))
        told = known.select(pl.col(name).gather(held["number"]) for name in WAIT)
        return told.insert_column(0, held["pattern"])


@dataclass(frozen=True, slots=True)
class RowsWaiting:
    """Rows in which a rule waits for a field, by its name outside the rule, for one cause."""

    field: str
    cause: str
    rows: pl.Series


def sorted_waits(rows: TableSlice, column: RuleColumns) -> list[RowsWaiting]:
    """Return what a rule waits for in some rows, by field and cause."""
    found = (
        RowsWaiting(name, cause, mask) for (_, name, cause), mask in _of_rule(rows, column, {})
    )
    return sorted(found, key=lambda one: (one.field, one.cause))


def waiting(rows: TableSlice, columns: Sequence[RuleColumns]) -> Waiting:
    """Return what the rules of some rows wait for, each cause by itself."""
    found: Waiting = {}
    told: Told = {}
    for column in columns:
        for wait, mask in _of_rule(rows, column, told):
            found[wait] = found[wait] | mask if wait in found else mask
    return {wait: mask for wait, mask in found.items() if mask.any()}


def _of_rule(
    rows: TableSlice, column: RuleColumns, told: "Told"
) -> Iterator[tuple[Wait, pl.Series]]:
    rule = column.rule
    for (name, cause), mask in column.waits.items():
        field = public_name(rule.id, name)
        if cause is not None:
            yield (rule.id, field, cause.value), mask
            continue
        causes = rows.causes(name, rule.at_least)
        if id(causes) not in told:
            told[id(causes)] = _rows_of_words(causes)
        for word, own in told[id(causes)].items():
            yield (rule.id, field, word), mask if own is None else mask & own


Told = dict[int, dict[str, pl.Series | None]]
"""The rows of each word of columns of causes, None where it is that of all."""


def _rows_of_words(causes: pl.Series) -> dict[str, pl.Series | None]:
    if is_alike(causes):
        return {causes[0]: None} if causes[0] is not None else {}
    words = causes.unique().drop_nulls().to_list()
    if len(words) == 1:
        return {words[0]: None}
    holds = at_once({word: true(pl.lit(causes) == word) for word in words}, len(causes))
    return dict(holds)


def missing(parts: Sequence[tuple[TableSlice, Waiting]], rules: Sequence[BoundRule]) -> Missing:
    """Return what all rows of a table wait for, from what those of each part do."""
    ids = pl.concat([rows.id_column for rows, _ in parts])
    order = {rule.id: place for place, rule in enumerate(rules)}
    found = {wait for _, waits in parts for wait in waits}
    waits = sorted(found, key=lambda wait: (order[wait[0]], *wait[1:]))
    masks = {wait: _whole(wait, parts) for wait in waits}
    differing = [wait for wait in waits if not masks[wait].all()]
    bits = {wait: bit for bit, wait in enumerate(differing)}
    words = (order, _field_names(rules), CAUSES.categories)
    known = {
        name: pl.Series([wait[at] for wait in waits], dtype=pl.Enum(list(words[at])))
        for at, name in enumerate(WAIT)
    }
    known["bit"] = pl.Series([bits.get(wait) for wait in waits], dtype=PLACE)
    numbers = at_once(
        dict(enumerate(as_numbers([pl.lit(masks[wait]) for wait in differing]))), len(ids)
    )
    distinct = distinct_rows(pl.DataFrame({str(at): held for at, held in numbers.items()}))
    return Missing(pl.DataFrame(known), distinct.frame, distinct.places, ids)


def _whole(wait: Wait, parts: Sequence[tuple[TableSlice, Waiting]]) -> pl.Series:
    return pl.concat([waits.get(wait, rows.none) for rows, waits in parts])


def _held(patterns: Sequence[pl.Series]) -> pl.DataFrame:
    """Return a line for each pattern and the number of each mask that holds in it."""
    where = [mask.arg_true().cast(PLACE) for mask in patterns]
    numbers = [
        pl.Series([number], dtype=PLACE).new_from_index(0, len(held))
        for number, held in enumerate(where)
    ]
    none = pl.Series([], dtype=PLACE)
    lines = {"pattern": pl.concat([none, *where]), "number": pl.concat([none, *numbers])}
    return pl.DataFrame(lines).sort("pattern", maintain_order=True)


def _field_names(rules: Sequence[BoundRule]) -> list[str]:
    """Return the names of all fields and city values that rules can wait for, in their order."""
    return sorted(
        {
            public_name(rule.id, part.name or "")
            for rule in rules
            for node in rule.expressions()
            if node is not None
            for part in walk(node)
            if isinstance(part, FieldRef | Constant)
        }
    )
