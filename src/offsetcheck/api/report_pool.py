"""Many reports: judged, explained and written by as many processes as there are processors."""

import gc
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import current_process
from pathlib import Path

from offsetcheck.api.judge import judge_one
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.publish.naming import write_page
from offsetcheck.ground.shared_work import HelperEndedError, NotStartedError, shared_out
from offsetcheck.report.format import format_named
from offsetcheck.report.render import render
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.explanation import PurchaseExplanation
from offsetcheck.vocabulary.problem import InputError, OutputError, Place, Problem

PAGES = "html"  # the format of the index of a batch, and of its reports unless another is asked
# What one process has written before others would be ready to help, in pages of HTML.
MAX_REPORTS_OF_ONE_PROCESS = 150
REPORTS_AT_ONCE = 20
MAX_WORKERS = 8
ENDED = (
    "the system ended a process that was writing reports, as it does where memory runs out; one "
    "other process wrote the other {rest:,}"
)
LOOK_FOR_GARBAGE_AFTER = 50_000  # objects; a report makes some hundred thousand


@dataclass(frozen=True, slots=True)
class ReportJob:
    """What every report of a list is made with, and the folder that it is written into."""

    setting: Setting
    purchase: PurchaseExplanation
    folder: Path
    back: str
    templates: Path | None
    form: str = PAGES
    edition: Edition = Edition.FULL

    def write(self, candidate: Candidate, name: str) -> None:
        """Judge, explain and write one candidate; raise InputError for a template that fails."""
        judged = judge_one(self.setting, self.purchase, candidate)
        page = render(
            judged.explained.model_copy(update={"edition": self.edition}),
            self.form,
            self.setting.wording.words,
            templates=self.templates,
            back=self.back,
        )
        file = self.folder / self.file_of(name)
        # Whole or not at all: what ends this process may leave it to another run to go on.
        half = file.with_name(f".{file.name}.half")
        try:
            write_page(half, page)
        except OSError as error:
            half.unlink(missing_ok=True)
            error.filename = str(file)  # as whoever asked for it knows it
            raise
        half.replace(file)

    def file_of(self, name: str) -> str:
        """Return the name of the file of a report."""
        return f"{name}.{format_named(self.form).suffix}"


Task = tuple[Candidate, str]
Written = list[str] | tuple[Problem, ...]


def write_many(
    job: ReportJob, tasks: Sequence[Task], say: Callable[[str], None]
) -> Generator[str, None, None]:
    """Write a report for each candidate under the name beside it; yield each name when done.

    Where other processes cannot be started, one writes them all, and `say` is told why in a
    sentence. Where the system ends one of them, as it does when memory runs out, one other process
    writes the rest, one report at a time. Raises OutputError for the report at which that one ends
    too. Close it where it is left early: that ends the other processes.
    """
    effort = format_named(job.form).effort
    workers = min(MAX_WORKERS, os.cpu_count() or 1)
    alone = workers == 1 or current_process().daemon  # one that helps others may start none
    if len(tasks) * effort <= MAX_REPORTS_OF_ONE_PROCESS or alone:
        yield from _by_this_process(job, tasks)
        return
    done = 0
    try:
        most = max(1, REPORTS_AT_ONCE // effort)
        with closing(_by_others(job, tasks, workers, most)) as written:
            for name in written:
                done += 1
                yield name
    except NotStartedError as error:
        say(f"one process writes all reports, because others cannot be started: {error}")
        yield from _by_this_process(job, tasks)
    except HelperEndedError:
        say(ENDED.format(rest=len(tasks) - done))
        yield from _one_by_one(job, tasks[done:])


def _by_this_process(job: ReportJob, tasks: Sequence[Task]) -> Iterator[str]:
    for candidate, name in tasks:
        job.write(candidate, name)
        yield name


def _one_by_one(job: ReportJob, tasks: Sequence[Task]) -> Generator[str, None, None]:
    """Write the rest in one other process; raise OutputError for a report that ends it."""
    done = 0
    try:
        with closing(_by_others(job, tasks, 1, 1)) as written:
            for name in written:
                done += 1
                yield name
    except HelperEndedError:
        file = job.file_of(tasks[done][1])
        message = "the process that writes this report is ended by the system, also alone"
        hint = "it may need more memory than there is: leave it out (--reports), or free some"
        raise OutputError([Problem(message, Place(file), hint)]) from None


def _by_others(
    job: ReportJob, tasks: Sequence[Task], workers: int, most: int
) -> Generator[str, None, None]:
    """Write reports in other processes, at most so many in one go; yield their names in order.

    Raises NotStartedError where none can be started, HelperEndedError where one of them ends.
    """
    chunks = [tasks[start : start + most] for start in range(0, len(tasks), most)]
    with closing(shared_out(_write_chunk, chunks, workers, _begin, job)) as done:
        for written in done:
            if isinstance(written, tuple):
                raise InputError(written)
            yield from written


_JOBS: list[ReportJob] = []


def _begin(job: ReportJob) -> None:
    _JOBS[:] = [job]
    # The rulebook stays to the end: nobody need look through it for garbage, report after report.
    gc.freeze()
    gc.set_threshold(LOOK_FOR_GARBAGE_AFTER)


def _write_chunk(tasks: Sequence[Task]) -> Written:
    """Return the names written, or as a tuple the problems that stopped it."""
    try:
        for candidate, name in tasks:
            _JOBS[0].write(candidate, name)
    except InputError as error:
        return error.problems
    return [name for _, name in tasks]
