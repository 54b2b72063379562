"""Changes to a tender's files: one at a time, whole or not at all, and never over a newer one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from offsetcheck.api.output import write_result
from offsetcheck.web.folder.tenders import TenderFolder, own_folder
from offsetcheck.web.visit import RefusedError, Workplace

ABSENT = "absent"
"""What a file that is not there is seen as."""
COMMAND = "offsetcheck serve"


def seen(path: Path) -> str:
    """Return what a form remembers of a file that it shows: the SHA-256 of its bytes."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ABSENT


@contextmanager
def changing(workplace: Workplace, tender: TenderFolder) -> Iterator[None]:
    """Hold a tender while a file of it is read, changed and written: others wait for it."""
    folder = own_folder(workplace) / "locks"
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / tender.name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def refuse_changed(path: Path, as_seen: str) -> None:
    """Raise RefusedError (409) where a file is no longer what a form showed of it.

    Whoever changed it meanwhile, in a browser, an editor or by a command: nothing is overwritten.
    """
    if seen(path) != as_seen:
        raise RefusedError(409, "web.changed_meanwhile", file=path.name)


@dataclass(slots=True)
class Written:
    """How many files one visit wrote, and how many it would have written as they are already."""

    changed: int = 0
    same: int = 0

    @property
    def nothing(self) -> bool:
        """Whether a form was saved that changes nothing."""
        return self.same > 0 and not self.changed


class _Watching:
    """What the visit writes that this process answers: it answers one at a time."""

    written = Written()


@contextmanager
def watching() -> Iterator[Written]:
    """Give what is written while the block runs, so that who saves no change is told so."""
    _Watching.written = Written()
    yield _Watching.written


def write(path: Path, content: str | bytes) -> None:
    """Write a file of a tender, whole or not at all, and none that is so already.

    Raises OutputError.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and seen(path) == sha256(data).hexdigest():
        _Watching.written.same += 1
        return
    _Watching.written.changed += 1
    write_result(path, content, replace=True, command=COMMAND)


def write_as_seen(
    workplace: Workplace, tender: TenderFolder, path: Path, content: str | bytes, as_seen: str
) -> None:
    """Write a file where it is still what the form showed; raises RefusedError (409) else."""
    with changing(workplace, tender):
        refuse_changed(path, as_seen)
        write(path, content)
