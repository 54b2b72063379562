from pathlib import Path

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, show_all, typed


@click.command("schema", cls=Command)
@click.argument("kind", metavar="[KIND]", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder for the schemas of all kinds; with KIND, a file for the one.",
)
@options.RULES
@options.FORCE
def show_schema(*, kind: str | None, output: Path | None, rules: Path | None, force: bool) -> Exit:
    """Print the JSON Schema of a kind of rule file, or write those of all kinds.

    The fields, parameters, guides and rules of the folder are in it as they are now.

    \b
    Examples:
      offsetcheck rules schema
      offsetcheck rules schema city
      offsetcheck rules schema -o schemas
    """
    import json

    from offsetcheck.api.editor import rule_schema, write_schemas
    from offsetcheck.workshop.schemas.kinds import KINDS

    if kind is not None:
        page.refuse_file(output, replace=force)
        text = json.dumps(rule_schema(rules, kind), indent=1, ensure_ascii=False)
        page.deliver(f"{text}\n", output, replace=force)
        return Exit.DONE
    if output is None:
        for known in KINDS:
            result(f"{known.name:13} {', '.join(known.files)}")
        return Exit.DONE
    for path in write_schemas(rules, output, replace=force, command=typed()):
        result(str(path))
    return Exit.DONE


@click.command("editor", cls=Command)
@click.argument(
    "folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False)
)
def prepare(*, folder: Path) -> Exit:
    """Write settings by which editors know rule files, beside those that are there.

    Into .vscode of a rule folder, a folder that holds one named rules, or a city's own folder.

    \b
    Examples:
      offsetcheck rules editor
      offsetcheck rules editor our_town
    """
    from offsetcheck.api.editor import prepare_editor

    prepared = prepare_editor(folder, command=typed())
    for path in prepared.written:
        result(str(path))
    show_all(prepared.kept)
    note("open the folder in the editor and install the extensions that it recommends")
    return Exit.DONE
