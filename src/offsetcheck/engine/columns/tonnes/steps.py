"""Comparable tonnes of a whole table: what `engine/tonnes.py` says of each row, as columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import polars as pl

from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.tonnes.formulas import Formulas, Held
from offsetcheck.engine.columns.tonnes.inputs import input_columns, number_spans
from offsetcheck.engine.columns.tonnes.spans import Spans, hull, spans
from offsetcheck.engine.tonnes import PRICE, TONNES, ways
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.vocabulary.tonnes import ANYTHING, ZERO_TO_ONE, Chosen, Treatment

ROWS_AT_ONCE = 262_144  # bounds memory: every part of a formula holds columns of this height


@dataclass(frozen=True, slots=True)
class TonnesColumns:
    """The comparable tonnes of some rows.

    `stated` says where tonnes are stated; nothing of what follows counts in other rows, and no
    price counts where none is stated. `factors` are those of the steps by id, `comparable` the
    tonnes under each treatment, `whole` those under the one chosen, else under any.
    """

    height: int
    stated: pl.Series
    offered: Spans
    factors: Mapping[str, Spans]
    comparable: Mapping[Treatment, Spans]
    whole: Spans
    priced: pl.Series
    price: Spans


def tonnes_table(table: CandidateTable, steps: BoundSteps, purchase: Purchase) -> pl.DataFrame:
    """Return what the steps make of every row's tonnes; equal to `comparable_tonnes` row by row.

    Each number has two columns, `NAME_low` and `NAME_high`: `offered`, the factor of each step by
    its id, `comparable_TREATMENT`, `comparable`, and `price` of one comparable tonne. They are null
    where a row states no tonnes or no price, and infinite where nothing bounds them.
    """
    parts = [
        _frame(tonnes_of_rows(TableSlice(table, start, stop, purchase, steps.as_of), steps))
        for start in range(0, len(table), ROWS_AT_ONCE)
        for stop in (min(start + ROWS_AT_ONCE, len(table)),)
    ]
    ids = pl.DataFrame({"id": pl.Series(list(table.ids), dtype=pl.String)}).with_row_index("row")
    return pl.concat([ids, pl.concat(parts)], how="horizontal") if parts else ids


def tonnes_of_rows(rows: TableSlice, steps: BoundSteps) -> TonnesColumns:
    """Return what the steps make of the tonnes of some rows, at least one."""
    evaluator = ColumnEvaluator(rows)
    stated, offered = number_stated(rows, TONNES)
    factors = {step.file.id: _factor(step, evaluator) for step in steps.steps}
    comparable = {one: _behind(one, steps, factors, offered) for one in Treatment}
    whole = hull([each for one, each in comparable.items() if steps.chosen in (None, one)])
    has_price, price = number_stated(rows, PRICE)
    return TonnesColumns(
        height=rows.height,
        stated=stated,
        offered=offered,
        factors=factors,
        comparable=comparable,
        whole=whole,
        priced=has_price & stated & (whole.columns(rows.height)[1] != 0),
        price=_price(price, offered, whole),
    )


def number_stated(rows: TableSlice, name: str) -> tuple[pl.Series, Spans]:
    """Return where a number is stated, if only in part, and its bounds."""
    seen = rows.see(name, FieldType.NUMBER, None)
    stated = seen.values.is_not_null()
    if seen.sets is not None:
        stated |= seen.sets.places.is_not_null()
    return stated, number_spans([seen.column], ANYTHING)


def _behind(
    treatment: Treatment, steps: BoundSteps, factors: Mapping[str, Spans], offered: Spans
) -> Spans:
    """Return the tonnes behind all steps that act under a treatment."""
    tonnes = offered
    for step in steps.steps:
        if treatment in step.file.acts_under:
            tonnes = tonnes.times(factors[step.file.id])
    return tonnes


def _factor(step: BoundStep, evaluator: ColumnEvaluator) -> Spans:
    """Return a step's factor, over every value of the choices that nobody has made."""
    return hull([factor for _, factor in factors_by_way(step, evaluator)])


def factors_by_way(
    step: BoundStep, evaluator: ColumnEvaluator
) -> list[tuple[tuple[Chosen, ...], Spans]]:
    """Return a step's factor under each way to make the choices that nobody has made."""
    evaluator.ahead((tree, None) for trees in step.inputs.values() for tree in trees)
    known = {name: input_columns(name, step, evaluator) for name in step.inputs}
    formulas = Formulas(evaluator.rows.height)
    return [(way.choices, _formula(way.step, known, formulas)) for way in ways(step)]


def _formula(step: BoundStep, inputs: Mapping[str, Held], formulas: Formulas) -> Spans:
    known = dict(inputs)
    for name, cases in step.parts.items():
        known[name] = formulas.part(cases, known, step.file.parts[name].range)
    return formulas.bounds_of_cases(step.factor, known, ZERO_TO_ONE).within(0.0, 1.0)


def _price(price: Spans, offered: Spans, whole: Spans) -> Spans:
    """Return the price of a comparable tonne; none is known where none may be left."""
    most = price.high_end * offered.high_end / whole.low_end
    return spans(
        price.low_end * offered.low_end / whole.high_end,
        pl.when(whole.low_end == 0).then(inf).otherwise(most),
    )


def _frame(made: TonnesColumns) -> pl.DataFrame:
    """Return the columns as a frame, null where nothing is stated."""
    named = {
        "offered": made.offered,
        **made.factors,
        **{f"comparable_{one.value}": each for one, each in made.comparable.items()},
        "comparable": made.whole,
    }
    columns = [
        end for name, each in named.items() for end in _ends(name, each, made.stated, made.height)
    ]
    return pl.select(*columns, *_ends("price", made.price, made.priced, made.height))


def _ends(name: str, each: Spans, where: pl.Series, height: int) -> list[pl.Expr]:
    ends = zip(("low", "high"), each.columns(height), strict=True)
    return [pl.when(where).then(pl.lit(end)).alias(f"{name}_{word}") for word, end in ends]
