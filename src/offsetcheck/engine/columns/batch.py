"""A whole table under one bound rulebook, as frames for whoever writes or shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from offsetcheck.engine.claim import NARROWING
from offsetcheck.engine.columns.at_once import one
from offsetcheck.engine.columns.distinct import as_numbers, distinct_rows
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.missing import Missing, Waiting, missing, waiting
from offsetcheck.engine.columns.outcomes import RuleColumns, judge_all, with_identity_condition
from offsetcheck.engine.columns.patterns import verdicts
from offsetcheck.engine.columns.scores import BoundColumns, ScoreColumns, score_rows
from offsetcheck.engine.plan import plan_for
from offsetcheck.rulebook.binding.bound import BoundRulebook, Scheme
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

ROWS_AT_ONCE = 262_144  # bounds memory: every distinct subexpression holds a column of this height


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What `assess` says of every row, without trace and proof.

    `rows`: one row per candidate in table order: `row` (its position), `id`, `verdict`,
    `integrity_lower`, `integrity_upper`, `integrity_working` (thousandths), `grade_lower`,
    `grade_upper`, `value_lower`, `value_upper` (null: nothing of it applies), `value_settled`,
    `value_total`, `settled`, `total` (weights), `claim`, `claim_worst`, `may_say_permanent`,
    `conditions`, `unscreened`, `on_word` (lists of rule ids), and for each dimension `NAME_lower`,
    `NAME_upper`, `NAME_working`, `NAME_settled`, `NAME_total`.
    `outcomes`, `states`, `lowers`, `uppers`: as many rows, one column per rule id.
    `lacking`: what each row waits for, by patterns; `missing` has a line for each row and wait.
    """

    rows: pl.DataFrame
    outcomes: pl.DataFrame
    states: pl.DataFrame
    lowers: pl.DataFrame
    uppers: pl.DataFrame
    lacking: Missing

    @property
    def missing(self) -> pl.DataFrame:
        """What each row waits for, line by line; see `Missing.lines`."""
        return self.lacking.lines()


def assess_table(
    table: CandidateTable,
    bound: BoundRulebook,
    purchase: Purchase,
    told: Callable[[int], object] = lambda _: None,
) -> BatchResult:
    """Return findings, scores and verdicts of every row; equal to `assess` row by row.

    `told` hears how many rows are judged, after each part of a long table.
    """
    parts: list[_Part] = []
    for start in range(0, max(len(table), 1), ROWS_AT_ONCE):
        parts.append(_assess_rows(_rows(table, start, bound, purchase), bound))
        told(min(start + ROWS_AT_ONCE, len(table)))
    rows, outcomes, states, lowers, uppers = (
        pl.concat(several) for several in zip(*(part.frames for part in parts), strict=True)
    )
    lacking = missing([(part.rows, part.waits) for part in parts], bound.candidate_rules)
    return BatchResult(rows, outcomes, states, lowers, uppers, lacking)


def _rows(
    table: CandidateTable, start: int, bound: BoundRulebook, purchase: Purchase
) -> TableSlice:
    stop = min(start + ROWS_AT_ONCE, len(table))
    return TableSlice(table, start, stop, purchase, bound.as_of, bound.screening_days)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows, what is said of each in frames, and what they wait for."""

    rows: TableSlice
    frames: tuple[pl.DataFrame, ...]
    waits: Waiting


def _assess_rows(rows: TableSlice, bound: BoundRulebook) -> _Part:
    evaluator = ColumnEvaluator(rows, plan_for(bound).columns)
    columns = with_identity_condition(judge_all(bound.candidate_rules, evaluator))
    scores = score_rows(columns, bound.scheme, rows.height)
    frames = (
        _row_frame(rows, columns, scores, bound),
        _by_rule(columns, lambda column: column.outcome),
        _by_rule(columns, lambda column: column.state),
        _by_rule(columns, lambda column: column.lower),
        _by_rule(columns, lambda column: column.upper),
    )
    return _Part(rows, frames, waiting(rows, columns))


def _by_rule(
    columns: Sequence[RuleColumns], part: Callable[[RuleColumns], pl.Series]
) -> pl.DataFrame:
    return pl.DataFrame([part(column).alias(column.rule.id) for column in columns])


def _row_frame(
    rows: TableSlice, columns: Sequence[RuleColumns], scores: ScoreColumns, bound: BoundRulebook
) -> pl.DataFrame:
    series = {
        "row": pl.int_range(rows.start, rows.stop, dtype=pl.UInt32, eager=True),
        "id": rows.id_column,
        "verdict": verdicts(columns, scores, bound),
        **_scores(scores, bound.scheme),
        **_claim(columns, rows.height),
        "conditions": _rules_where(columns, lambda column: column.condition),
        "unscreened": _rules_where(columns, lambda column: column.unscreened),
        "on_word": _rules_where(columns, lambda column: column.on_word),
    }
    for dimension in scores.dimensions:
        series |= _bounds(dimension.dimension, dimension.bounds)
        series[f"{dimension.dimension}_working"] = dimension.working
        series[f"{dimension.dimension}_settled"] = dimension.settled
        series[f"{dimension.dimension}_total"] = dimension.total
    return pl.DataFrame(series)


def _scores(scores: ScoreColumns, scheme: Scheme) -> dict[str, pl.Series]:
    return {
        **_bounds("integrity", scores.integrity),
        "integrity_working": scores.integrity_working,
        "grade_lower": _grades(scores.integrity.lower, scheme),
        "grade_upper": _grades(scores.integrity.upper, scheme),
        **_bounds("value", scores.value),
        "value_settled": scores.value_settled,
        "value_total": scores.value_total,
        "settled": scores.settled,
        "total": scores.total,
    }


def _bounds(name: str, bounds: BoundColumns) -> dict[str, pl.Series]:
    return {f"{name}_lower": bounds.lower, f"{name}_upper": bounds.upper}


def _grades(scores: pl.Series, scheme: Scheme) -> pl.Series:
    letters = pl.Enum([letter for letter, _ in scheme.grades])
    cuts = [pl.when(scores >= cut).then(pl.lit(letter, letters)) for letter, cut in scheme.grades]
    return pl.select(pl.coalesce(cuts)).to_series()


def _claim(columns: Sequence[RuleColumns], height: int) -> dict[str, pl.Series]:
    limits = [column for column in columns if column.rule.effect is Effect.CLAIM_LIMIT]
    permanent = [c for c in limits if c.rule.limit is ClaimLimit.NOT_PERMANENT]
    return {
        "claim": _narrowest(limits, height, (State.FAIL,)),
        "claim_worst": _narrowest(limits, height, (State.FAIL, State.OPEN)),
        "may_say_permanent": _may_say_permanent(permanent, height),
    }


def _narrowest(limits: Sequence[RuleColumns], height: int, states: tuple[State, ...]) -> pl.Series:
    words = pl.Enum([limit.value for limit in NARROWING])
    place = pl.Series([0]).new_from_index(0, height)
    for column in limits:
        if column.rule.limit in NARROWING:
            rows = _in_states(column, states)
            here = rows.cast(pl.Int64) * NARROWING.index(column.rule.limit)
            place = pl.select(pl.max_horizontal(place, here)).to_series()
    branches = [pl.when(place == i).then(pl.lit(w.value, words)) for i, w in enumerate(NARROWING)]
    return pl.select(pl.coalesce(branches)).to_series()


def _in_states(column: RuleColumns, states: tuple[State, ...]) -> pl.Series:
    return column.state.is_in([state.value for state in states])


def _may_say_permanent(permanent: Sequence[RuleColumns], height: int) -> pl.Series:
    say = pl.Series([True]).new_from_index(0, height)
    for column in permanent:
        holds = pl.when(column.state == State.CLEAR.value).then(True)
        barred = holds.when(column.state == State.FAIL.value).then(False)
        say = say & pl.select(barred).to_series()
    return say


def _rules_where(
    columns: Sequence[RuleColumns], part: Callable[[RuleColumns], pl.Series]
) -> pl.Series:
    """Return in every row the ids of the rules for which a part holds."""
    height = len(columns[0].state)
    held = [(column.rule.id, part(column)) for column in columns if part(column).any()]
    if not held:
        return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, height)
    patterns = distinct_rows(pl.select(as_numbers([pl.lit(rows) for _, rows in held])))
    words = (pl.when(rows.gather(patterns.rows)).then(pl.lit(rule)) for rule, rows in held)
    return one(pl.concat_list(*words).list.drop_nulls()).gather(patterns.places)
