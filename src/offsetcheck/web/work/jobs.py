"""Long work: made where nobody waits, looked at by a page that survives a reload, and cancelled."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from offsetcheck.web.answered import Response
from offsetcheck.web.visit import Visit
from offsetcheck.web.work.pool import BusyError, EndedError, Pool, patient

MOST_JOBS = 200
MOST_OF_ONE = 4


class TooManyError(Exception):
    """Somebody has as much long work going on as one person may."""


@dataclass
class Job:
    """One long work: the visit that it answers, for whom, how far it is, and what came of it."""

    id: str
    visit: Visit
    done: int = 0
    total: int = 0
    what: str = ""
    response: Response | None = None
    failed: str = ""
    _pool: Pool = field(default_factory=Pool, repr=False)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.response is not None or bool(self.failed)

    def run(self, over: Callable[[Visit], None]) -> None:
        """Do the work in a process of its own; `over` is called when it has ended."""
        try:
            self.response = self._pool.answer(patient(self.visit), self._follow)
        except EndedError as error:
            self.failed = self.failed or str(error) or "ended"
        except BusyError:
            self.failed = "busy"
        finally:
            over(self.visit)

    def _follow(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, total, what


class Jobs:
    """All long work of a server; the oldest that has ended is forgotten first.

    A visit that is made twice while its work goes on gets the same work.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, visit: Visit, over: Callable[[Visit], None]) -> Job:
        """Begin a visit's work, or return what is already at it; raises TooManyError."""
        with self._lock:
            running = [job for job in self._jobs.values() if not job.ended]
            for job in running:
                if _same(job.visit, visit):
                    over(visit)
                    return job
            if sum(job.visit.person == visit.person for job in running) >= MOST_OF_ONE:
                raise TooManyError
            job = Job(secrets.token_urlsafe(16), visit, _pool=self._pool)
            self._jobs[job.id] = job
            self._forget()
        threading.Thread(target=job.run, args=(over,), daemon=True).start()
        return job

    def of(self, name: str, visit: Visit) -> Job | None:
        """Return a person's own work by its id."""
        job = self._jobs.get(name)
        return job if job is not None and job.visit.person == visit.person else None

    def cancel(self, job: Job) -> None:
        """End a work: the process that is at it is ended, and what it had made is lost."""
        if not job.ended:
            job.failed = "cancelled"
            self._pool.cancel(job.visit)

    def _forget(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.ended]
        for name in ended[: max(0, len(self._jobs) - MOST_JOBS)]:
            del self._jobs[name]


def _same(one: Visit, other: Visit) -> bool:
    what = [(v.method, v.path, v.query, v.form, v.person, v.language) for v in (one, other)]
    return what[0] == what[1] and not (one.uploads or other.uploads)
