from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, typed

if TYPE_CHECKING:
    from offsetcheck.workshop.languages import LanguageState, LanguageStates


@click.command("languages", cls=Command)
@click.argument("language", metavar="[LANG]", required=False)
@click.option("--missing", is_flag=True, help="List each text that is missing or stale.")
@click.option("--template", is_flag=True, help="Write files with the English of what is missing.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The new folder for the files of --template.",
)
@click.option("--accept", is_flag=True, help="Note the English that each translation has now.")
@options.RULES
@options.FORCE
def show_languages(
    *,
    language: str | None,
    missing: bool,
    template: bool,
    output: Path | None,
    accept: bool,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Show what each language translates: whole, missing, stale, reviewed.

    A translation is stale where its English has changed since it was accepted; it is used
    meanwhile.

    \b
    Examples:
      offsetcheck rules languages
      offsetcheck rules languages fi --missing
      offsetcheck rules languages pt --template -o pt/
      offsetcheck rules languages fi --accept
    """
    if (template or accept) and language is None:
        raise click.UsageError("name a language: offsetcheck rules languages LANG …")
    if template:
        return _template(language or "", output, rules, replace=force)
    if accept:
        return _accept(language or "", rules)
    from offsetcheck.api.languages import languages

    found = languages(rules, language)
    for state in found.states:
        result(_line(state))
        for line in _listed(state, found) if missing else ():
            result(line)
    return Exit.DONE


def _line(state: "LanguageState") -> str:
    there = state.texts - len(state.missing)
    whole = "whole" if state.whole else f"{there:,} of {state.texts:,} texts"
    reviewed = f"reviewed by {state.reviewed_by}" if state.reviewed_by else "not reviewed"
    return (
        f"{state.language:4} {whole}, {len(state.missing):,} missing, "
        f"{len(state.stale):,} stale, {reviewed}"
    )


def _listed(state: "LanguageState", found: "LanguageStates") -> Iterator[str]:
    for word, keys in (("missing", state.missing), ("stale", state.stale)):
        for key in keys:
            yield f"  {word:7} {key}: {found.english[key]}"


def _template(language: str, folder: Path | None, rules: Path | None, *, replace: bool) -> Exit:
    from offsetcheck.api.languages import write_template

    if folder is None:
        raise click.UsageError("name a folder for the files: -o DIR")
    files = write_template(language, folder, rules, replace=replace, command=typed())
    note(f"{counted(len(files), 'file')} in {folder}")
    for name in files:
        result(name)
    return Exit.DONE


def _accept(language: str, rules: Path | None) -> Exit:
    from offsetcheck.api.languages import accept

    result(str(accept(language, rules, command=typed())))
    return Exit.DONE
