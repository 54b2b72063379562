from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, show_all, show_readings, typed

TENDER = click.argument("path", metavar="TENDER", type=click.Path(path_type=Path))


@click.group()
def evidence() -> None:
    """Work on the evidence of a tender."""


@evidence.command(cls=Command)
@TENDER
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; the tender's own evidence.yaml unless given.",
)
@options.RULES
@options.FORCE
def state(*, path: Path, output: Path | None, rules: Path | None, force: bool) -> Exit:
    """Write what the offers say into the entries of evidence.yaml that state no value.

    A paper confirms a value: check each against its paper before the file is used. Comments and
    order stay as they are.

    \b
    Examples:
      offsetcheck evidence state tender/ -o checked.yaml
      offsetcheck evidence state tender/ --force
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.evidence import state_evidence

    done = state_evidence(path, open_rulebook(rules), output, replace=force, command=typed())
    show_readings(done.readings)
    show_all(done.problems)
    note(f"{done.entries} entries now state values: check each against its paper")
    result(str(done.path))
    return Exit.INPUT if done.problems else Exit.DONE
