"""A plan run on Spark: facts in, results out, and on the driver no more than distinct keys."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql.functions import broadcast, col, collect_set, count, expr, struct
from pyspark.sql.functions import sum as total

from offsetcheck.engine.spark.layers import Layer
from offsetcheck.engine.spark.literals import FACT, name
from offsetcheck.engine.spark.lookups import KeyGroup
from offsetcheck.engine.spark.plan import (
    PATTERN,
    ListPlan,
    columns_read,
    output,
    plan_list,
    read_as,
    shown,
)
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.purchase import Purchase

VERDICT = "verdict"
ROWS = "_rows"  # how many are alike
MOST_HELD = 20_000  # different rows, of some 4 KB each in memory, that each machine is given
LEAST_PARTS = 16
ROW, ANSWERS = "_row", "_answers"  # no fact and no column of a plan is called so


@dataclass(frozen=True)
class Judged:
    """A table judged as far as each row goes by itself: one row for each offer.

    It holds the numbers in which rows are alike, on which all results rest.
    """

    rows: DataFrame
    plan: ListPlan
    shown: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns in which rows are alike."""
        return tuple(self.plan.alike.packed)


@dataclass(frozen=True)
class Concluded:
    """Verdict and findings of each row, and how many rows have which verdict.

    `patterns` of `alike` different rows were concluded.
    """

    verdicts: DataFrame
    findings: DataFrame
    counts: Mapping[str, int]
    patterns: int
    alike: int


def judge(facts: DataFrame, bound: BoundRulebook, purchase: Purchase) -> Judged:
    """Return a table of facts judged; the distinct keys of lookups are collected, no rows."""
    read = {c: kind for c, kind in columns_read(bound).items() if c in facts.columns}
    frame = facts.select(*_named({FACT + c: read_as(c, kind) for c, kind in read.items()}))
    plan = plan_list(read, bound, purchase)
    about = shown(read)
    for one in plan.rounds(about):
        frame = _answered(_computed(frame, one.layers), one.groups)
    return Judged(_outputs(frame, [*about, *plan.alike.packed]), plan, tuple(about))


def of_alike(judged: Judged, rows: DataFrame) -> DataFrame:
    """Return the results of rows that are alike, once, with how many they are.

    `rows` are those of `judged` read again.
    """
    counted = rows.groupBy(*judged.numbers).agg(count("*").alias(ROWS))
    kept = (*judged.numbers, ROWS)
    computed = _computed(counted, judged.plan.of_alike(kept))
    return _outputs(computed, [*kept, *judged.plan.results_told])


def conclude(judged: Judged, rows: DataFrame, alike: DataFrame) -> Concluded:
    """Return verdicts and findings of rows.

    These are those of `judged` and of `of_alike`, each read again.
    """
    counted = alike.groupBy(PATTERN).agg(total(ROWS), count("*")).collect()
    verdicts = [(pattern, judged.plan.patterns.verdict(pattern)) for pattern, *_ in counted]
    session = rows.sparkSession
    known = _table(session, verdicts, f"{PATTERN} STRING, {VERDICT} STRING")
    different = sum(row[2] for row in counted)
    told = alike.join(broadcast(known), PATTERN, "left")
    joined = _joined(rows, told, judged.numbers, different)
    counts: dict[str, int] = {}
    for (_, verdict), (_, height, _) in zip(verdicts, counted, strict=True):
        counts[verdict] = counts.get(verdict, 0) + height
    results = judged.plan.results
    refused = f"IF({VERDICT} = 'not_eligible', '', conditions) AS conditions"
    told = [expr(refused) if c == "conditions" else col(name(c)) for c in results.verdicts]
    return Concluded(
        verdicts=joined.select(*judged.shown, VERDICT, *told),
        findings=joined.select(
            *(c for c in judged.shown if c in ("row", "id")), *map(name, results.findings)
        ),
        counts=counts,
        patterns=len(counted),
        alike=different,
    )


def _joined(rows: DataFrame, alike: DataFrame, numbers: Sequence[str], different: int) -> DataFrame:
    """Return rows with the results of those that are alike, by the numbers of both.

    As long as few are different, each machine holds their results and no row of the list moves.
    """
    if different <= MOST_HELD:
        return rows.join(broadcast(alike), list(numbers), "left")
    parts = max(LEAST_PARTS, len(rows.inputFiles()))
    spread = rows.repartition(parts, *numbers), alike.repartition(parts, *numbers)
    return spread[0].join(spread[1].hint("merge"), list(numbers), "left")


def _outputs(frame: DataFrame, columns: Sequence[str]) -> DataFrame:
    return frame.select(*(col(name(output(c))).alias(c) for c in columns))


def _computed(frame: DataFrame, layers: Sequence[Layer]) -> DataFrame:
    for layer in layers:
        kept = [name(c) for c in frame.columns if c in layer.kept]
        frame = frame.select(*kept, *_named(layer.columns))
    return frame


def _answered(frame: DataFrame, groups: Sequence[KeyGroup]) -> DataFrame:
    """Return rows with the answers of lookups, whose keys are columns, joined.

    Each join writes its rows anew: what it neither asks with nor answers goes as one column.
    """
    if not groups:
        return frame
    asked = [group.column.text for group in groups]
    collected = frame.agg(*map(collect_set, asked)).collect()[0]
    others = [name(c) for c in frame.columns if c not in asked]
    frame = frame.select(struct(*others).alias(ROW), *asked)
    answered = []
    for number, (group, keys) in enumerate(zip(groups, collected, strict=True)):
        answers = _table(frame.sparkSession, group.answers(sorted(keys)), group.schema)
        one = f"{ANSWERS}{number}"
        named = answers.select(group.column.text, struct(*group.answered).alias(one))
        frame = frame.join(broadcast(named), group.column.text, "left")
        answered += [f"{one}.{column}" for column in group.answered]
    return frame.select(f"{ROW}.*", *answered)


def _table(session: SparkSession, rows: Sequence[tuple[object, ...]], schema: str) -> DataFrame:
    """Return a small table made on the driver; no Python runs on the workers for it."""
    names = [column.split()[0] for column in schema.split(", ")]
    told = json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str)
    return session.sql(
        f"SELECT inline(from_json(:rows, 'ARRAY<STRUCT<{schema}>>'))", {"rows": told}
    )


def _named(columns: Mapping[str, str]) -> list[Column]:
    return [expr(expression).alias(column) for column, expression in columns.items()]
