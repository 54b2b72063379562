"""The processes that make pages: a tender's visits go to one that has it open, if soon free."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import chain
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
MOMENT = 0.3  # of these, seconds for one that has open what it asks for; opening takes longer
MOST_OPEN = 6
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
    able: bool = True  # to start, when it was last tried
    opened: "deque[str]" = field(default_factory=lambda: deque(maxlen=MOST_OPEN))

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
        try:
            self._start()
            self.able = True
        except Exception:
            self.able = False
            raise

    def _start(self) -> None:
        context = get_context("spawn")
        line, other = context.Pipe()
        self.line = line
        self.process = context.Process(target=serve, args=(other, self.limits), daemon=True)
        self.process.start()
        other.close()
        if not line.poll(START_SECONDS) or line.recv()[0] != READY:
            raise EndedError("start")

    def end(self) -> None:
        """End the process, whatever it does."""
        process, line, self.process, self.line = self.process, self.line, None, None
        self.opened.clear()
        if line is not None:
            line.close()
        if process is not None and process.pid is not None:  # one that did start
            process.kill()
            process.join()
            process.close()


@dataclass(slots=True, eq=False)
class _Turn:
    """A visit that waits: what it asks for, since when, and the process that it is given."""

    what: str
    since: float
    worker: _Worker | None = None


@dataclass
class Pool:
    """Processes that answer visits, each one visit at a time."""

    size: int = 2
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Hold the processes; none is started before it is needed."""
        self._workers = [_Worker(self.limits) for _ in range(self.size)]
        self._free = threading.Condition()
        self._waiting: deque[_Turn] = deque()

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
        except Exception:  # noqa: BLE001 - a line that is closed meanwhile raises this or that
            worker.end()  # the first visit says why, if the server has not ended
        finally:
            self._release(worker)

    @property
    def able(self) -> bool:
        """Whether some process could be started when that was last tried: else there is no page."""
        return any(worker.able for worker in self._workers)

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
        turn = _Turn(_asked_for(visit.path), monotonic())
        with self._free:
            self._waiting.append(turn)
            try:
                self._let_in()
                while turn.worker is None:
                    waited = monotonic() - turn.since
                    if waited >= PATIENCE:
                        raise BusyError
                    self._free.wait((MOMENT if waited < MOMENT else PATIENCE) - waited)
                    self._let_in()
            finally:
                if turn.worker is None:
                    self._waiting.remove(turn)
        return turn.worker

    def _let_in(self) -> None:
        """Give free processes to those who wait, who came first first."""
        for turn in tuple(self._waiting):
            worker = self._free_for(turn)
            if worker is not None:
                worker.busy, turn.worker = True, worker
                if turn.what not in worker.opened:
                    worker.opened.append(turn.what)
                self._waiting.remove(turn)
                self._free.notify_all()

    def _free_for(self, turn: _Turn) -> _Worker | None:
        """Return a free process: one that has it open, after a moment any."""
        first = crc32(turn.what.encode()) % self.size
        in_order = (*self._workers[first:], *self._workers[:first])
        free = [worker for worker in in_order if not worker.busy]
        open_there = (one for one in free if one is in_order[0] or turn.what in one.opened)
        any_other = free if monotonic() - turn.since >= MOMENT else ()
        return next(chain(open_there, any_other), None)

    def _release(self, worker: _Worker) -> None:
        with self._free:
            worker.busy = False
            self._let_in()

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


def _asked_for(path: str) -> str:
    """Return what a page of an address opens: a tender, else what the address begins with."""
    parts = path.split("/", 3)
    return "/".join(parts[:3]) if parts[1:2] == ["t"] else "/".join(parts[:2])


def patient(visit: Visit) -> Visit:
    """Return a visit that nobody waits for."""
    return replace(visit, patient=True)
