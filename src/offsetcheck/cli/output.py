"""Write a folder whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offsetcheck.vocabulary.problem import InputError, Place, Problem

LISTING = ".offsetcheck-files"


class OutputError(InputError):
    """A folder that may not be written into; nothing was written."""


def refuse_occupied(folder: Path) -> None:
    """Raise OutputError where the folder holds something already."""
    _refuse_file(folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise _refusal(folder, "this folder is not empty", "name another with -o, or use --force")


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Yield a new folder to write into; its files move to `folder` when the block ends well.

    What an earlier run listed as its own is removed first; other files stay. On an error nothing
    in `folder` changes. Raises OutputError where the folder cannot be made.
    """
    staging = _staging(folder)
    try:
        yield staging
        _publish(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _refuse_file(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise _refusal(folder, "there is a file of this name", "name a folder with -o")


def _staging(folder: Path) -> Path:
    _refuse_file(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise _refusal(folder, f"this folder cannot be written: {reason}", None) from error


def _refusal(folder: Path, message: str, hint: str | None) -> OutputError:
    return OutputError([Problem(message, Place(str(folder)), hint)])


def _publish(staging: Path, folder: Path) -> None:
    written = sorted(str(f.relative_to(staging)) for f in staging.rglob("*") if f.is_file())
    (staging / LISTING).write_text(json.dumps(written, indent=0) + "\n", encoding="utf-8")
    _remove_earlier(folder)
    for name in [*written, LISTING]:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)


def _remove_earlier(folder: Path) -> None:
    for name in _listed(folder):
        target = folder / name
        # The listing may come from anywhere: it reaches nothing outside its own folder.
        if target.resolve().is_relative_to(folder.resolve()) and target.is_file():
            target.unlink()


def _listed(folder: Path) -> list[str]:
    try:
        names = json.loads((folder / LISTING).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
