"""`offsetcheck rules new`, `cities new`, `tables new` and `fields new`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, typed

if TYPE_CHECKING:
    from offsetcheck.api.scaffold import Begun

FOLDER = click.option(
    "--rules",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The rule folder to which it is added.",
)


@click.group()
def fields() -> None:
    """Add to the dictionary of what projects and purchases state.

    \b
    Example:
      offsetcheck fields new soil_depth --type number --rules rules/
    """


@click.command("new", cls=Command)
@click.argument("rule", metavar="DIMENSION.NAME")
@click.option("--from", "copy", metavar="RULE", help="Begin with a copy of this rule.")
@options.AS_OF
@FOLDER
def new_rule(*, rule: str, copy: str | None, as_of: date, folder: Path) -> Exit:
    """Begin a rule: a file that loads, with the next free code and examples to fill in.

    \b
    Examples:
      offsetcheck rules new vintage.fresh --rules rules/
      offsetcheck rules new vintage.fresh --from vintage.age --rules rules/
    """
    from offsetcheck.api.scaffold import new_rule as begun

    return _told(begun(folder, rule, as_of, copy, typed()), folder)


@click.command("new", cls=Command)
@click.argument("city", metavar="NAME")
@FOLDER
def new_city(*, city: str, folder: Path) -> Exit:
    """Begin a city's policy in a rule folder; `init city` makes a folder of a city's own.

    \b
    Example:
      offsetcheck cities new springfield --rules rules/
    """
    from offsetcheck.api.scaffold import new_city as begun

    return _told(begun(folder, city, typed()), folder)


@click.command("new", cls=Command)
@click.argument("table", metavar="NAME")
@options.AS_OF
@FOLDER
def new_table(*, table: str, as_of: date, folder: Path) -> Exit:
    """Begin a dated table: its rows, and its entry in tables.yaml.

    \b
    Example:
      offsetcheck tables new soil_types --rules rules/
    """
    from offsetcheck.api.scaffold import new_table as begun

    return _told(begun(folder, table, as_of, typed()), folder)


@fields.command("new", cls=Command)
@click.argument("field", metavar="NAME")
@click.option(
    "--type", "kind", default="number", show_default=True, metavar="TYPE", help="Its type."
)
@click.option(
    "--subject",
    type=click.Choice(["candidate", "purchase"]),
    default="candidate",
    show_default=True,
    help="Who states it.",
)
@FOLDER
def new_field(*, field: str, kind: str, subject: str, folder: Path) -> Exit:
    """Begin a field of the dictionary, with its question to fill in.

    \b
    Example:
      offsetcheck fields new soil_depth --type number --rules rules/
    """
    from offsetcheck.api.scaffold import new_field as begun

    return _told(begun(folder, field, kind, subject, typed()), folder)


def _told(begun: "Begun", folder: Path) -> Exit:
    """Print the files, and what an author does next."""
    for path in begun.files:
        result(str(path))
    if begun.code is not None:
        note(f"its code is {begun.code}; a new criterion is named in catalogue.yaml as well")
    note(f"fill in what says FILL IN, then run `offsetcheck rules check {folder}`")
    note("pages made of the rules are made anew by `make docs` or `offsetcheck rules docs`")
    return Exit.DONE
