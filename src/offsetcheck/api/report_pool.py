"""Many reports: judged, explained and written by as many processes as there are processors."""

import errno
import gc
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from offsetcheck.api.judge import judge_one
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.publish.naming import write_page
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
AHEAD = 2  # pieces of work that each process has before it: one it does, and the next
ENDED = (
    "the system ended a process that was writing reports, as it does where memory runs out; one "
    "other process wrote the other {rest:,}"
)
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
        file = self.folder / self.file_of(name)
        # Whole or not at all: what ends this process may leave it to another run to go on.
        half = file.with_name(f".{file.name}.half")
        write_page(half, page)
        half.replace(file)

    def file_of(self, name: str) -> str:
        """Return the name of the file of a report."""
        return f"{name}.{format_named(self.form).suffix}"


class _NotStartedError(Exception):
    """Raised where no other process can be started; says why."""


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
    if len(tasks) * effort <= MAX_REPORTS_OF_ONE_PROCESS or workers == 1:
        yield from _by_this_process(job, tasks)
        return
    done = 0
    try:
        most = max(1, REPORTS_AT_ONCE // effort)
        with closing(_by_others(job, tasks, workers, most)) as written:
            for name in written:
                done += 1
                yield name
    except _NotStartedError as error:
        say(f"one process writes all reports, because others cannot be started: {error}")
        yield from _by_this_process(job, tasks)
    except BrokenProcessPool:
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
    except BrokenProcessPool:
        file = job.file_of(tasks[done][1])
        message = "the process that writes this report is ended by the system, also alone"
        hint = "it may need more memory than there is: leave it out (--reports), or free some"
        raise OutputError([Problem(message, Place(file), hint)]) from None


def _by_others(
    job: ReportJob, tasks: Sequence[Task], workers: int, most: int
) -> Generator[str, None, None]:
    """Write reports in other processes, at most so many in one go; yield their names in order.

    Raises _NotStartedError where none can be started, BrokenProcessPool where one of them ends.
    """
    chunks = [tasks[start : start + most] for start in range(0, len(tasks), most)]
    with _others(workers, job) as pool:
        begun: deque[Future[Written]] = deque()
        waiting = iter(chunks)
        for chunk in waiting:
            begun.append(_submitted(pool, chunk))
            if len(begun) == workers * AHEAD:
                break
        while begun:
            written = begun.popleft().result()
            if isinstance(written, tuple):
                raise InputError(written)
            yield from written
            begun.extend(pool.submit(_write_chunk, chunk) for chunk in _next(waiting))


def _next(waiting: Iterator[Sequence[Task]]) -> Iterator[Sequence[Task]]:
    """Yield the next of some, if there is one."""
    for chunk in waiting:
        yield chunk
        return


@contextmanager
def _others(workers: int, job: ReportJob) -> Generator[ProcessPoolExecutor, None, None]:
    """Give processes that share the work, and end them at once when the block is left."""
    before = set(multiprocessing.active_children())
    with NamedTemporaryFile(prefix="offsetcheck-") as told:
        # In a file: one that ends while much is told through a pipe is waited for without end.
        pickle.dump(job, told)
        told.flush()
        with _starting():
            # Not forked: a copy of a process whose table library runs threads may wait for ever.
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(workers, context, _init_worker, (told.name,))
        try:
            yield pool
        finally:
            for helper in set(multiprocessing.active_children()) - before:
                helper.kill()
            pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, chunk: Sequence[Task]) -> "Future[Written]":
    """Hand work over; the first time this starts the processes.

    What stops this process is for it alone, which then ends the others: they start deaf to it.
    """
    before = {one: signal.signal(one, signal.SIG_IGN) for one in FOR_THIS_PROCESS}
    try:
        with _starting():
            return pool.submit(_write_chunk, chunk)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _starting() -> Iterator[None]:
    """Tell what cannot be started from what fails in its work."""
    try:
        yield
    except (OSError, ImportError) as error:
        # They need semaphores: shared memory that may be written, on a system that has them.
        raise _NotStartedError(_cause(error)) from error


def _cause(error: OSError | ImportError) -> str:
    reason = " ".join(str(getattr(error, "strerror", None) or error).split())
    if isinstance(error, OSError) and error.errno not in SHORT_OF_PROCESSES:
        return f"{reason.lower()} (they need a /dev/shm that may be written)"
    return reason.lower()


_JOBS: list[ReportJob] = []


def _init_worker(told: str) -> None:
    _JOBS[:] = [pickle.loads(Path(told).read_bytes())]  # noqa: S301 - written by our parent, for us
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
