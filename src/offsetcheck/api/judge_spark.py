"""The order of the rooms for lists that Spark judges: facts staged, judged, results published."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.api.case import Case, screening_of
from offsetcheck.api.judge_list import (
    NO_REPORTS,
    USUAL_REPORTS,
    BatchOptions,
    ListJudge,
    ListResult,
)
from offsetcheck.ground.publish.naming import write_error
from offsetcheck.vocabulary.problem import RequestError

if TYPE_CHECKING:
    from offsetcheck.engine.spark.run import Cluster, Outcome, Table

PARQUET, DELTA = "parquet", "delta"
DELTA_LOG = "_delta_log"
FACTS = "facts"
ROWS_OF_A_GROUP = 50_000  # which one task of Spark reads at least


@dataclass(frozen=True, slots=True)
class SparkJudge:
    """Judges lists as a `ListJudge` does, on a master of Spark.

    With `options.facts` each path is a table of facts, which Spark reads by itself; else a list or
    tender is read here, and written as such a table for Spark to read.
    """

    judge: ListJudge

    def judge_list(self, path: Path, draft: Path, withins: Sequence[Path]) -> Iterator[ListResult]:
        """Yield the result of a list for each city, whose tables are in a folder of the draft.

        Raises InputError where it cannot be read, RequestError for what Spark does not write and
        where it cannot be had.
        """
        refuse_options(self.judge.options)
        cluster = _cluster(self.judge.options)
        if self.judge.options.facts:
            yield from self._of_facts(cluster, path, draft, withins)
            return
        for case, within in self.judge.cases(path, withins):
            yield self._of_case(cluster, case, path, draft / within, within)

    def _of_case(
        self, cluster: "Cluster", case: Case, path: Path, folder: Path, within: Path
    ) -> ListResult:
        from offsetcheck.engine.columns.facts import facts_frame
        from offsetcheck.engine.spark.plan import fields_read
        from offsetcheck.engine.spark.run import Table

        folder.mkdir(parents=True, exist_ok=True)
        staged = folder / f"{FACTS}.{PARQUET}"
        frame = facts_frame(case.table, case.bound.as_of, fields_read(case.bound))
        try:
            frame.write_parquet(staged, row_group_size=ROWS_OF_A_GROUP)
        except OSError as error:
            raise write_error(staged, error) from error
        told = cluster.run(Table(str(staged)), case.bound, case.purchase, str(folder))
        staged.unlink()
        _without_staged(folder)
        return ListResult(
            path=path,
            city=case.bound.city.id,
            index=self._index(within),
            verdicts=told.counts,
            problems=case.problems,
            unknown_ids=(),
            remarks=case.remarks,
            readings=case.readings,
            purchase=case.purchase_explained.verdict.words if case.tender.city else None,
        )

    def _of_facts(
        self, cluster: "Cluster", path: Path, draft: Path, withins: Sequence[Path]
    ) -> Iterator[ListResult]:
        for city, within in zip(self.judge.cities, withins, strict=True):
            bound, folder = self.judge.bound(city), draft / within
            folder.mkdir(parents=True, exist_ok=True)
            purchase = screening_of(self.judge.request.as_of)
            told = cluster.run(_table(path), bound, purchase, str(folder))
            _without_staged(folder)
            yield self._result_of_facts(told, path, bound.city.id, within)

    def _result_of_facts(self, told: "Outcome", path: Path, city: str, within: Path) -> ListResult:
        return ListResult(
            path=path,
            city=city,
            index=self._index(within),
            verdicts=told.counts,
            problems=told.problems,
            unknown_ids=(),
            remarks=(),
        )

    def _index(self, within: Path) -> Path:
        return self.judge.goal / within / f"verdicts.{_format(self.judge.options)}"


def refuse_options(options: BatchOptions) -> None:
    """Raise RequestError for what is not written of a list that Spark judges."""
    unfit = sorted({*options.formats} - {PARQUET, DELTA})
    if unfit or len(options.formats) > 1:
        named = ", ".join(unfit or options.formats)
        said = f"Spark writes its tables as {PARQUET} or as {DELTA}, not as {named}"
        raise RequestError.about("formats", said)
    others = (
        ("missing", options.missing is not None),
        ("deciding", options.deciding),
        ("resume", options.resume),
        ("explainable", options.explainable),
    )
    for name, asked in others:
        if asked:
            raise RequestError.about(name, "this is not written of a list that Spark judges")
    if options.which_reports not in {NO_REPORTS, USUAL_REPORTS}:
        said = "no reports are made of a list that Spark judges"
        hint = "pick offers of its tables, and make reports of a list of these"
        raise RequestError.about("reports", said, hint)


def _format(options: BatchOptions) -> str:
    return options.formats[0] if options.formats else PARQUET


def _cluster(options: BatchOptions) -> "Cluster":
    try:
        from offsetcheck.engine.spark.run import Cluster
    except ModuleNotFoundError as error:
        hint = "install it with `pip install 'offsetcheck[spark]'`"
        raise RequestError.about("engine", "Spark is not installed", hint) from error
    return Cluster(options.master, _format(options))


def _table(path: Path) -> "Table":
    from offsetcheck.engine.spark.run import Table

    return Table(str(path), DELTA if (path / DELTA_LOG).is_dir() else PARQUET)


def _without_staged(folder: Path) -> None:
    from offsetcheck.engine.spark.run import STAGED

    shutil.rmtree(folder / STAGED)
