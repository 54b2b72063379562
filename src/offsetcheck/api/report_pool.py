"""Many reports: judged, explained and written by as many processes as there are processors."""

import errno
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path

from offsetcheck.api.judge import judge_one
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.publish.naming import write_page
from offsetcheck.report.format import format_named
from offsetcheck.report.render import render
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.explanation import PurchaseExplanation
from offsetcheck.vocabulary.problem import InputError, Problem

PAGES = "html"  # the format of the index of a batch, and of its reports unless another is asked
# What one process has written before others would be ready to help, in pages of HTML.
MAX_REPORTS_OF_ONE_PROCESS = 150
REPORTS_AT_ONCE = 20
MAX_WORKERS = 8
LOOK_FOR_GARBAGE_AFTER = 50_000  # objects; a report makes some hundred thousand
# Sent by a terminal to every process of a run at once; an end of the run ends the others anyway.
FOR_THIS_PROCESS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)
)
SHORT_OF_PROCESSES = frozenset((errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE))


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
        write_page(self.folder / f"{name}.{format_named(self.form).suffix}", page)


Task = tuple[Candidate, str]


def write_many(
    job: ReportJob, tasks: Sequence[Task], say: Callable[[str], None]
) -> Generator[str, None, None]:
    """Write a report for each candidate under the name beside it; yield each name when done.

    Where other processes cannot be started, one writes them all, and `say` is told why in a
    sentence. Close it where it is left early: that ends the other processes.
    """
    effort = format_named(job.form).effort
    pool = _pool_for(job, len(tasks) * effort, say)
    if pool is None:
        for candidate, name in tasks:
            job.write(candidate, name)
            yield name
        return
    most = max(1, REPORTS_AT_ONCE // effort)
    chunks = [tasks[start : start + most] for start in range(0, len(tasks), most)]
    with pool:
        for written in pool.imap(_write_chunk, chunks):
            if isinstance(written, tuple):
                raise InputError(written)
            yield from written


def _pool_for(job: ReportJob, reports: int, say: Callable[[str], None]) -> Pool | None:
    """Return the processes that share the work; None where one does it as well, or has to."""
    workers = min(MAX_WORKERS, os.cpu_count() or 1)
    if reports <= MAX_REPORTS_OF_ONE_PROCESS or workers == 1:
        return None
    try:
        return _pool(workers, job)
    except (OSError, ImportError) as error:
        # A pool needs semaphores: shared memory that may be written, on a system that has them.
        say(f"one process writes all reports, because others cannot be started: {_cause(error)}")
        return None


def _cause(error: OSError | ImportError) -> str:
    reason = " ".join(str(getattr(error, "strerror", None) or error).split())
    if isinstance(error, OSError) and error.errno not in SHORT_OF_PROCESSES:
        return f"{reason.lower()} (they need a /dev/shm that may be written)"
    return reason.lower()


def _pool(workers: int, job: ReportJob) -> Pool:
    # What stops this process is for it alone, which then ends the others: they start deaf to it.
    before = {one: signal.signal(one, signal.SIG_IGN) for one in FOR_THIS_PROCESS}
    try:
        # Not forked: a copy of a process whose table library runs threads may wait for ever.
        return multiprocessing.get_context("spawn").Pool(workers, _init_worker, (job,))
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


_JOBS: list[ReportJob] = []


def _init_worker(job: ReportJob) -> None:
    _JOBS[:] = [job]
    # The rulebook stays to the end: nobody need look through it for garbage, report after report.
    gc.freeze()
    gc.set_threshold(LOOK_FOR_GARBAGE_AFTER)


def _write_chunk(tasks: Sequence[Task]) -> list[str] | tuple[Problem, ...]:
    """Return the names written, or as a tuple the problems that stopped it."""
    try:
        for candidate, name in tasks:
            _JOBS[0].write(candidate, name)
    except InputError as error:
        return error.problems
    return [name for _, name in tasks]
