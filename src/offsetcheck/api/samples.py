"""The rules and the sample tenders that travel with the package, copied to be read and changed."""

import shutil
from pathlib import Path

from offsetcheck.api.case import AnyPath
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import OutputError, Place, Problem


def copy_samples(folder: AnyPath) -> list[Path]:
    """Copy the sample tenders into a new folder; return the files written, in order.

    Raises OutputError where something of the folder's name is there already. On any other error
    the new folder is gone again.
    """
    return _copy("samples", Path(folder))


def copy_rules(folder: AnyPath) -> list[Path]:
    """Copy the installed rules into a new folder, as `copy_samples` does the samples."""
    return _copy("rules", Path(folder))


def _copy(name: str, folder: Path) -> list[Path]:
    source = bundled(name)
    files = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        problem = Problem("this exists already", Place(str(folder)), "name a new folder")
        raise OutputError([problem]) from error
    try:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            # The text alone: an installation may be read-only, and a copy is there to be changed.
            shutil.copyfile(source / file, folder / file)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return [folder / file for file in files]
