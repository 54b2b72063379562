"""Where results go: a folder or a file, whole or not at all; refusals are located problems."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offsetcheck.ground.publish.folder import FolderInMaking, folder_in_making, left_over
from offsetcheck.ground.publish.refusal import PublishError
from offsetcheck.ground.publish.single import refuse_existing, write_file
from offsetcheck.vocabulary.problem import OutputError, Place, Problem

# What another run reads about this one while it holds the name of a result.
PROGRAM = "a program that uses offsetcheck"


@contextmanager
def result_folder(
    folder: Path, *, replace: bool, command: str = PROGRAM
) -> Iterator[FolderInMaking]:
    """Hold the folder's name for this run; what is written into its draft appears at the end.

    Raises OutputError, before the block where it is known by then. An interrupt bears a note of
    what it left.
    """
    made: FolderInMaking | None = None
    try:
        with (
            refusals_located(),
            folder_in_making(folder, replace=replace, command=command) as made,
        ):
            yield made
    except KeyboardInterrupt as error:
        error.add_note(_fate(folder, is_new=made is not None and made.is_in_place))
        raise


def refuse_file(path: Path | None, *, replace: bool) -> None:
    """Raise OutputError where a file to be written is there already, or cannot be one."""
    if path is not None:
        with refusals_located():
            refuse_existing(path, replace=replace)


def write_result(path: Path, page: str | bytes, *, replace: bool, command: str = PROGRAM) -> None:
    """Write a text or bytes into a file, whole or not at all; raises OutputError."""
    content = page.encode("utf-8") if isinstance(page, str) else page
    with refusals_located():
        write_file(path, content, replace=replace, command=command)


@contextmanager
def refusals_located() -> Iterator[None]:
    """Turn what refuses a path in the block into an OutputError with located problems."""
    try:
        yield
    except PublishError as error:
        problems = [Problem(r.message, Place(r.path), r.hint) for r in error.refusals]
        raise OutputError(problems) from error


def _fate(folder: Path, *, is_new: bool) -> str:
    """Return what a folder holds after an interruption, and what lies beside it."""
    if is_new:
        said = f"{folder} holds the new result, whole"
    elif os.path.lexists(folder):
        said = f"{folder} is as it was"
    else:
        said = f"{folder} was not made"
    left = left_over(folder)
    return f"{said}; what was begun lies in {left}, the next run clears it" if left else said
