from pathlib import Path

import click

from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import result

FIRST = "turku"  # the tender of the command that is shown
DAY = "2026-09-30"  # the day that the samples are told for


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def samples(*, folder: Path) -> Exit:
    """Copy the sample tenders into a new folder, to read, to change and to try.

    \b
    Example:
      offsetcheck samples samples
    """
    import shlex

    for path in copied_samples(folder):
        result(str(path))
    tender = shlex.quote(str(folder / FIRST))
    result(f"offsetcheck assess {tender} --as-of {DAY} -o out/{FIRST}")
    return Exit.DONE


def copied_samples(folder: Path) -> list[Path]:
    """Copy the samples that travel with the package; return the files written, in order.

    Raises OutputError where something of the folder's name is there already. On any other error
    the new folder is gone again.
    """
    import shutil

    from offsetcheck.cli.output import OutputError
    from offsetcheck.ground.bundled import bundled
    from offsetcheck.vocabulary.problem import Place, Problem

    source = bundled("samples")
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
