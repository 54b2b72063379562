"""Errors of writing that name their file, which the system does only when it opens one."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NUMBER = re.compile(r"\(os error (\d+)\)")  # how Rust's libraries say what the system said


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an OSError that is raised in the block name this file where it names none."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise write_error(path, error) from error


def write_error(path: Path, error: Exception) -> OSError:
    """Return what a library says of a failed write as an OSError with number, words and file."""
    number = getattr(error, "errno", None)
    said = _NUMBER.search(str(error))
    if number is None and said is not None:
        number = int(said[1])
    if number is None:
        return OSError(errno.EIO, " ".join(str(error).split()) or "not possible", str(path))
    return OSError(number, os.strerror(number), str(path))


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with plain line ends; an error names the file."""
    with naming(path):
        path.write_text(text, encoding="utf-8", newline="\n")


def write_page(path: Path, page: str | bytes) -> None:
    """Write a text as `write_text` does, or bytes as they are; an error names the file."""
    if isinstance(page, str):
        write_text(path, page)
        return
    with naming(path):
        path.write_bytes(page)
