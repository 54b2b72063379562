"""Reports that a run has finished, kept until the whole of it is done, so that another may go on.

They lie beside the folder of results, in `RESULTS.begun`, apart for every input, rulebook, city,
day and choice that a report depends on: what any of these changes is never taken over.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import Case
from offsetcheck.ground.canonical import bytes_hash, content_hash
from offsetcheck.ground.publish.naming import naming
from offsetcheck.vocabulary.problem import OutputError, Place, Problem

NAME = "{name}.begun"
LETTERS = 32  # of a hash, in the name of a folder
PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class BegunReports:
    """The finished reports of one list for one city; `folder` is where they are kept."""

    folder: Path

    def finished(self, files: Iterable[str]) -> frozenset[str]:
        """Return those of some files that an earlier run has finished."""
        return frozenset(files) & frozenset(path.name for path in self.folder.iterdir())

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Let an OSError that is raised in the block say that what is finished stays here."""
        try:
            yield
        except OSError as error:
            finished = sum(1 for _ in self.folder.iterdir())
            reason = (error.strerror or str(error)).casefold()
            message = f"a finished report cannot be kept here: {reason}"
            hint = f"{finished:,} are kept; make room, then run the same command again"
            place = Place(str(self.folder.parent))
            raise OutputError([Problem(message, place, hint)]) from None

    def give(self, files: Sequence[str], folder: Path) -> None:
        """Put finished reports into the folder of results; they stay here too."""
        for name in files:
            with naming(folder / name):
                shutil.copyfile(self.folder / name, folder / name)


def begun_of(
    goal: Path, case: Case, choices: Sequence[str], templates: Path | None
) -> BegunReports:
    """Return the reports begun of a case; `choices` are the options that a report depends on.

    Raises OutputError where they cannot be kept.
    """
    origin, bound = case.setting.origin, case.bound
    told = (
        *(origin.files, origin.input_hash, origin.engine_version, origin.reproduce),
        *(bound.hash, bound.files_hash, bound.city.id, bound.as_of.isoformat()),
        *(case.setting.wording.language, tuple(choices), _hash_of(templates)),
    )
    folder = place_of(goal) / content_hash(told)[:LETTERS]
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).casefold()
        message = f"finished reports cannot be kept here: {reason}"
        raise OutputError([Problem(message, Place(str(place_of(goal))))]) from None
    return BegunReports(folder)


def place_of(goal: Path) -> Path:
    """Return the folder in which what was begun of some results is kept."""
    return goal.parent / NAME.format(name=goal.name)


def forget(goal: Path) -> None:
    """Remove what was begun of results that are whole now."""
    shutil.rmtree(place_of(goal), ignore_errors=True)


def _hash_of(templates: Path | None) -> str:
    """Return the hash of a city's own templates, with their names."""
    if templates is None:
        return ""
    files = sorted(path for path in templates.rglob("*") if path.is_file())
    names = (path.relative_to(templates).as_posix().encode() for path in files)
    return bytes_hash([*names, *(path.read_bytes() for path in files)])
