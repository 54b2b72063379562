import errno
import multiprocessing
import os
from contextlib import closing
from operator import neg

import pytest

from offsetcheck.ground import shared_work
from offsetcheck.ground.shared_work import HelperEndedError, NotStartedError, shared_out
from pieces import begin, end_at_three, ignore, linger, refuse, told_and


def test_results_come_in_the_order_of_the_pieces():
    """Each process is told once what it begins with, and what they make keeps its order."""
    assert list(shared_out(told_and, range(9), 2, begin, "piece")) == [
        f"piece {n}" for n in range(9)
    ]


def test_pieces_are_taken_only_as_they_are_worked_on():
    """Of a list without end only some pieces are taken before the first result is used."""
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield len(taken)

    with closing(shared_out(neg, endless(), 2, ignore, None)) as done:
        assert [next(done), next(done)] == [-1, -2]
    assert len(taken) <= 6
    assert multiprocessing.active_children() == []


def test_a_helper_that_is_killed_ends_the_work_with_its_own_error():
    """Nobody waits for what a killed process was given; what came before it is there."""
    came = []
    with pytest.raises(HelperEndedError):
        came.extend(shared_out(end_at_three, range(9), 1, ignore, None))
    assert came == list(range(len(came)))
    assert len(came) <= 3
    assert multiprocessing.active_children() == []


def test_closing_early_ends_those_that_are_at_work():
    """A helper in the middle of long work is ended, and not waited for."""
    with closing(shared_out(linger, range(4), 2, ignore, None)) as done:
        assert next(done) == 0
    assert multiprocessing.active_children() == []


def test_what_work_raises_is_raised_here():
    """An error of the work itself is no helper that has ended."""
    with pytest.raises(ValueError, match="no 7"):
        list(shared_out(refuse, [7], 1, ignore, None))
    assert multiprocessing.active_children() == []


def test_a_temporary_folder_that_takes_no_more_starts_no_helper(monkeypatch):
    """Whoever shares work out then hears that nobody helps, and why."""

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shared_work.Path, "write_bytes", full)
    with pytest.raises(NotStartedError, match="cannot be written: no space left on device"):
        list(shared_out(neg, range(9), 2, ignore, None))
    assert multiprocessing.active_children() == []
