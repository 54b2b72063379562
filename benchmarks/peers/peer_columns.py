"""The engines of columns: Polars, DuckDB and offsetcheck, in memory and from file to file."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from peer_forms import duckdb_form, polars_form
from peer_means import SIDES, Mean, means_of
from peer_rules import DAY, FAIL, NOT_APPLICABLE, PASS, shipped

from offsetcheck.engine.columns.batch import ROWS_AT_ONCE, BatchResult, assess_table
from offsetcheck.engine.columns.distinct import PLACE
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.outcomes import RuleColumns, judge_all
from offsetcheck.engine.columns.scores import score_rows
from offsetcheck.intake.columns.values import held
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.by_distinct import ByDistinct, by_distinct
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

Rules = Sequence[BoundRule]
Job = Callable[[], object]
NOBODY = Purchase(facts={})
SAID = {
    Outcome.NOT_APPLICABLE.value: NOT_APPLICABLE,
    Outcome.PASS.value: PASS,
    Outcome.FAIL.value: FAIL,
    Outcome.UNKNOWN.value: None,
}


def polars_query(rules: Rules, rows: pl.LazyFrame, kept: Sequence[pl.Expr] = ()) -> pl.LazyFrame:
    """Return one plan: levels and outcomes first, then the means over the levels."""
    parts = [polars_form.outcome(r).cast(pl.Int8).alias(r.id) for r in rules if not r.is_scale]
    for rule in rules:
        if rule.is_scale:
            levels = zip(SIDES, polars_form.bounds(rule), strict=True)
            parts += [level.alias(f"{rule.id} {side}") for side, level in levels]
    means = [_mean(m, s).alias(f"{m.dimension} {s}") for m in means_of(rules) for s in SIDES]
    return rows.select(*kept, *parts).with_columns(means)


def _mean(mean: Mean, side: str) -> pl.Expr:
    groups = [
        (weight, pl.max_horizontal(f"{name} {side}" for name in names))
        for weight, names in mean.groups
    ]
    whole = polars_form.mean(groups)
    limits = [pl.col(f"{name} {side}") * mean.point + mean.margin for name in mean.critical]
    return pl.when(whole.is_not_null()).then(pl.min_horizontal(whole, *limits))


def polars_job(rules: Rules, frame: pl.DataFrame) -> Callable[[], pl.DataFrame]:
    """Return the work of Polars in memory."""
    return lambda: polars_query(rules, frame.lazy()).collect()


def duckdb_job(rules: Rules, frame: pl.DataFrame) -> Callable[[], object]:
    """Return the work of DuckDB on a table that it holds in memory."""
    import duckdb

    base = duckdb.connect()
    with TemporaryDirectory() as folder:  # by a file, which needs no third library between both
        frame.write_parquet(f"{folder}/rows.parquet")
        base.execute(f"CREATE TABLE rows AS SELECT * FROM '{folder}/rows.parquet'")
    text = duckdb_form.query(rules, means_of(rules), "rows")

    def job() -> object:
        base.execute(f"CREATE OR REPLACE TABLE result AS {text}")
        return base

    return job


def offsetcheck_job(rules: Rules, frame: pl.DataFrame) -> Callable[[], object]:
    """Return the work of offsetcheck: outcomes, what each unknown waits for, bounds and means."""
    table = table_of(frame)
    scheme = shipped().scheme

    def job() -> list[pl.DataFrame]:
        starts = range(0, len(table), ROWS_AT_ONCE)
        return [_judged(rules, _cut(table, start), scheme) for start in starts]

    return job


def engine_job(rules: Rules, frame: pl.DataFrame) -> Callable[[], object]:
    """Return the work of the whole engine: also conclusions, verdicts, claims and missing."""
    table = table_of(frame)
    bound = shipped()
    own = {rule.id: rule for rule in rules}
    few = replace(bound, rules={name: r for name, r in bound.rules.items() if name in own})
    return partial(assess_table, table, few, NOBODY)


def _cut(table: CandidateTable, start: int) -> TableSlice:
    return TableSlice(table, start, min(start + ROWS_AT_ONCE, len(table)), NOBODY, DAY)


def _judged(rules: Rules, rows: TableSlice, scheme: object) -> pl.DataFrame:
    evaluator = ColumnEvaluator(rows)
    columns = judge_all(rules, evaluator)
    made = {name: part for column in columns for name, part in _told(column)}
    if wanted := {mean.dimension for mean in means_of(rules)}:
        scores = score_rows(columns, scheme, rows.height)  # type: ignore[arg-type] # a bound scheme
        for dimension in (one for one in scores.dimensions if one.dimension in wanted):
            for side in SIDES:
                made[f"{dimension.dimension} {side}"] = getattr(dimension.bounds, side)
    return pl.DataFrame(made)


def _told(column: RuleColumns) -> list[tuple[str, pl.Series]]:
    if not column.rule.is_scale:
        return [(column.rule.id, column.outcome)]
    return [(f"{column.rule.id} {side}", getattr(column, side)) for side in SIDES]


def table_of(frame: pl.DataFrame, first: int = 0) -> CandidateTable:
    """Return rows as intake gives those of a long list: columns by distinct values, all proven."""
    columns = {name: Column(_values(frame[name]), EvidenceGrade.E1) for name in frame.columns}
    ids = [f"X{row}" for row in range(first, first + len(frame))]
    return CandidateTable(ids, columns, "made", range(len(frame)), "made")


def _values(column: pl.Series) -> Sequence[object]:
    values = column.to_list()
    if column.dtype.is_nested():
        values = [tuple(value) if value is not None else None for value in values]
    own = by_distinct(values)
    return held(ByDistinct(own.distinct, pl.Series(own.places, dtype=PLACE)))


def polars_stream(rules: Rules, source: Path, target: Path) -> None:
    """Write what Polars comes to, from a Parquet file to another.

    Rows come in another order than they were read, `maintain_order` or not, where a file has
    several row groups (seen with 2.1.0): each keeps its number.
    """
    rows = pl.scan_parquet(source, row_index_name="row")
    polars_query(rules, rows, kept=[pl.col("row")]).sink_parquet(target)


def duckdb_stream(rules: Rules, source: Path, target: Path) -> None:
    """Write what DuckDB comes to, with a gigabyte of memory."""
    import duckdb

    base = duckdb.connect(config={"memory_limit": "1GB", "preserve_insertion_order": "true"})
    text = duckdb_form.query(rules, means_of(rules), f"'{source}'")
    base.execute(f"COPY ({text}) TO '{target}' (FORMAT parquet)")


def offsetcheck_stream(rules: Rules, source: Path, target: Path) -> None:
    """Write what offsetcheck comes to, a slice of rows and a file at a time."""
    rows = pl.scan_parquet(source)
    height = rows.select(pl.len()).collect().item()
    target.mkdir()
    scheme = shipped().scheme
    for start in range(0, height, ROWS_AT_ONCE):
        table = table_of(rows.slice(start, ROWS_AT_ONCE).collect(), start)
        cut = _judged(rules, _cut(table, 0), scheme)
        outcomes(cut).write_parquet(target / f"{start:09}.parquet")


def outcomes(result: object) -> pl.DataFrame:
    """Return what an engine came to as numbers, in columns by their names."""
    if isinstance(result, list):
        result = pl.concat(result)
    elif isinstance(result, BatchResult):
        result = _of_batch(result)
    elif not isinstance(result, pl.DataFrame):
        result = _of_database(result)
    texts = [
        name for name, kind in result.schema.items() if kind not in {pl.Int64, pl.Int8, pl.Int32}
    ]
    words = {name: pl.col(name) for name in texts if not result[name].dtype.is_numeric()}
    said = [c.cast(pl.String).replace_strict(SAID, return_dtype=pl.Int64) for c in words.values()]
    whole = result.with_columns(said).cast(pl.Int64)
    return whole.select(sorted(whole.columns))


def _of_database(base: object) -> pl.DataFrame:
    with TemporaryDirectory() as folder:
        base.execute(f"COPY result TO '{folder}/result.parquet' (FORMAT parquet)")
        return pl.read_parquet(f"{folder}/result.parquet")


def _of_batch(batch: object) -> pl.DataFrame:
    scales = [
        name for name in batch.lowers.columns if batch.lowers[name].null_count() < len(batch.lowers)
    ]
    plain = batch.outcomes.drop(scales)
    sides = [batch.lowers.select(pl.col(n).alias(f"{n} lower") for n in scales)]
    sides.append(batch.uppers.select(pl.col(n).alias(f"{n} upper") for n in scales))
    return pl.concat([plain, *sides], how="horizontal")


JOBS = {
    "Polars": polars_job,
    "DuckDB": duckdb_job,
    "offsetcheck": offsetcheck_job,
    "offsetcheck, whole engine": engine_job,
}
STREAMS = {"Polars": polars_stream, "DuckDB": duckdb_stream, "offsetcheck": offsetcheck_stream}
