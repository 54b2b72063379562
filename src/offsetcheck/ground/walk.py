"""A stranger's folder walked once, and its files read once, within limits and without surprises.

Nothing but plain files is opened: no pipe that would wait for ever, no device that never ends. A
file is looked at by the handle that it is read from, so that nobody can swap it in between.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HIDDEN = "."
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
# What a system lacks is left out; the look at the open file holds everywhere.
FLAGS = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    FLAGS |= getattr(os, _flag, 0)


class NotPlainError(Exception):
    """What stands at a path is no plain file that may be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a folder may hold: entries, folders in folders, and bytes of all files together."""

    entries: int
    depth: int
    total: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one entry of a folder, and what to do about it."""

    name: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """What a folder holds, by path relative to it with `/` between parts.

    `files` are the bytes of those with a wanted suffix, `names` all that are not hidden. `cut`
    says that the folder holds more than it may, so that the rest was not looked at.
    """

    files: Mapping[str, bytes]
    names: tuple[str, ...]
    faults: tuple[Fault, ...]
    cut: bool


def walk(folder: Path, wanted: Mapping[str, int], bounds: Bounds) -> Walked:
    """Walk a folder and read the files whose suffix is wanted, each up to its number of bytes.

    Names that begin with a dot are passed over. A link is followed to a plain file within the
    folder only. Never raises: whatever cannot be read is a fault.
    """
    walking = _Walk(Path(os.path.realpath(folder)), wanted, bounds)
    cut = False
    try:
        walking.run()
    except _TooMuchError as error:
        walking.faults.append(Fault(".", str(error)))
        cut = True
    return Walked(walking.files, tuple(walking.names), tuple(walking.faults), cut)


def read_plain(path: Path, limit: int, *, own: bool = False) -> bytes:
    """Return the bytes of a plain file, which is opened once and never through a link.

    With `own`, it must also belong to the user, and nobody else may write to it. Raises
    NotPlainError for what is no such file or larger than `limit`, OSError as `open` does.
    """
    handle = os.open(path, FLAGS)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise NotPlainError(f"this is {_kind(found.st_mode)}, no plain file")
        if own and not is_own(found):
            raise NotPlainError("the file is not the user's alone")
        if found.st_size > limit:
            raise NotPlainError(f"the file has more than {limit:,} bytes")
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(found.st_size + 1)
    finally:
        os.close(handle)
    if len(content) != found.st_size:
        raise NotPlainError("the file changed while it was read")
    return content


def is_own(found: os.stat_result) -> bool:
    """Whether something belongs to the user and nobody else may write to it.

    Systems without owners and rights of this kind guard a user's folders by other means.
    """
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & OTHERS_MAY_WRITE


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFLNK: "a link",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


class _TooMuchError(Exception):
    """Raised where a folder holds more than it may."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One folder of the walk: where it is, what its names begin with, how deep it lies."""

    path: Path
    start: str = ""
    depth: int = 0


class _Walk:
    """Walks with a list of its own, so that depth cannot hurt."""

    def __init__(self, root: Path, wanted: Mapping[str, int], bounds: Bounds) -> None:
        self.root = root
        self.wanted = wanted
        self.bounds = bounds
        self.files: dict[str, bytes] = {}
        self.names: list[str] = []
        self.faults: list[Fault] = []
        self.total = 0

    def run(self) -> None:
        waiting = [_Level(self.root)]
        while waiting:
            level = waiting.pop()
            waiting.extend(reversed(list(self.level(level))))

    def level(self, level: _Level) -> Iterator[_Level]:
        """Read the files of a folder and yield the folders within, both by name."""
        for name, entry in self.entries(level):
            path = level.path / entry.name
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode):
                    yield self.below(name, path, level.depth + 1)
                elif stat.S_ISLNK(mode):
                    self.link(name, path)
                elif stat.S_ISREG(mode):
                    self.file(name, path)
                else:
                    self.fault(name, f"this is {_kind(mode)}, no plain file")
            except NotPlainError as error:
                self.fault(name, str(error))
            except OSError as error:
                self.fault(name, f"the file cannot be read: {_why(error)}")

    def entries(self, level: _Level) -> list[tuple[str, "os.DirEntry[str]"]]:
        """Return what is not hidden in a folder, by name; the count stops a listing early."""
        found: list[tuple[str, os.DirEntry[str]]] = []
        try:
            with os.scandir(level.path) as listing:
                for entry in listing:
                    if entry.name.startswith(HIDDEN):
                        continue
                    found.append((level.start + entry.name, entry))
                    if len(self.names) + len(found) > self.bounds.entries:
                        said = f"the folder has more than {self.bounds.entries:,} files"
                        raise _TooMuchError(said)
        except OSError as error:
            place = level.start.removesuffix("/") or "."
            self.fault(place, f"the folder cannot be read: {_why(error)}")
        found.sort(key=lambda pair: pair[0])
        self.names.extend(name for name, _ in found)
        return found

    def below(self, name: str, path: Path, depth: int) -> _Level:
        if depth > self.bounds.depth:
            raise _TooMuchError(f"the folder is more than {self.bounds.depth} folders deep")
        return _Level(path, f"{name}/", depth)

    def link(self, name: str, path: Path) -> None:
        """Read a link to a plain file within the folder; any other is a fault."""
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(self.root):
            self.fault(name, "this link leads out of the folder", "put the file itself here")
        elif target.is_dir():
            self.fault(name, "this link leads to a folder", "put the folder itself here")
        else:
            self.file(name, target)

    def file(self, name: str, path: Path) -> None:
        """Read a file where its suffix is wanted."""
        limit = self.wanted.get(Path(name).suffix)
        if limit is None:
            return
        if not name.isprintable():
            raise NotPlainError("the name of this file cannot be printed")
        content = read_plain(path, limit)
        self.total += len(content)
        if self.total > self.bounds.total:
            raise _TooMuchError(f"the files have more than {self.bounds.total:,} bytes together")
        self.files[name] = content

    def fault(self, name: str, message: str, hint: str | None = None) -> None:
        self.faults.append(Fault(name, message, hint))


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).casefold()
