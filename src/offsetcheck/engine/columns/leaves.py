"""What decided each rule on each row of a table: its deciding comparisons, line by line.

The evaluator of one candidate says it, once for all rows of which a rule is told the same; the
lines of a row are put together from these answers, so that a list of millions costs a look-up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import polars as pl

from offsetcheck.engine.arithmetic import key_text
from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.columns.told import screened_column, told_rows
from offsetcheck.engine.evaluate import decided_by
from offsetcheck.engine.knowledge import IDENTITY, Facts
from offsetcheck.engine.plan import plan_for
from offsetcheck.ground.limits import MAX_SAFE_INTEGER
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.finding import Leaf, Missing
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

ROWS_AT_ONCE = 65_536
ANSWER = "answer"
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class _Line:
    """One deciding comparison of an answer, as texts; null where there is none."""

    answer: int
    comparison: str | None = None
    holds: bool | None = None
    fields: str | None = None
    value: str | None = None
    operator: str | None = None
    threshold: str | None = None
    distance: float | None = None
    cause: str | None = None


TEXTS = ("comparison", "fields", "value", "operator", "threshold", "cause")
SCHEMA = {
    ANSWER: pl.UInt32,
    "comparison": pl.String,
    "holds": pl.Boolean,
    "fields": pl.String,
    "value": pl.String,
    "operator": pl.String,
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
    recall = plan_for(bound).recall
    told = told_rows(table, bound, purchase, recall)
    known = _Asked(table, bound, purchase)
    answers, lines = {}, {}
    for rule in bound.candidate_rules:
        asked = (*inputs_of(*rule.expressions()), screened_column(rule.screening_days))
        answers[rule.id], rows = told.answers(asked)
        lines[rule.id] = _frame(known.lines(rule, rows))
    return DecidingLines(told.places, answers, _with_words(lines), result)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rows that rules are asked about."""

    table: CandidateTable
    bound: BoundRulebook
    purchase: Purchase

    def lines(self, rule: BoundRule, rows: Sequence[int]) -> Iterator[_Line]:
        """Yield the lines of a rule on some rows, each row's answer by its place among them."""
        names = (IDENTITY, *inputs_of(*rule.expressions()))
        read = [name for name in dict.fromkeys(names) if name in self.table.columns]
        for answer, row in enumerate(rows):
            leaves, missing = decided_by(rule, self._facts(row, read))
            yield from (_line(answer, leaf, missing) for leaf in leaves)
            if not leaves:
                yield _Line(answer)

    def _facts(self, row: int, names: Iterable[str]) -> Facts:
        """Return a row as a candidate of which no more is read than a rule asks for."""
        facts = {name: self.table.fact(name, row) for name in names}
        return Facts(Candidate(self.table.ids[row], facts), self.purchase, self.bound.as_of)


def _line(answer: int, leaf: Leaf, missing: Sequence[Missing]) -> _Line:
    causes = (one.cause.value for one in missing if one.field in leaf.fields)
    unknown = leaf.value is None and leaf.truth is None
    return _Line(
        answer=answer,
        comparison=leaf.text,
        holds=leaf.truth,
        fields=BETWEEN.join(leaf.fields),
        value=_text(leaf.value),
        operator=leaf.operator,
        threshold=_text(leaf.threshold),
        distance=leaf.distance,
        cause=(BETWEEN.join(dict.fromkeys(causes)) or None) if unknown else None,
    )


def _text(value: Value | None) -> str | None:
    if value is None:
        return None
    parts = value if isinstance(value, tuple) else (value,)
    return BETWEEN.join(map(_one_text, parts))


def _one_text(value: Value) -> str:
    is_huge = isinstance(value, float) and abs(value) > MAX_SAFE_INTEGER
    return repr(value) if is_huge else key_text(value)


def _frame(lines: Iterator[_Line]) -> pl.DataFrame:
    names = [part.name for part in fields(_Line)]
    rows = [tuple(getattr(line, name) for name in names) for line in lines]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _with_words(lines: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the lines with columns of listed words, the same lists for all rules."""
    kinds = {
        name: pl.Enum(
            pl.concat([frame[name] for frame in lines.values()]).drop_nulls().unique().sort()
        )
        for name in TEXTS
    }
    return {rule: frame.cast(kinds) for rule, frame in lines.items()}  # type: ignore[arg-type]
