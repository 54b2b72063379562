from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, show_all

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group()
def templates() -> None:
    """See, check and copy the templates that pages and letters are made from."""


@templates.command("list", cls=Command)
@options.TEMPLATES
def list_(*, templates: Path | None) -> Exit:
    """Print the templates, their blocks, and which of them DIR replaces.

    \b
    Examples:
      offsetcheck templates list
      offsetcheck templates list --templates our-templates
    """
    from offsetcheck.api.templates import list_templates

    for line in list_templates(templates):
        own = "  (replaced)" if line.is_replaced else ""
        result(f"{line.name}{own}")
        if line.told:
            result(f"    {line.told}")
        if line.blocks:
            result(f"    blocks: {', '.join(line.blocks)}")
    return Exit.DONE


@templates.command(cls=Command)
@FOLDER
@click.option(
    "--on",
    type=click.Path(path_type=Path),
    metavar="TENDER",
    help="The tender whose pages are made to try them; the sample of Turku unless given.",
)
@options.RULES
@options.LANGUAGE
def check(*, folder: Path, on: Path | None, rules: Path | None, language: str) -> Exit:
    """Check a folder of templates: names, keys, words and blocks, then pages made with them.

    \b
    Examples:
      offsetcheck templates check our-templates
      offsetcheck templates check our-templates --on tender/
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.templates import check_own_templates

    checked = check_own_templates(folder, open_rulebook(rules), on, language)
    show_all(checked.problems)
    if not checked.is_sound:
        return Exit.INPUT
    result(f"{folder}: sound; {counted(checked.pages, 'page')} made with them")
    return Exit.DONE


@templates.command(cls=Command)
@click.argument("names", metavar="TEMPLATE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("templates"),
    show_default=True,
    metavar="DIR",
    help="The folder to write into.",
)
@click.option(
    "--block",
    "blocks",
    multiple=True,
    metavar="BLOCK",
    help="A block to begin with, as it is installed; may be repeated.",
)
@click.option("--whole", is_flag=True, help="Copy the whole page, which then follows no update.")
def copy(*, names: tuple[str, ...], output: Path, blocks: tuple[str, ...], whole: bool) -> Exit:
    """Write templates to begin one's own with.

    \b
    Examples:
      offsetcheck templates copy candidate.html.jinja --block signature -o our-templates
      offsetcheck templates copy letters/refusal.docx -o our-templates
    """
    from offsetcheck.api.templates import copy_templates

    for path in copy_templates(names, output, blocks=blocks, whole=whole):
        result(str(path))
    note(
        f"use them with --templates {output}; check them with: offsetcheck templates check {output}"
    )
    return Exit.DONE
