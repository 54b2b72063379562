"""The start token: whoever was shown it may come in, and nobody guesses it."""

import hmac
import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

MOST_WRONG = 10
WITHIN = 60.0  # seconds


@dataclass
class StartToken:
    """A token of one run of the server, with a limit on wrong tries."""

    value: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    clock: Callable[[], float] = monotonic
    _wrong: "deque[float]" = field(default_factory=deque, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def right(self, tried: str) -> bool | None:
        """Return whether a token is the right one; None where too many wrong ones were tried."""
        with self._lock:
            now = self.clock()
            while self._wrong and now - self._wrong[0] > WITHIN:
                self._wrong.popleft()
            if len(self._wrong) >= MOST_WRONG:
                return None
            if hmac.compare_digest(tried.encode(), self.value.encode()):
                return True
            self._wrong.append(now)
            return False
