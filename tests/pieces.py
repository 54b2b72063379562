"""Work for other processes, which import it by its name."""

import os
import signal
import time

SAID: list[str] = []


def begin(told):
    SAID[:] = [told]


def told_and(piece):
    return f"{SAID[0]} {piece}"


def end_at_three(piece):
    if piece == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return piece


def linger(piece):
    time.sleep(0 if piece == 0 else 600)
    return piece


def refuse(piece):
    message = f"no {piece}"
    raise ValueError(message)


def ignore(_):
    """Begin with nothing."""
