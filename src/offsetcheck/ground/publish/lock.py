"""A lock that says who holds it, and that a killed process gives back."""

import errno
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

try:
    import fcntl
except ImportError:  # a system without it goes by the holder's process number
    fcntl = None  # type: ignore[assignment]

_LONGEST = 300  # characters of a holder's words that are repeated
_LONGEST_FILE = 4096
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: process number, machine, since when, and the command as it was typed."""

    pid: int
    host: str
    since: str
    command: str

    def __str__(self) -> str:
        command = f" (`{self.command}`)" if self.command else ""
        return f"process {self.pid} on {self.host} since {self.since}{command}"[:_LONGEST]


class HeldError(Exception):
    """A lock that another process holds; `holder` is None where it has not yet said who it is."""

    def __init__(self, holder: Holder | None) -> None:
        self.holder = holder
        super().__init__(str(holder or "another process"))


def take(path: Path, command: str) -> int:
    """Return the handle of a lock file that this process holds from now on.

    Raises HeldError where a living process holds it. What a dead one left is taken over.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            _lock(handle)
            if _is_at(handle, path):
                _sign(handle, command)
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the holder removed it just now: it guards nothing any more


def is_held(path: Path) -> bool:
    """Return whether a living process holds the lock of a file."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        _lock(handle)
    except HeldError:
        return True
    finally:
        os.close(handle)
    return False


def _lock(handle: int) -> None:
    """Lock an open file; raise HeldError where another process has it."""
    try:
        _flock(handle)
    except BlockingIOError:
        raise HeldError(_holder(handle)) from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        # The file system knows no locks: what the file says of its holder decides.
        holder = _holder(handle)
        if holder is not None and _may_live(holder):
            raise HeldError(holder) from None


def _flock(handle: int) -> None:
    if fcntl is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _may_live(holder: Holder) -> bool:
    """Return False only for a process of this machine that is gone, or for this process."""
    if holder.host != _host():
        return True
    if holder.pid == os.getpid():
        return False
    try:
        os.kill(holder.pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    import platform

    return platform.node()


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


def _sign(handle: int, command: str) -> None:
    now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    holder = Holder(os.getpid(), _host(), now, command[:_LONGEST])
    text = json.dumps(asdict(holder)).encode("utf-8")
    os.ftruncate(handle, 0)
    os.pwrite(handle, text, 0)


def _holder(handle: int) -> Holder | None:
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        said = json.loads(os.pread(handle, _LONGEST_FILE, 0))
        if isinstance(said, Mapping) and int(said["pid"]) > 0:
            words = (str(said[name]) for name in ("host", "since", "command"))
            return Holder(int(said["pid"]), *words)
    return None
