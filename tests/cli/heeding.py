"""A process that heeds the signals its ancestors may ignore, as those do that nohup started."""

import signal

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def heed_signals():
    """Give each signal that ends a run its own effect back, before the program begins."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
