"""One text as the result: on standard output, or into a file, whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from offsetcheck.cli.options import Command, Word
from offsetcheck.cli.output import OutputError
from offsetcheck.cli.terminal import result
from offsetcheck.vocabulary.problem import Place, Problem

FILE = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A file to write instead of printing.",
)


def page_format(words: Sequence[str]) -> Callable[[Command], Command]:
    """Return the option that names the one form of a page; the first word is used unless given."""
    return click.option(
        "--format",
        "form",
        default=words[0],
        show_default=True,
        type=Word(words),
        metavar="FORMAT",
        help=f"{', '.join(words)}.",
    )


def refuse_existing(path: Path | None) -> None:
    """Raise OutputError where a file to write is there already."""
    if path is not None and path.exists():
        hint = "name another with -o, or use --force"
        raise OutputError([Problem("this file exists already", Place(str(path)), hint)])


def deliver(text: str, path: Path | None) -> None:
    """Print a text, or write it into a file and print the file's name."""
    if path is None:
        result(text.rstrip("\n"))
        return
    _write(text, path)
    result(str(path))


def _write(text: str, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        said = f"this file cannot be written: {reason}"
        raise OutputError([Problem(said, Place(str(path)))]) from error
    staged = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        staged.chmod(0o644)
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)
