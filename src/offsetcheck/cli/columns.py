from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, show_some, typed

LIST = click.argument("path", metavar="FILE|TENDER", type=click.Path(path_type=Path))


@click.command(cls=Command)
@LIST
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; columns.yaml beside the list unless given.",
)
@options.NUMBERS
@options.DATES
@options.RULES
@options.FORCE
def columns(
    *,
    path: Path,
    output: Path | None,
    numbers: str | None,
    dates: str | None,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Write what each column of a list is taken for, to be put right and kept.

    Of a tender folder it is read by itself; for another list name it with --columns.

    \b
    Examples:
      offsetcheck columns offers.xlsx -o columns.yaml
      offsetcheck columns tender/
      offsetcheck assess offers.xlsx --columns columns.yaml --city turku
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.columns import write_columns

    done = write_columns(
        path, open_rulebook(rules), output,
        numbers=numbers, dates=dates, replace=force, command=typed(),
    )  # fmt: skip
    show_some(done.problems, f"see {done.path}")
    note(f"{done.taken} of {done.columns} columns are taken for fields: check each")
    result(str(done.path))
    return Exit.DONE
