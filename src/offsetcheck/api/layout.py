"""Rule files in the layout of the house: what would be otherwise, or the files written anew."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from offsetcheck.api.output import PROGRAM, write_result
from offsetcheck.ground.walk import Fault, NotPlainError, read_plain
from offsetcheck.rulebook.files.folder import MAX_YAML_BYTES, gather
from offsetcheck.vocabulary.problem import Place, Problem, RequestError, RulebookError
from offsetcheck.workshop.layout.arrange import arranged

GUIDE = "guide.yaml"  # at the top of every rule folder
DEEPEST = 6  # folders above a file in which its rule folder is looked for
NAME_SOME = "name rule files or folders, as in `offsetcheck rules fmt rules/`"


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A rule file as it is, and as it would lie in the layout of the house."""

    path: Path
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after

    @property
    def difference(self) -> str:
        """The lines that differ, as `diff -u` shows them."""
        sides = (self.before.splitlines(keepends=True), self.after.splitlines(keepends=True))
        return "".join(unified_diff(*sides, str(self.path), str(self.path)))


def lay_out(paths: Iterable[Path]) -> tuple[LaidOut, ...]:
    """Return rule files, and those of folders, as they would lie; nothing is written.

    A file that is no plain YAML stays as it is: `rules check` tells what is wrong with it. Raises
    RequestError for a path that holds no rule file, RulebookError for a folder that is refused.
    """
    found = dict.fromkeys(path for named in paths for path in _files(named))
    if not found:
        raise RequestError.about("paths", "no rule file is named", NAME_SOME)
    return tuple(_laid_out(path) for path in found)


def write_layout(files: Iterable[LaidOut], command: str = PROGRAM) -> tuple[Path, ...]:
    """Write the files that are otherwise in the layout of the house; raises OutputError."""
    changed = tuple(file for file in files if file.is_changed)
    for file in changed:
        write_result(file.path, file.after, replace=True, command=command)
    return tuple(file.path for file in changed)


def _files(named: Path) -> Iterator[Path]:
    if named.is_dir():
        walked = gather(named)
        if walked.faults:
            raise RulebookError([_in(named, fault) for fault in walked.faults])
        yield from (named / name for name in sorted(walked.files) if name.endswith(".yaml"))
    elif named.suffix == ".yaml" and os.path.lexists(named):
        _refuse_link(named)
        yield named
    else:
        said = "rule files end in `.yaml`" if named.exists() else "there is no such file or folder"
        raise RequestError([Problem(said, Place(str(named)), NAME_SOME)])


def _refuse_link(named: Path) -> None:
    """Raise RequestError for a file that is a link, or lies behind one in its rule folder.

    What is written would come to stand where the link leads, which may be out of the folder.
    """
    path = named.absolute()
    if path.is_symlink():
        raise _no_plain(named, "this is a link, no plain file")
    folders = list(path.parents)[:DEEPEST]
    top = next((at for at, folder in enumerate(folders) if (folder / GUIDE).is_file()), 0)
    if any(folder.is_symlink() for folder in folders[:top]):
        raise _no_plain(named, "this file lies behind a link")


def _no_plain(named: Path, message: str) -> RequestError:
    return RequestError([Problem(message, Place(str(named)), "name the file itself")])


def _in(folder: Path, fault: Fault) -> Problem:
    return Problem(fault.message, Place(str(folder / fault.name)), fault.hint)


def _laid_out(path: Path) -> LaidOut:
    try:
        text = read_plain(path, MAX_YAML_BYTES).decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(
            [Problem("the file is not UTF-8", Place(str(path)), "save it as UTF-8")]
        ) from None
    except (OSError, NotPlainError) as error:
        raise RequestError(
            [Problem(f"this file cannot be read: {error}", Place(str(path)))]
        ) from None
    return LaidOut(path, text, arranged(_within(path), text))


def _within(path: Path) -> str:
    """Return the folder and name of a file: they tell which keys it has."""
    parts = path.resolve().parts[-3:]
    return "/".join(parts[-3:] if parts[-3:-2] == ("words",) else parts[-2:])
