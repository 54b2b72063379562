"""What steps read of all rows: of several expressions the first that is known, else bounds."""

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from offsetcheck.engine.columns.at_once import one
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.sets import PLACE, PartColumn, Sets
from offsetcheck.engine.columns.tonnes.formulas import Held
from offsetcheck.engine.columns.tonnes.spans import Spans, spans
from offsetcheck.engine.possible import Alternatives
from offsetcheck.rulebook.tonnes.binding import BoundStep
from offsetcheck.vocabulary.tonnes import ANYTHING, Span

PICKS: tuple[Callable[[Iterable[float]], float], ...] = (min, max)


def input_columns(name: str, step: BoundStep, evaluator: ColumnEvaluator) -> Held:
    """Return an input in every row, as one offer's input is held."""
    declared = step.file.inputs[name]
    columns = [evaluator.column(tree, None) for tree in step.inputs[name]]
    if declared.type == "number":
        limits = Span(*declared.range) if declared.range else ANYTHING
        return number_spans(columns, limits)
    return PartColumn(one(pl.coalesce(each.values for each in columns)), _sets(columns))


def number_spans(columns: Sequence[PartColumn], limits: Span) -> Spans:
    """Return the first of some numbers that is known, else the bounds of one known in part."""
    values = [pl.lit(each.values) for each in columns]
    sets = [each.sets for each in columns if each.sets is not None]
    lows, highs = ([_picked(pick, each) for each in sets] for pick in PICKS)
    return spans(pl.coalesce(*values, *lows, limits.low), pl.coalesce(*values, *highs, limits.high))


def _picked(pick: Callable[[Iterable[float]], float], sets: Sets) -> pl.Expr:
    ends = pl.Series([pick(_numbers(each)) for each in sets.members], dtype=pl.Float64)
    return pl.lit(ends.gather(sets.places))


def _numbers(several: Alternatives) -> list[float]:
    return [float(each) for each in several]  # type: ignore[arg-type] # numbers


def _sets(columns: Sequence[PartColumn]) -> Sets | None:
    """Return of which words a row holds one: those of the first column that knows them."""
    places: list[pl.Expr] = []
    members: list[Alternatives] = []
    for column in columns:
        if column.sets is not None:
            places.append(pl.lit(column.sets.places + len(members)))
            members += column.sets.members
    return Sets(one(pl.coalesce(places).cast(PLACE)), members) if places else None
