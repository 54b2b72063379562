"""A plan run on Spark: facts in, results out, and on the driver no more than distinct keys."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql.functions import broadcast, col, collect_set, expr, struct

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
ROW, ANSWERS = "_row", "_answers"  # no fact and no column of a plan is called so


@dataclass(frozen=True)
class Judged:
    """A table judged but for its verdicts: one row for each offer with its pattern."""

    rows: DataFrame
    plan: ListPlan
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Concluded:
    """Verdict and findings of each row, and how many rows have which verdict."""

    verdicts: DataFrame
    findings: DataFrame
    counts: Mapping[str, int]
    patterns: int


def judge(facts: DataFrame, bound: BoundRulebook, purchase: Purchase) -> Judged:
    """Return a table of facts judged; the distinct keys of lookups are collected, no rows."""
    read = {c: kind for c, kind in columns_read(bound).items() if c in facts.columns}
    frame = facts.select(*_named({FACT + c: read_as(c, kind) for c, kind in read.items()}))
    plan = plan_list(read, bound, purchase)
    about = shown(read)
    for one in plan.rounds(about):
        frame = _answered(_computed(frame, one.layers), one.groups)
    told = [*about, *plan.results.verdicts, *plan.results.findings, PATTERN]
    outputs = [col(name(output(c))).alias(c) for c in told]
    return Judged(frame.select(*outputs), plan, tuple(about))


def conclude(judged: Judged, rows: DataFrame) -> Concluded:
    """Return verdicts and findings of rows, which are those of `judged` read again."""
    counted = [(row[0], row[1]) for row in rows.groupBy(PATTERN).count().collect()]
    verdicts = [(pattern, judged.plan.patterns.verdict(pattern)) for pattern, _ in counted]
    session = rows.sparkSession
    known = _table(session, verdicts, f"{PATTERN} STRING, {VERDICT} STRING")
    joined = rows.join(broadcast(known), PATTERN, "left")
    counts: dict[str, int] = {}
    for (_, verdict), (_, count) in zip(verdicts, counted, strict=True):
        counts[verdict] = counts.get(verdict, 0) + count
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
    )


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
