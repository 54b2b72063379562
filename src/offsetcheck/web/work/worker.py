"""What one process of the pool does: it answers visits one by one, within limits."""

import gc
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from typing import Any

from offsetcheck.web.work.limits import Limits, limit
from offsetcheck.web.work.progress import tell_to

READY, ANSWER, PROGRESS, FAILED = "ready", "answer", "progress", "failed"


def serve(line: Connection, limits: Limits) -> None:
    """Answer the visits that come over a line until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks ends this one
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    limit(limits)
    # What a page needs is loaded before the first person waits for it. Nothing of it is let go of,
    # so that looking through it for what can be let go of is a waste, now and later.
    gc.disable()
    from offsetcheck.web.answered import answered
    from offsetcheck.web.folder.kept import rulebook_of
    from offsetcheck.web.routes import routes

    routes()
    rulebook_of(limits.rules)
    gc.freeze()
    gc.enable()
    line.send((READY, None))
    while True:
        try:
            visit = line.recv()
        except (EOFError, OSError):
            return
        follow = _teller(line) if visit.patient else None
        tell_to(follow)
        try:
            line.send((ANSWER, answered(visit)))
        except (MemoryError, RecursionError, OSError, Exception) as error:  # noqa: BLE001
            traceback.print_exception(error, file=sys.stderr)
            line.send((FAILED, type(error).__name__))


def _teller(line: Connection) -> Any:
    def told(done: int, total: int, what: str) -> None:
        line.send((PROGRESS, (done, total, what)))

    return told
