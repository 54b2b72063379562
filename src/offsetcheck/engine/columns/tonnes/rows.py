"""Comparable tonnes of every row in plain numbers: what an order and a line of a list need.

Equal to `comparable_tonnes` row by row but for what a step rests on, its inputs and named numbers,
and for numbers half-way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.tonnes.spans import Spans, hull
from offsetcheck.engine.columns.tonnes.steps import ROWS_AT_ONCE, factors_by_way, number_stated
from offsetcheck.engine.tonnes import PRICE, TONNES
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.vocabulary.tonnes import (
    Chosen,
    ComparableTonnes,
    Option,
    Span,
    StepTaken,
    Treatment,
    Waterfall,
)


def plain_tonnes(
    table: CandidateTable, steps: BoundSteps, purchase: Purchase
) -> list[ComparableTonnes]:
    """Return what the steps make of every row's tonnes, in order, without what they rest on."""
    return [
        made
        for start in range(0, len(table), ROWS_AT_ONCE)
        for stop in (min(start + ROWS_AT_ONCE, len(table)),)
        for made in _of_rows(
            TableSlice(table, start, stop, purchase, steps.as_of), table.ids[start:stop], steps
        )
    ]


@dataclass(frozen=True, slots=True)
class _StepRows:
    """The factor of a step in every row, and under each way to make its open choices."""

    step: BoundStep
    factor: list[Span]
    ways: tuple[tuple[tuple[Chosen, ...], list[Span]], ...]

    def taken(self, row: int) -> StepTaken:
        """Return the step on one row."""
        factor = self.factor[row]
        options = tuple(Option(chosen, found[row]) for chosen, found in self.ways)
        return StepTaken(self.step.file.id, factor, factor, options=options)


def _of_rows(rows: TableSlice, ids: Sequence[str], steps: BoundSteps) -> Iterator[ComparableTonnes]:
    evaluator = ColumnEvaluator(rows)
    stated, offered = _numbers(rows, TONNES)
    priced, prices = _numbers(rows, PRICE)
    taken = [_step(step, evaluator) for step in steps.steps]
    acting = {
        one: tuple(step.file.id for step in steps.steps if one in step.file.acts_under)
        for one in Treatment
    }
    for row, name in enumerate(ids):
        if not stated[row]:
            yield ComparableTonnes(name, None, steps.chosen)
            continue
        own = {one.step.file.id: one.taken(row) for one in taken}
        falls = tuple(
            _waterfall(treatment, [own[name] for name in names], offered[row])
            for treatment, names in acting.items()
        )
        made = ComparableTonnes(name, offered[row], steps.chosen, falls)
        price = made.priced(prices[row] if priced[row] else None)
        yield ComparableTonnes(name, offered[row], steps.chosen, falls, price)


def _step(step: BoundStep, evaluator: ColumnEvaluator) -> _StepRows:
    height = evaluator.rows.height
    found = factors_by_way(step, evaluator)
    ways = tuple((chosen, _spans(factor, height)) for chosen, factor in found)
    whole = _spans(hull([factor for _, factor in found]), height)
    return _StepRows(step, whole, ways if step.open else ())


def _waterfall(treatment: Treatment, acting: Sequence[StepTaken], offered: Span) -> Waterfall:
    """Return the steps that act under a treatment; no tonnes stand behind each, only the last."""
    tonnes = offered
    for one in acting:
        tonnes = tonnes.times(one.factor)
    return Waterfall(treatment, tuple(acting), tonnes)


def _numbers(rows: TableSlice, name: str) -> tuple[list[bool], list[Span]]:
    stated, found = number_stated(rows, name)
    return stated.to_list(), _spans(found, rows.height)


def _spans(found: Spans, height: int) -> list[Span]:
    """Return the bounds of every row; rows that have the same share one."""
    low, high = (end.to_list() for end in found.columns(height))
    kept: dict[tuple[float, float], Span] = {}
    made = []
    for pair in zip(low, high, strict=True):
        if pair not in kept:
            kept[pair] = Span(*pair)
        made.append(kept[pair])
    return made
