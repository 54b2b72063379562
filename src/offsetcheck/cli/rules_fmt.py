"""`offsetcheck rules fmt`."""

from pathlib import Path

import click

from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, typed


@click.command("fmt", cls=Command)
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing: print what would be otherwise, and end with status 4 where anything is.",
)
def lay_out(*, paths: tuple[Path, ...], check: bool) -> Exit:
    """Lay rule files out alike: order of keys, indentation, quotes, blank lines.

    What a file says stays the same, and every comment is kept.

    \b
    Examples:
      offsetcheck rules fmt rules/
      offsetcheck rules fmt rules/permanence/storage_floor.yaml
      offsetcheck rules fmt --check rules/
    """
    from offsetcheck.api.layout import lay_out as laid_out
    from offsetcheck.api.layout import write_layout

    files = laid_out(paths)
    changed = [file for file in files if file.is_changed]
    if check:
        for file in changed:
            result(file.difference.rstrip("\n"))
        note(f"{counted(len(files), 'file')}, {len(changed):,} would be laid out otherwise")
        return Exit.RULEBOOK if changed else Exit.DONE
    for path in write_layout(files, typed()):
        result(str(path))
    note(f"{counted(len(files), 'file')}, {len(changed):,} laid out anew")
    return Exit.DONE
