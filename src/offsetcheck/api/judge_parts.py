"""The order of the rooms for a list of millions of rows: read, judged and written part by part."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from offsetcheck.api.account import located_problems, readings_of
from offsetcheck.api.case import hashed, joined, listed, screening_of, told_together
from offsetcheck.api.city import ChosenCity
from offsetcheck.api.judge_list import (
    NO_REPORTS,
    USUAL_REPORTS,
    BatchOptions,
    ListJudge,
    ListResult,
)
from offsetcheck.api.request import Request
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.explain.setting import Origin, Setting, setting
from offsetcheck.ground.canonical import blocks_of, bytes_hash
from offsetcheck.intake.files.parquet_parts import first_rows, long_list
from offsetcheck.intake.long_list import LongListReader
from offsetcheck.intake.tender.rates import with_rates
from offsetcheck.report.parts import SUMMARY, ResultsInParts
from offsetcheck.report.tonnes.tables import comparable_frame
from offsetcheck.rulebook.tonnes.binding import BoundSteps, bind_steps
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.vocabulary.table import CandidateTable

PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class _Run:
    """What a list is judged for, within which folder, and what comes out of its parts."""

    setting: Setting
    within: Path
    results: ResultsInParts
    steps: BoundSteps

    def judge(self, table: CandidateTable) -> None:
        result = assess_table(table, self.setting.bound, self.setting.purchase)
        tonnes = comparable_frame(table, self.steps, self.setting.purchase)
        self.results.write(result, table, tonnes)


@dataclass(frozen=True, slots=True)
class PartsJudge:
    """Judges long lists as a `ListJudge` does, each read once for all cities, and never whole."""

    judge: ListJudge

    def judge_list(self, path: Path, draft: Path, withins: Sequence[Path]) -> list[ListResult]:
        """Read a list and write its tables for each city into a folder of the draft.

        Raises InputError where it cannot be read, or its parts are not written alike; RequestError
        for what cannot be had of a list in parts.
        """
        refuse_options(self.judge.options)
        request = replace(self.judge.request, path=path)
        named = listed(path)
        asked = replace(request.asked_of_offers(), day=named.day)
        reader = LongListReader(self.judge.rulebook.dictionary, asked)
        runs = self._runs(request, named.path, draft, withins)
        first = first_rows(named.path)
        read = reader.read_columns(first)
        if reader.may_have_twins(first):
            self._survey(named.path, reader, reader.surveyed_columns(first))
        done = 0
        with long_list(named.path, reader.names, read) as found:
            for sheet in found.sheets:
                self._judge_part(request, reader.read(sheet), runs, reader)
                done += len(sheet)
                self.judge.progress(done, found.rows, "rows")
                del sheet  # before the next is made
        reader.refuse_repeated()
        return [self._finished(path, run, reader) for run in runs]

    def _survey(self, path: Path, reader: LongListReader, columns: Collection[str]) -> None:
        """Take the names of all parts first, where what one says may count for another."""
        done = 0
        with long_list(path, reader.names, columns) as found:
            for sheet in found.sheets:
                reader.survey(sheet)
                done += len(sheet)
                self.judge.progress(done, found.rows, "names")
                del sheet

    def _judge_part(
        self, request: Request, part: CandidateTable, runs: Iterable[_Run], reader: LongListReader
    ) -> None:
        dictionary, told, problems = None, part, dict.fromkeys(part.problems)
        for run in runs:
            if run.setting.bound.dictionary is not dictionary:  # nearly always one for all cities
                dictionary = run.setting.bound.dictionary
                told = told_together(part, dictionary)
            table = with_rates(told, run.setting.purchase, dictionary)
            table = joined(request, table, self.judge.registries, dictionary)
            problems |= dict.fromkeys(table.problems)  # nearly always the same for all cities
            run.judge(table)
        reader.tell(problems)

    def _runs(
        self, request: Request, path: Path, draft: Path, withins: Sequence[Path]
    ) -> list[_Run]:
        origin = _origin(request, path)
        return [
            self._run(request, city, origin, draft, within)
            for city, within in zip(self.judge.cities, withins, strict=True)
        ]

    def _run(
        self, request: Request, city: ChosenCity, origin: Origin, draft: Path, within: Path
    ) -> _Run:
        bound = self.judge.bound(city)
        own = replace(origin, reproduce=request.again(city.named))
        made = setting(bound, screening_of(request.as_of), request.language, own)
        steps = bind_steps(city.rulebook, city.id, bound.as_of)
        return _Run(made, within, ResultsInParts(draft / within, made), steps)

    def _finished(self, path: Path, run: _Run, reader: LongListReader) -> ListResult:
        readings = () if reader.reading is None else (reader.reading,)
        readings = (*readings, *readings_of(*self.judge.registries))
        problems = located_problems(reader.problems, readings)
        run.results.finish(problems, readings)
        return ListResult(
            path=path,
            city=run.setting.bound.city.id,
            index=self.judge.goal / run.within / SUMMARY,
            verdicts=run.results.verdicts,
            problems=problems,
            unknown_ids=(),
            remarks=(),
            readings=readings,
        )


def refuse_options(options: BatchOptions) -> None:
    """Raise RequestError for reports of a list in parts, and for tables that are no Parquet."""
    for name in (*options.formats, *([options.missing] if options.missing else [])):
        if name != PARQUET:
            said = f"tables of a list that is judged in parts are Parquet, not {name}"
            raise RequestError.about("formats", said)
    for name in ("deciding", "explainable", "resume"):
        if getattr(options, name):
            raise RequestError.about(name, "this is not to be had of a list in parts")
    if options.which_reports not in {NO_REPORTS, USUAL_REPORTS}:
        said = "no reports are made while a list is judged in parts"
        hint = "pick offers of its tables, and make reports of a list of these"
        raise RequestError.about("reports", said, hint)


def _origin(request: Request, path: Path) -> Origin:
    """Return the files of a list, and the hash of them all, in the order in which they count."""
    columns = [] if request.columns is None else [request.columns]
    registries = [listed(one).path for one in request.registries]
    files = (
        (path.name, bytes_hash(blocks_of(path))),
        *((one.name, bytes_hash([one.data])) for one in columns),
        *(hashed(one) for one in request.registries),
    )
    contents = chain(
        blocks_of(path), (one.data for one in columns), *(blocks_of(one) for one in registries)
    )
    return Origin(files=files, input_hash=bytes_hash(contents))
