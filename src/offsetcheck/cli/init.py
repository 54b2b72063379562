from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, typed

FOLDER = click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))


@click.group()
def init() -> None:
    """Begin a tender, the folder of a city's own, or rules of one's own.

    \b
    Examples:
      offsetcheck init tender credits-2026 --city turku
      offsetcheck init city "Port Example" --country US
      offsetcheck init rules our_rules
    """


@init.command("tender", cls=Command)
@FOLDER
@click.option(
    "--city",
    required=True,
    metavar="CITY|DIR",
    help="Whose policy decides: one of `cities list`, or a folder or file of a city's own.",
)
@options.AS_OF
@options.LANGUAGE
@options.RULES
@options.FORCE
def init_tender(
    *, folder: Path, city: str, as_of: date, language: str, rules: Path | None, force: bool
) -> Exit:
    """Write a tender's folder with every value explained, to be filled in.

    \b
    Examples:
      offsetcheck init tender credits-2026 --city turku
      offsetcheck init tender credits-2026 --city ./our_town --lang fi
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.start import init_tender as begin

    begun = begin(
        folder, open_rulebook(rules), city,
        as_of=as_of, language=language, replace=force, command=typed(),
    )  # fmt: skip
    for path in begun.files:
        result(str(path))
    note(f"read {begun.first} first: it says what to do, step by step")
    return Exit.DONE


@init.command("city", cls=Command)
@click.argument("name", metavar="NAME")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--country", metavar="XX", help="The two letters of the city's country, such as FI or US."
)
@click.option("--extends", metavar="CITY", help="A shipped city whose policy is built on.")
@options.AS_OF
@options.LANGUAGE
@options.RULES
@options.FORCE
def init_city(
    *,
    name: str,
    folder: Path | None,
    country: str | None,
    extends: str | None,
    as_of: date,
    language: str,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Write the folder of a city's own, with every decision that it has to take explained.

    \b
    Examples:
      offsetcheck init city "Port Example" --country US
      offsetcheck init city Turku our_turku --extends turku
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.start import init_city as begin

    begun = begin(
        name, folder, open_rulebook(rules),
        as_of=as_of, country=country, extends=extends, language=language,
        replace=force, command=typed(),
    )  # fmt: skip
    for path in begun.files:
        if ".vscode" not in path.parts:
            result(str(path))
    note(f"{begun.first.parent / '.vscode'} holds settings for editors, with the schemas of files")
    if country is None and extends is None:
        note("no country was given: fill in `jurisdictions` and `facts` in city.yaml")
    note(f"read {begun.first} first: it says what to do, step by step")
    return Exit.DONE


@init.command("rules", cls=Command)
@FOLDER
def init_rules(*, folder: Path) -> Exit:
    """Copy the installed rules into a new folder, to be changed there.

    \b
    Examples:
      offsetcheck init rules our_rules
      offsetcheck assess samples/turku --rules our_rules
    """
    from offsetcheck.api.samples import copy_rules

    copy_rules(folder)
    result(str(folder))
    note(f"commands use them with `--rules {folder}`")
    return Exit.DONE
