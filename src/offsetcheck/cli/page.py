"""One page as the result: on standard output, or into a file, whole or not at all."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from offsetcheck.cli.options import Command, Form
from offsetcheck.cli.terminal import named_output, note, result, typed
from offsetcheck.report.format import Page, format_names, written_as

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
        type=Form(names),
        metavar="FORMAT",
        help=f"{', '.join(names)}.",
    )


def refuse_file(path: Path | None, *, replace: bool) -> None:
    """Raise OutputError, before long work, where a file to be written may not be one."""
    from offsetcheck.api.output import refuse_file as refuse

    refuse(path, replace=replace)


def path_of(form: str, path: Path | None, words: Mapping[str, str]) -> Path | None:
    """Return the file for a page of a format; note where another format has to be written.

    That one's file ends as its files do: nobody takes a page of HTML for a PDF.
    """
    from offsetcheck.report.render import substitution

    said = substitution(form, words)
    if said is None:
        return path
    note(said)
    return None if path is None else path.with_suffix(f".{written_as(form)[0].suffix}")


def deliver(page: Page, path: Path | None, *, replace: bool) -> None:
    """Print a page, or write it into a file and print the file's name; raises OutputError.

    Bytes go to a file or a program: a terminal would take them for commands.
    """
    if path is None:
        _print(page)
        return
    from offsetcheck.api.output import write_result

    write_result(path, page, replace=replace, command=typed())
    result(str(path))


def _print(page: Page) -> None:
    if isinstance(page, str):
        result(page.rstrip("\n"))
        return
    if sys.stdout.isatty():
        said = "this format is no text for a terminal; send it into a file, as in `> report.pdf`"
        raise click.UsageError(said)
    with named_output():
        sys.stdout.buffer.write(page)
        sys.stdout.flush()
