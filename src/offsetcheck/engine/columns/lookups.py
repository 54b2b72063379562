"""What a reference table answers to every row's key."""

from collections.abc import Iterator, Sequence

import polars as pl

from offsetcheck.engine.arithmetic import key_text
from offsetcheck.engine.columns.fields import CAUSES, DTYPES, SeenColumn
from offsetcheck.engine.columns.sets import Combination, PartColumn, combinations, filled
from offsetcheck.engine.knowledge import is_too_weak
from offsetcheck.engine.lookup import (
    NO_VERSION,
    SCREENED,
    Asked,
    PossibleAnswer,
    TableAnswer,
    answer_without_row,
    ask_table,
    awaits_screening,
    key_texts,
    possible_answer,
)
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade

VERSION = "version"


def ask_table_for_rows(
    lookup: Lookup,
    keys: Sequence[PartColumn],
    version: PartColumn | None,
    screened: pl.Series,
    at_least: EvidenceGrade | None,
) -> SeenColumn:
    """Return the answers of a lookup; where the key leaves them open, value and cause are null.

    `keys` and `version` are seen at the same evidence grade.
    """
    frame = pl.DataFrame(
        [_text(key.values).alias(f"k{i}") for i, key in enumerate(keys)]
        + ([] if version is None else [_text(version.values).alias(VERSION)])
    )
    answers = _answers(lookup, frame)
    joined = frame.join(
        answers, on=frame.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    asked = frame.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
    seen = _seen(lookup, joined, asked, screened, at_least)
    if asked.all():
        return seen
    parts = [*keys, *([] if version is None else [version]), PartColumn(screened)]
    return _with_possible(lookup, seen, parts, ~asked, at_least)


def _with_possible(
    lookup: Lookup,
    seen: SeenColumn,
    parts: Sequence[PartColumn],
    rows: pl.Series,
    at_least: EvidenceGrade | None,
) -> SeenColumn:
    """Return answers completed in the rows whose key is not known whole, each key asked once."""
    found, places = combinations(parts, rows)
    answers = [answer_to(lookup, key, at_least) for key in found]
    column = filled(seen.values, [answer.alternatives for answer in answers], places)
    causes = pl.Series([a.cause and a.cause.value for a in answers], dtype=CAUSES).gather(places)
    both = pl.when(places.is_not_null()).then(causes).otherwise(seen.causes)
    return SeenColumn(column.values, pl.select(both).to_series(), column.sets)


def _asked(lookup: Lookup, key: Combination, at_least: EvidenceGrade | None) -> Asked:
    *parts, screened = key
    texts = [key_texts(part) for part in parts]
    versions = texts.pop() if lookup.version is not None else NO_VERSION
    return Asked(tuple(texts), versions, screened == (True,), at_least)


def answer_to(lookup: Lookup, key: Combination, at_least: EvidenceGrade | None) -> PossibleAnswer:
    """Return what a table answers to one key, version and screening, as far as they are known."""
    return possible_answer(lookup, _asked(lookup, key, at_least))


def _text(values: pl.Series) -> pl.Series:
    if values.dtype == pl.String:
        return values
    texts = [None if value is None else key_text(value) for value in values.to_list()]
    return pl.Series(texts, dtype=pl.String)


def _answers(lookup: Lookup, frame: pl.DataFrame) -> pl.DataFrame:
    asked = _table_keys(lookup) if VERSION not in frame.columns else _row_keys(lookup, frame)
    pairs = list(asked)
    answers = [answer for _, answer in pairs]
    columns = {
        name: pl.Series([key[i] for key, _ in pairs], dtype=pl.String)
        for i, name in enumerate(frame.columns)
    }
    return pl.DataFrame(columns).with_columns(*_answer_columns(lookup, answers))


def _answer_columns(lookup: Lookup, answers: Sequence[TableAnswer]) -> list[pl.Series]:
    return [
        pl.Series("value", [a.value for a in answers], dtype=DTYPES[lookup.type]),
        pl.Series("grade", [int(a.grade) for a in answers], dtype=pl.Int8),
        pl.Series("cause", [a.cause and a.cause.value for a in answers], dtype=CAUSES),
        pl.Series("found", [True] * len(answers), dtype=pl.Boolean),
    ]


def _table_keys(lookup: Lookup) -> Iterator[tuple[tuple[str | None, ...], TableAnswer]]:
    """Yield every key of the table: few, however many rows ask."""
    for key in lookup.rows:
        yield key, ask_table(lookup, key, None)


def _row_keys(
    lookup: Lookup, frame: pl.DataFrame
) -> Iterator[tuple[tuple[str | None, ...], TableAnswer]]:
    """Yield every distinct key and version that a row has and that is known whole."""
    for *parts, version in frame.unique().drop_nulls().iter_rows():
        yield (*parts, version), ask_table(lookup, tuple(parts), version)


def _seen(
    lookup: Lookup,
    joined: pl.DataFrame,
    asked: pl.Series,
    screened: pl.Series,
    at_least: EvidenceGrade | None,
) -> SeenColumn:
    without = answer_without_row(lookup)
    found = pl.col("found").fill_null(value=False)
    absent_value = pl.lit(pl.Series([without.value], dtype=DTYPES[lookup.type]))
    answer = joined.select(
        pl.when(found).then("value").when(asked).then(absent_value).alias("value"),
        pl.when(found).then("grade").otherwise(int(without.grade)).cast(pl.Int8).alias("grade"),
        pl.when(found)
        .then("cause")
        .when(asked)
        .then(pl.lit(without.cause and without.cause.value, dtype=CAUSES))
        .alias("cause"),
    )
    if awaits_screening(lookup):
        answer = _with_screening(answer, asked & screened, lookup.type)
    return _strong_enough(answer, at_least)


def _with_screening(answer: pl.DataFrame, looked: pl.Series, kind: FieldType) -> pl.DataFrame:
    none_known = pl.lit(pl.Series([[]], dtype=DTYPES[kind]))
    clears = looked & answer["value"].is_null()
    return answer.with_columns(
        pl.when(clears).then(none_known).otherwise("value").alias("value"),
        pl.when(clears).then(int(SCREENED.grade)).otherwise("grade").alias("grade"),
        pl.when(~clears).then("cause").alias("cause"),
    )


def _strong_enough(answer: pl.DataFrame, at_least: EvidenceGrade | None) -> SeenColumn:
    if at_least is None or not any(is_too_weak(g, at_least) for g in EvidenceGrade):
        return SeenColumn(answer["value"], answer["cause"])
    weak = (pl.col("grade") > int(at_least)) & pl.col("value").is_not_null()
    too_weak = pl.lit(Cause.EVIDENCE_TOO_WEAK.value, dtype=CAUSES)
    masked = answer.select(
        pl.when(~weak).then("value").alias("value"),
        pl.when(weak).then(too_weak).otherwise("cause").alias("cause"),
    )
    return SeenColumn(masked["value"], masked["cause"])
