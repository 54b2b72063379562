"""What decided each rule on each row of a table: its deciding comparisons, line by line.

It is found in columns, once for all rows of which a rule is told the same (`deciding`); the lines
of a row are put together from these answers, so that a list of millions costs a look-up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from offsetcheck.engine.arithmetic import key_text
from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.columns.deciding import Decided, DecidingColumns, Said, said
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.missing import RowsWaiting, sorted_waits
from offsetcheck.engine.columns.outcomes import RuleColumns, judge_all
from offsetcheck.engine.columns.told import ROW, screened_column, told_rows
from offsetcheck.engine.plan import plan_for
from offsetcheck.ground.limits import MAX_SAFE_INTEGER
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

ROWS_AT_ONCE = 65_536
ANSWER, ORDER, COMPARED = "answer", "order", "compared"
PLACED = pl.UInt32
BETWEEN = "; "


Comparison = tuple[str, str, str]
OF_COMPARISON = ("comparison", "fields", "operator")
SAID = ("comparison", "holds", "fields", "value", "operator", "threshold", "distance", "cause")
TEXTS = ("value", "threshold", "cause")
SCHEMA = {
    ANSWER: pl.UInt32,
    COMPARED: PLACED,
    "holds": pl.Boolean,
    "value": pl.String,
    "threshold": pl.String,
    "distance": pl.Float64,
    "cause": pl.String,
}


@dataclass(frozen=True, slots=True)
class DecidingLines:
    """The deciding comparisons of a whole table.

    `places` is the pattern of each row; `answers` and `lines` hold by rule which answer a pattern
    has, and the lines of each answer.
    """

    places: pl.Series
    answers: dict[str, pl.Series]
    lines: dict[str, pl.DataFrame]
    result: BatchResult

    def parts(self) -> Iterator[pl.DataFrame]:
        """Yield all lines, some tens of thousands of rows at a time, within each by rule and row.

        `row`, `rule`, `outcome`, `state`, `comparison` (as its rule has it), `holds`, `fields`,
        `value`, `operator`, `threshold`, `distance` (value less threshold, days for dates) and
        `cause` (why a value is not known). A rule without comparison has one line.
        """
        height = len(self.places)
        for start in range(0, height, ROWS_AT_ONCE):
            yield self.part(start, min(start + ROWS_AT_ONCE, height))

    def part(self, start: int, stop: int) -> pl.DataFrame:
        """Return the lines of some rows."""
        places = self.places[start:stop]
        rows = pl.int_range(start, stop, dtype=pl.UInt32, eager=True)
        rules = pl.Enum(list(self.answers))
        lines = [self._of_rule(rule, rules, rows, places) for rule in self.answers]
        return pl.concat(lines, rechunk=True)

    def _of_rule(
        self, rule: str, rules: pl.Enum, rows: pl.Series, places: pl.Series
    ) -> pl.DataFrame:
        own = slice(rows[0], rows[-1] + 1)
        judged = pl.DataFrame(
            {
                "row": rows,
                "rule": pl.Series([rule], dtype=rules).new_from_index(0, len(rows)),
                "outcome": self.result.outcomes[rule][own],
                "state": self.result.states[rule][own],
                ANSWER: self.answers[rule].gather(places),
            }
        )
        lines = self.lines[rule]
        return judged.join(lines, on=ANSWER, how="left", maintain_order="left").drop(ANSWER)


def deciding_lines(
    table: CandidateTable, bound: BoundRulebook, purchase: Purchase, result: BatchResult
) -> DecidingLines:
    """Return what decided each rule on each row; `result` is what `assess_table` said of them."""
    plan = plan_for(bound)
    told = told_rows(table, bound, purchase, plan.recall)
    patterns = table.of_rows(told.distinct[ROW].to_list())
    answers = {rule.id: told.answers(_asked(rule)) for rule in bound.candidate_rules}
    lines: dict[str, list[pl.DataFrame]] = {rule: [] for rule in answers}
    comparisons: list[Comparison] = []
    for start in range(0, len(patterns), ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, len(patterns))
        rows = TableSlice(patterns, start, stop, purchase, bound.as_of, bound.screening_days)
        evaluator = ColumnEvaluator(rows, plan.columns)
        deciding = DecidingColumns(evaluator)
        for judged in judge_all(bound.candidate_rules, evaluator):
            rule = judged.rule.id
            first = answers[rule].is_first_distinct()[start:stop]
            own = _Answers(answers[rule][start:stop], first, comparisons)
            lines[rule].append(own.lines(judged, deciding))
    empty = pl.DataFrame(schema=SCHEMA)
    whole = {rule: pl.concat(parts or [empty]) for rule, parts in lines.items()}
    return DecidingLines(told.places, answers, _with_words(whole, comparisons), result)


def _asked(rule: BoundRule) -> Iterable[str]:
    """Return the columns from which it follows what a rule comes to."""
    return (*inputs_of(*rule.expressions()), screened_column(rule.screening_days))


@dataclass(frozen=True, slots=True)
class _Answers:
    """Which answer of a rule each row has, and which rows are the first to have theirs.

    `comparisons` are those of all lines so far: a line names its own by its place among them.
    """

    answers: pl.Series
    first: pl.Series
    comparisons: list[Comparison]

    def lines(self, judged: RuleColumns, deciding: DecidingColumns) -> pl.DataFrame:
        """Return the lines of the answers, one for an answer that no comparison decided."""
        waits = sorted_waits(deciding.columns.rows, judged)
        parts = [
            self._of(decided, waits).with_columns(pl.lit(order, PLACED).alias(ORDER))
            for order, decided in enumerate(deciding.decided(judged, self.first))
        ]
        all_ = pl.DataFrame({ANSWER: self.answers.filter(self.first)})
        if not parts:
            return all_.select(pl.col(ANSWER), *_nulls())
        lines = pl.concat(parts)
        without = all_.join(lines, on=ANSWER, how="anti").select(pl.col(ANSWER), *_nulls())
        return pl.concat([lines.sort(ANSWER, ORDER).drop(ORDER), without])

    def _of(self, decided: Decided, waits: Sequence[RowsWaiting]) -> pl.DataFrame:
        """Return the lines of one comparison."""
        rows, one = decided.rows.arg_true(), said(decided)
        found, truth = one.found.gather(rows), decided.truth.gather(rows)
        limits = [limit.gather(rows) for limit in one.limits]
        fields = inputs_of(decided.node)
        self.comparisons.append((decided.text, BETWEEN.join(fields), one.operator))
        unknown = truth.is_null() & found.is_null()
        return pl.select(
            pl.lit(self.answers.gather(rows)).alias(ANSWER),
            pl.lit(len(self.comparisons) - 1, PLACED).alias(COMPARED),
            holds=pl.lit(truth),
            value=pl.lit(_texts(found)),
            threshold=_threshold(one, limits),
            distance=_distance(found, () if one.is_list else limits),
            cause=_causes(unknown, [w for w in waits if w.field in fields], rows),
        )


def _nulls() -> list[pl.Expr]:
    return [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name != ANSWER]


def _threshold(one: Said, limits: Sequence[pl.Series]) -> pl.Expr:
    """Return what a value is held against, as text; of a list what is known of it."""
    if one.wanted is not None:
        return pl.lit(key_text(one.wanted))
    texts = [pl.lit(_texts(limit)) for limit in limits]
    return pl.concat_str(texts, separator=BETWEEN, ignore_nulls=True) if one.is_list else texts[0]


def _distance(found: pl.Series, limits: Sequence[pl.Series]) -> pl.Expr:
    """Return a value less its threshold, where both are numbers or days."""
    none = pl.lit(None, pl.Float64)
    if len(limits) != 1 or found.dtype != limits[0].dtype:
        return none
    if found.dtype == pl.Date:
        return (pl.lit(found) - pl.lit(limits[0])).dt.total_days().cast(pl.Float64)
    return pl.lit(found) - pl.lit(limits[0]) if found.dtype.is_numeric() else none


def _causes(unknown: pl.Series, waits: Iterable[RowsWaiting], rows: pl.Series) -> pl.Expr:
    """Return why values are not known: each cause once, by the field that has it first."""
    before: dict[str, pl.Series] = {}
    words = []
    for wait in waits:
        own = wait.rows.gather(rows) & unknown
        if wait.cause in before:
            own, before[wait.cause] = own & ~before[wait.cause], own | before[wait.cause]
        else:
            before[wait.cause] = own
        words.append(pl.when(pl.lit(own)).then(pl.lit(wait.cause)))
    if not words:
        return pl.lit(None, pl.String)
    told = pl.concat_str(words, separator=BETWEEN, ignore_nulls=True)
    return pl.when(told != "").then(told)


def _texts(column: pl.Series) -> pl.Series:
    """Return values as texts, each distinct one made once."""
    if column.dtype == pl.String:
        return column
    values = column.to_list()
    if isinstance(column.dtype, pl.List):
        values = [None if value is None else tuple(value) for value in values]
    texts = {value: _text(value) for value in dict.fromkeys(values)}
    return pl.Series([texts[value] for value in values], dtype=pl.String)


def _text(value: Value | None) -> str | None:
    if value is None:
        return None
    parts = value if isinstance(value, tuple) else (value,)
    return BETWEEN.join(map(_one_text, parts))


def _one_text(value: Value) -> str:
    is_huge = isinstance(value, float) and abs(value) > MAX_SAFE_INTEGER
    return repr(value) if is_huge else key_text(value)


def _with_words(
    lines: dict[str, pl.DataFrame], comparisons: Sequence[Comparison]
) -> dict[str, pl.DataFrame]:
    """Return the lines with columns of listed words, the same lists for all rules."""
    compared = {
        name: pl.Series(
            [one[at] for one in comparisons],
            dtype=pl.Enum(sorted({one[at] for one in comparisons})),
        )
        for at, name in enumerate(OF_COMPARISON)
    }
    kinds = {
        name: pl.Enum(
            pl.concat([frame[name] for frame in lines.values()]).drop_nulls().unique().sort()
        )
        for name in TEXTS
    }
    return {
        rule: frame.cast(kinds)  # type: ignore[arg-type]
        .with_columns(**{n: words.gather(frame[COMPARED]) for n, words in compared.items()})
        .select(ANSWER, *SAID)
        for rule, frame in lines.items()
    }
