"""What stands in a folder that no run wrote: found, held against new names, and carried over."""

import json
import os
import shutil
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from offsetcheck.ground.publish.naming import write_text
from offsetcheck.ground.publish.refusal import PublishError, Refusal, refused
from offsetcheck.ground.publish.workspace import is_in_use

LISTING = ".offsetcheck-files"
MAX_FOREIGN_FILES = (
    10_000  # what more is foreign makes a folder somebody's own, not one for results
)
SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Foreign:
    """A file or folder that no run wrote, by its path within the result, with `/` between."""

    name: str
    is_folder: bool


def listed(folder: Path) -> frozenset[str]:
    """Return the files that an earlier run says it wrote, by their paths within, and the listing.

    The listing may come from a stranger: it decides only what is left behind of this folder.
    """
    path = folder / LISTING
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return frozenset()
        names = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
    except (ValueError, RecursionError):
        names = []
    said = names if isinstance(names, list) else []
    return frozenset(name for name in said if isinstance(name, str)) | {LISTING}


def write_listing(folder: Path, names: Iterable[str]) -> None:
    """Write down the files that this run has written into a folder."""
    text = json.dumps(sorted(names), indent=0) + "\n"
    write_text(folder / LISTING, text)


def files_in(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, within it and sorted."""
    found = (
        (Path(where) / name).relative_to(folder).as_posix()
        for where, _, names in os.walk(folder, onerror=_stop)
        for name in names
    )
    return sorted(found)


def foreign_in(folder: Path, own: Collection[str]) -> list[Foreign]:
    """Return what no run wrote into a folder, folders before what they hold; `own` is the rest.

    A folder counts where it holds something foreign, or nothing that a run wrote. Raises OSError
    where something cannot be looked into.
    """
    found: list[Foreign] = []
    with_own: set[Path] = set()
    with_foreign: set[Path] = set()
    for where, folders, files in os.walk(folder, topdown=False, onerror=_stop):
        here = Path(where)
        links = [name for name in folders if (here / name).is_symlink()]
        for path in (here / name for name in (*files, *links)):
            name = path.relative_to(folder).as_posix()
            if name in own and _is_plain(path):
                with_own.add(here)
            else:
                with_foreign.add(here)
                found.append(Foreign(name, is_folder=False))
        if here != folder and (here in with_foreign or here not in with_own):
            with_foreign.add(here.parent)
            found.append(Foreign(here.relative_to(folder).as_posix(), is_folder=True))
        elif here in with_own:
            with_own.add(here.parent)
    return sorted(found)


def refuse_in_the_way(
    found: Collection[Foreign], names: Collection[str], shown: Path, target: Path
) -> None:
    """Raise PublishError where something foreign has a path that one of the names needs."""
    if len(found) > MAX_FOREIGN_FILES:
        said = f"it holds more than {MAX_FOREIGN_FILES:,} files that no run wrote"
        raise refused(shown, said, "name a folder for results alone with -o")
    wanted = {*names, LISTING}
    above = {str(folder) for name in wanted for folder in PurePosixPath(name).parents}
    refusals = []
    for one in found:
        if one.is_folder and one.name in wanted:
            said = "a folder that no run wrote is in the way of a file"
        elif not one.is_folder and (one.name in wanted or one.name in above):
            said = "a file that no run wrote is in the way"
        elif one.is_folder and is_in_use(target / one.name):
            said = "another run is writing here"
        else:
            continue
        hint = "move it, or name another folder with -o"
        refusals.append(Refusal(str(shown / one.name), said, hint))
    if refusals:
        raise PublishError(refusals[:SHOWN])


def carry(found: Iterable[Foreign], source: Path, goal: Path) -> None:
    """Let a folder hold what is foreign in another one as well; files are linked where possible."""
    folders = []
    for one in found:
        if one.is_folder:
            (goal / one.name).mkdir(parents=True, exist_ok=True)
            folders.append(one.name)
        else:
            link_or_copy(source / one.name, goal / one.name)
    for name in reversed(folders):
        shutil.copystat(source / name, goal / name)


def carry_late(source: Path, goal: Path, own: Collection[str], written: Collection[str]) -> None:
    """Bring what came into the old folder, or changed there, while the new one took its place.

    `own` was listed in the old folder, `written` stands in the new one and is not written over.
    """
    for one in foreign_in(source, own):
        before, after = source / one.name, goal / one.name
        if one.name in written:
            after = after.with_name(f"{after.name}.foreign")
        if one.is_folder:
            after.mkdir(parents=True, exist_ok=True)
        elif not os.path.lexists(after):
            link_or_copy(before, after)
        elif not _same(before.lstat(), after.lstat()):
            before.replace(after)


def link_or_copy(source: Path, goal: Path) -> None:
    """Give a file, link or pipe a second path; a copy where the file system makes no link."""
    try:
        os.link(source, goal, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        if source.is_symlink():
            goal.symlink_to(source.readlink())
        elif _is_plain(source):
            shutil.copy2(source, goal)
        else:
            raise


def _same(first: os.stat_result, second: os.stat_result) -> bool:
    if os.path.samestat(first, second):
        return True
    return (first.st_mtime_ns, first.st_size) == (second.st_mtime_ns, second.st_size)


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _stop(error: OSError) -> None:
    raise error
