"""Results of a whole list as tables: verdicts, findings, what is missing, and problems."""

from collections.abc import Collection, Sequence

import polars as pl

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable

IDENTITY = ("name", "programme", "country", "vintage", "tonnes", "price", "currency")
SEPARATOR = "; "
# What `result_tables` gives; `tonnes` only where a row states tonnes.
TABLES = (
    "verdicts", "findings", "missing", "missing_in_every_row", "problems", "columns", "tonnes"
)  # fmt: skip


def result_tables(
    result: BatchResult,
    table: CandidateTable,
    problems: Sequence[Problem] = (),
    readings: Sequence[Reading] = (),
    tonnes: pl.DataFrame | None = None,
) -> dict[str, pl.DataFrame]:
    """Return the tables of a batch by name.

    `verdicts`: one row per candidate with bounds, grades, verdict, claim and what is missing.
    `findings`: one row per candidate, the outcome of each rule, bounds of scales behind it.
    `missing`: one row per candidate, rule and field. What each candidate of two or more lacks
    alike stands in `missing_in_every_row`, once: rule, field, cause and the number of candidates.
    `problems`: one row per located problem.
    `columns`: one row per column of each file read, with the field it was read as.
    `tonnes`: one row per candidate, its comparable tonnes, where they were made.
    """
    missing, alike = told_once(result)
    return {
        "verdicts": verdicts_frame(result, table),
        "findings": findings_frame(result, _levelled(result)),
        "missing": missing,
        "missing_in_every_row": alike,
        "problems": problems_frame(problems),
        "columns": columns_frame(readings),
        **({} if tonnes is None else {"tonnes": tonnes}),
    }


def verdicts_frame(result: BatchResult, table: CandidateTable) -> pl.DataFrame:
    """Return one row per candidate: where it stands in the file, who it is, what came out."""
    rows = result.rows.with_columns(
        pl.col(pl.Enum, pl.Categorical).cast(pl.String),
        pl.col("conditions", "unscreened", "on_word").list.join(SEPARATOR),
    )
    # A refused offer has no conditions: nothing that they ask would let it be bought.
    refused = pl.col("verdict") == Verdict.NOT_ELIGIBLE.value
    rows = rows.with_columns(pl.when(~refused).then("conditions").otherwise(pl.lit("")))
    place = pl.DataFrame(
        {
            "row": pl.Series(range(len(table)), dtype=rows["row"].dtype),
            "line": pl.Series(list(table.lines), dtype=pl.Int64),
            **{name: _identity(table, name) for name in IDENTITY if name in table.columns},
        }
    )
    joined = place.join(rows, on="row", how="left", maintain_order="left")
    answers = answers_needed(result)
    complete = joined.join(answers, on="row", how="left", maintain_order="left")
    first = ["row", "line", "id", *(n for n in IDENTITY if n in table.columns), "verdict"]
    rest = [name for name in complete.columns if name not in first]
    return complete.select(*first, *rest).with_columns(pl.col("answers_needed").fill_null(0))


def answers_needed(result: BatchResult, rules: Sequence[str] | None = None) -> pl.DataFrame:
    """Return for each row with something missing how many fields, and which, in order.

    Only what these rules wait for counts, the fields of the first rules first; None: of all rules.
    """
    names = result.outcomes.columns if rules is None else rules
    waits, fields = result.lacking.waits, _words(result.lacking.waits["field"])
    places = {name: place for place, name in enumerate(names)}
    ranks = pl.Series([places.get(rule) for rule in _words(waits["rule"])], dtype=pl.UInt64)
    asked = waits.select(
        pl.col("pattern").cast(pl.UInt64),
        pl.col("field").to_physical().cast(pl.UInt64),
        ranks.gather(waits["rule"].to_physical()).alias("rank"),
    ).drop_nulls("rank")
    ordered = _first_asked(asked, len(names), len(fields))
    words = fields.gather(ordered["field"])
    of_pattern = (
        ordered.with_columns(words.alias("field"))
        .group_by("pattern", maintain_order=True)
        .agg(
            pl.len().alias("answers_needed"),
            pl.col("field").str.join(SEPARATOR).alias("missing_fields"),
        )
    )
    rows = pl.DataFrame({"pattern": result.lacking.places}).with_row_index("row")
    return rows.join(of_pattern, on="pattern", how="inner", maintain_order="left").drop("pattern")


def missing_in_every_row(result: BatchResult) -> pl.DataFrame:
    """Return what each of several candidates lacks alike: rule, field, cause, their number."""
    candidates = len(result.lacking.places)
    counted = result.lacking.counts()
    return counted.filter((pl.col("candidates") == candidates) & (candidates > 1))


def told_once(result: BatchResult) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what some candidates lack, and once for all what each of them lacks alike.

    A row of the first for each candidate and row of the second would be all that is missing.
    """
    alike = missing_in_every_row(result)
    return result.lacking.lines(without=alike), alike


def _words(column: pl.Series) -> pl.Series:
    """Return all words of a column of listed words, in the order of their list."""
    assert isinstance(column.dtype, pl.Enum)  # noqa: S101 - `BatchResult` says so
    return column.dtype.categories


def _first_asked(asked: pl.DataFrame, ranks: int, fields: int) -> pl.DataFrame:
    """Return each field of a pattern once, at its first rank, by pattern, rank and field.

    The three go as one number through each sort: long columns of pairs and triples sort slowly.
    """
    pair, rank, code = pl.col("pattern") * fields + pl.col("field"), pl.col("rank"), pl.col("code")
    by_pair = asked.select((pair * ranks + rank).sort().alias("code"))
    lowest = by_pair.filter((code // ranks).ne_missing((code // ranks).shift()))
    pattern, field = code // ranks // fields, code // ranks % fields
    by_rank = lowest.select(
        ((pattern * ranks + code % ranks) * fields + field).sort().alias("code")
    )
    return by_rank.select(
        (code // (ranks * fields)).cast(pl.UInt32).alias("pattern"), (code % fields).alias("field")
    )


def _identity(table: CandidateTable, name: str) -> pl.Series:
    values = table.columns[name].values
    if name in ("tonnes", "price"):
        return pl.Series(name, list(values), dtype=pl.Float64, strict=False)
    if name == "vintage":
        return pl.Series(name, list(values), dtype=pl.Int64, strict=False)
    return pl.Series(name, [None if v is None else str(v) for v in values], dtype=pl.String)


def _levelled(result: BatchResult) -> list[str]:
    """Return the rules that give any row a level."""
    return [rule for rule in result.outcomes.columns if result.lowers[rule].count()]


def findings_frame(result: BatchResult, scales: Collection[str]) -> pl.DataFrame:
    """Return the outcome of each rule by row, behind that of a scale the bounds of its level."""
    columns = [result.rows["row"], result.rows["id"]]
    for rule in result.outcomes.columns:
        columns.append(result.outcomes[rule])
        if rule in scales:
            columns.append(result.lowers[rule].alias(f"{rule} lower"))
            columns.append(result.uppers[rule].alias(f"{rule} upper"))
    return pl.DataFrame(columns)


def problems_frame(problems: Sequence[Problem]) -> pl.DataFrame:
    """Return one row per located problem."""
    place = [problem.place for problem in problems]
    return pl.DataFrame(
        {
            "severity": [problem.severity.value for problem in problems],
            "file": [p.file for p in place],
            "sheet": [p.sheet for p in place],
            "line": [p.line for p in place],
            "column": [p.field for p in place],
            "message": [problem.message for problem in problems],
            "hint": [problem.hint for problem in problems],
        },
        schema_overrides={
            "severity": pl.String,
            "file": pl.String,
            "sheet": pl.String,
            "line": pl.Int64,
            "column": pl.String,
            "message": pl.String,
            "hint": pl.String,
        },
    )


COLUMNS = pl.Schema(
    {
        "file": pl.String,
        "sheet": pl.String,
        "layout": pl.String,
        "header_line": pl.Int64,
        "column": pl.String,
        "field": pl.String,
        "cells": pl.Int64,
        "lost": pl.Int64,
        "converted": pl.String,
    }
)


def columns_frame(readings: Sequence[Reading]) -> pl.DataFrame:
    """Return one row per column of each file read, with the field it was read as."""
    rows = [
        (
            *(reading.file, reading.sheet, reading.layout, reading.header_line),
            *(column.header, column.field, column.cells, column.lost, column.converted),
        )
        for reading in readings
        for column in reading.columns
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")
