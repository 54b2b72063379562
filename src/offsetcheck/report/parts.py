"""What comes out of a list that is judged in parts: tables of a file each part, and a summary."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import polars as pl

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.explain.audit import audit, limits
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.canonical import ListHash
from offsetcheck.ground.publish.naming import write_error, write_text
from offsetcheck.report.index import concluded, reasons_of, ruling_out
from offsetcheck.report.order import BEST_FIRST
from offsetcheck.report.result_tables import (
    WAIT,
    columns_frame,
    findings_frame,
    problems_frame,
    verdicts_frame,
)
from offsetcheck.report.tables.parquet import write_parquet, write_worded
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable

VERDICTS, FINDINGS, MISSING = "verdicts", "findings", "missing"
MISSING_IN_EVERY_ROW, PROBLEMS, COLUMNS = "missing_in_every_row", "problems", "columns"
FILES_OF_PARTS = ("summary.json", VERDICTS, FINDINGS, MISSING)

SUMMARY = "summary.json"

Wait = tuple[str, str, str]
Write = Callable[[pl.DataFrame, BinaryIO], None]


@dataclass(slots=True)
class ResultsInParts:
    """Writes what comes out of each part of a list, and at the end what is said of them all.

    A table has a folder, and in it a Parquet file for each part. `verdicts` counts them so far.
    Words of closed lists stand in them as such: copies as texts would take half of the time.
    """

    folder: Path
    setting: Setting
    verdicts: Counter[str] = field(default_factory=Counter)
    _rows: int = 0
    _ruled_out: Counter[str] = field(default_factory=Counter)
    _alone: Counter[str] = field(default_factory=Counter)
    _hash: ListHash = field(default_factory=ListHash)
    _waits: Counter[Wait] = field(default_factory=Counter)
    _alike: list[frozenset[Wait]] = field(default_factory=list)

    def write(self, result: BatchResult, table: CandidateTable) -> None:
        """Write the tables of the next part; its rows are counted on from those before."""
        part = len(self._alike)
        missing = self._told_of_each(result)
        scales = [rule.id for rule in self.setting.bound.candidate_rules if rule.is_scale]
        self._write_counted(MISSING, part, missing)
        del missing  # a part's largest table, and gone before the next is made
        self._write_counted(VERDICTS, part, verdicts_frame(result, table))
        self._write_counted(FINDINGS, part, findings_frame(result, scales))
        self._count(result)

    def _told_of_each(self, result: BatchResult) -> pl.DataFrame:
        """Return what rows of a part lack, without what each row of all parts so far lacks."""
        waits = _Waits(result.missing)
        self._waits.update(waits.counts)
        alike = {wait for wait, rows in waits.counts.items() if rows == result.rows.height}
        told = alike & self._alike[-1] if self._alike else alike
        self._alike.append(frozenset(told))
        return waits.without(told)

    def _write_counted(self, name: str, part: int, frame: pl.DataFrame) -> None:
        counted = frame.with_columns((pl.col("row") + self._rows).cast(pl.UInt32))
        self._write(self._path(name, part), counted, write_worded)

    def _count(self, result: BatchResult) -> None:
        failed = ruling_out(result, self.setting.bound)
        reasons = reasons_of(failed)
        for rule, rows in failed.items():
            self._ruled_out[rule] += int(rows.sum())
            self._alone[rule] += int((rows & (reasons == 1)).sum())
        self.verdicts.update(result.rows["verdict"].cast(pl.String).to_list())
        self._hash.add(concluded(result))
        self._rows += result.rows.height

    def finish(self, problems: Sequence[Problem], readings: Sequence[Reading]) -> None:
        """Write what is said of the list as a whole.

        What every row of a part lacks stands once, for the whole list; where a row of another part
        has it, it is told of each row after all.
        """
        every = {wait for wait, rows in self._waits.items() if rows == self._rows and rows > 1}
        for part, alike in enumerate(self._alike):
            if told := alike - every:
                self._tell_each(part, sorted(told))
        lacking = [(*wait, self._waits[wait]) for wait in sorted(every)]
        schema = {**dict.fromkeys(WAIT, pl.String), "candidates": pl.Int64}
        whole = {
            MISSING_IN_EVERY_ROW: pl.DataFrame(lacking, schema=schema, orient="row"),
            PROBLEMS: problems_frame(problems),
            COLUMNS: columns_frame(readings),
        }
        for name, frame in whole.items():
            self._write(self.folder / f"{name}.parquet", frame)
        write_text(self.folder / SUMMARY, json.dumps(self._summary(), indent=2) + "\n")

    def _summary(self) -> dict[str, object]:
        """Return what came out of the whole list, and of what it was made."""
        most = sorted(self._ruled_out.items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            "city": self.setting.bound.city.id,
            "rows": self._rows,
            "verdicts": {verdict.value: self.verdicts[verdict.value] for verdict in BEST_FIRST},
            "ruled_out": [
                {"rule": rule, "rows": rows, "by_it_alone": self._alone[rule]}
                for rule, rows in most
                if rows
            ],
            "limits": list(limits(self.setting)),
            "audit": audit(self.setting, (), self._hash.hexdigest()).model_dump(mode="json"),
        }

    def _tell_each(self, part: int, waits: Sequence[Wait]) -> None:
        path = self._path(MISSING, part)
        missing = pl.read_parquet(path)
        words = {name: missing.schema[name] for name in WAIT}
        told = pl.DataFrame(waits, schema=words, orient="row")
        rows = pl.read_parquet(self._path(VERDICTS, part), columns=["row", "id"])
        both = pl.concat([missing, rows.join(told, how="cross")])
        self._write(path, both.sort("row", *WAIT), write_worded)

    def _path(self, name: str, part: int) -> Path:
        return self.folder / name / f"part-{part + 1:05}.parquet"

    def _write(self, path: Path, frame: pl.DataFrame, write: Write = write_parquet) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write(frame, file)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise write_error(path, error) from error


class _Waits:
    """What rows wait for, each wait as one number: three columns of words are slow to compare."""

    def __init__(self, missing: pl.DataFrame) -> None:
        self._missing = missing
        self._words = [_words(missing[name]) for name in WAIT]
        rule, field_, cause = (missing[name].to_physical().cast(pl.UInt32) for name in WAIT)
        fields, causes = len(self._words[1]), len(self._words[2])
        self._numbers = (rule * fields + field_) * causes + cause
        counted = self._numbers.value_counts(name="rows").rows()
        self._named = {self._wait(number): number for number, _ in counted}
        self.counts = {self._wait(number): rows for number, rows in counted}

    def without(self, waits: Iterable[Wait]) -> pl.DataFrame:
        """Return the rows that wait for anything else."""
        numbers = pl.Series([self._named[wait] for wait in waits], dtype=pl.UInt32)
        return self._missing.filter(~self._numbers.is_in(numbers.implode()))

    def _wait(self, number: int) -> Wait:
        rules, fields, causes = self._words
        rest, cause = divmod(number, len(causes))
        rule, field_ = divmod(rest, len(fields))
        return rules[rule], fields[field_], causes[cause]


def _words(column: pl.Series) -> list[str]:
    """Return all words of a column of listed words, in the order of their list."""
    assert isinstance(column.dtype, pl.Enum)  # noqa: S101 - `BatchResult` says so
    return column.dtype.categories.to_list()
