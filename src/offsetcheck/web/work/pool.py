"""The processes that make pages: a tender's visits go to the one that has it open, if free."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic
from zlib import crc32

from offsetcheck.web.answered import Response
from offsetcheck.web.visit import Visit
from offsetcheck.web.work.limits import Limits
from offsetcheck.web.work.worker import ANSWER, FAILED, PROGRESS, READY, serve

START_SECONDS = 60
PATIENCE = 30.0  # seconds that a visit waits for a free process
Follow = Callable[[int, int, str], None]


class EndedError(Exception):
    """A process that took too long, needed too much memory, or ended: what it made is lost."""


class BusyError(Exception):
    """No process was free for as long as a person is let wait."""


@dataclass(slots=True)
class _Worker:
    """One process, and the line to it."""

    limits: Limits
    process: BaseProcess | None = None
    line: Connection | None = None
    busy: bool = False
    visit: Visit | None = None

    def ask(self, visit: Visit, follow: Follow | None) -> Response:
        """Return the answer to a visit; raises EndedError where the process does not give one."""
        seconds = self.limits.job_seconds if visit.patient else self.limits.seconds
        self.visit = visit
        try:
            line = self._running()
            line.send(visit)
            return self._answer(line, monotonic() + seconds, follow)
        except (EOFError, OSError, EndedError) as error:
            self.end()
            raise EndedError(str(error)) from error
        except BaseException:
            self.end()  # between question and answer: the next answer would be another's
            raise
        finally:
            self.visit = None

    def _answer(self, line: Connection, until: float, follow: Follow | None) -> Response:
        while line.poll(max(0.0, until - monotonic())):
            kind, told = line.recv()
            if kind == ANSWER:
                answer: Response = told
                return answer
            if kind == FAILED:
                raise EndedError(told)
            if kind == PROGRESS and follow is not None:
                follow(*told)
        raise EndedError("time")

    def _running(self) -> Connection:
        if self.process is None or self.line is None or not self.process.is_alive():
            self.end()
            self.start()
        assert self.line is not None  # noqa: S101 - just started
        return self.line

    def start(self) -> None:
        """Start the process and wait until it can answer."""
        context = get_context("spawn")
        self.line, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, self.limits), daemon=True)
        self.process.start()
        other.close()
        if not self.line.poll(START_SECONDS) or self.line.recv()[0] != READY:
            raise EndedError("start")

    def end(self) -> None:
        """End the process, whatever it does."""
        process, line, self.process, self.line = self.process, self.line, None, None
        if line is not None:
            line.close()
        if process is not None and process.pid is not None:  # one that did start
            process.kill()
            process.join()
            process.close()


@dataclass
class Pool:
    """Processes that answer visits, each one visit at a time."""

    size: int = 2
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Hold the processes; none is started before it is needed."""
        self._workers = [_Worker(self.limits) for _ in range(self.size)]
        self._free = threading.Condition()
        self._waiting: deque[object] = deque()

    def warm(self) -> None:
        """Start every process now, so that the first page does not wait for it."""
        for worker in self._workers:
            threading.Thread(target=self._warm, args=(worker,), daemon=True).start()

    def _warm(self, worker: _Worker) -> None:
        with self._free:
            if worker.busy or worker.process is not None:
                return
            worker.busy = True
        try:
            worker.start()
        except (OSError, EOFError, EndedError):
            worker.end()  # the first visit says why
        finally:
            self._release(worker)

    def answer(self, visit: Visit, follow: Follow | None = None) -> Response:
        """Return the answer to a visit; raises EndedError, and BusyError where none gets free.

        A patient visit is one that nobody waits for; `follow` is told how far it is.
        """
        worker = self._taken(visit)
        try:
            return worker.ask(visit, follow)
        finally:
            self._release(worker)

    def _taken(self, visit: Visit) -> _Worker:
        until = monotonic() + PATIENCE
        first = crc32(_tender_in(visit.path).encode()) % self.size
        turn = object()
        with self._free:
            self._waiting.append(turn)
            try:
                while True:
                    if self._waiting[0] is turn:  # who came first is let in first
                        for worker in (*self._workers[first:], *self._workers[:first]):
                            if not worker.busy:
                                worker.busy = True
                                return worker
                    left = until - monotonic()
                    if left <= 0:
                        raise BusyError
                    self._free.wait(left)
            finally:
                self._waiting.remove(turn)
                self._free.notify_all()

    def _release(self, worker: _Worker) -> None:
        with self._free:
            worker.busy = False
            self._free.notify_all()

    def cancel(self, visit: Visit) -> None:
        """End the process that makes a visit's answer, if one is at it."""
        for worker in self._workers:
            process = worker.process
            if worker.visit == patient(visit) and process is not None:
                process.kill()

    def end(self) -> None:
        """End every process."""
        for worker in self._workers:
            worker.end()


def _tender_in(path: str) -> str:
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 2 and parts[1] == "t" else ""  # noqa: PLR2004


def patient(visit: Visit) -> Visit:
    """Return a visit that nobody waits for."""
    return replace(visit, patient=True)
