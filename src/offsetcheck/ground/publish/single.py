"""One file that appears whole or not at all."""

import os
import stat
from pathlib import Path

from offsetcheck.ground.publish.naming import naming
from offsetcheck.ground.publish.refusal import reason, refused
from offsetcheck.ground.publish.swap import flush
from offsetcheck.ground.publish.workspace import workspace


def refuse_existing(shown: Path, *, replace: bool) -> None:
    """Raise PublishError where a file may not be written: it exists, or is no plain file."""
    try:
        mode = shown.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise refused(shown, f"cannot be written: {reason(error)}") from error
    if stat.S_ISDIR(mode):
        raise refused(shown, "there is a folder of this name", "name a file with -o")
    if not stat.S_ISREG(mode):
        raise refused(shown, "this is no plain file", "leave out -o to print the result")
    if not replace:
        hint = "name another with -o, or use --force"
        raise refused(shown, "this file exists already", hint)


def write_file(shown: Path, content: bytes, *, replace: bool, command: str) -> None:
    """Write a file, or leave what was there as it was; raises PublishError.

    A file that is replaced keeps its permissions, and a link goes on leading to it.
    """
    refuse_existing(shown, replace=replace)
    try:
        target = shown.resolve()
        with workspace(target, shown, command) as space:
            draft = space.fresh()
            with naming(draft):
                draft.write_bytes(content)
            flush(draft)
            if replace and target.exists():
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            _put(draft, target, replace=replace)
            flush(target.parent)
    except FileExistsError:
        refuse_existing(shown, replace=replace)
        raise
    except (OSError, RuntimeError) as error:
        said = reason(error) if isinstance(error, OSError) else "a link that leads to itself"
        raise refused(shown, f"cannot be written: {said}") from error


def _put(draft: Path, target: Path, *, replace: bool) -> None:
    """Give the draft its name; without `replace`, raise FileExistsError where it is taken."""
    if replace:
        draft.replace(target)
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # the file system makes no links
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from None
        draft.rename(target)
