"""What comes out of a list that is judged in parts: tables of a file each part, and a summary."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import polars as pl

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.columns.missing import WAIT, Missing
from offsetcheck.explain.audit import audit, limits
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.canonical import ListHash
from offsetcheck.ground.publish.naming import write_error, write_text
from offsetcheck.report.index import concluded, reasons_of, ruling_out
from offsetcheck.report.lacking_aside import LackingAside
from offsetcheck.report.order import BEST_FIRST
from offsetcheck.report.result_tables import (
    columns_frame,
    findings_frame,
    problems_frame,
    verdicts_frame,
)
from offsetcheck.report.tables.parquet import write_parquet, write_worded
from offsetcheck.vocabulary.finding import Wait
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable

VERDICTS, FINDINGS, MISSING = "verdicts", "findings", "missing"
MISSING_IN_EVERY_ROW, PROBLEMS, COLUMNS = "missing_in_every_row", "problems", "columns"
TONNES = "tonnes"
FILES_OF_PARTS = ("summary.json", VERDICTS, FINDINGS, MISSING)

SUMMARY = "summary.json"

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
    _parts: int = 0

    @property
    def _lacking(self) -> LackingAside:
        return LackingAside(self.folder)

    def write(
        self, result: BatchResult, table: CandidateTable, tonnes: pl.DataFrame | None = None
    ) -> None:
        """Write the tables of the next part; its rows are counted on from those before.

        `tonnes` are its comparable tonnes, None where no row states tonnes.
        """
        part, self._parts = self._parts, self._parts + 1
        scales = [rule.id for rule in self.setting.bound.candidate_rules if rule.is_scale]
        frames = {
            VERDICTS: verdicts_frame(result, table),
            FINDINGS: findings_frame(result, scales),
            **({} if tonnes is None else {TONNES: tonnes}),
        }
        for name, frame in frames.items():
            self._write(self._path(name, part), self._counted_on(frame), write_worded)
        # Its lines are written last, when it is known what every row of the list lacks.
        self._lacking.put(part, result.lacking)
        self._waits.update(_counted(result.lacking))
        self._count(result)

    def _counted_on(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns((pl.col("row") + self._rows).cast(pl.UInt32))

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

        What every row of the list lacks stands once; what others lack, row by row.
        """
        every = {wait for wait, rows in self._waits.items() if rows == self._rows and rows > 1}
        for part in range(self._parts):
            self._tell_each(part, sorted(every))
        self._lacking.close()
        alike = [(*wait, self._waits[wait]) for wait in sorted(every)]
        schema = {**dict.fromkeys(WAIT, pl.String), "candidates": pl.Int64}
        whole = {
            MISSING_IN_EVERY_ROW: pl.DataFrame(alike, schema=schema, orient="row"),
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

    def _tell_each(self, part: int, alike: Sequence[Wait]) -> None:
        """Write what each row of a part lacks that not every row of the list does."""
        rows = pl.read_parquet(self._path(VERDICTS, part), columns=["row", "id"])
        lacking = self._lacking.take(part, rows["id"])
        known = pl.DataFrame(
            alike, schema={name: lacking.known.schema[name] for name in WAIT}, orient="row"
        )
        lines = lacking.lines(without=known)
        first = rows["row"].min() or 0
        self._write(
            self._path(MISSING, part), lines.with_columns(pl.col("row") + first), write_worded
        )

    def _path(self, name: str, part: int) -> Path:
        return self.folder / name / f"part-{part + 1:05}.parquet"

    def _write(self, path: Path, frame: pl.DataFrame, write: Write = write_parquet) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write(frame, file)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise write_error(path, error) from error


def _counted(missing: Missing) -> dict[Wait, int]:
    counted = missing.counts().with_columns(pl.col(WAIT).cast(pl.String))
    return {(rule, name, cause): rows for rule, name, cause, rows in counted.rows()}
