"""A whole table under one bound rulebook, as frames for whoever writes or shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from offsetcheck.engine.claim import NARROWING
from offsetcheck.engine.columns.at_once import one
from offsetcheck.engine.columns.distinct import as_numbers, distinct_rows
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import CAUSES, TableSlice
from offsetcheck.engine.columns.outcomes import RuleColumns, judge_all, with_identity_condition
from offsetcheck.engine.columns.patterns import verdicts
from offsetcheck.engine.columns.scores import BoundColumns, ScoreColumns, score_rows
from offsetcheck.engine.evaluate import public_name
from offsetcheck.engine.plan import plan_for
from offsetcheck.rulebook.binding.bound import BoundRulebook, Scheme
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

ROWS_AT_ONCE = 65_536  # bounds memory: every distinct subexpression holds a column of this height


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
    `missing`: `row`, `id`, `rule`, `field`, `cause`, sorted by row, rulebook order, field, cause;
    the last three are columns of listed words (`pl.Enum`).
    """

    rows: pl.DataFrame
    outcomes: pl.DataFrame
    states: pl.DataFrame
    lowers: pl.DataFrame
    uppers: pl.DataFrame
    missing: pl.DataFrame


def assess_table(table: CandidateTable, bound: BoundRulebook, purchase: Purchase) -> BatchResult:
    """Return findings, scores and verdicts of every row; equal to `assess` row by row."""
    starts = range(0, max(len(table), 1), ROWS_AT_ONCE)
    parts = [_assess_rows(_rows(table, start, bound, purchase), bound) for start in starts]
    return BatchResult(
        *(pl.concat([getattr(part, name) for part in parts]) for name in BatchResult.__slots__)
    )


def _rows(
    table: CandidateTable, start: int, bound: BoundRulebook, purchase: Purchase
) -> TableSlice:
    stop = min(start + ROWS_AT_ONCE, len(table))
    return TableSlice(table, start, stop, purchase, bound.as_of, bound.screening_days)


def _assess_rows(rows: TableSlice, bound: BoundRulebook) -> BatchResult:
    evaluator = ColumnEvaluator(rows, plan_for(bound).columns)
    columns = with_identity_condition(judge_all(bound.candidate_rules, evaluator))
    scores = score_rows(columns, bound.scheme, rows.height)
    return BatchResult(
        rows=_row_frame(rows, columns, scores, bound),
        outcomes=_by_rule(columns, lambda column: column.outcome),
        states=_by_rule(columns, lambda column: column.state),
        lowers=_by_rule(columns, lambda column: column.lower.cast(pl.Int8)),
        uppers=_by_rule(columns, lambda column: column.upper.cast(pl.Int8)),
        missing=_missing(rows, columns, _field_names(bound)),
    )


def _by_rule(
    columns: Sequence[RuleColumns], part: Callable[[RuleColumns], pl.Series]
) -> pl.DataFrame:
    return pl.DataFrame([part(column).alias(column.rule.id) for column in columns])


def _row_frame(
    rows: TableSlice, columns: Sequence[RuleColumns], scores: ScoreColumns, bound: BoundRulebook
) -> pl.DataFrame:
    series = {
        "row": pl.int_range(rows.start, rows.stop, dtype=pl.UInt32, eager=True),
        "id": pl.Series(list(rows.ids), dtype=pl.String),
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


def _missing(rows: TableSlice, columns: Sequence[RuleColumns], names: pl.Enum) -> pl.DataFrame:
    """Return what each unknown waits for, sorted by numbers, because texts sort slowly."""
    waits = {
        (column.rule.id, public_name(column.rule.id, field)): _missing_of(rows, column, field)
        for column in columns
        for field in sorted({field for field, _ in column.waits})
    }
    numbered = [
        part.with_columns(pl.lit(number, pl.UInt32).alias("number"))
        for number, part in enumerate(waits.values())
    ]
    long = pl.concat([_NO_MISSING, *numbered]).sort("row", maintain_order=True)
    rules = pl.Series([rule for rule, _ in waits], dtype=pl.Enum([c.rule.id for c in columns]))
    fields = pl.Series([field for _, field in waits], dtype=names)
    return pl.DataFrame(
        {
            "row": long["row"] + rows.start,
            "id": pl.Series(list(rows.ids), dtype=pl.String).gather(long["row"]),
            "rule": rules.gather(long["number"]),
            "field": fields.gather(long["number"]),
            "cause": long["cause"],
        }
    )


def _field_names(bound: BoundRulebook) -> pl.Enum:
    """Return the names of all fields and city values that rules can wait for, in their order."""
    return pl.Enum(
        sorted(
            {
                public_name(rule.id, part.name or "")
                for rule in bound.candidate_rules
                for node in rule.expressions()
                if node is not None
                for part in walk(node)
                if isinstance(part, FieldRef | Constant)
            }
        )
    )


_NO_MISSING = pl.DataFrame(schema={"row": pl.UInt32, "cause": CAUSES, "number": pl.UInt32})


def _missing_of(rows: TableSlice, column: RuleColumns, field: str) -> pl.DataFrame:
    """Return the rows in which a rule waits for one field, with each cause once, in order."""
    own = rows.causes(field, column.rule.at_least) if (field, None) in column.waits else None
    parts = []
    for (name, cause), mask in column.waits.items():
        if name == field:
            at = mask.arg_true()
            causes = own if cause is None else rows.cause(cause)
            assert causes is not None  # noqa: S101 - a field's own cause was looked up above
            parts.append(pl.DataFrame({"row": at, "cause": causes.gather(at)}))
    return parts[0] if len(parts) == 1 else pl.concat(parts).unique().sort("cause")
