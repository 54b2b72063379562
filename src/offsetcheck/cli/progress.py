"""How far long work is, on standard error: a line that counts up, with rate and time left."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from shutil import get_terminal_size
from time import monotonic

from offsetcheck.api.progress import Progress
from offsetcheck.cli.terminal import note, printable

LONG = 100  # items below this are done before anybody wonders, unless each takes long
PATIENCE = 1.0  # seconds after which somebody wonders
BETWEEN = 0.2  # seconds between two states of a line
MEASURED = 1.0  # seconds of work that tell its rate
MINUTE, HOUR = 60, 3600


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Yield what shows how far work is: a terminal gets one line that counts up.

    A file gets one line for each tenth of a hundred items or more, however long they take: which
    lines stand in it does not depend on the machine. What is written to a terminal after the block
    stands on a line of its own, also where the work was stopped.
    """
    counted = _Counted(watched=sys.stderr.isatty())
    try:
        yield counted.show
    finally:
        counted.leave()


@dataclass
class _Counted:
    """What is shown of the work that is counted by now, and since when."""

    watched: bool
    what: str = ""
    done: int = 0
    first: int = 0  # done when it was first told: what tells no rate
    since: float = field(default_factory=monotonic)
    shown: float = 0.0
    tenth: int = 0
    width: int = 0

    def show(self, done: int, total: int, what: str) -> None:
        """Show how far one piece of work is."""
        now = monotonic()
        if what != self.what or done <= self.done:
            self._begin(done, what, now)
        self.done = done
        if self.watched:
            if total >= LONG or now - self.since >= PATIENCE:
                self._count_up(done, total, now)
        elif total >= LONG and (tenth := done * 10 // total) > self.tenth:
            self.tenth = tenth
            note(self._said(done, total, now))

    def leave(self) -> None:
        """End the line that counts up, where one stands."""
        if self.width:
            sys.stderr.write("\n")
            sys.stderr.flush()
            self.width = 0

    def _begin(self, done: int, what: str, now: float) -> None:
        self.leave()
        self.what, self.first, self.since, self.tenth, self.shown = what, done, now, 0, 0.0

    def _count_up(self, done: int, total: int, now: float) -> None:
        if done < total and now - self.shown < BETWEEN:
            return
        # A line that wraps would be left standing at every step.
        said = printable(self._said(done, total, now))[: get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{said.ljust(self.width)}")
        sys.stderr.flush()
        self.shown, self.width = now, len(said)
        if done == total:
            self.leave()

    def _said(self, done: int, total: int, now: float) -> str:
        said, taken = f"{self.what}: {done:,} of {total:,}", now - self.since
        if done == total or taken < MEASURED:
            return said
        rate = (done - self.first) / taken
        return f"{said}, {_rate(rate)}, {_time((total - done) / rate)} left"


def _rate(rate: float) -> str:
    """Return a number per second, or per minute where that is less than one."""
    if rate < 1:
        return f"{rate * MINUTE:.0f} a minute"
    return f"{rate:,.0f} a second"


def _time(seconds: float) -> str:
    """Return a time in words, as exact as anybody needs it."""
    if seconds < 2 * MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min"
    hours, minutes = divmod(round(seconds / MINUTE), MINUTE)
    return f"{hours:,} h {minutes} min"
