"""One text as the result: on standard output, or into a file, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import click

from offsetcheck.cli.options import Command, Word
from offsetcheck.cli.terminal import result, typed
from offsetcheck.report.format import format_names

TEXT = "text"

FILE = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A file to write instead of printing.",
)


def page_format(kind: str) -> Callable[[Command], Command]:
    """Return the option that names the one format of an explanation; plain text unless given."""
    names = format_names(kind)
    return click.option(
        "--format",
        "form",
        default=TEXT,
        show_default=True,
        type=Word(names),
        metavar="FORMAT",
        help=f"{', '.join(names)}.",
    )


def refuse_file(path: Path | None, *, replace: bool) -> None:
    """Raise OutputError, before long work, where a file to be written may not be one."""
    from offsetcheck.api.output import refuse_file as refuse

    refuse(path, replace=replace)


def deliver(text: str, path: Path | None, *, replace: bool) -> None:
    """Print a text, or write it into a file and print the file's name; raises OutputError."""
    if path is None:
        result(text.rstrip("\n"))
        return
    from offsetcheck.api.output import write_result

    write_result(path, text, replace=replace, command=typed())
    result(str(path))
