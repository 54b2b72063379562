"""Other processes that help this one: work shared out in pieces, and its results in order."""

import errno
import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

__all__ = ["HelperEndedError", "NotStartedError", "shared_out"]

AHEAD = 2  # pieces of work that each process has before it: one it does, and the next
# Sent by a terminal to every process of a run at once; an end of the run ends the others anyway.
FOR_THIS_PROCESS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)
)
SHORT_OF_PROCESSES = frozenset((errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE))
Told = TypeVar("Told")
Piece = TypeVar("Piece")
Done = TypeVar("Done")


class NotStartedError(Exception):
    """Raised where no other process can be started; says why."""


# Where the system ends a helper, as it does when memory runs out.
HelperEndedError = BrokenProcessPool


def shared_out(
    work: Callable[[Piece], Done],
    pieces: Iterable[Piece],
    workers: int,
    begin: Callable[[Told], None],
    told: Told,
) -> Generator[Done, None, None]:
    """Yield what other processes make of each piece, in the order of the pieces.

    Each process calls `begin` with what it is `told` once, before its first piece. Few pieces are
    under way at once. Close it where it is left early: that ends the other processes. Raises
    NotStartedError where none can be started, HelperEndedError where one of them ends, and whatever
    `work` raises.
    """
    waiting = iter(pieces)
    with _helpers(workers, begin, told) as pool:
        begun = deque(_submitted(pool, work, one) for one in islice(waiting, workers * AHEAD))
        while begun:
            yield begun.popleft().result()
            begun.extend(pool.submit(work, one) for one in islice(waiting, 1))


@contextmanager
def _helpers(
    workers: int, begin: Callable[[Told], None], told: Told
) -> Generator[ProcessPoolExecutor, None, None]:
    """Give processes that share the work, and end them at once when the block is left."""
    before = set(multiprocessing.active_children())
    with NamedTemporaryFile(prefix="offsetcheck-") as file:
        # In a file: one that ends while much is told through a pipe is waited for without end.
        try:
            Path(file.name).write_bytes(pickle.dumps((begin, told)))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise NotStartedError(f"{file.name} cannot be written: {reason}") from error
        with _starting():
            # Not forked: a copy of a process whose table library runs threads may wait for ever.
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(workers, context, _begin, (file.name,))
        try:
            yield pool
        finally:
            for helper in set(multiprocessing.active_children()) - before:
                helper.kill()
            pool.shutdown(cancel_futures=True)


def _submitted(
    pool: ProcessPoolExecutor, work: Callable[[Piece], Done], piece: Piece
) -> "Future[Done]":
    """Hand work over; the first time this starts the processes.

    What stops this process is for it alone, which then ends the others: they start deaf to it.
    """
    before = {one: signal.signal(one, signal.SIG_IGN) for one in FOR_THIS_PROCESS}
    try:
        with _starting():
            return pool.submit(work, piece)
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
        raise NotStartedError(_cause(error)) from error


def _cause(error: OSError | ImportError) -> str:
    reason = " ".join(str(getattr(error, "strerror", None) or error).split())
    if isinstance(error, OSError) and error.errno not in SHORT_OF_PROCESSES:
        return f"{reason.lower()} (they need a /dev/shm that may be written)"
    return reason.lower()


def _begin(file: str) -> None:
    begin, told = pickle.loads(Path(file).read_bytes())  # noqa: S301 - by our parent, for us
    begin(told)
