from pathlib import Path

import click

from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import result

FIRST = "turku"  # the tender of the command that is shown
DAY = "2026-09-30"  # the day that the samples are told for


@click.command(cls=Command)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def samples(*, folder: Path) -> Exit:
    """Copy the sample tenders into a new folder, to read, to change and to try.

    \b
    Example:
      offsetcheck samples samples
    """
    import shlex

    from offsetcheck.api.samples import copy_samples

    for path in copy_samples(folder):
        result(str(path))
    tender = shlex.quote(str(folder / FIRST))
    result(f"offsetcheck assess {tender} --as-of {DAY} -o out/{FIRST}")
    return Exit.DONE
