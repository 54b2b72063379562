"""A folder of results that appears whole or not at all."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.publish.foreign import (
    Foreign,
    carry,
    carry_late,
    files_in,
    foreign_in,
    listed,
    refuse_in_the_way,
    write_listing,
)
from offsetcheck.ground.publish.refusal import reason, refused
from offsetcheck.ground.publish.swap import flush, put_back, swap_folder
from offsetcheck.ground.publish.workspace import Workspace, beside, remove, workspace

_ANOTHER = "name another with -o, or use --force"
_WITHIN = "name a folder within it with -o"


@dataclass(frozen=True)
class FolderInMaking:
    """A result that is being made: write into `draft`; `shown` is how the user named the folder."""

    shown: Path
    draft: Path
    space: Workspace
    replace: bool
    identity: os.stat_result

    @property
    def is_in_place(self) -> bool:
        """Whether what was written here stands in its place by now."""
        try:
            return os.path.samestat(self.identity, self.space.target.lstat())
        except OSError:
            return False

    def refuse(self, names: Collection[str]) -> None:
        """Raise PublishError where files of these paths within would hit what no run wrote.

        Called as soon as the names are known, before long work; `publish` looks again.
        """
        if self.space.target.is_dir():
            self._foreign(listed(self.space.target), names)

    def publish(self) -> None:
        """Put what was written in the place of the result before; foreign files stay."""
        target, draft = self.space.target, self.draft
        written = files_in(draft)
        own = listed(target)
        if target.is_dir():
            foreign = self._foreign(own, written)
            carry(foreign, target, draft)
            shutil.copymode(target, draft)
        write_listing(draft, written)
        _flush_all(draft, written)
        before = swap_folder(draft, target, self.space.aside)
        flush(target.parent)
        if before is not None:
            # From here on the result before is past, and no kill brings it home.
            before.rename(self.space.past)
            carry_late(self.space.past, target, own, written)
            remove(self.space.past)

    def _foreign(self, own: Collection[str], names: Collection[str]) -> list[Foreign]:
        """Return what no run wrote into the folder; raise PublishError where that is in the way."""
        target = self.space.target
        if not self.replace and any(target.iterdir()):
            raise refused(self.shown, "this folder is not empty", _ANOTHER)
        found = foreign_in(target, own)
        refuse_in_the_way(found, names, self.shown, target)
        return found


@contextmanager
def folder_in_making(shown: Path, *, replace: bool, command: str) -> Iterator[FolderInMaking]:
    """Yield a folder to write into, which becomes `shown` when the block ends well.

    The name is held against other runs meanwhile. With `replace`, files that an earlier run listed
    go, all others stay; without it, a folder that holds anything is refused. On an error or kill,
    the folder is as it was. Raises PublishError.
    """
    target = _resolved(shown)
    _refuse_unfit(shown, target)
    with workspace(target, shown, command) as space:
        draft = space.fresh()
        try:
            with _told_of(shown, draft):
                draft.mkdir()
                made = FolderInMaking(shown, draft, space, replace, draft.stat())
                made.refuse(())
                yield made
            with _told_of(shown, draft, target, space.path):
                made.publish()
        finally:
            put_back(space.aside, target)


def left_over(shown: Path) -> Path | None:
    """Return the hidden folder beside a result where a run has left it behind."""
    with suppress(OSError, RuntimeError):
        beside_it = beside(shown.resolve())
        return beside_it if os.path.lexists(beside_it) else None
    return None


def _resolved(shown: Path) -> Path:
    try:
        return shown.resolve()
    except (OSError, RuntimeError) as error:
        raise refused(shown, "this is a link that leads to itself") from error


def _refuse_unfit(shown: Path, target: Path) -> None:
    """Raise PublishError for what cannot be replaced as a whole."""
    if os.path.lexists(target) and not target.is_dir():
        raise refused(shown, "there is a file of this name", "name a folder with -o")
    if not target.name or os.path.ismount(target):
        raise refused(shown, "this folder is a disk of its own and cannot be replaced", _WITHIN)
    if target.is_dir() and Path.cwd().is_relative_to(target):
        raise refused(shown, "this is the folder you are in, and cannot be replaced", _WITHIN)


def _flush_all(draft: Path, written: Collection[str]) -> None:
    for name in written:
        flush(draft / name)
    for where, _, _ in os.walk(draft):
        flush(Path(where))


@contextmanager
def _told_of(shown: Path, *places: Path) -> Iterator[None]:
    """Turn an error of the system about one of these places into ours, with the user's path."""
    try:
        yield
    except OSError as error:
        for name in (error.filename, error.filename2):
            for place in places:
                if isinstance(name, str | os.PathLike) and Path(name).is_relative_to(place):
                    path = shown / Path(name).relative_to(place)
                    raise refused(path, f"cannot be written: {reason(error)}") from error
        raise
