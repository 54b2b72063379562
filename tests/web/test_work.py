"""Pages are made in processes with limits; what takes long has a page that says how far it is."""

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from offsetcheck.web.answered import Response
from offsetcheck.web.visit import Person, Visit, Workplace
from offsetcheck.web.work.jobs import MOST_OF_ONE, Jobs, TooManyError
from offsetcheck.web.work.limits import Limits
from offsetcheck.web.work.pool import EndedError, Pool
from offsetcheck.web.work.progress import TakesLongError, takes_long, tell_to, told
from web.site import TODAY


def _visit(folder, path="/", name="anna"):
    return Visit("GET", path, Workplace(folder), Person(name), TODAY, "en")


def test_a_process_that_takes_too_long_is_ended_and_the_next_visit_has_another(tmp_path):
    """No page keeps a process for ever."""
    pool = Pool(1, Limits(seconds=0))
    with pytest.raises(EndedError):
        pool.answer(_visit(tmp_path))
    pool._workers[0].limits = Limits()
    assert pool.answer(_visit(tmp_path)).status == 200
    pool.end()


def test_where_memory_is_short_a_page_goes_before_the_server(tmp_path):
    """The system ends the process that makes a page first, and the server goes on."""
    own = Path("/proc/self/oom_score_adj")
    if not own.exists():
        pytest.skip("this system does not say whom it ends first")
    pool = Pool(1)
    pool.answer(_visit(tmp_path))
    process = pool._workers[0].process.pid
    assert int(Path(f"/proc/{process}/oom_score_adj").read_text()) > int(own.read_text())
    pool.end()


def test_a_process_that_is_killed_is_replaced(tmp_path):
    """What kills one process costs one page, and no server."""
    pool = Pool(1)
    assert pool.answer(_visit(tmp_path)).status == 200
    os.kill(pool._workers[0].process.pid, signal.SIGKILL)
    answers = []
    for _ in range(3):
        try:
            answers.append(pool.answer(_visit(tmp_path)).status)
        except EndedError:
            answers.append(None)
    assert answers[-1] == 200
    pool.end()


def test_a_process_that_cannot_start_is_told_as_ended(tmp_path, monkeypatch):
    """A machine that starts no process refuses the page in words, and goes on when it can again."""
    pool = Pool(1)

    def refuses(self):
        raise OSError("no process")

    with monkeypatch.context() as patched:
        patched.setattr("multiprocessing.context.SpawnProcess.start", refuses)
        with pytest.raises(EndedError):
            pool.answer(_visit(tmp_path))
    assert pool.answer(_visit(tmp_path)).status == 200
    pool.end()


def test_a_tenders_visits_go_to_one_process_while_it_is_free():
    """The process that has a tender open is asked first, another where it is busy."""
    pool = Pool(3)
    visit = _visit(None, "/t/turku/verdicts")
    first = pool._taken(visit)
    pool._release(first)
    assert pool._taken(visit) is first
    assert pool._taken(visit) is not first


def test_what_takes_long_asks_for_a_job_where_somebody_waits():
    """Many offers are judged where nobody waits; a few at once."""
    with pytest.raises(TakesLongError):
        takes_long(60)
    with pytest.raises(TakesLongError):
        list(told(range(1000), 1000, "web.judging", 0.1))
    assert list(told(range(3), 3, "web.judging", 0.1)) == [0, 1, 2]


def test_a_job_tells_how_far_it_is():
    """Each step is told with the total and the words for it."""
    steps = []
    tell_to(lambda *step: steps.append(step))
    try:
        assert list(told("abc", 3, "web.judging", 60)) == ["a", "b", "c"]
    finally:
        tell_to(None)
    assert steps == [(0, 3, "web.judging"), (1, 3, "web.judging"), (2, 3, "web.judging")]


class SlowPool(Pool):
    """A pool whose answers wait until a test lets them go."""

    def __init__(self):
        super().__init__(1)
        self.go = threading.Event()

    def answer(self, visit, follow=None):
        follow(1, 4, "web.judging")
        self.go.wait(10)
        return Response(200, body=b"done")


def test_the_same_visit_twice_is_one_work(tmp_path):
    """A double click or a reload begins nothing anew; another person's is another's."""
    pool = SlowPool()
    jobs = Jobs(pool)
    visit = _visit(tmp_path)
    job = jobs.begin(visit, lambda _: None)
    assert jobs.begin(visit, lambda _: None) is job
    other = replace(visit, person=Person("bo"))
    assert jobs.begin(other, lambda _: None) is not job
    assert jobs.of(job.id, visit) is job
    assert jobs.of(job.id, other) is None
    pool.go.set()
    for _ in range(100):
        if job.ended:
            break
        time.sleep(0.01)
    assert job.response.body == b"done"
    assert (job.done, job.total) == (1, 4)


def test_one_person_has_a_few_long_works_at_once(tmp_path):
    """Nobody fills the server with what he has forgotten."""
    pool = SlowPool()
    jobs = Jobs(pool)
    for number in range(MOST_OF_ONE):
        jobs.begin(_visit(tmp_path, f"/{number}"), lambda _: None)
    with pytest.raises(TooManyError):
        jobs.begin(_visit(tmp_path, "/more"), lambda _: None)
    pool.go.set()
