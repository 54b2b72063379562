"""The rules and the sample tenders that travel with the package, copied to be read and changed."""

import shutil
from pathlib import Path

from offsetcheck.api.case import AnyPath
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.problem import OutputError, Place, Problem, RequestError


def copy_samples(folder: AnyPath) -> list[Path]:
    """Copy the sample tenders into a new folder; return the files written, in order.

    Raises OutputError where something of the folder's name is there already. On any other error
    the new folder is gone again.
    """
    return _copy("samples", Path(folder))


def sample_tenders() -> tuple[str, ...]:
    """Return the names of the sample tenders that travel with the package."""
    folder = bundled("samples")
    return tuple(sorted(path.parent.name for path in folder.glob("*/purchase.yaml")))


def copy_sample(name: str, folder: AnyPath) -> list[Path]:
    """Copy one sample tender into a new folder, as `copy_samples` does all of them.

    Raises RequestError for a name that is none of `sample_tenders`.
    """
    if name not in sample_tenders():
        hint = did_you_mean(name, sample_tenders())
        raise RequestError.about("sample", f"there is no sample tender `{name}`", hint)
    return _copied(bundled("samples") / name, Path(folder))


def copy_rules(folder: AnyPath) -> list[Path]:
    """Copy the installed rules into a new folder, as `copy_samples` does the samples."""
    return _copy("rules", Path(folder))


def _copy(name: str, folder: Path) -> list[Path]:
    return _copied(bundled(name), folder)


def _copied(source: Path, folder: Path) -> list[Path]:
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
