"""What steps read of all rows: of several expressions the first that is known, else bounds."""

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from offsetcheck.engine.columns.at_once import one
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.sets import PLACE, PartColumn, Sets
from offsetcheck.engine.columns.tonnes.formulas import Held
from offsetcheck.engine.columns.tonnes.spans import Spans, spans
from offsetcheck.engine.possible import Alternatives
from offsetcheck.engine.tonnes import sources_of
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.tonnes.binding import BoundStep
from offsetcheck.vocabulary.tonnes import ANYTHING, Origin, Span

Pick = Callable[[Sequence[float]], float]
PICKS: tuple[Pick, Pick] = (min, max)


def half_way(several: Sequence[float]) -> float:
    """Return the number half-way between several."""
    return min(several) / 2 + max(several) / 2


HALF_WAY: tuple[Pick, Pick] = (half_way, half_way)


def input_columns(
    name: str, step: BoundStep, evaluator: ColumnEvaluator, picks: tuple[Pick, Pick] = PICKS
) -> Held:
    """Return an input in every row, as one offer's input is held.

    `picks` say which ends a number has that is known in part; with `HALF_WAY` that half-way.
    """
    declared = step.file.inputs[name]
    columns = [
        _counting(tree, at, name, step, evaluator) for at, tree in enumerate(step.inputs[name])
    ]
    if declared.type == "number":
        limits = Span(*declared.range) if declared.range else ANYTHING
        return number_spans(columns, limits, picks)
    return _first_known(columns)


def _counting(
    tree: Node, at: int, name: str, step: BoundStep, evaluator: ColumnEvaluator
) -> PartColumn:
    """Return an expression in every row, nothing where a table speaks of other units."""
    column = evaluator.column(tree, None)
    if name not in step.unless or sources_of(step)[name][at][0] is not Origin.TABLE:
        return column
    counts = ~evaluator.column(step.unless[name], None).values.fill_null(value=False)
    values = one(pl.when(counts).then(column.values))
    if column.sets is None:
        return PartColumn(values, None)
    return PartColumn(
        values, Sets(one(pl.when(counts).then(column.sets.places)), column.sets.members)
    )


def number_spans(
    columns: Sequence[PartColumn], limits: Span, picks: tuple[Pick, Pick] = PICKS
) -> Spans:
    """Return the bounds of the first of some numbers of which anything is known, else limits."""
    lows, highs = ([end for each in columns for end in _ends(each, pick)] for pick in picks)
    return spans(pl.coalesce(*lows, limits.low), pl.coalesce(*highs, limits.high))


def _ends(column: PartColumn, pick: Pick) -> Iterator[pl.Expr]:
    """Yield a number where it is known, then one end of it where it is known in part."""
    yield pl.lit(column.values)
    if column.sets is not None:
        found = [pick(_numbers(each)) for each in column.sets.members]
        yield pl.lit(pl.Series(found, dtype=pl.Float64).gather(column.sets.places))


def _numbers(several: Alternatives) -> list[float]:
    return [float(each) for each in several]  # type: ignore[arg-type] # numbers


def _first_known(columns: Sequence[PartColumn]) -> PartColumn:
    """Return in every row the first of some columns of which anything is known."""
    first, *rest = columns
    for column in rest:
        first = _else(first, column)
    return first


def _else(first: PartColumn, column: PartColumn) -> PartColumn:
    """Return a column, and another where nothing is known of it."""
    nothing = first.values.is_null() & ~first.in_part
    values = one(pl.when(nothing).then(column.values).otherwise(first.values))
    if column.sets is None:
        return PartColumn(values, first.sets)
    places = one(pl.when(nothing).then(column.sets.places))
    if first.sets is None:
        return PartColumn(values, Sets(places, column.sets.members))
    before = len(first.sets.members)
    joined = one(pl.coalesce(pl.lit(first.sets.places), pl.lit(places + before)).cast(PLACE))
    return PartColumn(values, Sets(joined, [*first.sets.members, *column.sets.members]))
