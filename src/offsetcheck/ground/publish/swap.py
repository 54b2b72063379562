"""Put a new file or folder in the place of an old one, in one step where the system can."""

import errno
import os
import sys
from pathlib import Path

_AT_WORKING_FOLDER = -100
_RENAME_EXCHANGE = 2
# What Linux answers where a file system, an old kernel or a sandbox does not exchange names.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


def exchange(first: Path, second: Path) -> bool:
    """Let two paths name each other's content, at one moment; False where that cannot be done."""
    sys.audit("offsetcheck.exchange", str(first), str(second))
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    here = _AT_WORKING_FOLDER
    if rename(here, os.fsencode(first), here, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))


def swap_folder(new: Path, target: Path, aside: Path) -> Path | None:
    """Put the folder `new` at `target`; return where the folder that was there lies now.

    Where names cannot be exchanged, the old folder is renamed to `aside` for a moment, from where
    `put_back` brings it home after a kill.
    """
    if not os.path.lexists(target):
        new.rename(target)
        return None
    if exchange(new, target):
        return new
    try:
        target.rename(aside)
        new.rename(target)
    except BaseException:
        put_back(aside, target)
        raise
    return aside


def put_back(aside: Path, target: Path) -> None:
    """Bring a folder home that was put aside for one that never came; else do nothing."""
    if os.path.lexists(aside) and not os.path.lexists(target):
        aside.rename(target)


def flush(path: Path) -> None:
    """Have the disk hold what a file or folder holds, so that a power cut does not undo it."""
    sys.audit("offsetcheck.flush", str(path))
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return  # a folder that may be written and not read; a kill is survived all the same
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems flush no folders and say so; a full disk says something else.
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF, errno.EROFS}:
            raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        os.close(handle)
