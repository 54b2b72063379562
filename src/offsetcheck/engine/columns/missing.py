"""What the rows of a list wait for: rows that wait for the same are one pattern, and say it once.

A list lacks much the same in row after row: its lines, one for each row and what it waits for, are
made of the patterns when somebody reads them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from offsetcheck.engine.columns.distinct import PLACE, as_numbers, distinct_rows
from offsetcheck.engine.columns.fields import CAUSES, TableSlice
from offsetcheck.engine.columns.outcomes import RuleColumns
from offsetcheck.engine.evaluate import public_name
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.finding import Wait

WAIT = ("rule", "field", "cause")

Waiting = dict[Wait, pl.Series]
"""What some rows wait for, and which of them do."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What each row waits for, by patterns.

    `waits`: a line for each pattern and what it waits for: `pattern`, `rule`, `field`, `cause`; the
    last three are columns of listed words (`pl.Enum`), in the order of the rulebook, then by field
    and cause. `places`: the pattern of each row. `ids`: the id of each row.
    """

    waits: pl.DataFrame
    places: pl.Series
    ids: pl.Series

    def lines(self, without: pl.DataFrame | None = None) -> pl.DataFrame:
        """Return a line for each row and what it waits for: `row`, `id`, `rule`, `field`, `cause`.

        In the order of rows, then as `waits`. What stands in `without` (by rule, field and cause)
        is left out.
        """
        waits = self.waits
        if without is not None:
            waits = waits.join(without, on=WAIT, how="anti", maintain_order="left")
        rows = pl.DataFrame({"pattern": self.places}).with_row_index("row")
        lines = rows.join(waits, on="pattern", how="inner", maintain_order="left_right")
        return lines.select("row", self.ids.gather(lines["row"]).alias("id"), *WAIT)

    def counts(self) -> pl.DataFrame:
        """Return how many rows wait for what: `rule`, `field`, `cause`, `candidates`, in order."""
        return self._counted(WAIT).sort(WAIT)

    def counts_of_fields(self) -> pl.DataFrame:
        """Return how many rows wait for each field: `field`, `candidates`."""
        return self._counted(("field",))

    def _counted(self, what: Sequence[str]) -> pl.DataFrame:
        sizes = self.places.value_counts(name="candidates").rename({self.places.name: "pattern"})
        once = self.waits.select("pattern", *what).unique()
        counted = once.join(sizes, on="pattern").group_by(what)
        return counted.agg(pl.col("candidates").cast(pl.Int64).sum())


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
    told: dict[int, list[str]] = {}
    for column in columns:
        for wait, mask in _of_rule(rows, column, told):
            found[wait] = found[wait] | mask if wait in found else mask
    return {wait: mask for wait, mask in found.items() if mask.any()}


def _of_rule(
    rows: TableSlice, column: RuleColumns, told: dict[int, list[str]]
) -> Iterator[tuple[Wait, pl.Series]]:
    rule = column.rule
    for (name, cause), mask in column.waits.items():
        field = public_name(rule.id, name)
        if cause is not None:
            yield (rule.id, field, cause.value), mask
            continue
        causes = rows.causes(name, rule.at_least)
        if id(causes) not in told:
            told[id(causes)] = causes.unique().drop_nulls().to_list()
        words = told[id(causes)]
        for word in words:
            own = mask if len(words) == 1 else mask & (causes == word).fill_null(value=False)
            yield (rule.id, field, word), own


def missing(parts: Sequence[tuple[TableSlice, Waiting]], rules: Sequence[BoundRule]) -> Missing:
    """Return what all rows of a table wait for, from what those of each part do."""
    ids = pl.Series([row for rows, _ in parts for row in rows.ids], dtype=pl.String)
    order = {rule.id: place for place, rule in enumerate(rules)}
    found = {wait for _, waits in parts for wait in waits}
    waits = sorted(found, key=lambda wait: (order[wait[0]], *wait[1:]))
    masks = [_whole(wait, parts) for wait in waits]
    held, places = _patterns(masks, len(ids))
    words = (order, _field_names(rules), CAUSES.categories)
    named = {
        name: pl.Series([wait[at] for wait in waits], dtype=pl.Enum(list(words[at])))
        for at, name in enumerate(WAIT)
    }
    told = {name: column.gather(held["number"]) for name, column in named.items()}
    return Missing(pl.DataFrame({"pattern": held["pattern"], **told}), places, ids)


def _whole(wait: Wait, parts: Sequence[tuple[TableSlice, Waiting]]) -> pl.Series:
    return pl.concat([waits.get(wait, rows.none) for rows, waits in parts])


def _patterns(masks: Sequence[pl.Series], height: int) -> tuple[pl.DataFrame, pl.Series]:
    """Return the masks that hold together in a row, by number, and which of these each row has.

    A line for each `pattern` and `number`, in order.
    """
    differing = [mask.alias(str(number)) for number, mask in enumerate(masks) if not mask.all()]
    if not height:
        return _held(()), pl.Series([], dtype=PLACE)
    distinct = distinct_rows(pl.select(as_numbers([pl.lit(mask) for mask in differing])))
    places = distinct.places if differing else distinct.places.new_from_index(0, height)
    rows = pl.DataFrame(differing).select(pl.all().gather(distinct.rows))
    always = pl.Series([True]).new_from_index(0, len(distinct.rows))
    patterns = [rows.get_column(str(number), default=always) for number in range(len(masks))]
    return _held(patterns), places


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
