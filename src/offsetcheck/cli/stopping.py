"""Signals that ask a run to end: each ends it as an interrupt from the keyboard does."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Stopped(KeyboardInterrupt):
    """A signal came that asks the process to end."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Raise Stopped in the block when a signal asks for the end; one that is ignored stays so.

    A further SIGTERM or SIGHUP does not disturb the clearing up, a further SIGINT ends that too.
    """
    before = {number: signal.getsignal(number) for number in SIGNALS}
    heard = [number for number in SIGNALS if before[number] is not signal.SIG_IGN]
    try:
        for number in heard:
            signal.signal(number, _stop)
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])


def signal_of(error: BaseException) -> int:
    """Return the signal behind an interruption, SIGINT where it is not said."""
    for one in (error, error.__cause__, error.__context__):
        if isinstance(one, Stopped):
            return one.number
    return signal.SIGINT


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    for other in SIGNALS:
        if other != signal.SIGINT and signal.getsignal(other) is _stop:
            signal.signal(other, signal.SIG_IGN)
    raise Stopped(number)
