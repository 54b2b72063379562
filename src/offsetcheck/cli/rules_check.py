"""`offsetcheck rules check`: every problem of a rule folder, causes first."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.rules_proofs import PROOFS
from offsetcheck.cli.terminal import note, result

if TYPE_CHECKING:
    from offsetcheck.vocabulary.problem import Severity

FORMATS = ("text", "json", "sarif", "github")
SEVERITIES = ("error", "warning", "remark")


@click.command("check", cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=options.Form(FORMATS),
    default="text",
    show_default=True,
    help="How problems are told: for people, programs, viewers of SARIF, or a workflow.",
)
@click.option(
    "--fail-on",
    "least",
    type=options.Word(SEVERITIES),
    default="error",
    show_default=True,
    help="End with status 4 where a problem matters at least as much.",
)
@PROOFS
@options.RULES
def check_rules(
    *, folder: Path | None, form: str, least: str, proofs: bool, rules: Path | None
) -> Exit:
    """Print every problem of a rule folder with file, line and column.

    What follows from another problem is counted under it. The id in brackets has a page in
    docs/checks; what is meant to stand is excepted in exceptions.yaml of the folder, with a reason.

    \b
    Examples:
      offsetcheck rules check
      offsetcheck rules check rules/ --fail-on remark
      offsetcheck rules check rules/ --format github
      offsetcheck rules check rules/ --proofs
    """
    from offsetcheck.api.check import check_folder, told_as
    from offsetcheck.vocabulary.problem import Severity

    folder = options.one_folder(folder, rules)
    found = check_folder(folder, proofs=proofs)
    text = told_as(found, form, folder)
    if text:
        result(text)
    errors, warnings = found.worse_than(Severity.ERROR), found.worse_than(Severity.WARNING)
    all_of_them = len(found.found)
    if found.loads:
        note(
            f"{counted(found.rules or 0, 'rule')}, "
            f"{counted(found.cities or 0, 'city or profile', 'cities and profiles')}: "
            f"{counted(errors, 'error')}, {counted(warnings - errors, 'warning')}, "
            f"{counted(all_of_them - warnings, 'remark')}"
        )
    else:
        note(f"{counted(all_of_them, 'problem')}")
    return Exit.RULEBOOK if found.worse_than(_severity(least)) else Exit.DONE


def _severity(word: str) -> "Severity":
    from offsetcheck.vocabulary.problem import Severity

    return Severity.NOTE if word == "remark" else Severity(word)
