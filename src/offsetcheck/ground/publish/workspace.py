"""The hidden folder beside a result, in which one run makes the next one.

For `out` it is `.out.offsetcheck`. It holds the lock of the run, what the run has written so far
(`new-…`), and for a moment the result before (`old`). Nothing else is written outside the result.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.publish.lock import HeldError, is_held, take
from offsetcheck.ground.publish.refusal import reason, refused
from offsetcheck.ground.publish.swap import put_back

LOCK = "lock"
ASIDE = "old"
PAST = "past"
_NEW = "new-"
_SUFFIX = ".offsetcheck"
_MAX_NAME = 255 - len(f".{_SUFFIX}")  # bytes that most file systems leave for the name itself
_TRIES = 50  # a run may go just when the next one comes, but not for ever


@dataclass(frozen=True, slots=True)
class Workspace:
    """The hidden folder that this run holds, and what it is for."""

    path: Path
    target: Path

    @property
    def aside(self) -> Path:
        """Where the result before lies while names cannot be exchanged."""
        return self.path / ASIDE

    @property
    def past(self) -> Path:
        """Where the result before lies when the new one stands in its place."""
        return self.path / PAST

    def fresh(self) -> Path:
        """Return a path that nothing had before, for what is to become the result.

        Each run has another: a process that outlives its killed run writes into nobody's result.
        """
        return self.path / f"{_NEW}{os.urandom(4).hex()}"


def beside(target: Path) -> Path:
    """Return the path of the hidden folder for a result.

    A name so long that the file system would take no longer one is shortened by its hash.
    """
    name = target.name
    if len(os.fsencode(name)) > _MAX_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return target.with_name(f".{name}{_SUFFIX}")


def is_in_use(folder: Path) -> bool:
    """Return whether a folder is the hidden folder of a run that goes on."""
    return folder.name.endswith(_SUFFIX) and is_held(folder / LOCK)


@contextmanager
def workspace(target: Path, shown: Path, command: str) -> Iterator[Workspace]:
    """Hold the hidden folder beside `target` for this run alone, and remove it at the end.

    What a killed run left there is put back or cleared first. `target` is absolute and without
    links, `shown` is how the user named it. Raises PublishError where the folder cannot be made
    or another run holds it.
    """
    _refuse_inside_a_run(target, shown)
    missing = [one for one in (target.parent, *target.parent.parents) if not os.path.lexists(one)]
    try:
        _make_parents(target.parent, shown)
        space = Workspace(beside(target), target)
        handle = _hold(space.path, shown, command)
        try:
            _recover(space, shown)
            _clear(space.path)
            yield space
        finally:
            _leave(space.path, handle)
    finally:
        for folder in missing:
            with suppress(OSError):  # it holds something now, or was never made
                folder.rmdir()


def _refuse_inside_a_run(target: Path, shown: Path) -> None:
    """Raise PublishError below a folder that another run is about to replace as a whole."""
    for folder in target.parents:
        if folder.name and is_in_use(beside(folder)):
            raise refused(shown, f"another run is writing the folder {folder}", _WAIT)


_WAIT = "wait for its end, or name another with -o"


def _make_parents(folder: Path, shown: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(shown, f"cannot be written: {reason(error)}") from error


def _hold(space: Path, shown: Path, command: str) -> int:
    """Make the hidden folder where it is not there, and return the handle of its lock."""
    try:
        for _ in range(_TRIES):
            with suppress(FileExistsError):
                space.mkdir(mode=0o700)
            with suppress(_RemovedError):
                return _take(space, shown, command)
    except HeldError as error:
        who = error.holder or "a process that has only just begun"
        raise refused(shown, f"another run is writing it: {who}", _WAIT) from None
    except OSError as error:
        raise refused(shown, f"cannot be written: {reason(error)}") from error
    raise refused(shown, "other runs are writing it, one after the other", _WAIT)


class _RemovedError(Exception):
    """The run before removed its hidden folder just when this one was about to use it."""


def _take(space: Path, shown: Path, command: str) -> int:
    try:
        _refuse_strange(space, shown)
        return take(space / LOCK, command)
    except FileNotFoundError:
        raise _RemovedError from None


def _refuse_strange(space: Path, shown: Path) -> None:
    """Raise PublishError where something of this name was made by no run of this user."""
    found = space.lstat()
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == _user(found.st_uid)
    held = [one.name for one in space.iterdir()] if own else []
    if not own or (held and LOCK not in held):
        said = f"what no run of yours made is in the way: {space}"
        raise refused(shown, said, "move it, or name another with -o")


def _user(otherwise: int) -> int:
    return os.geteuid() if hasattr(os, "geteuid") else otherwise


def _recover(space: Workspace, shown: Path) -> None:
    """Bring the result before home, where a kill came while it was put aside."""
    put_back(space.aside, space.target)
    unfinished = any(one.name.startswith(_NEW) for one in space.path.iterdir())
    if unfinished and os.path.lexists(space.aside):
        said = f"a killed run left the result before in {space.aside}, and another is in its place"
        raise refused(shown, said, "remove one of them, or name another with -o")


def _clear(space: Path) -> None:
    """Remove all but the lock, as far as can be."""
    for one in sorted(space.iterdir()):
        if one.name != LOCK:
            remove(one)


def remove(path: Path) -> None:
    """Remove a file or a folder with all it holds, as far as can be; no link is followed."""
    if path.is_symlink() or not path.is_dir():
        with suppress(OSError):
            path.unlink()
        return
    for folder, _, _ in os.walk(path):
        with suppress(OSError):  # what may not be written cannot be emptied
            Path(folder).chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)


def _leave(space: Path, handle: int) -> None:
    """Clear the hidden folder and remove it; the lock goes last, because it says whose it is."""
    try:
        with suppress(OSError):
            if not os.path.lexists(space / ASIDE):
                _clear(space)
            if [one.name for one in space.iterdir()] == [LOCK]:
                (space / LOCK).unlink()
                space.rmdir()
    finally:
        os.close(handle)
